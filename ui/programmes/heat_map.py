"""A heat map as a table: a row an item, a column a village, in it one cell a year; the number or mark repeats what the shade shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ui.i18n import number, t
from ui.view import labels
from ui.view.labels import missing

SHADES = 4  # beside "not scored"; they differ in grey as well
PASSED, FAILED = "✓", "–"


def table(rows: Sequence[Mapping[str, Any]], names: Mapping[str, Markup], alt: str) -> Markup:
    """Scores as the question `village_items` gives them; `names` are the items' headings in their order."""
    villages = {row["village_code"]: labels.place(row) for row in rows}
    years = sorted({(row["assessed_year"], row["assessment_round"]) for row in rows}, key=_in_time)
    by_cell = {(row["item"], row["village_code"], row["assessed_year"], row["assessment_round"]): row for row in rows}
    scores = [row["item_score"] for row in rows if not missing(row["item_score"])]
    ends = (min(scores, default=0), max(scores, default=1))
    head = Markup('<tr><th scope="col" rowspan="2">{}</th>{}</tr><tr>{}</tr>').format(
        t("Item"),
        Markup("").join(Markup('<th scope="colgroup" colspan="{}">{}</th>').format(len(years), v) for v in villages.values()),
        Markup("").join(Markup('<th scope="col">{}</th>').format(_short(year)) for _ in villages for year in years),
    )
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            names[item],
            Markup("").join(_cell(by_cell.get((item, village, *year)), ends) for village in villages for year in years),
        )
        for item in names
    )
    whole = Markup(
        '<div class="across" tabindex="0" role="region" aria-label="{}"><table class="heat"><thead>{}</thead><tbody>{}</tbody></table></div>'
    )
    return whole.format(alt, head, body)


def _in_time(of: tuple[int, str]) -> tuple[int, int]:
    return of[0], ("before", "once", "after").index(of[1])


def _short(year: tuple[int, str]) -> str:
    """A year as two digits, with the round where there are two of a year."""
    mark = {"before": t("before"), "after": t("after")}.get(year[1], "")
    return f"{year[0] % 100:02}{' ' + mark if mark else ''}"


def _cell(row: Mapping[str, Any] | None, ends: tuple[float, float]) -> Markup:
    if row is None or missing(row["item_score"]):
        return Markup('<td class="s0" aria-label="{}"></td>').format(t("not scored"))
    score = row["item_score"]
    says = [labels.place(row), str(row["assessed_year"]), t("score {n}", n=score_text(score))]
    if not missing(row["item_households"]) and not missing(row["assessed_households"]):
        says.append(t("{n} of {total} households", n=number(row["item_households"]), total=number(row["assessed_households"])))
    if not missing(row["by_share"]) and row["by_share"] != score:
        says.append(t("by the share of households it would be {n}", n=number(row["by_share"])))
    if missing(row["pass_at"]):
        low, high = ends
        shade, mark = 1 + round((SHADES - 1) * (score - low) / ((high - low) or 1)), score_text(score)
    else:
        shade, mark = (SHADES, PASSED) if score >= row["pass_at"] else (1, FAILED)
    odd = "!" if not missing(row["by_share"]) and row["by_share"] != score else ""
    return Markup('<td class="s{}" title="{}">{}{}</td>').format(shade, " · ".join(says), mark, odd)


def score_text(score: float) -> str:
    """A score without a needless decimal."""
    return number(score, 0 if float(score).is_integer() else 1)
