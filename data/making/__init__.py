"""How the sample registers are made: the story as tables, and what is filled in around it."""
