"""What the pages of the other programmes share."""
