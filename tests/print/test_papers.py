"""Papers: whole as PDF/A and as sheets, true to the answers, masked as the role sees, the same bytes for the same facts."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import definitions
from audit import chain
from installation.paths import PROJECT
from print import __main__ as verb
from print import outline_map, papers, thai_forms
from print.facts_agency import NoPromise
from print.facts_family import NoHousehold
from print.filter_words import sentence as on_paper
from queries import DESK, NATION, Filters, NotAllowed, Reader, ask
from queries.ask import ALL
from queries.filters import CHOICES
from tests.print.on_paper import faults, text
from tests.queries.matrix import build_planted
from tests.queries.planted import CANARIES
from ui.filters.sentence import sentence as on_screen

PHO_SAI = Filters(year=("2565",), district=("3421",))
ROLES = [row["role"] for row in definitions.table("roles")]
PAGES = {"summary": 2, "family": 1, "agency": 2, "report": 1}  # how many each has, whatever stands on it


def options(name: str, filters: Filters = PHO_SAI, reader: Reader = DESK) -> dict[str, str]:
    """What a paper must be told, taken from the data."""
    if name == "family":
        return {"household": ask("households", filters, reader, limit=1, sort="overdue")["ref"].iloc[0]}
    if name == "agency":
        return {"owner": str(ask("board_owners", filters, reader)["owner"].iloc[0])}
    return {}


def made(name: str, filters: Filters = PHO_SAI, reader: Reader = DESK, **of: str | bool) -> papers.Paper:
    return papers.paper(name, filters, reader, **(options(name) | of))  # type: ignore[arg-type]


def test_every_paper_has_a_row_and_a_template() -> None:
    rows = definitions.table("papers")
    assert [row["paper"] for row in rows] == list(papers.GATHER)
    rights = {right for row in rows for right in row["rights"].split("|") if right}
    assert rights <= set(definitions.table("roles")[0])
    assert {f"{name}.typ" for name in papers.GATHER} <= {path.name for path in (PROJECT / "print").glob("*.typ")}


@pytest.mark.parametrize("thai", [False, True])
@pytest.mark.parametrize("name", papers.GATHER)
def test_a_paper_of_the_sample_is_whole(sample, name: str, thai: bool) -> None:
    paper = made(name, thai_digits=thai)
    assert faults(paper.pdf) == []
    said = text(paper.pdf)
    assert "ข้อมูลตัวอย่าง" in said  # the sample says so on every page
    pages = len(pypdfium2.PdfDocument(paper.pdf))
    assert pages == PAGES.get(name, pages)
    assert (f"หน้า{pages}/{pages}" if not thai else f"หน้า{pages}/{pages}".translate(thai_forms.THAI_DIGITS)) in said
    told = thai_forms.in_thai_digits(paper.facts["footer"]) if thai else paper.facts["footer"]
    assert said.count(re.sub(r"\s", "", told)) == pages  # the filters and the date of the data on each


@pytest.mark.parametrize("name", papers.GATHER)
def test_everything_that_was_gathered_stands_on_the_paper(sample, name: str) -> None:
    paper = made(name)
    said = text(paper.pdf)
    silent = {"paper", "title", "office", "as_of", "build", "state", "number", "shade"} | (
        {"heading"} if name == "agency" else set()
    )

    def texts(value: object, key: str = "") -> list[str]:
        if key in silent:
            return []
        if isinstance(value, dict):
            return [one for inner, v in value.items() for one in texts(v, inner)]
        if isinstance(value, list):
            return [one for v in value for one in texts(v, key)]
        return value.splitlines() if isinstance(value, str) and key not in ("sign",) else []

    lost = [one for one in texts(paper.facts) if re.sub(r"\s", "", one) not in said]
    assert lost == []


@pytest.mark.parametrize("name", papers.GATHER)
def test_the_same_facts_are_the_same_bytes(sample, name: str) -> None:
    told = made(name).facts
    assert papers.pdf(told) == papers.pdf(json.loads(json.dumps(told)))


def test_a_family_sheet_is_one_page_whatever_stands_on_it(warehouse) -> None:
    long = "น้ำท่วมบ้านทุกปีและหลังคารั่ว " * 40
    people = "\n".join(f"H1 | {n} | สมาชิกชื่อยาวมากเกินธรรมดา | นามสกุลยาวเกินธรรมดา | {long[:60]}" for n in range(1, 15))
    plan = "\n".join(f"H1 | {n} | skill | {long[:200]} | องค์การบริหารส่วนตำบลที่มีชื่อยาวมากเกินธรรมดา | 2022-01-0{n % 9 + 1}" for n in range(1, 14))  # fmt: skip
    visits = "\n".join(f"H1 | {n} | 2022-09-0{n} | {long[:300]}" for n in range(1, 8))
    w = warehouse(
        household=f"household_id | head_first_name | certification | circumstances | house_no\nH1 | สมชาย | certified | {long} | 7/1",
        person=f"household_id | member_no | first_name | last_name | occupation\n{people}",
        plan=f"household_id | item_no | aspect | activity | owner | due_date\n{plan}",
        visit=f"household_id | entry_no | visit_date | finding\n{visits}",
    )
    paper = papers.paper("family", Filters(), DESK, household=w.ref("H1"))
    assert faults(paper.pdf) == [] and len(pypdfium2.PdfDocument(paper.pdf)) == 1
    said = text(paper.pdf)
    assert "และอีก8รายการในระบบ" in said  # members and plan items beyond the page are counted
    assert said.count("…") >= 3 and "ข้อมูลตัวอย่าง" not in said


def test_no_household_of_the_sample_needs_a_second_page(sample) -> None:
    refs = ask("households", PHO_SAI, DESK, limit=ALL, sort="deprived")["ref"]
    assert [ref for ref in refs[::9] if len(pypdfium2.PdfDocument(papers.paper("family", PHO_SAI, DESK, household=ref).pdf)) != 1] == []  # fmt: skip


def test_the_summary_counts_as_a_child_would(warehouse) -> None:
    warehouse(
        household="""
        household_id | village_code | certification | verification | income_flag
        H1           | 34210601     | certified     | confirmed    | 0
        H2           | 34210601     | proposed      | confirmed    | 0
        H3           | 34210501     | refused       | not_poor     | 1
        H4           | 34210501     |               |              |
        """,
        plan="household_id | due_date\nH1 | 2022-01-02",
        visit="household_id\nH1",
    )
    told = papers.facts("summary", PHO_SAI, DESK)
    road = [(one["value"], one["of"]) for one in told["road"]]
    assert road[:4] == [("4", "ครัวเรือน"), ("2", "จาก 4"), ("1", "จาก 4"), ("1", "จาก 1")]
    income = told["places"]["head"].index("รายได้")
    assert [(row[0], row[1], row[income], row[-1]) for row in told["places"]["rows"]] == [
        ("สารภี", "2", "0 / 1", "0 / 2"),
        ("เหล่างาม", "2", "2 / 2", "1 / 2"),
        ("รวม", "4", "2 / 3", "1 / 4"),
    ]
    assert [one["value"] for one in told["decide"][:2]] == ["1", "1"]  # one waits for the committee, one is late


def test_a_list_has_every_household_that_it_says(sample) -> None:
    for state, name in (("proposed", "เสนอรับรอง"), ("certified", "รับรองแล้ว")):
        told = papers.facts("certification", PHO_SAI, DESK, state=state)
        households = ask("scope", Filters(**{**vars(PHO_SAI), "certification": (state,)}), DESK)["households"].iloc[0]
        assert len(told["rows"]) == households and told["told"] == f"{households} ครัวเรือน" and name in told["filters"]
    round_ = papers.facts("visits", PHO_SAI, DESK)
    closed = int((ask("households", PHO_SAI, DESK, limit=ALL)["case"] == "closed").sum())
    assert round_["number"] == int(ask("scope", PHO_SAI, DESK)["households"].iloc[0]) - closed
    late = [row[4] != "–" for row in round_["rows"]]
    assert late == sorted(late, reverse=True) and any(late)


def test_a_round_of_one_team_has_its_families_alone_and_nobody_guesses_teams(sample) -> None:
    every = ask("visit_round", PHO_SAI, DESK, limit=ALL)
    team = every["mentor"].dropna().iloc[0]
    told = papers.facts("visits", PHO_SAI, DESK, team=team)
    assert 0 < told["number"] == int((every["mentor"] == team).sum()) < len(every)
    committee = Reader("committee", (NATION,))
    assert len(ask("visit_round", PHO_SAI, committee, limit=ALL, search=team)) == 0


def test_a_letter_has_what_is_late_and_nothing_else(sample) -> None:
    owner = options("agency")["owner"]
    told = papers.facts("agency", PHO_SAI, DESK, owner=owner)
    owed = ask("board", PHO_SAI, DESK, sort="due", owner=owner, limit=ALL)
    assert len(told["rows"]) == int(owed["overdue"].sum()) > 0
    with pytest.raises(NoPromise, match=re.escape(owner)):
        papers.facts("agency", PHO_SAI, DESK, owner="ไม่มีหน่วยงานนี้")


@pytest.fixture(scope="module")
def planted_once(tmp_path_factory):
    return build_planted(tmp_path_factory.mktemp("planted"))


@pytest.fixture
def planted(planted_once, monkeypatch):
    """A household full of canaries, in every register that carries personal data."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(planted_once.folder))
    return planted_once


