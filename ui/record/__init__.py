"""Recording at the desk: forms made of definitions/events.csv, and what is recorded in words."""
