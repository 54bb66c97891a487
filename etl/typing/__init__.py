"""Match headings to columns; cast text cells to typed values."""
