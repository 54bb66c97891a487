"""Records made whole: what a sheet says once, codes for names, who belongs to whom, rows that are no records."""
