"""A forum on one screen: one item at a time, the hands raised for each score, the score that they come to, recorded at once."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

import definitions
from queries import Filters, Reader, ask
from ui.filters.url import link
from ui.i18n import language, number, t
from ui.meeting import sending
from ui.meeting.forum_opening import choices, event
from ui.programmes.heat_map import score_text
from ui.record import forms
from ui.view import labels, markup
from ui.view.labels import missing

AT = "forum_at"  # session: the item that somebody went to, before the first one that is not scored
Row = Mapping[str, Any]


def show(forum: str, filters: Filters, reader: Reader) -> None:
    """The item that is scored now; whoever may not record sees what is recorded, as it comes."""
    held = ask("village_forums", Filters(), reader, forum=forum, limit=1).to_dict("records")
    back = Markup('<a class="go" href="{}"><span>{}</span></a>').format(
        link("sufficiency", filters, forum=None), t("All villages")
    )
    st.html(back)
    if not held or missing(held[0]["forum"]):
        st.info(t("This forum is not here: it was withdrawn, or it is of another area."))
        return
    of, items = held[0], ask("forum_items", Filters(), reader, forum=forum).to_dict("records")
    item = _item(forum, items)
    st.html(_drawn(of, items, item))
    if reader.may("records") and reader.covers(of["village_code"]):
        _hands(of, item)
        _chooser(forum, items, item)
        _withdrawing(of)
    if all(not missing(row["score"]) for row in items):
        _result(of, reader)


def _item(forum: str, items: list[Row]) -> Row:
    """The item that somebody went to, else the first that is not scored, else the last."""
    at = st.session_state.get(f"{AT}_{forum}")
    open_ = (row for row in items if missing(row["score"]))
    return next((row for row in items if row["item"] == at), None) or next(open_, items[-1])


def _drawn(of: Row, items: list[Row], item: Row) -> Markup:
    """The item, large enough to be read from the back of a village hall."""
    names, rounds = labels.listed("instrument"), labels.listed("assessment_round")
    scored = sum(not missing(row["score"]) for row in items)
    head = markup.dotted(
        (labels.place(of), names[of["instrument"]], rounds[of["assessment_round"]], labels.day(of["forum_date"]),
         t("{n} people", n=number(of["forum_people"])))
    )  # fmt: skip
    aspect = item[f"aspect_{language()}"]
    says = "" if item["confirmed"] else t("The name of this item was found in no source: read it from the form of your office.")
    done = "" if missing(item["score"]) else t("Recorded: score {n}", n=score_text(item["score"]))
    return Markup(
        '<section class="forum"><p>{}</p><small>{}</small><h2>{}</h2><p>{}</p><p><b>{}</b></p>'
        '<progress value="{}" max="{}"></progress><small>{}</small></section>'
    ).format(
        head, "" if missing(aspect) else aspect, _title(item), says, done, scored, len(items),
        t("{n} of {total} items scored", n=number(scored), total=number(len(items))),
    )  # fmt: skip


def _title(item: Row) -> str:
    name = str(item[f"name_{language()}"])
    return name if name.endswith(item["item"]) else t("Item {item}: {name}", item=item["item"], name=name)


def _hands(of: Row, item: Row) -> None:
    """How many hands for each score; what they come to; record it and go on."""
    key = f"hands_{of['forum']}_{item['item']}_{forms.number()}"
    scores = choices(of["instrument"], None if missing(of["highest"]) else int(of["highest"]))
    known = _before(item)
    counted = {
        score: column.number_input(
            _label(of["instrument"], score), min_value=0, max_value=int(of["forum_people"]), value=known.get(score, 0), step=1, key=f"{key}_{score}"
        )
        for score, column in zip(scores, st.columns(len(scores)), strict=True)
    }  # fmt: skip
    raised, people = sum(counted.values()), int(of["forum_people"])
    score = score_of(counted, from_hands(of["instrument"]))
    if raised > people:
        st.warning(t("{n} hands of {total} people: somebody raised twice.", n=number(raised), total=number(people)))
    else:
        said = t("{n} of {total} people raised a hand", n=number(raised), total=number(people))
        st.caption(said if score is None else f"{said} · {t('score {n}', n=score_text(score))}")
    ready = score is not None and raised <= people
    if st.button(t("Record and go to the next item"), type="primary", key=f"{key}_save", disabled=not ready):
        body = {"item": item["item"], "score": score, "hands": "|".join(f"{s}:{n}" for s, n in counted.items())}
        base = [] if missing(item["entry"]) else [item["entry"]]
        sent = event(of["village_code"], f"forum/{of['forum']}/item/{item['item']}", "forum_scored", body, base)
        if sending.send([sent], key, t("Recorded: {item}", item=_title(item))):
            st.session_state.pop(f"{AT}_{of['forum']}", None)
            st.rerun()


def from_hands(instrument: str) -> str:
    """How raised hands become a score, of definitions/instruments.csv: most or mean."""
    return next(row["from_hands"] for row in definitions.table("instruments") if row["instrument"] == instrument)


def score_of(counted: Mapping[int, int], way: str) -> float | None:
    """The score that hands come to: the one with most of them, the lower of two with as many; or the mean. None without a hand."""
    raised = sum(counted.values())
    if not raised:
        return None
    if way == "mean":
        return round(sum(score * hands for score, hands in counted.items()) / raised, 2)
    return float(min(score for score, hands in counted.items() if hands == max(counted.values())))


def _label(instrument: str, score: int) -> str:
    if choices(instrument, None) == [0, 1]:
        return t("Hands for: passed") if score else t("Hands for: not passed")
    return t("Hands for {n} points", n=number(score))


def _before(item: Row) -> dict[int, int]:
    """The hands that were recorded of this item."""
    if missing(item["hands"]):
        return {}
    pairs = (part.partition(":") for part in str(item["hands"]).split("|"))
    return {int(score): int(hands) for score, _, hands in pairs if score.isdigit() and hands.isdigit()}


def _chooser(forum: str, items: list[Row], item: Row) -> None:
    """The items by number; those that are scored carry a mark."""
    names = {row["item"]: row["item"] if missing(row["score"]) else f"{row['item']} ✓" for row in items}
    key = f"forum_items_{forum}_{item['item']}_{sum(not missing(row['score']) for row in items)}"

    def turn() -> None:
        st.session_state[f"{AT}_{forum}"] = st.session_state[key]

    st.pills(
        t("Items of the instrument"),
        list(names),
        format_func=names.get,
        default=item["item"],
        required=True,
        key=key,
        on_change=turn,
    )


def _withdrawing(of: Row) -> None:
    key = f"forum_back_{of['forum']}_{forms.number()}"
    with st.expander(t("Take this forum back"), key=f"{key}_box"):
        reason = st.text_input(t("Why it is taken back"), key=f"{key}_reason", max_chars=2000)
        if st.button(t("Take back"), key=f"{key}_save", disabled=not reason.strip()):
            sent = event(of["village_code"], of["forum_entry"], "withdrawn", {"reason": reason})
            if sending.send([sent], key, t("The forum was taken back; its entries stay in the journal.")):
                del st.query_params["forum"]
                st.rerun()


def _result(of: Row, reader: Reader) -> None:
    """Every item is scored: what that comes to."""
    here = Filters.of(
        {"village": [of["village_code"]], "tambon": [of["village_code"][:6]], "district": [of["village_code"][:4]]}
    )
    rows = ask("village_levels", here, reader, instrument=of["instrument"], limit=100).to_dict("records")
    mine = [row for row in rows if row["forum"] == of["forum"] or (of["carried"] and _is_same(row, of))]
    if mine and not missing(mine[0]["reckoned"]):
        level = labels.listed("sufficiency_level")[mine[0]["reckoned"]]
        says = t("Every item is scored. Level by the rules: {level}", level=level)
    elif mine:
        says = t("Every item is scored. {why}", why=labels.listed("level_verdict")[mine[0]["verdict"]])
    else:
        says = t("Every item is scored. A later assessment of the same year and round is what counts.")
    st.success(says)


def _is_same(row: Row, of: Row) -> bool:
    """Whether what counts is the row of the register that has the forum by now."""
    return missing(row["forum"]) and all(row[name] == of[name] for name in ("assessed_year", "assessment_round"))
