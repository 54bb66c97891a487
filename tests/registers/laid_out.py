"""A draft as the cells of its sheets, and these as a file of each type: which record stands in which row of which file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tests.registers import files
from tests.registers.files import Formula, Page, Shown
from tests.registers.plain_register import Draft, Table, thai

Cells = list[list[object]]
Places = dict[int, tuple[str, int]]  # record -> name of its sheet, row on paper
Merged = tuple[int, int, int, int]
SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]


@dataclass(frozen=True)
class Written:
    """Files by name, and where each record stands: file and sheet as a report names them, row on paper."""

    files: Mapping[str, bytes]
    places: Mapping[int, tuple[str, str, int]]

    @property
    def names(self) -> set[str]:
        """The files as a report names them: what was packed by its own name."""
        return {file for file, _, _ in self.places.values()}


@dataclass(frozen=True)
class Grid:
    """One sheet: its name, its cells, merged ranges, and the row of each record on paper."""

    name: str
    cells: Cells
    merged: tuple[Merged, ...]
    rows: Mapping[int, int]


def grids(draft: Draft) -> list[Grid]:
    """The sheets of a draft: one with its tables below each other, or one for each table."""
    if draft.apart:
        return [_grid(f"แผ่นที่ {n}", replace(draft, tables=(table,))) for n, table in enumerate(draft.tables, 1)]
    return [_grid("แผ่นที่ 1", draft)]


def _grid(name: str, draft: Draft) -> Grid:
    down, across = draft.margin
    cells: Cells = [[] for _ in range(down)]
    merged: list[Merged] = []
    rows: dict[int, int] = {}
    for number, table in enumerate(draft.tables):
        cells += [[], []] if number else []
        _table(draft, table, cells, merged, rows)
    width = max(map(len, cells))
    margin = [""] * across
    even = [[*margin, *row, *[""] * (width - len(row))] for row in cells]
    return Grid(name, even, tuple((r1, c1 + across, r2, c2 + across) for r1, c1, r2, c2 in merged), rows)


def _table(draft: Draft, table: Table, cells: Cells, merged: list[Merged], rows: dict[int, int]) -> None:
    """Titles, headings, records and what stands under them, below what is in `cells` already."""
    cells += [[title] for title in table.titles]
    _headings(draft, cells, merged)
    begin = len(cells)
    for number, record in enumerate(table.rows):
        if number and draft.page and number % draft.page == 0:
            _headings(draft, cells, merged)
        cells.append(_record(draft, record, number))
        rows[record] = len(cells)
    _written_once(draft, cells, begin, merged)
    if draft.totals:
        cells.append(_total(draft, table))
    cells += [[line] for line in draft.tail]


def _headings(draft: Draft, cells: Cells, merged: list[Merged]) -> None:
    """One row of headings, or two where a group's heading stands over some of them."""
    before, behind = [h for h, _ in draft.beside[:1]], [h for h, _ in draft.beside[1:]]
    below = [*before, *(draft.headings[c] for c in draft.columns), *behind]
    if not draft.above:
        cells.append(list(below))
        return
    groups = [*[""] * len(before), *(draft.above.get(c, "") for c in draft.columns), *[""] * len(behind)]
    begins = [place for place, group in enumerate(groups) if not group or place == 0 or groups[place - 1] != group]
    top: list[object] = [""] * len(below)
    for place, end in zip(begins, [*begins[1:], len(groups)], strict=True):
        top[place] = groups[place] or below[place]
        below[place] = below[place] if groups[place] else ""
        down = 0 if groups[place] else 1
        if down or end - place > 1:
            merged.append((len(cells), place, len(cells) + down, end - 1))
    cells += [top, list(below)]


def _record(draft: Draft, record: int, number: int) -> list[object]:
    beside = [made(number + 1) for _, made in draft.beside]
    return [*beside[:1], *(draft.rows[record][c] for c in draft.columns), *beside[1:]]


def _written_once(draft: Draft, cells: Cells, begin: int, merged: list[Merged]) -> None:
    """Blank the cells that say what the cell above says, of columns that are written once; a page begins anew."""
    for name in draft.once:
        if name not in draft.columns:
            continue
        place = draft.columns.index(name) + min(len(draft.beside), 1)
        first = begin
        for row in range(begin + 1, len(cells) + 1):
            if row < len(cells) and cells[row][place] == cells[first][place]:
                continue
            for blank in range(first + 1, row):
                cells[blank][place] = ""
            if draft.merged and row - first > 1:
                merged.append((first, place, row - 1, place))
            first = row