def planted_paper(w, name: str, reader: Reader) -> papers.Paper:
    """One paper over everything that is planted."""
    of = {"household": w.ref("กานารีรหัส")} if name == "family" else {}
    owners = [o for o in ask("board_owners", Filters(), reader)["owner"] if o] if name == "agency" else []
    of |= {"owner": str(owners[0])} if owners else {}
    of |= {"state": "certified"} if name == "certification" else {}
    return papers.paper(name, Filters(), reader, **of)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", papers.GATHER)
def test_no_paper_shows_what_the_role_may_not_see(planted, name: str, role: str) -> None:
    reader = Reader(role, (NATION,))
    if not papers.may_have(name, reader):
        with pytest.raises(NotAllowed):
            papers.facts(name, Filters(), reader)
        return
    paper = planted_paper(planted, name, reader)
    everything = json.dumps(paper.facts, ensure_ascii=False) + text(paper.pdf)
    shown = [(kind, word) for kind, words in CANARIES.items() for word in words if word in everything]
    assert [(kind, word) for kind, word in shown if reader.sees(kind) != "open"] == []


def test_the_canaries_are_where_names_may_be_seen(planted) -> None:
    seen = {name: json.dumps(planted_paper(planted, name, DESK).facts, ensure_ascii=False) for name in papers.GATHER}
    assert {name for name, told in seen.items() if "กานารีชื่อ" in told} == {"family", "visits", "certification"}
    assert "0812345678" in seen["family"] and "99/8877" in seen["visits"]
    committee = planted_paper(planted, "family", Reader("committee", (NATION,)))
    assert "ก…" in committee.facts["heading"]


