"""Who may see, and what they did: imports nothing but `definitions`, draws nothing."""
