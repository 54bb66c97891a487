"""Access control: areas, grants, the verb that edits them. Imports `definitions`, `installation` and `audit`, draws nothing."""
