"""One installation: where its live data lie, its secret, files that only their owner may read."""
