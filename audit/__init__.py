"""The audit log: who did what when, in one hash chain. Imports `definitions` and `installation`, draws nothing."""
