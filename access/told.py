"""The one door to the log of what people did, from the sign-in and from the verb `users`."""

import importlib
import importlib.util
from pathlib import Path


def tell(folder: Path, who: str, action: str, **facts: object) -> None:
    """Write one entry; raises what the log raises when it cannot. Without a log in this installation there is none to lose."""
    if importlib.util.find_spec("access.log"):
        importlib.import_module("access.log").write(folder, who, action, **facts)
