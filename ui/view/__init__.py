"""Charts, lists and small shapes that pages draw with, and codes in words."""
