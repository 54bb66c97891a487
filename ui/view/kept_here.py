"""Not kept here is never "none": which registers are kept of the households chosen, and of how many of them."""

from queries import Filters, Reader, ask
from ui.i18n import number, t


def kept_of(filters: Filters, reader: Reader) -> dict[str, int]:
    """Register -> the households chosen of whose district it is kept; "" -> all of them."""
    rows = ask("kept", filters, reader)
    return dict(zip(rows["register"], map(int, rows["households"]), strict=True)) | {"": int(rows["chosen"].max())}


def is_kept(kept: dict[str, int], register: str) -> bool:
    """Whether "none" may be said: somebody keeps it, or nobody is chosen of whom anything could be kept."""
    return bool(kept[register] or not kept[""])


def partly(kept: dict[str, int], register: str) -> str:
    """That some of those chosen are of a district that does not keep a register; nothing where all or none are."""
    rest = kept[""] - kept[register]
    return t("not kept here: {n}", n=t("{n} households", n=number(rest))) if rest and kept[register] else ""
