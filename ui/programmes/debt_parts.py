"""Village funds (กข.คจ.) as panels: sums with their denominators, the waterfall of what was to follow, villages, money, what was done."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from queries import Filters, Reader, ask
from queries.ask import ALL
from ui.i18n import language, number, t
from ui.programmes import kept_in
from ui.programmes.fund_parts import amount, baht
from ui.view import charts, labels, markup, recorded
from ui.view.labels import missing
from ui.view.markup import rich

VILLAGES, ACTIONS, LOANS = 20, 12, 20  # of a screen


def elsewhere(filters: Filters, reader: Reader) -> Markup:
    """Where village funds are reported, where they are not in the places chosen."""
    rows = ask("debt_places", Filters(), reader).to_dict("records")
    none = rich("Village funds are not kept here for the places chosen. Their registers are loaded like the others.")
    says = [(row["code"], t("{place}: {n} villages", place=labels.of_code(row["code"]), n=row["villages"])) for row in rows]
    return kept_in.elsewhere("debts", filters, none, says)


def sums(filters: Filters, reader: Reader, day: str) -> Markup:
    """How many villages have how much, how many have a problem, and what is left to follow of it."""
    now = ask("debt_totals", filters, reader, day=day).iloc[0]
    share = t("of {total} · {share}%", total=number(now["villages"]), share=number(now["share"] or 0, 2))
    funds = [
        (t("Village funds"), number(now["villages"]), t("{n} households lent to", n=amount(now["households_lent"]))),
        (t("Capital (baht)"), amount(now["capital"]), t("with households {n}", n=amount(now["with_households"]))),
        (t("Villages with a problem"), number(now["problems"]), share),
    ]
    if not now["problems"]:
        return markup.figures(funds)
    followed = [
        (t("To follow (baht)"), number(now["to_follow"]), t("of {total}", total=baht(now["capital"]))),
        (t("Settled"), number(now["settled"]), t("of {total}", total=number(now["problems"]))),
        (t("Left to follow (baht)"), number(now["still_to_follow"]), t("of {total}", total=number(now["to_follow"]))),
    ]
    return markup.figures(funds) + markup.figures(followed) + cut_off(now)


def cut_off(now: Mapping[str, Any]) -> Markup:
    """Why a report in print may have another share: cut off where this one is rounded."""
    if now["share"] == now["share_cut"]:
        return Markup("")
    says = rich(
        "{part} ÷ {whole} is {share}% rounded; a report that cuts off after two decimals prints {cut}%.",
        part=number(now["problems"]), whole=number(now["villages"]), share=number(now["share"], 2), cut=number(now["share_cut"], 2),
    )  # fmt: skip
    return markup.text(says, "caption")


def fall(filters: Filters, reader: Reader, day: str, by: str) -> Markup:
    """From what was to follow to what is left, by cause or by village: what came back, and what was settled otherwise."""
    rows, names = _falls(filters, reader, day, by)
    to_follow = int(sum(row["to_follow"] for row in rows))
    states = {"done": t("Came back"), "planned": t("Settled otherwise")}
    falls = [
        (name, (("done", int(row["by_repayment"])), ("planned", int(row["by_settling"])))) for name, row in zip(names, rows, strict=True)
    ]  # fmt: skip
    said = labels.counts(names, [row["by_repayment"] + row["by_settling"] for row in rows])
    alt = t("Of {total} baht to follow, taken off: {said}", total=number(to_follow), said=said)
    return charts.waterfall((t("To follow (baht)"), to_follow), falls, t("Left to follow (baht)"), states, alt, None)


def _falls(filters: Filters, reader: Reader, day: str, by: str) -> tuple[list[dict], list[str]]:
    if by == "village":
        frame = ask("debt_villages", filters, reader, day=day, state="problem", limit=ALL)
        rows = frame.iloc[(frame["still_to_follow"] - frame["amount_to_follow"]).argsort(kind="stable")].to_dict("records")
        return [row | {"to_follow": row["amount_to_follow"]} for row in rows], [labels.place(row) for row in rows]
    rows = ask("debt_causes", filters, reader, day=day).to_dict("records")
    return rows, [row[f"cause_{language()}"] for row in rows]


def causes(filters: Filters, reader: Reader, day: str) -> Markup:
    """The same as a table that adds up: a row a cause, then all of them."""
    rows = ask("debt_causes", filters, reader, day=day).to_dict("records")
    sums = ("villages", "settled", "to_follow", "by_repayment", "by_settling", "still_to_follow")
    whole = {column: sum(row[column] for row in rows) for column in sums}
    heads = [t("Villages"), t("Settled"), t("To follow"), t("Came back"), t("Settled otherwise"), t("Left to follow")]
    columns: dict[str, Sequence[object]] = {
        t("Cause"): [*(row[f"cause_{language()}"] for row in rows), markup.bold(t("All"))],
        **{
            head: [*(number(row[column]) for row in rows), markup.bold(number(whole[column]))]
            for head, column in zip(heads, sums, strict=True)
        },
    }
    return markup.table(columns, t("What was to follow, by cause, in baht"))


def villages(filters: Filters, reader: Reader, day: str, state: str, offset: int) -> Markup:
    """One screen of village funds, those with most left to follow first."""
    rows = ask("debt_villages", filters, reader, day=day, state=state, limit=VILLAGES, offset=offset).to_dict("records")
    columns: dict[str, Sequence[object]] = {
        t("Village"): [labels.place(row) for row in rows],
        t("Households lent to"): [amount(row["households_lent"]) for row in rows],
        t("Cause and remedy"): [why(row) for row in rows],
        t("To follow"): [amount(row["amount_to_follow"]) for row in rows],
        t("Came back"): [amount(row["by_repayment"]) for row in rows],
        t("Left to follow"): [amount(row["still_to_follow"]) for row in rows],
        t("State"): [how_far(row) for row in rows],
    }
    return markup.table(columns, t("Village funds, in baht"))


def why(row: Mapping[str, Any]) -> Markup | str:
    """The causes of a village's problem, and what is to be done."""
    kinds = labels.listed("debt_cause")
    causes = markup.dotted(kinds[cause] for cause in (row["debt_cause"], row["second_cause"]) if not missing(cause))
    return causes + (markup.text(row["debt_remedy"], "caption") if not missing(row["debt_remedy"]) else "") if causes else "–"


