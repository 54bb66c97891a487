"""What each heading of a sheet means: by its words, the values below it and its neighbours, and how sure that is."""
