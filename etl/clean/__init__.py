"""Clean and validate records: fill blanks, geocode, resolve keys, leave out non-records, merge sources, carry values on."""
