"""Progress that nobody sees."""

from backup.progress import Progress


class Quiet(Progress):
    """Says nothing."""

    def step(self, thai: str, english: str, total: int = 0) -> None:
        """Nothing."""

    def advance(self, count: int) -> None:
        """Nothing."""


QUIET = Quiet()
