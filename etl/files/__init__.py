"""What a file is, and its tables as text: nothing is understood here, nothing is lost."""
