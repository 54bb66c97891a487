"""Household as localised text: basis of each dimension, plan items, timeline, and the plain text for LINE."""

from collections.abc import Iterator, Mapping

import pandas as pd

from ui.i18n import number, t
from ui.view import labels

MARKS = {"deprived": ":red-badge[● {}]", "not_deprived": ":green-badge[○ {}]", "no_data": ":gray-badge[? {}]"}


def badge(state: str) -> str:
    """A dimension's state as a badge with its own sign."""
    return MARKS[state].format(labels.listed("state")[state])


def status(home: Mapping) -> list[str]:
    """Source, certification, case, in words."""
    certified = labels.listed("certification").get(home["certification"], t("Not proposed"))
    when = f" {labels.day(home['certified_date'])}" if not labels.missing(home["certified_date"]) else ""
    meeting = f" ({t('meeting')} {labels.plain(home['meeting'])})" if not labels.missing(home["meeting"]) else ""
    case = labels.listed("case")[home["case"]]
    still = (
        t("last movement {date}", date=labels.day(home["last_movement"])) if not labels.missing(home["last_movement"]) else ""
    )
    return [part for part in (labels.listed("source")[home["source"]], f"{certified}{when}{meeting}", case, still) if part]


def basis(part: pd.DataFrame) -> str:
    """Why one dimension is as it is: "ข้อ 22 รายได้ 21,000 < 38,000 บาท/คน/ปี"; `part` is one dimension of `lights`."""
    first = part.iloc[0]
    if first["basis"] == "check":
        return t("Field check on {date} overrides the register.", date=labels.day(first["checked_on"]))
    if first["basis"] == "flag":
        return t("By the register's own flag; no indicator was answered.")
    if first["basis"] != "indicator":
        return t("Neither indicators nor a flag nor a field check.")
    answered = part[part["result"].notna()]
    failed = answered[answered["result"] == 0]
    if len(failed):
        return " · ".join(_failed(row) for row in failed.to_dict("records"))
    return t(
        "Passed {n} of {total} indicators; the others do not apply or were not answered.", n=len(answered), total=len(part)
    )


def _failed(row: Mapping) -> str:
    name = t("No. {n} {name}", n=int(row["number"]), name=labels.plain(row[f"name_{labels.language()}"]))
    if labels.missing(row["measured"]):
        return t("{name}: fail", name=name)
    unit = labels.listed("threshold_unit").get(row["threshold_unit"], row["threshold_unit"])
    return f"{name} {number(row['measured'])} &lt; {number(row['threshold'])} {unit}"


def members(frame: pd.DataFrame) -> pd.DataFrame:
    """Member table with localised columns; values that the reader may not see come masked already."""
    rows = frame.to_dict("records")
    full = [
        "".join(
            [
                "" if labels.missing(r["title"]) else r["title"],
                " ".join(str(r[c]) for c in ("first_name", "last_name") if not labels.missing(r[c])),
            ]
        )
        for r in rows
    ]
    cards = labels.listed("welfare_card") | {None: t("No data")}
    return pd.DataFrame(
        {
            t("Name"): [labels.plain(name) for name in full],
            t("Age"): ["–" if labels.missing(r["age"]) else str(int(r["age"])) for r in rows],
            t("Relation"): [labels.plain(r["relation"]) for r in rows],
            t("Citizen ID"): [labels.plain(r["citizen_id"]) for r in rows],
            t("Welfare card"): [
                (f"**{t('target poor')}** · " if r["is_target"] else "")
                + cards[None if labels.missing(r["welfare_card"]) else r["welfare_card"]]
                for r in rows
            ],
        }
    )


def item(row: Mapping) -> str:
    """One plan item with owner, due date and reply."""
    due = t("due {date}", date=labels.day(row["due_date"])) if not labels.missing(row["due_date"]) else ""
    late = f":red-badge[{t('overdue')}]" if row["overdue"] else ""
    parts = [labels.listed("progress")[row["status"]], labels.plain(row["owner"]), due, late, labels.plain(row["reply"])]
    return f"**{labels.plain(row['activity'])}**  \n" + " · ".join(part for part in parts if part)


def shortages(frame: pd.DataFrame) -> list[str]:
    """What is still short first: "ปูนซีเมนต์ ยังขาด 12 ถุง (ได้ 68 จาก 80)"."""
    return [_shortage(row) for row in frame.to_dict("records")]


def needs(frame: pd.DataFrame) -> str:
    """What is short as a list, and the rest in one line."""
    short = frame[frame["short"] > 0]
    enough = [labels.plain(item) for item in frame.loc[frame["short"] == 0, "item"]]
    lines = shortages(short) + ([t("Enough: {items}", items=", ".join(enough))] if enough else [])
    return "\n".join(f"- {line}" for line in lines)


def _shortage(row: Mapping) -> str:
    words = {"item": labels.plain(row["item"]), "unit": labels.plain(row["unit"])}
    words |= {name: number(row[name]) for name in ("given", "needed")}
    if row["short"]:
        return t("{item}: **{short} {unit} still short** (has {given} of {needed})", short=number(row["short"]), **words)
    return t("{item}: enough ({given} of {needed} {unit})", **words)


def timeline(frame: pd.DataFrame, steps: list[str]) -> Iterator[str]:
    """Visits, steps and gifts, latest first."""
    for row in frame.to_dict("records"):
        says = _event(row, steps)
        yield f"**{labels.day(row['happened_on'])}** {says}"


def _event(row: Mapping, steps: list[str]) -> str:
    if row["kind"] == "visit":
        who = labels.plain(row["giver"])
        checked = ""
        if not labels.missing(row["checked_dimension"]):
            result = "deprived" if row["check_result"] == 0 else "not_deprived"
            checked = f" · {t('checked')} {labels.dimensions()[row['checked_dimension']]}: {labels.listed('state')[result]}"
        return f"{t('Visit')} ({who}): {labels.plain(row['finding'])}{checked}"
    if row["kind"] == "step":
        until = labels.day(row["until"]) if not labels.missing(row["until"]) else t("still running")
        return f"{t('Step {n}', n=row['number'])} {steps[row['number'] - 1]} – {until}"
    amount = f"{number(row['quantity'])} {labels.plain(row['unit'])}" if not labels.missing(row["quantity"]) else ""
    return f"{labels.listed('gift')[row['kind']]}: {labels.plain(row['item'])} {amount} ({labels.plain(row['giver'])})"


def text(home: Mapping, lights: pd.DataFrame, plan: pd.DataFrame, short: pd.DataFrame) -> str:
    """The household as plain text, pseudonymous: without name, house number or citizen ID."""
    lines = [
        f"{t('Household')} {home['ref'][:8]} · {labels.place(home)} · {t('Year {years}', years=home['register_year'])}",
        f"{t('data as of {date}', date=labels.day(home['as_of']))} · {' · '.join(_bare(s) for s in status(home))}",
        *(
            f"- {labels.dimensions()[d]}: {labels.listed('state')[p['state'].iloc[0]]} ({_bare(basis(p))})"
            for d, p in lights.groupby("dimension", sort=False)
        ),
        f"{t('4T plan')}:",
        *(f"- {labels.aspects()[r['aspect']]}: {_bare(item(r))}" for r in plan.to_dict("records")),
        *(f"- {_bare(line)}" for line in shortages(short[short["short"] > 0])),
    ]
    return "\n".join(lines)


def _bare(markdown: str) -> str:
    """Markdown as plain text."""
    unbadged = labels.BADGE.sub(r"\1", markdown.replace("**", "").replace("  \n", " · ").replace("&lt;", "<"))
    return labels.unmarked(unbadged)
