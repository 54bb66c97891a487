"""Words, charts and small shapes that pages draw with."""
