"""Household as localised markup: basis of each dimension, plan items, timeline; and the plain text for LINE."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from markupsafe import Markup

import definitions
from journal.kinds import kinds
from queries import Filters
from ui.i18n import language, number, t
from ui.view import labels, markup, recorded
from ui.view.labels import missing
from ui.view.markup import rich

MARKS = {"deprived": ("red", "● {}"), "not_deprived": ("green", "○ {}"), "no_data": ("gray", "? {}")}
LINE = Markup("<br>")


def badge(state: str) -> Markup:
    """A dimension's state as a badge with its own sign."""
    colour, sign = MARKS[state]
    return markup.badge(colour, sign.format(labels.listed("state")[state]))


def lights(row: Mapping) -> Markup:
    """The deprived dimensions as badges, then those without data: letters and words, never colour alone."""
    letters = {d["dimension"]: d[f"letter_{language()}"] for d in definitions.table("dimensions")}
    named = {d: markup.bold(letters[d]) + " " + name for d, name in labels.dimensions().items()}
    if all(row[d] == "no_data" for d in named):
        return markup.badge("gray", t("No data in any dimension"))
    lacking = [markup.badge("red", named[d]) for d in named if row[d] == "deprived"]
    unknown = ", ".join(name for d, name in labels.dimensions().items() if row[d] == "no_data")
    parts = lacking or [rich("Not deprived in any dimension with data")]
    return Markup(" ").join(parts + ([markup.badge("gray", f"{t('No data')}: {unknown}")] if unknown else []))


def certification(home: Mapping) -> str:
    """Its certification in words: "not proposed" is said only where the district keeps certifications."""
    other = t("Not proposed") if home["certification_kept"] else f"{t('Certification')}: {t('Not kept here')}"
    return other if missing(home["certification"]) else labels.listed("certification")[home["certification"]]


def case_of(home: Mapping) -> str:
    """Its case in words; where no case register is kept it is said of what."""
    name = labels.listed("case")[home["case"]]
    return f"{t('Case')}: {name}" if home["case"] == "not_kept" else name


def status(home: Mapping) -> list[str]:
    """Source, certification, case, in words."""
    certified = certification(home)
    when = f" {labels.day(home['certified_date'])}" if not missing(home["certified_date"]) else ""
    meeting = f" ({t('meeting')} {home['meeting']})" if not missing(home["meeting"]) else ""
    case = case_of(home)
    still = t("last movement {date}", date=labels.day(home["last_movement"])) if not missing(home["last_movement"]) else ""
    return [part for part in (labels.listed("source")[home["source"]], f"{certified}{when}{meeting}", case, still) if part]


def contact(home: Mapping) -> Markup:
    """Telephone and mentor team, as far as the reader may see them; that nobody wrote them down is said, too."""
    phone = markup.words(home["phone"]) or t("not written down")
    mentor = markup.words(home["mentor"]) or t("not written down")
    return markup.dotted(
        [Markup("{} <b>{}</b>").format(t("Telephone:"), phone), rich("Mentor team: **{mentor}**", mentor=mentor)]
    )


def way_there(home: Mapping) -> str:
    """Where the house is, as lines to copy: number, moo and village, then its point as a map takes it; no map is asked from here.

    Nothing for whoever may see neither.
    """
    if missing(home["house_no"]) or home["house_no"] == "xxx":
        return ""
    lines = [f"{t('No. {n}', n=home['house_no'])} {labels.place(home)}"]
    if not (missing(home["latitude"]) or missing(home["longitude"])):
        point = f"{home['latitude']:.6f},{home['longitude']:.6f}"
        lines += [t("Coordinates: {point}", point=point.replace(",", ", ")), f"https://www.google.com/maps?q={point}"]
    return "\n".join(lines)


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
    name = t("No. {n} {name}", n=int(row["number"]), name=row[f"name_{language()}"])
    if missing(row["measured"]):
        return t("{name}: fail", name=name)
    unit = labels.listed("threshold_unit").get(row["threshold_unit"], row["threshold_unit"])
    return f"{name} {number(row['measured'])} < {number(row['threshold'])} {unit}"


def members(rows: Sequence[Mapping]) -> dict[str, list[object]]:
    """Member table: localised heading -> cells; values that the reader may not see come masked already."""
    cards = labels.listed("welfare_card") | {None: t("No data")}
    columns = {"occupation": t("Occupation"), "schooling": t("Schooling"), "health_status": t("Health")}
    told: dict[str, list[object]] = {
        heading: [markup.words(row[column]) or "–" for row in rows]
        for column, heading in columns.items()
        if any(not missing(row[column]) for row in rows)
    }  # what nobody wrote down, or this reader may not see, takes no room
    target = markup.bold(t("target poor"))
    return {
        t("Name"): [_full_name(row) for row in rows],
        t("Age"): ["–" if missing(row["age"]) else int(row["age"]) for row in rows],
        t("Relation"): [markup.words(row["relation"]) for row in rows],
        **told,
        t("Citizen ID"): [markup.words(row["citizen_id"]) for row in rows],
        t("Welfare card"): [
            markup.dotted(
                [target if row["is_target"] else "", cards[None if missing(row["welfare_card"]) else row["welfare_card"]]]
            )
            for row in rows
        ],
    }


def _full_name(row: Mapping) -> str:
    title = "" if missing(row["title"]) else str(row["title"])
    return title + " ".join(str(row[part]) for part in ("first_name", "last_name") if not missing(row[part]))


