"""SQL of the date columns of a sheet: read in the order that the column has, then held against what the column can mean.

A column is read into `<column>_read` first. Its value is that, unless it lies outside the column's years (definitions/
date_spans.csv): then it is repaired where only one repair is possible, else left empty, and either is listed.
"""

from collections.abc import Iterator, Mapping

import definitions
from etl.headings.columns import Column
from etl.typing.fault import fault_as

DAY, MONTH, TOLD = "day", "month", "told"  # what stands first; TOLD: both occur, so a cell counts where it tells itself
Orders = Mapping[str, str]  # column -> one of these; day first where nothing is said


def span(column: str) -> tuple[int, int]:
    """Years before and after the register year that a date of the column may lie in."""
    rows = {row["column"]: row for row in definitions.table("date_spans")}
    row = rows.get(column, rows["*"])
    return int(row["years_before"]), int(row["years_after"])


def as_read(cell: str, order: str) -> str:
    """SQL of a cell as a date."""
    if order == TOLD:
        by_itself = f"case order_of(date_text({cell})) when 'month' then to_date_of_month({cell}) else to_date({cell}) end"
        return f"case when order_of(date_text({cell})) is distinct from 'either' then {by_itself} end"
    return f"to_date_of_month({cell})" if order == MONTH else f"to_date({cell})"


def settled(column: Column, cell: str, order: str) -> str:
    """SQL of the column's value, of what was read and the record's register year."""
    before, after = span(column.name)
    told = f"case when order_of(date_text({cell})) is distinct from 'either' then {cell} end" if order == TOLD else cell
    text = f"turned(date_text({told}))" if order == MONTH else f"date_text({told})"
    return f"settled({column.name}, {told}, {text}, register_year, {before}, {after}) as {column.name}"


def checks(column: Column, cell: str, found: str, order: str) -> Iterator[tuple[str, str, bool]]:
    """(condition, fault as a struct, whether it refuses the record) of a date column that was settled; `found` is the cell as it
    was read."""
    name, required = column.name, bool(column.required)
    before, after = span(name)
    read, years = f"{name}_read", f"concat(register_year - {before}, '–', register_year + {after})"
    unread = f"if(order_of(date_text({cell})) = 'either', 'unclear_date', 'not_a_date')" if order == TOLD else ""
    yield (
        f"{name} is null and {read} is null and {cell} <> '-' and not no_value({cell})",
        fault_as(name, "not_a_date", required, found, "", unread),
        required,
    )
    early = f"if(is_of_1904({cell}, {read}, register_year, {before}), 'unclear_day_number', 'implausible_date')"
    yield (
        f"{name} is null and {read} is not null",
        fault_as(name, "implausible_date", required, found, years, early),
        required,
    )
    restored = fault_as(name, "restored_year", False, f"of_buddhist_era({read})", f"of_buddhist_era({name})")
    yield f"{name} <> {read}", restored, False
    yield f"{name} is not null and {read} is null", fault_as(name, "short_year", False, "''", ""), False
