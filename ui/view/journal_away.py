"""What is said while the journal cannot be reached: the pages go on with what they hold, and nothing is recorded."""

from queries.reach import Reached
from ui.i18n import t
from ui.view import labels


def says(away: Reached) -> str:
    """What may be missing, since when, and that nothing can be recorded meanwhile."""
    if away.at is None:
        return t(
            "The journal cannot be reached: nothing that was recorded is shown here, and nothing can be recorded until it is back."
        )
    when = labels.moment(away.at.isoformat())
    return t(
        "The journal cannot be reached: what was recorded since {when} may be missing here, and nothing can be recorded until it is back.",
        when=when,
    )
