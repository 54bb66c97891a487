"""The meeting: its wall, the secretary's desk, and what is written of it."""
