"""Upload and import from the screen: the loader as a background process, and panels for its progress and report."""
