"""The definitions as data: what an officer may edit must still hang together afterwards."""

import re
from collections import Counter
from pathlib import Path

import pytest

import definitions
import etl
from definitions import spellings
from definitions.registers import registers
from etl.headings.columns import columns, plain
from etl.typing.casts import FAULTS, RESTORED
from journal.kinds import OF, PHOTOS, RIGHTS, STATES, TYPES, UNCONFIRMED
from queries import Filters, questions
from queries.reader import CLASSES

KEYS = {
    "audit_actions": ("action",),
    "agenda": ("agenda",),
    "agenda_columns": ("question", "column"),
    "aspects": ("aspect",),
    "case_steps": ("template", "step"),
    "causes": ("cause",),
    "case_templates": ("template",),
    "date_spans": ("column",),
    "derived_columns": ("column",),
    "debt_forms": ("form", "column"),
    "dimensions": ("dimension",),
    "event_fields": ("kind", "field"),
    "events": ("kind",),
    "faults": ("fault",),
    "figures": ("word",),
    "function_words": ("word",),
    "glossary": ("term",),
    "heading_values": ("of",),
    "heading_words": ("concept",),
    "headlines": ("headline",),
    "indicators": ("survey_round", "number"),
    "instrument_aspects": ("instrument", "aspect"),
    "instrument_items": ("instrument", "item"),
    "instruments": ("instrument",),
    "level_rules": ("level",),
    "measures": ("measure",),
    "own_exports": ("headings",),
    "own_lists": ("headings",),
    "pages": ("page",),
    "papers": ("paper",),
    "picklists": ("picklist", "value"),
    "register_columns": ("register", "column"),
    "registers": ("register",),
    "report_columns": ("column",),
    "roles": ("role",),
    "rules": ("rule",),
    "survey_rounds": ("survey_round",),
    "task_skills": ("task", "skill"),
    "titles": ("title",),
    "unreadable": ("reason",),
}
WITHOUT_SOURCE = {
    "audit_actions",
    "faults",
    "heading_values",
    "heading_words",
    "own_exports",
    "own_lists",
    "pages",
    "papers",
    "registers",
    "roles",
    "unreadable",
}  # the project's own words, not facts about the world
WORDS = {
    "function_words",
    "heading_values",
    "heading_words",
    "titles",
}  # what it lists are words as offices write them, which are not translated
CODE = {p: p.read_text(encoding="utf-8") for p in Path(etl.__file__).parent.rglob("*") if p.suffix in {".py", ".sql"}}
REGISTERS = list(definitions.names("registers", "register", "en"))


def test_every_table_is_known_to_these_tests():
    assert {p.stem for p in definitions.FOLDER.glob("*.csv")} == set(KEYS)


@pytest.mark.parametrize("table", KEYS)
def test_keys_are_unique_and_rows_are_as_wide_as_the_header(table):
    rows = definitions.table(table)
    assert [k for k, n in Counter(tuple(r[c] for c in KEYS[table]) for r in rows).items() if n > 1] == []
    assert all(None not in r and None not in r.values() and all(r[c] for c in KEYS[table]) for r in rows)


@pytest.mark.parametrize("table", KEYS)
def test_labels_are_complete_in_both_languages(table):
    for row in definitions.table(table):
        labels = {c: v for c, v in row.items() if c in ("th", "en") or re.search(r"_(th|en)$", c)}
        assert [c for c, v in labels.items() if not v] == [], row
        thai = {c: v for c, v in labels.items() if c.endswith("th")}
        assert bool(labels) == (table not in WORDS) and len(thai) * 2 == len(labels)
        assert not [v for c, v in labels.items() if c.endswith("en") and re.search("[ก-๙]", v.split("|")[0])], row


@pytest.mark.parametrize("table", sorted(set(KEYS) - WITHOUT_SOURCE))
def test_every_row_says_its_source(table):
    assert [r for r in definitions.table(table) if not r["source"]] == []


def test_dimensions_of_indicators_exist_and_every_dimension_has_some():
    dimensions = set(definitions.names("dimensions", "dimension", "en"))
    assert {r["dimension"] for r in definitions.table("indicators")} - {""} == dimensions


def test_every_measure_is_a_number_of_the_household_register_with_a_threshold_and_its_unit():
    for row in definitions.table("indicators"):
        assert bool(row["measure"]) == bool(row["threshold"]) == bool(row["threshold_unit"]), row
        if row["measure"]:
            assert columns("household")[row["measure"]].type in ("number", "integer")
            float(row["threshold"])


