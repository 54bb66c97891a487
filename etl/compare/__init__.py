"""Compare two builds: the diff that a load would make, and the guard of areas."""
