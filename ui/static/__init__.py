"""Files that the app itself serves: the look, the mark, the typeface."""
