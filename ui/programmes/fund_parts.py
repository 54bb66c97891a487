"""The women's fund as panels: sums with their denominators, whom to tell, the projects, and what was done of the ป ต ท model."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.i18n import language, number, t
from ui.programmes import kept_in
from ui.view import charts, labels, markup, recorded
from ui.view.labels import missing
from ui.view.markup import rich

PROJECTS, LOANS, DONE = 20, 12, 10  # of a screen
TOLD = 200  # of the list of whom to tell
STAGES = {"prevent": "ป", "follow": "ต", "collect": "ท"}


def baht(value: Any) -> str:
    """An amount of money; a dash for what is never owed."""
    return "–" if missing(value) else t("{n} baht", n=number(value))


def sums(filters: Filters, reader: Reader, day: str) -> Markup:
    """How many projects got how much, what is outstanding, and what of it is late, against what should be late at most."""
    rows = {row["fund_kind"]: row for row in ask("fund_totals", filters, reader, day=day).to_dict("records")}
    whole, kinds = rows[""], labels.listed("fund_kind")
    of_all = t("of {total}", total=baht(whole["approved"]))
    figures = [(t("Projects"), number(whole["projects"]), baht(whole["approved"]))]
    figures += [
        (kinds[kind], number(rows[kind]["projects"]), f"{baht(rows[kind]['approved'])} {of_all}")
        for kind in kinds
        if kind in rows
    ]
    loans = rows.get("revolving")
    if loans is None:
        return markup.figures(figures)
    figures += [
        (t("Still owed (baht)"), number(loans["outstanding"]), t("of {total}", total=number(loans["approved"]))),
        (t("Overdue (baht)"), number(loans["late"]), late_share(loans)),
    ]
    return markup.figures(figures)


def elsewhere(filters: Filters, reader: Reader) -> Markup:
    """Where the fund is kept, where it is not kept in the places chosen."""
    rows = ask("fund_places", Filters(), reader).to_dict("records")
    none = rich("The women's fund is not kept here for the places chosen. Its registers are loaded like the others.")
    says = [(row["code"], t("{place}: {n} projects", place=labels.of_code(row["code"]), n=row["projects"])) for row in rows]
    return kept_in.elsewhere("fund", filters, none, says)


def late_share(loans: Mapping[str, Any]) -> str:
    """What share of what is owed is late, and what share it should be at most."""
    most = t("at most {n}%", n=labels.rule("fund_late_most"))
    if not loans["outstanding"]:
        return most
    share = number(100 * loans["late"] / loans["outstanding"], 1)
    return t("{share}% of what is still owed, {n} projects; {most}", share=share, n=number(loans["late_projects"]), most=most)


def when(row: Mapping[str, Any]) -> str:
    """How long it is until an instalment falls due."""
    left = int(row["days_left"])
    return t("today") if left == 0 else t("in {n} days", n=left)


def to_tell(filters: Filters, reader: Reader, day: str) -> list[dict]:
    """Instalments of which somebody is to be told, those who were told in this stage last."""
    return ask("fund_reminders", filters, reader, day=day, limit=TOLD).to_dict("records")


def reminders(filters: Filters, reader: Reader, day: str) -> Markup:
    """Whom to tell, by guardian; those who were told in this stage last."""
    rows = to_tell(filters, reader, day)
    if not rows:
        return markup.text(rich("No instalment falls due within a month."))
    steps = labels.listed("fund_step")
    columns: dict[str, Sequence[object]] = {
        t("Guardian"): [markup.words(row["guardian"]) for row in rows],
        t("Group name"): [row["group_name"] for row in rows],
        t("Village"): [labels.place(row) for row in rows],
        t("Instalment"): [number(row["instalment_no"]) for row in rows],
        t("Falls due"): [f"{labels.day(row['instalment_due'])} ({when(row)})" for row in rows],
        t("Still owed"): [baht(row["still_owed"]) for row in rows],
        t("To do"): [told(row, steps) for row in rows],
    }
    return markup.wide(markup.table(columns, t("Instalments that fall due within a month")), t("Whom to tell"))


def told(row: Mapping[str, Any], steps: Mapping[str, str]) -> Markup:
    """What it is time for, or that it was done."""
    if missing(row["told"]):
        return markup.bold(steps[row["tell"]])
    return markup.badge("green", t("✓ told on {date}", date=labels.day(row["told"])))


def to_copy(filters: Filters, reader: Reader, day: str) -> str:
    """Whom to tell as text for LINE, without a person's name."""
    rows = [r for r in to_tell(filters, reader, day) if missing(r["told"])]
    head = t("Women's fund: instalments to remind of as of {date}", date=labels.day(rows[0]["on_day"]) if rows else "–")
    lines = (
        t("{group} {place}: instalment {n}, {amount} still owed, due {date} ({left})", group=r["group_name"], place=labels.place(r),
          n=r["instalment_no"], amount=baht(r["still_owed"]), date=labels.day(r["instalment_due"]), left=when(r))
        for r in rows
    )  # fmt: skip
    return "\n".join([head, *lines])