def item(row: Mapping) -> Markup:
    """One plan item with owner, due date and reply."""
    due = t("due {date}", date=labels.day(row["due_date"])) if not missing(row["due_date"]) else ""
    late = markup.badge("red", t("overdue")) if row["overdue"] else ""
    by = recorded.by_whom(row)
    said = Markup('<small class="recorded">✎ {}</small>').format(by) if by else ""
    parts = [labels.listed("progress")[row["status"]], markup.words(row["owner"]), due, late, markup.words(row["reply"]), said]
    return markup.bold(markup.words(row["activity"])) + LINE + markup.dotted(parts)


def helped_others(filters: Filters, ref: object, thing: object) -> Markup:
    """The way to what helped others in the same as an item of a household's plan."""
    return markup.small("household", filters, t("What helped others"), household=str(ref), item=str(thing))


def needs(rows: Sequence[Mapping]) -> Markup:
    """What is short as a list, and the rest in one line."""
    enough = ", ".join(str(row["item"]) for row in rows if not row["short"])
    lines = [shortage(row) for row in rows if row["short"]]
    return markup.listed(lines + ([rich("Enough: {items}", items=enough)] if enough else []))


def shortage(row: Mapping) -> Markup:
    """What is short of one thing: "ปูนซีเมนต์ ยังขาด 12 ถุง (ได้ 68 จาก 80)"."""
    words = {"item": markup.words(row["item"]), "unit": markup.words(row["unit"])}
    amounts = {name: number(row[name]) for name in ("given", "needed", "short")}
    return rich("{item}: **{short} {unit} still short** (has {given} of {needed})", **words, **amounts)


def timeline(rows: Sequence[Mapping]) -> Iterator[Markup]:
    """Visits, steps, gifts and whatever else was recorded, latest first; what no register has yet says who recorded it."""
    for row in rows:
        by = recorded.by_whom(row)
        conflict = markup.badge("red", t("another entry says something else")) if row["forked"] else ""
        marks = Markup(" {} {}").format(conflict, Markup('<small class="recorded">✎ {}</small>').format(by)) if by else ""
        yield markup.bold(labels.day(row["happened_on"])) + " " + _event(row) + marks + _pictures(row)


def _pictures(row: Mapping) -> Markup:
    """The pictures of an entry, small, each the way to the whole of it; the server looks again at who asks (field/photos.py)."""
    shown = () if row["photos"] is None or isinstance(row["photos"], float) else row["photos"]
    one = Markup(
        '<a href="/field/photos/{0}" target="_blank" rel="noopener">'
        '<img src="/field/photos/{0}" alt="{1}" width="128" height="96" loading="lazy"></a>'
    )
    says = (t("Picture {n} of {date}", n=n, date=labels.day(row["happened_on"])) for n in range(1, len(shown) + 1))
    inside = Markup("").join(one.format(digest, alt) for digest, alt in zip(shown, says, strict=True))
    return Markup('<div class="pictures">{}</div>').format(inside) if inside else Markup("")


def _event(row: Mapping) -> str:
    if row["kind"] == "visit":
        checked = ""
        if not missing(row["checked_dimension"]):
            result = "deprived" if row["check_result"] == 0 else "not_deprived"
            checked = f" · {t('checked')} {labels.dimensions()[row['checked_dimension']]}: {labels.listed('state')[result]}"
        return f"{t('Visit')}{_by(row)}: {_text(row['finding'])}{checked}"
    if row["kind"] == "step":
        until = labels.day(row["until"]) if not missing(row["until"]) else t("still running")
        named = labels.steps(row["template"])[row["number"] - 1]
        return f"{labels.listed('template')[row['template']]}: {t('Step {n}', n=row['number'])} {named} – {until}"
    if row["kind"] in kinds():
        parts = [_text(row["item"]), recorded.said(row["kind"], row["said"]), _text(row["told"])]
        return ": ".join(filter(None, [recorded.kind(row["kind"]), " · ".join(filter(None, parts))]))
    amount = f"{number(row['quantity'])} {_text(row['unit'])}" if not missing(row["quantity"]) else ""
    return f"{labels.listed('gift')[row['kind']]}: {_text(row['item'])} {amount}{_by(row)}"


def _by(row: Mapping) -> str:
    """Who visited or gave, where that is known."""
    return "" if missing(row["giver"]) else f" ({row['giver']})"


def _text(value: object) -> str:
    return "" if missing(value) else str(value)


def text(home: Mapping, lights: pd.DataFrame, plan: Sequence[Mapping], short: Sequence[Mapping], address: str = "") -> str:
    """The household as plain text, pseudonymous: without name, house number or citizen ID. Its code finds it in the list; `address`
    opens it for whoever may see it, after signing in. The plan stands in the order of the four aspects."""
    order = list(labels.aspects())
    plan = sorted(plan, key=lambda row: order.index(row["aspect"]))
    lines = [
        f"{t('Household')} {home['ref'][:8]} · {labels.place(home)} · {t('Year {years}', years=home['register_year'])}",
        f"{t('data as of {date}', date=labels.day(home['as_of']))} · {' · '.join(status(home))}",
        *(
            f"- {labels.dimensions()[d]}: {labels.listed('state')[p['state'].iloc[0]]} ({basis(p)})"
            for d, p in lights.groupby("dimension", sort=False)
        ),
        f"{t('4T plan')}:",
        *(f"- {labels.aspects()[row['aspect']]}: {_plain(item(row))}" for row in plan),
        *(f"- {_plain(shortage(row))}" for row in short if row["short"]),
        *([t("Open (sign in first): {address}", address=address)] if address else []),
    ]
    return "\n".join(lines)


def _plain(html: Markup) -> str:
    """Markup as letters."""
    return Markup(html.replace(LINE, Markup(" · "))).striptags()
