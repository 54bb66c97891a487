"""The journal: what people record, append-only beside the builds; its kinds, its order, its seals, and what it makes of a build.

Imports `definitions`, `access`, `audit` and `installation`, draws nothing. Who asks to record goes through `queries.record`.
"""
