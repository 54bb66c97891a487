"""What a session may open, what of it is written down, and the menu of who it is."""
