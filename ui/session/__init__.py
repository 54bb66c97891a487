"""Who asks in this run, what they may open, and what of it is written down."""
