"""Who may see: areas, grants and the verb that edits them. Imports `definitions`, `installation` and `audit`, draws nothing."""
