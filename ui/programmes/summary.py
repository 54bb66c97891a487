"""The other programmes of the office on the overview: a line for each that is kept in the places chosen, none where it is not."""

from dataclasses import replace

from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.i18n import number, t
from ui.session import page_access
from ui.view import markup
from ui.view.markup import rich


def lines(filters: Filters, reader: Reader) -> Markup:
    """What each programme comes down to, and the way to its page."""
    here = replace(
        Filters(), province=filters.province, district=filters.district, tambon=filters.tambon, village=filters.village
    )
    said = [line for page, of_page in LINES.items() if page_access.may_open(page, reader) and (line := of_page(here, reader))]
    return markup.heading(t("Community development")) + markup.listed(said) if said else Markup("")


def fund(filters: Filters, reader: Reader) -> Markup:
    """The women's fund in one line."""
    whole = ask("fund_totals", filters, reader).to_dict("records")[-1]
    if not whole["projects"]:
        return Markup("")
    says = rich(
        "**{n}** projects, {approved} baht; still owed {owed}, overdue **{late}**",
        n=number(whole["projects"]), approved=number(whole["approved"]), owed=number(whole["outstanding"]), late=number(whole["late"]),
    )  # fmt: skip
    return markup.dotted([markup.go("fund", filters, page_access.title("fund")), says])


def debts(filters: Filters, reader: Reader) -> Markup:
    """The village funds in one line."""
    now = ask("debt_totals", filters, reader).iloc[0]
    if not now["villages"]:
        return Markup("")
    says = rich(
        "**{n}** village funds, {capital} baht; {problems} with a problem, {settled} of them settled, left to follow **{left}**",
        n=number(now["villages"]), capital=number(now["capital"]), problems=number(now["problems"]), settled=number(now["settled"]),
        left=number(now["still_to_follow"] if now["problems"] else 0),
    )  # fmt: skip
    return markup.dotted([markup.go("debts", filters, page_access.title("debts")), says])


def learning(filters: Filters, reader: Reader) -> Markup:
    """The learning office in one line."""
    whole = ask("learning_totals", filters, reader).iloc[0]
    if not whole["staff"] and not whole["lessons"]:
        return Markup("")
    says = rich(
        "**{n}** people; skills that one or two have **{scarce}**; subjects being learned **{paths}**; lessons **{lessons}**",
        n=number(whole["staff"]), scarce=number(whole["scarce"]), paths=number(whole["paths"]), lessons=number(whole["lessons"]),
    )  # fmt: skip
    return markup.dotted([markup.go("learning", filters, page_access.title("learning")), says])


def sufficiency(filters: Filters, reader: Reader) -> Markup:
    """Villages by level of the latest year in one line."""
    rows = ask("village_totals", filters, reader, instrument="sufficiency_23").to_dict("records")
    mine = [row for row in rows if row["assessed_year"] == rows[0]["assessed_year"]]
    if not mine:
        return Markup("")
    reached = sum(row["villages"] for row in mine if row["verdict"] in ("level", "beyond"))
    says = rich(
        "**{n}** of {total} villages assessed in {year} reach the first level or more; {differ} differ from what they say",
        n=number(reached), total=number(mine[0]["assessed"]), year=mine[0]["assessed_year"], differ=number(sum(row["differ"] for row in mine)),
    )  # fmt: skip
    return markup.dotted([markup.go("sufficiency", filters, page_access.title("sufficiency")), says])


LINES = {"fund": fund, "debts": debts, "learning": learning, "sufficiency": sufficiency}  # page -> its line
