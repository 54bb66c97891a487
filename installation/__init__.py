"""One installation: the paths of its live data, its secret and derived keys, its private files."""