def how_far(row: Mapping[str, Any]) -> Markup | str:
    """How far a village with a problem is."""
    if missing(row["debt_cause"]):
        return "–"
    if not missing(row["settled_on"]):
        return markup.badge("green", t("✓ settled on {date}", date=labels.day(row["settled_on"])))
    return t("{n} actions, the last on {date}", n=number(row["actions"]), date=labels.day(row["last_action"]))


def money(filters: Filters, reader: Reader, day: str) -> Markup:
    """Whether capital = with households + bank + cash: of how many villages it is, and those of which it is not."""
    now = ask("debt_totals", filters, reader, day=day).iloc[0]
    checked = now["villages"] - now["unchecked"]
    says = rich(
        "The money of **{n}** of {total} villages adds up: capital = with households + bank + cash. Not found: {gone} baht.",
        n=number(checked - now["unbalanced"]), total=number(now["villages"]), gone=amount(now["not_found"]),
    )  # fmt: skip
    rows = ask("debt_money", filters, reader, day=day, limit=ALL).to_dict("records")
    if not rows:
        return markup.text(says)
    columns: dict[str, Sequence[object]] = {
        t("Village"): [labels.place(row) for row in rows],
        t("Capital"): [amount(row["fund_capital"]) for row in rows],
        t("With households"): [amount(row["with_households"]) for row in rows],
        t("In the bank"): [amount(row["in_bank"]) for row in rows],
        t("Cash in hand"): [amount(row["in_cash"]) for row in rows],
        t("Not found"): [t("not told") if missing(row["not_found"]) else markup.bold(number(row["not_found"])) for row in rows],
        t("Ledger differs by"): [amount(row["ledger_differs"]) for row in rows],
    }
    return markup.text(says) + markup.wide(
        markup.table(columns, t("Villages whose money does not add up, in baht")), t("Money")
    )


def done(filters: Filters, reader: Reader, day: str, offset: int) -> Markup:
    """One screen of what was done in the villages, the latest first."""
    rows = ask("debt_actions", filters, reader, day=day, limit=ACTIONS, offset=offset).to_dict("records")
    kinds = labels.listed("debt_action")
    columns: dict[str, Sequence[object]] = {
        t("Date"): [labels.day(row["action_date"]) for row in rows],
        t("Village"): [labels.place(row) for row in rows],
        t("Work done"): [kinds[row["action_kind"]] for row in rows],
        t("Came back"): [amount(row["action_amount"]) for row in rows],
        t("Team"): [markup.words(row["action_team"]) for row in rows],
        t("Result"): [markup.words(row["action_result"]) for row in rows],
        t("From"): [source(row) for row in rows],
    }
    return markup.wide(markup.table(columns, t("What was done about the debts")), t("Work in the villages"))


def source(row: Mapping[str, Any]) -> Markup | str:
    """Where an action is from: the register, or who recorded it; with a word where both may tell of one."""
    said = t("register") if missing(row["entry"]) else f"✎ {recorded.by_whom(row)}"
    return (
        Markup("{} {}").format(said, markup.badge("orange", t("alike on this day: {n}", n=row["alike"])))
        if row["alike"] > 1
        else said
    )


def ledger(filters: Filters, reader: Reader, day: str, offset: int) -> Markup:
    """One screen of the household ledgers, the poorest of a village first."""
    rows = ask("debt_loans", filters, reader, day=day, limit=LOANS, offset=offset).to_dict("records")
    columns: dict[str, Sequence[object]] = {
        t("Village"): [labels.place(row) for row in rows],
        t("Order by poverty"): [amount(row["poverty_order"]) for row in rows],
        t("Borrower"): [markup.words(row["borrower"]) for row in rows],
        t("Contract"): [markup.words(row["contract_no"]) for row in rows],
        t("Lent"): [amount(row["loan_amount"]) for row in rows],
        t("Falls due"): [labels.day(row["loan_due"]) for row in rows],
        t("Paid back"): [amount(row["loan_repaid"]) for row in rows],
        t("Still owed"): [owed(row) for row in rows],
    }
    return markup.wide(markup.table(columns, t("Household ledgers of the village funds, in baht")), t("Household ledger"))


def owed(row: Mapping[str, Any]) -> Markup | str:
    """What is still owed of a loan; with a word where it is late."""
    says = number(row["still_owed"])
    return markup.badge("red", t("{n} overdue", n=says)) if row["is_late"] else says