def test_a_family_of_another_area_is_not_there(sample) -> None:
    with pytest.raises(NoHousehold):
        papers.facts("family", PHO_SAI, Reader("field", ("3415",)), household=options("family")["household"])


chosen = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(sorted(values)), unique=True, max_size=2) for name, values in CHOICES.items()}
    | {"year": st.sampled_from([[], ["2565"], ["2564", "2565"]]), "province": st.sampled_from([[], ["34"]])}
    | {"district": st.sampled_from([[], ["3421"], ["3421", "3415"]]), "tambon": st.sampled_from([[], ["342106"]])}
)


@settings(max_examples=40)
@given(chosen)
def test_the_filters_read_on_paper_as_on_the_screen(planted_once, chosen: dict) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAAN_SUK_DATA", str(planted_once.folder))
        filters = Filters.of(chosen)
        assert on_paper(filters) == on_screen(filters, "th")


def test_thai_digits_leave_what_somebody_types_again(sample) -> None:
    paper = made("family", thai_digits=True)
    said = text(paper.pdf)
    code, point = paper.facts["code"], dict(paper.facts["who"])["พิกัด"].replace(" ", "")
    assert code in said and point in said
    rest = said.replace(code, "").replace(point, "")
    assert re.findall(r"[0-9]", rest) == []


