"""Detect file types and encodings; read every table of a file as text, losing nothing."""
