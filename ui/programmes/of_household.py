"""What the other programmes of the office have of one household, on its page: a line each, nothing where none has any.

A programme adds itself by one row of LINES: its page (definitions/pages.csv) -> a function of (reader, ref) that asks the programme's
question about the household (`$household`, read through the doors, so the answer is the reader's to see) and gives its lines, none
where there is nothing. Whoever may not open the page is shown none of it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.i18n import t
from ui.programmes.fund_parts import baht
from ui.session import page_access
from ui.view import labels, markup, recorded
from ui.view.labels import missing

YEARS = 10  # for which a family was chosen, at most
Lines = Callable[[Reader, str], list[Markup]]


def section(filters: Filters, reader: Reader, ref: str) -> Markup:
    """The lines of every programme that has something of the household, each behind the way to the programme's page."""
    said = [line for page, of_page in LINES.items() if page_access.may_open(page, reader) for line in of_page(reader, ref)]
    return markup.heading(t("In other programmes")) + markup.listed(said) if said else Markup("")


def debts(reader: Reader, ref: str) -> list[Markup]:
    """What it owes its village fund, a line per loan; then what was done about that fund last, recorded or of the register."""
    loans = ask("debt_of_household", Filters(), reader, household=ref).to_dict("records")
    villages = dict.fromkeys(loan["village_code"] for loan in loans)
    return [*map(_loan, loans), *(line for village in villages for line in _last_done(village, reader))]


def _last_done(village: str, reader: Reader) -> list[Markup]:
    rows = ask("debt_actions", Filters(village=(village,)), reader, limit=1).to_dict("records")
    kinds = labels.listed("debt_action")
    return [
        markup.dotted(
            [
                t(
                    "last done about the fund: {what}, {date}",
                    what=kinds[row["action_kind"]],
                    date=labels.day(row["action_date"]),
                ),
                "" if missing(row["action_amount"]) else baht(row["action_amount"]),
                "" if missing(row["entry"]) else f"✎ {recorded.by_whom(row)}",
            ]
        )
        for row in rows
    ]


def _loan(loan: Mapping[str, Any]) -> Markup:
    there = Filters(district=(loan["village_code"][:4],))
    state = ""
    if loan["is_late"]:
        state = markup.badge("red", t("overdue"))
    elif not loan["still_owed"]:
        state = markup.badge("green", t("✓ paid back"))
    order = t("order by poverty {n}", n=int(loan["poverty_order"])) if not missing(loan["poverty_order"]) else ""
    return markup.dotted(
        [
            markup.small("debts", there, page_access.title("debts")),
            t("lent {amount}", amount=baht(loan["loan_amount"])),
            markup.bold(t("still owed {amount}", amount=baht(loan["still_owed"]))),
            t("due {date}", date=labels.day(loan["loan_due"])) if not missing(loan["loan_due"]) else "",
            order,
            state,
        ]
    )


def model_family(reader: Reader, ref: str) -> list[Markup]:
    """That it was chosen as a model of its village, and for what."""
    chosen = ask("model_families", Filters(), reader, household=ref, limit=YEARS).to_dict("records")
    return [
        markup.dotted(
            [
                markup.small("sufficiency", Filters(district=(row["village_code"][:4],)), page_access.title("sufficiency")),
                markup.bold(t("model family of {year}", year=row["chosen_year"])),
                "" if missing(row["family_practice"]) else markup.words(row["family_practice"]),
            ]
        )
        for row in chosen
    ]


LINES: dict[str, Lines] = {"debts": debts, "sufficiency": model_family}  # page -> what its programme has of a household
