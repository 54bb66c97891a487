"""Promises in words: what is owed, by whom, by when, how late and where; a row of the board, and the plain text for LINE."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from queries import Filters, Reader, ask, may_ask
from queries.figure_words import code_of
from ui.i18n import number, t
from ui.view import conflict_text, figure_text, household_text, labels, markup, recorded
from ui.view.labels import missing
from ui.view.markup import rich


def what(row: Mapping) -> str:
    """What is owed: the activity, the step, or the thing that is still short."""
    if row["kind"] in ("plan", "action"):
        return t("Given by a meeting") if missing(row["activity"]) else str(row["activity"])
    if row["kind"] == "step":
        n = int(row["step"])
        return f"{t('Step {n}', n=n)} {labels.steps(row['template'])[n - 1]}"
    return t("{item}: {n} {unit} still short", item=row["item"], n=number(row["short"]), unit=row["unit"])


def of_what(row: Mapping) -> str:
    """Of which list it is: the aspect of the plan, the steps of the house, the needs of the case."""
    if row["kind"] == "plan":
        return f"{t('4T plan')}: {labels.aspects()[row['aspect']]}"
    if row["kind"] == "action":
        return t("Given by a meeting")
    return labels.listed("template")[row["template"]] if row["kind"] == "step" else labels.registers()["need"]


def state(row: Mapping) -> str:
    """How far it is; nothing for what is short, which says so itself."""
    if row["kind"] in ("plan", "action"):
        return labels.listed("progress")[row["status"]]
    return "" if row["kind"] == "need" else t("running") if row["status"] == "current" else t("not begun yet")


def where(row: Mapping) -> str:
    """Of which household it is, by its place; of none, of which area."""
    return labels.place(row) if row["ref"] else labels.of_code(row["village_code"])


def owner(name: object) -> str:
    """Who has promised it."""
    return t("No owner") if missing(name) else str(name)


def due(row: Mapping) -> str:
    """By when, where somebody has said so."""
    return t("No due date") if missing(row["due_date"]) else t("due {date}", date=labels.day(row["due_date"]))


def late(row: Mapping) -> str:
    """How late it is as of the data's date; nothing where it is not."""
    return t("{n} days late", n=number(row["days_late"])) if row["overdue"] else ""


def conflict(filters: Filters, reader: Reader, row: Mapping) -> Markup:
    """What contradicts each other of this row, both sides, and where it is settled; nothing where nothing does."""
    if not row["forked"]:
        return Markup("")
    heads = ask("heads", Filters(), reader, household=row["ref"]).to_dict("records")
    forked = conflict_text.of(heads, row["thing"])
    return Markup('<div class="conflict">{}{}</div>').format(
        markup.listed(conflict_text.both(forked)), conflict_text.way(filters, may_ask("review", reader), forked)
    )


def line(filters: Filters, row: Mapping) -> Markup:
    """A row of the board."""
    by = recorded.by_whom(row)
    marks = Markup('<small class="recorded">✎ {}</small>').format(by) if by else ""
    reply = Markup("“{}”").format(row["reply"]) if not missing(row["reply"]) else ""
    task = markup.text(markup.bold(what(row))) + markup.text(markup.dotted([of_what(row), state(row)]), "caption")
    sign = markup.badge("red", f"! {late(row)}") if row["overdue"] else ""
    whose = markup.text(markup.bold(owner(row["owner"]))) + markup.text(Markup("{} {}").format(due(row), sign))
    home = markup.household(filters, row["ref"], where(row)) if row["ref"] else markup.text(where(row))
    given = (
        markup.go("meeting", filters, t("The meeting"), of=row["meeting_id"]) if not missing(row["meeting_id"]) else Markup("")
    )
    if row["kind"] == "plan" and row["ref"]:
        given += household_text.helped_others(filters, row["ref"], row["thing"])
    at = home + given + markup.text(markup.dotted([reply, marks]), "caption")
    return Markup('<div class="row"><div>{}</div><div>{}</div><div>{}</div></div>').format(task, whose, at)


def group(by: str, row: Mapping) -> str:
    """What the rows of one group have in common."""
    if by == "owner":
        return owner(row["grouped"])
    if by == "village":
        return where(row)
    if row["grouped"] == "late":
        return t("Overdue")
    return t("Due in {month}", month=labels.month(row["grouped"])) if row["grouped"] else t("No due date")


def words(owner: str | None, *more: str) -> str:
    """The words of what is owed: by one owner or by all."""
    return "|".join(["owed", *([] if owner is None else [f"owner_{code_of(owner)}"]), *more])


def heading(filters: Filters, by: str, row: Mapping, owner: str | None) -> Markup:
    """The heading of a group with how much of it is late, each number with its households."""
    grouped = row["grouped"]
    if by == "owner":
        of = words(grouped)
    else:
        of = words(owner, f"at_{grouped}" if by == "village" else f"due_{grouped.replace('-', '_') or 'none'}")
    counts = [rich("{n} in all", n=figure_text.opens(filters, of, row["group_items"]))]
    if row["group_overdue"] and by != "due":
        late = rich("! {n} late", n=number(row["group_overdue"]))
        counts.append(markup.badge("red", figure_text.opens(filters, f"{of}|owed_late", row["group_overdue"], late)))
    return markup.heading(Markup("{} <small>{}</small>").format(group(by, row), Markup(" ").join(counts)))


def text(rows: Sequence[Mapping], total: int, total_late: int, as_of: str) -> str:
    """What one owner has promised, as plain text: without names, house numbers or addresses of households."""
    lines = [
        t(
            "{owner}: {n} promised and not done, {late} late",
            owner=owner(rows[0]["owner"]),
            n=number(total),
            late=number(total_late),
        ),
        t("data as of {date}", date=as_of),
    ]
    for place, row in enumerate(rows, 1):
        parts = [what(row), due(row), late(row), state(row), where(row)]
        lines.append(f"{place}. {' · '.join(filter(None, parts))}")
    return "\n".join(lines)