def test_digits_are_the_office_s_where_nobody_says(sample, monkeypatch) -> None:
    assert made("report").facts["thai_digits"] is (definitions.rule("digits_on_paper") == 2)
    monkeypatch.setattr(definitions, "rule", lambda name: 2)
    assert made("report").facts["thai_digits"] is True


def test_a_map_has_the_places_of_the_table_and_says_where_it_has_none(sample) -> None:
    told = made("summary").facts
    assert sorted(area["name"] for area in told["map"]["areas"]) == sorted(row[0] for row in told["places"]["rows"][:-1])
    inside = [(x, y) for area in told["map"]["areas"] for ring in area["rings"] for x, y in ring]
    assert all(0 <= x <= told["map"]["across"] and 0 <= y <= told["map"]["down"] for x, y in inside)
    assert "โดยประมาณ" in told["map"]["credit"]
    assert outline_map.drawn("9999", "tambon", {}) is None
    assert outline_map.drawn("34", "district", {"3421": ("โพธิ์ไทร", 3)})["approximate"] is False  # type: ignore[index]
    told["map"] = None
    assert "ไม่มีแนวเขตของพื้นที่นี้ในระบบ" in text(papers.pdf(told))


def test_where_nobody_matches_a_paper_says_so(sample) -> None:
    nobody = Filters(year=("2550",), district=("3421",))
    for name in ("summary", "visits", "certification", "report"):
        paper = papers.paper(name, nobody, DESK)
        assert faults(paper.pdf) == [] and "ไม่มี" in text(paper.pdf), name


def test_the_shell_writes_a_paper_and_its_facts_and_it_is_in_the_log(sample, tmp_path: Path) -> None:
    to, beside = tmp_path / "list.pdf", tmp_path / "list.json"
    assert (
        verb.main(["certification", "--district", "3421", "--state", "proposed", "--to", str(to), "--json", str(beside)]) == 0
    )
    facts = json.loads(beside.read_text("utf-8"))
    assert papers.pdf(facts) == to.read_bytes()
    last = chain.last(sample.folder, chain.key(sample.folder))
    assert last["action"] == "export" and last["facts"]["file"] == "list.pdf" and last["facts"]["rows"] == len(facts["rows"])


def test_the_shell_masks_and_refuses_as_the_pages_do(sample, tmp_path: Path, capsys) -> None:
    to = str(tmp_path / "x.pdf")
    assert verb.main(["visits", "--role", "viewer", "--to", to]) == 2
    assert verb.main(["family", "--household", "nobody", "--to", to]) == 2
    assert verb.main(["summary", "--district", "abc", "--to", to]) == 2
    assert verb.main(["minutes", "--to", to]) == 2
    assert not Path(to).exists() and "viewer" in capsys.readouterr().err
    ref = options("family")["household"]
    beside = tmp_path / "x.json"
    assert verb.main(["family", "--household", ref, "--role", "committee", "--to", to, "--json", str(beside)]) == 0
    name = ask("household", Filters(), DESK, household=ref)["head_first_name"].iloc[0]
    assert name not in beside.read_text("utf-8")


def test_minutes_come_from_the_shell_as_record_and_as_draft(sample, tmp_path: Path) -> None:
    (facts := tmp_path / "facts.json").write_text(json.dumps({"body": "คณะกรรมการ", "number": "1/2565"}), "utf-8")
    for ending, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert verb.main(["minutes", "--facts", str(facts), "--to", str(tmp_path / f"m.{ending}")]) == 0
        assert (tmp_path / f"m.{ending}").read_bytes().startswith(begins)


def test_a_paper_needs_no_screen() -> None:
    """The shell and a meeting print without what draws the pages."""
    code = "import sys; from print import papers, minutes; sys.exit(any(m.split('.')[0] in ('streamlit', 'ui') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT).returncode == 0