def _total(draft: Draft, table: Table) -> list[object]:
    total = sum(int(str(draft.truth[record]["members"])) for record in table.rows)
    summed = {"members": total, "income_per_person": "", draft.columns[0]: f"รวม {len(table.rows)} ครัวเรือน"}
    first: list[object] = [""] if draft.beside else []
    return [*first, *(summed.get(c, "") for c in draft.columns)]


def _text(grid: Grid) -> Cells:
    """The cells as they are seen, where a file keeps nothing else."""
    return [[_seen(cell) for cell in row] for row in grid.cells]


def _seen(cell: object) -> object:
    if not isinstance(cell, Shown):
        return _stored(cell)
    return f"{cell.day.day}-{SHORT[cell.day.month - 1]}" if cell.pattern == "d-mmm" else thai(cell.day)


def _windows(grid: Grid) -> bytes:
    """In Windows-874 where it has all letters, as an office program would not offer it otherwise."""
    try:
        return files.text(_text(grid), encoding="cp874")
    except UnicodeEncodeError:
        return files.text(_text(grid))


def _ods(grid: Grid) -> Cells:
    return [[_day(cell) for cell in row] for row in grid.cells]


def _day(cell: object) -> object:
    return cell.day if isinstance(cell, Shown) else _stored(cell)


def _stored(cell: object) -> object:
    """What a formula gave, where a writer has no formulas."""
    return cell.value if isinstance(cell, Formula) else cell


OF_ONE: dict[str, tuple[str, Callable[[Grid], bytes]]] = {  # a file for each sheet
    "csv": (".csv", lambda grid: files.text(_text(grid))),
    "csv of Excel": (".csv", lambda grid: files.text(_text(grid), encoding="utf-8-sig", end="\r\n")),
    "csv in Windows-874": (".csv", _windows),
    "text with tabs in UTF-16": (".txt", lambda grid: files.text(_text(grid), delimiter="\t", encoding="utf-16")),
    "csv with semicolons": (".csv", lambda grid: files.text(_text(grid), delimiter=";")),
    "html called xls": (".xls", lambda grid: files.html([[str(cell) for cell in row] for row in _text(grid)])),
    "csv compressed": (".csv", lambda grid: files.text(_text(grid))),
    "csv in a zip": (".csv", lambda grid: files.text(_text(grid))),
}
PACKED: dict[
    str, tuple[str, Callable[[Mapping[str, bytes], str], dict[str, bytes]]]
] = {  # the name of one in a report, the pack
    "csv compressed": ("{name}", lambda made, _: {f"{name}.gz": files.gzipped(content) for name, content in made.items()}),
    "csv in a zip": ("{stem}.zip/{name}", lambda made, stem: {f"{stem}.zip": files.zipped(made)}),
}
OF_ALL: dict[str, tuple[str, Callable[[list[Grid]], bytes]]] = {  # one workbook
    "xlsx": (".xlsx", lambda grids: files.xlsx({g.name: Page(g.cells, g.merged) for g in grids})),
    "xls": (".xls", lambda grids: files.xls({g.name: [list(map(_stored, row)) for row in g.cells] for g in grids})),
    "ods": (".ods", lambda grids: files.ods({g.name: _ods(g) for g in grids})),
}
TYPES = (*OF_ONE, *OF_ALL)


def written(draft: Draft, type_of_file: str, stem: str) -> Written:
    """The files of a draft, called after `stem`."""
    made = grids(draft)
    if type_of_file in OF_ALL:
        suffix, write = OF_ALL[type_of_file]
        name = stem + suffix
        return Written({name: write(made)}, {i: (name, grid.name, row) for grid in made for i, row in grid.rows.items()})
    suffix, of_one = OF_ONE[type_of_file]
    names = [f"{stem}{'' if len(made) == 1 else f' {n}'}{suffix}" for n in range(1, len(made) + 1)]
    named, pack = PACKED.get(type_of_file, ("{name}", lambda given, _: dict(given)))
    given = pack({name: of_one(grid) for name, grid in zip(names, made, strict=True)}, stem)
    reported = [named.format(stem=stem, name=name) for name in names]
    return Written(given, {i: (n, "", row) for n, grid in zip(reported, made, strict=True) for i, row in grid.rows.items()})
