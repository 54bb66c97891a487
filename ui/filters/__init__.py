"""The reader's choice: in the address, in the bar, in a sentence."""