def test_survey_rounds_do_not_overlap_and_every_indicator_has_one():
    years = [y for r in definitions.table("survey_rounds") for y in range(int(r["first_year"]), int(r["last_year"]) + 1)]
    assert len(years) == len(set(years))
    rounds = [r["survey_round"] for r in definitions.table("survey_rounds")]
    assert Counter(r["survey_round"] for r in definitions.table("indicators")) == dict(zip(rounds, (31, 38), strict=True))


def test_every_type_of_a_column_is_known_and_its_picklist_exists():
    lists = {r["picklist"] for r in definitions.table("picklists")} | {"aspect", "dimension"}
    for row in definitions.table("register_columns"):
        kind, _, detail = row["type"].partition(":")
        assert kind in {"text", "phone", "aside", *FAULTS}, row
        assert set(row["register"].split("|")) <= {"*", *REGISTERS} and row["required"] in ("", "yes", "derived")
        assert detail in lists if kind == "pick" else detail.isdigit() if kind == "digits" else not detail, row


@pytest.mark.parametrize("register", REGISTERS)
def test_keys_are_required_columns(register):
    key = next(r["key"] for r in definitions.table("registers") if r["register"] == register).split("|")
    assert [c for c in key if not columns(register)[c].required] == []


@pytest.mark.parametrize("register", REGISTERS)
def test_headings_of_one_register_do_not_collide(register):
    headings = Counter(h for c in columns(register).values() for h in c.headings)
    assert [h for h, n in headings.items() if n > 1] == []


@pytest.mark.parametrize("register", REGISTERS)
def test_a_column_answers_to_its_own_names(register):
    for column in columns(register).values():
        assert {plain(column.name_th), plain(column.name_en)} & set(column.headings), column


def test_a_spelling_means_one_value_of_its_list():
    for picklist in {r["picklist"] for r in definitions.table("picklists")}:
        means: dict[str, set[str]] = {}
        for row in (r for r in definitions.table("picklists") if r["picklist"] == picklist):
            for word in (row["value"], row["name_th"], row["name_en"], *filter(None, row["spellings"].split("|"))):
                means.setdefault(word.lower(), set()).add(row["value"])
        assert {w: v for w, v in means.items() if len(v) > 1} == {}, picklist
        assert definitions.spellings(picklist)


def test_every_fault_the_code_can_emit_is_defined_and_none_is_idle():
    code = "".join(CODE.values())
    emitted = (
        set(FAULTS.values())
        | {fault for fault, _ in RESTORED.values()}
        | set(re.findall(r'_fault\((?:[\w.]+, [\w.]+|""|[\w.]+), "(\w+)"', code))
    )
    emitted |= {fault for fault, _ in re.findall(r"'(\w+)', '(error|warning|notice)'", code)}
    emitted |= {f"unknown_{register.parent}" for register in registers().values() if register.parent}
    defined = {r["fault"] for r in definitions.table("faults")}
    assert emitted <= defined
    assert {fault for fault in defined - emitted if not re.search(rf"""['"]{fault}['"]""", code)} == set()


def test_severities_written_in_sql_are_those_of_the_table():
    severities = {r["fault"]: r["severity"] for r in definitions.table("faults")}
    written = {pair for text in CODE.values() for pair in re.findall(r"'(\w+)', '(error|warning|notice)'", text)}
    assert {(fault, severity) for fault, severity in written if severities[fault] != severity} == set()
    assert set(severities.values()) == {"error", "warning", "notice"}


def test_messages_of_faults_use_only_what_there_is():
    for row in definitions.table("faults"):
        for column, text in row.items():
            assert set(re.findall(r"\{(\w*)\}", text)) <= {"found", "expected"}, (row["fault"], column)


def test_what_a_role_sees_is_open_masked_or_hidden_and_a_full_citizen_id_is_never_open():
    for role in definitions.table("roles"):
        assert {role[c] for c in ("name", "address", "phone", "citizen_id", "health", "coordinates")} <= {
            "open",
            "masked",
            "hidden",
        }
        assert role["citizen_id"] != "open"


def test_the_house_has_twelve_steps_in_two_phases():
    steps = [r for r in definitions.table("case_steps") if r["template"] == "house_build"]
    assert [int(r["step"]) for r in steps] == list(range(1, 13))
    assert [r["phase"] for r in steps] == ["1"] * 3 + ["2"] * 9
    assert {r["template"] for r in definitions.table("case_steps")} == set(definitions.picklist("template", "en"))
    assert {r["phase"] for r in definitions.table("case_steps")} == set(definitions.picklist("phase", "en"))


