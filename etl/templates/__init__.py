"""Workbooks to fill in, with what each column means."""