def projects(filters: Filters, reader: Reader, day: str, state: str, offset: int) -> Markup:
    """One screen of projects, what is overdue first."""
    rows = ask("fund_projects", filters, reader, day=day, state=state, limit=PROJECTS, offset=offset).to_dict("records")
    kinds = labels.listed("fund_kind")
    columns: dict[str, Sequence[object]] = {
        t("Fiscal year"): [str(row["fiscal_year"]) for row in rows],
        t("Project"): [markup.dotted((row["project_no"], markup.words(row["project_name"]))) for row in rows],
        t("Group name"): [markup.dotted((row["group_name"], labels.place(row))) for row in rows],
        t("Kind of money"): [kinds[row["fund_kind"]] for row in rows],
        t("Amount approved"): [number(row["approved_amount"]) for row in rows],
        t("Paid back"): [amount(row["paid"]) for row in rows],
        t("Still owed"): [amount(row["outstanding"]) for row in rows],
        t("Overdue"): [markup.bold(amount(row["late"])) if not missing(row["late"]) and row["late"] else amount(row["late"]) for row in rows],
        t("Due next"): [due_next(row) for row in rows],
        t("ป ต ท"): [f"{row['prevented']} · {row['followed']} · {row['collected']}" for row in rows],
    }  # fmt: skip
    return markup.wide(markup.table(columns, t("Projects of the women's fund, in baht")), t("Projects"))


def amount(value: Any) -> str:
    """Baht without the word, for columns."""
    return "–" if missing(value) else number(value)


def due_next(row: Mapping[str, Any]) -> str:
    """What falls due next, and when."""
    return "–" if missing(row["next_due"]) else f"{labels.day(row['next_due'])} ({number(row['next_amount'])})"


def steps_done(filters: Filters, reader: Reader, day: str, offset: int) -> Markup:
    """The ป ต ท model as a grid: a loan a row, a step a column."""
    frame = ask("fund_steps", filters, reader, day=day, limit=LOANS, offset=offset)
    if not len(frame):
        return Markup("")
    loans = [loan for _, loan in frame.groupby(["fiscal_year", "project_no"], sort=False)]
    names = [f"{STAGES[row.stage]} {getattr(row, f'step_{language()}')}" for row in loans[0].itertuples()]
    states = [["done" if times else "waiting" for times in loan["times"]] for loan in loans]
    heads = [f"{loan['group_name'].iloc[0]} ({loan['project_no'].iloc[0]})" for loan in loans]
    alt = " · ".join(
        t("{name}: {n} of {total} steps", name=h, n=s.count("done"), total=len(s)) for h, s in zip(heads, states, strict=True)
    )
    numbered = markup.dotted(f"{n} {name}" for n, name in enumerate(names, 1))
    return charts.matrix(heads, names, states, alt, None) + markup.text(numbered, "caption")


def done(filters: Filters, reader: Reader, day: str, offset: int) -> Markup:
    """What was done, the latest first; what was recorded here and is no row of the register is marked."""
    rows = ask("fund_done", filters, reader, day=day, limit=DONE, offset=offset).to_dict("records")
    steps = labels.listed("fund_step")
    columns: dict[str, Sequence[object]] = {
        t("Done on"): [labels.day(row["checked_date"]) for row in rows],
        t("Group name"): [markup.dotted((row["group_name"], row["project_no"], labels.place(row))) for row in rows],
        t("What was done"): [steps[row["fund_step"]] for row in rows],
        t("Result of the step"): [markup.words(row["fund_result"]) for row in rows],
        t("From"): [t("register") if missing(row["entry"]) else f"✎ {recorded.by_whom(row)}" for row in rows],
    }
    return markup.wide(markup.table(columns, t("What was done of projects")), t("Done lately"))