def test_every_dimension_has_a_template_of_steps_and_what_no_source_has_says_so():
    templates = {r["template"]: r for r in definitions.table("case_templates")}
    assert set(templates) == set(definitions.picklist("template", "en"))
    assert sorted(r["dimension"] for r in templates.values()) == sorted(r["dimension"] for r in definitions.table("dimensions"))
    for name, of in templates.items():
        steps = [r for r in definitions.table("case_steps") if r["template"] == name]
        assert [int(r["step"]) for r in steps] == list(range(1, len(steps) + 1)) and len(steps) >= 5
        cited = all(r["source"].startswith("KM Challenge 2565") for r in steps)
        assert cited != of["source"].startswith("unconfirmed"), name  # a template is as confirmed as the weakest of its steps


def test_dimensions_differ_by_letter_icon_and_pattern_not_by_colour_alone():
    for sign in ("position", "letter_th", "letter_en", "icon", "colour", "pattern"):
        assert len({r[sign] for r in definitions.table("dimensions")}) == 5, sign


def test_tags_stay_in_the_portable_subset():
    sql = re.sub(r"--.*", "", definitions.script("tags"))
    words = set(re.findall(r"[a-z_]+", re.sub(r"'[^']*'", "", sql)))
    macros = re.findall(r"create macro (\w+)\(([^)]*)\) as", sql)
    own = {name for name, _ in macros} | {a.strip() for _, arguments in macros for a in arguments.split(",")}
    allowed = {"create", "macro", "as", "case", "when", "then", "else", "end", "is", "not", "null", "and", "or", "coalesce"}
    assert words - own <= allowed
    called = set(re.findall(r"(\w+)\(", re.sub(r"create macro \w+\(", "", sql)))
    assert called <= {"coalesce"}


def test_rules_are_whole_numbers_with_a_unit():
    assert all(definitions.rule(r["rule"]) > 0 and r["unit"] for r in definitions.table("rules"))


def test_every_kind_of_event_hangs_together():
    lists = {r["picklist"] for r in definitions.table("picklists")} | definitions.OWN_TABLE.keys()
    rows = definitions.table("event_fields")
    names = {row["kind"] for row in definitions.table("events")}
    assert {row["kind"] for row in rows} == names
    for row in definitions.table("events"):
        assert row["retention"] == UNCONFIRMED or 0 < int(row["retention"]) < 100, row["kind"]
        assert set(row["about"].split("|")) <= {"household", "village", "area"} and row["of"] in OF, row
        assert row["keeps"] in ("all", "last") and row["right"] in RIGHTS and row["moves"] in ("", "yes"), row
        assert row["photos"] in PHOTOS, row
        assert set(filter(None, row["while"].split("|"))) <= set(STATES) and row["leads"] in ("", *STATES), row
        assert bool(row["while"]) == (row["of"] in ("meeting", "item")), row  # an action is worked on between two meetings
        assert row["keeps"] == "all" or row["of"], row  # what has one last entry has a name
    for row in rows:
        kind, _, detail = row["type"].partition(":")
        assert kind in TYPES and (detail in lists if kind in ("pick", "picks") else not detail), row
        other, _, value = row["together"].partition("=")
        with_it = {one["field"]: one["type"] for one in rows if one["kind"] == row["kind"]}
        assert not other or (
            other in with_it and (not value or value in spellings(with_it[other].partition(":")[2]).values())
        ), row
        assert row["required"] in ("", "yes") and row["personal"] in ("", *CLASSES), row


def test_every_word_of_the_glossary_is_said_once():
    for language in ("th", "en"):
        words = Counter(r[language] for r in definitions.table("glossary"))
        assert [w for w, n in words.items() if n > 1] == []
    assert {"deprived", "no_data", "target_household", "target_people", "as_of"} <= {
        r["term"] for r in definitions.table("glossary")
    }


def test_an_item_of_an_agenda_draws_questions_that_there_are_and_columns_that_they_have():
    types = {"number", "task", "organisation", "promise", "place", "day", "dimensions"}
    lists = {r["picklist"] for r in definitions.table("picklists")}
    for row in definitions.table("agenda"):
        drawn = [name for name in (row["figures"], row["list"]) if name]
        assert set(drawn) <= questions().keys() and row["certifies"] in ("", "yes") and row["preset"] in ("", "yes"), row
        assert set(drawn) <= {one["question"] for one in definitions.table("agenda_columns")}, row
        Filters.of({name: [value] for name, _, value in (one.partition("=") for one in row["filters"].split("|") if one)})
    for row in definitions.table("agenda_columns"):
        kind, _, detail = row["type"].partition(":")
        assert (kind == "pick" and detail in lists) or (kind in types and not detail), row
        assert re.search(rf"\b{row['column']}\b", questions()[row["question"]].sql), row
