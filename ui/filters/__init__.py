"""Filter state: URL query parameters, the controls that show and write them, and the filters as one sentence."""
