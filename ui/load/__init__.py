"""A load from the screen: the job beside the server, and what it says."""
