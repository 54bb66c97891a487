"""What was done, by whom, when: one chain of sealed lines. Imports `definitions` and `installation`, draws nothing."""
