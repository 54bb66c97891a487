"""Why nothing was done."""


class Refused(Exception):
    """Nothing was done; the text says in Thai and English what was found and what to do."""
