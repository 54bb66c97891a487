"""Who may see, and what they did."""
