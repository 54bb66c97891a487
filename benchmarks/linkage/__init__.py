"""Record linkage measured: our search for possible duplicates beside soundex functions and Splink, on three labelled sets."""
