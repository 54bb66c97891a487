"""The two questions of the field page: what a tablet gets, what it may send, and everybody who may do neither."""

import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from audit import log
from field import asking, bundle, inbox
from queries import DESK, Reader
from tests.drawn import Warehouse
from ui.auth.identity import Refused

OWN = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
FIELD = Reader("field", ("342106",))
CITIZEN_ID = re.compile(r"(?<!\d)\d{13}(?!\d)")
EVENTS, BUNDLE = "/field/api/events", "/field/api/bundle"


def ref_of(area: Warehouse, first_name: str = "สมชาย") -> str:
    return next(row["ref"] for row in area.ask("households", sort="name") if row["head_first_name"] == first_name)


def visit(ref: str, **more: Any) -> dict[str, Any]:
    event = {"id": str(uuid.uuid4()), "kind": "visit", "about": {"household": ref}, "occurred_on": "2022-09-14", "base": []}
    return {**event, "body": {"finding": "แข็งแรงดี"}, "photos": [], "device": "d", "device_n": 1, "app": "field/1", **more}


def sent(client: TestClient, *events: object, **headers: str) -> Any:
    return client.post(EVENTS, json=list(events), headers=OWN | headers)


def test_each_event_gets_its_own_verdict(area: Warehouse, client: TestClient) -> None:
    one = visit(ref_of(area))
    answers = sent(client, one, visit(ref_of(area), body={"nothing": 1}), visit("0" * 16), "no event").json()
    assert [answer["verdict"] for answer in answers] == ["kept", "refused", "held", "refused"]
    assert "nothing" in answers[1]["reason"] and answers[0]["seq"] == 1
    assert [answer["verdict"] for answer in sent(client, one, {**one, "body": {"finding": "อื่น"}}).json()] == [
        "known",
        "differs",
    ]
    rows = area.ask("timeline", household=ref_of(area))
    assert [(row["kind"], row["finding"], row["recorded_by"]) for row in rows] == [("visit", "แข็งแรงดี", "desk")]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"origin": "http://127.0.0.1", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {},
    ],
)
def test_another_site_sends_nothing(area: Warehouse, client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(EVENTS, json=[visit(ref_of(area))], headers=headers).status_code == 403
    assert not area.ask("timeline", household=ref_of(area))


@pytest.mark.parametrize("headers", [{"origin": "http://127.0.0.1"}, {"sec-fetch-site": "same-origin"}])
def test_either_header_of_our_own_page_is_enough(area: Warehouse, client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(EVENTS, json=[visit(ref_of(area))], headers=headers).json()[0]["verdict"] == "kept"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/jsonp"]
)
def test_what_a_form_can_send_is_refused(area: Warehouse, client: TestClient, kind: str) -> None:
    assert client.post(EVENTS, content=b"[]", headers=OWN | {"content-type": kind}).status_code == 415


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{}", 400),
        (b'"text"', 400),
        (b"[", 400),
        (b"\xff\xfe[", 400),
        (b"[" * 100_000 + b"]" * 100_000, 400),
        (b"[" * 900 + b"]" * 900, 400),
        (b'[{"body":{"a":{"b":{"c":{"d":{}}}}}}]', 400),
        (b"[" + b"9" * 5_000 + b"]", 400),
        (b'["' + b"x" * 1_000_000 + b'"]', 413),
        (b"[" + b",".join([b"0"] * 501) + b"]", 413),
        (b"[]", 200),
        (b"[" + b",".join([b"0"] * 500) + b"]", 200),
        (b'[{"id": NaN, "kind": [[]], "body": {"a": [1e999]}}]', 200),
    ],
)
def test_a_hostile_body_is_answered_and_costs_nothing(area: Warehouse, client: TestClient, body: bytes, status: int) -> None:
    answer = client.post(EVENTS, content=body, headers=OWN | {"content-type": "application/json; charset=utf-8"})
    assert answer.status_code == status
    assert status != 200 or {said["verdict"] for said in answer.json()} <= {"refused"}


def test_a_body_without_a_length_is_cut_off_where_it_is_too_large(area: Warehouse, client: TestClient) -> None:
    parts = (b"x" * 100_000 for _ in range(50))
    assert client.post(EVENTS, content=parts, headers=OWN | {"content-type": "application/json"}).status_code == 413


@pytest.mark.parametrize("fault", [log.Unwritable("OSError"), OSError("the disk is full")])
def test_nothing_is_acknowledged_that_cannot_be_written(
    area: Warehouse, client: TestClient, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def failing(*_: object) -> None:
        raise fault

    monkeypatch.setattr(inbox, "record", failing)
    answer = sent(client, visit(ref_of(area)))
    assert (answer.status_code, "verdict" in answer.text) == (503, False)


def test_entries_of_somebody_else_are_not_sent_under_another_name(
    area: Warehouse, client: TestClient, seen_as: Callable[..., None]
) -> None:
    seen_as(FIELD, "somchai@x.go.th")
    event = visit(ref_of(area))
    assert sent(client, event, **{"x-outbox-of": "somying%40x.go.th"}).status_code == 409
    assert sent(client, event, **{"x-outbox-of": "somchai%40x.go.th"}).json()[0]["verdict"] == "kept"


@pytest.mark.parametrize("role", [None, "viewer", "committee", "auditor", "admin"])
def test_a_role_that_records_nothing_gets_nothing(
    area: Warehouse, client: TestClient, monkeypatch: pytest.MonkeyPatch, role: str | None
) -> None:
    """Whoever holds such roles alone, by the rule of the real `asking`."""
    granted = {role: ("34",)} if role else {}
    person = type("Person", (), {"email": "x@x.go.th", "grants": granted})()
    guard = type("Guard", (), {"__init__": lambda *_: None, "person": lambda *_: person})
    monkeypatch.setattr(asking, "sign_in", lambda: object())
    monkeypatch.setattr(asking, "identity_in", lambda *_: None)
    monkeypatch.setattr(asking, "AccessGuard", guard)
    assert (client.get(BUNDLE).status_code, sent(client, visit(ref_of(area))).status_code) == (403, 403)
    page = client.get("/field/", headers={"accept": "text/html"})
    assert (page.status_code, "ไม่มีสิทธิ์ใช้หน้าภาคสนาม" in page.text, "<script" in page.text) == (403, True, False)
    person.grants = {**granted, "field": ("342106",)}  # the first of their roles that records
    assert client.get(BUNDLE).json()["role"] == "field"


@pytest.mark.parametrize(("why", "status"), [("sign_in", 401), ("unknown", 403), ("unverified", 403)])
def test_who_is_not_signed_in_or_not_known_is_told_so(
    area: Warehouse, client: TestClient, seen_as: Callable[..., None], why: str, status: int
) -> None:
    seen_as(Refused(why, "x@x.go.th"))
    assert (client.get(BUNDLE).status_code, sent(client, visit(ref_of(area))).status_code) == (status, status)


def table(said: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [dict(zip(said[name]["columns"], row, strict=True)) for row in said[name]["rows"]]


def test_a_bundle_is_one_persons_area_and_without_citizen_ids(
    area: Warehouse, client: TestClient, seen_as: Callable[..., None]
) -> None:
    seen_as(FIELD)
    answer = client.get(BUNDLE)
    said = answer.json()
    assert [row["head_first_name"] for row in table(said, "households")] == ["สมชาย", "สมหญิง"]
    assert [(row["home"], row["thing"], row["status"]) for row in table(said, "plan")] == [(0, "plan/1", "planned")]
    assert [(row["home"], row["item"], row["short"]) for row in table(said, "needs")] == [(0, "ปูนซีเมนต์", 60)]
    assert not CITIZEN_ID.search(answer.text) and "แดง" not in answer.text and "citizen" not in answer.text
    assert (said["who"], said["role"], said["areas"]) == ("team@x.go.th", "field", ["342106"])
    assert answer.headers["cache-control"] == "no-store"


def test_a_bundle_lasts_seven_days_and_costs_nothing_unchanged(area: Warehouse, client: TestClient) -> None:
    first = client.get(BUNDLE)
    said = first.json()
    assert said["expires_at"][:10] > said["made_at"][:10]
    again = client.get(BUNDLE, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    sent(client, visit(ref_of(area)))
    changed = client.get(BUNDLE, headers={"if-none-match": first.headers["etag"]})
    assert (changed.status_code, [row["kind"] for row in table(changed.json(), "news")]) == (200, ["visit"])


def test_somebody_else_never_gets_a_304(area: Warehouse, client: TestClient, seen_as: Callable[..., None]) -> None:
    seen_as(FIELD, "a@x.go.th")
    tag = client.get(BUNDLE).headers["etag"]
    seen_as(FIELD, "b@x.go.th")
    assert client.get(BUNDLE, headers={"if-none-match": tag}).status_code == 200


def test_names_are_written_down_before_they_are_sent(
    area: Warehouse, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(BUNDLE)
    entry = next(log.entries(area.folder, action="list"))
    assert (entry["who"], entry["role"], entry["facts"]) == ("desk", "desk", {"page": "field", "found": 3})

    def failing(*_: object, **__: object) -> None:
        raise log.Unwritable("OSError")

    monkeypatch.setattr(bundle.log, "write", failing)
    answer = client.get(BUNDLE)
    assert (answer.status_code, "สมชาย" in answer.text) == (503, False)


def test_another_site_does_not_even_make_an_entry_in_the_log(area: Warehouse, client: TestClient) -> None:
    assert client.get(BUNDLE, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert not list(log.entries(area.folder, action="list"))


@pytest.mark.parametrize("part", ["342101", "3", "34210601x", "๓๔๒๑๐๖", "TH", "34' or 1=1"])
def test_no_part_is_wider_than_the_area(area: Warehouse, client: TestClient, seen_as: Callable[..., None], part: str) -> None:
    seen_as(FIELD)
    assert client.get(BUNDLE, params={"area": part}).status_code == 409


def test_of_an_area_that_is_too_large_a_part_is_chosen(
    area: Warehouse, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST", 2)
    said = client.get(BUNDLE).json()
    assert "households" not in said and [(code, count) for code, _, count in said["choose"]] == [("342101", 1), ("342106", 2)]
    assert [row["house_no"] for row in table(client.get(BUNDLE, params={"area": "342106"}).json(), "households")] == ["1", "2"]


def test_every_kind_that_a_field_team_may_record_has_a_form(area: Warehouse, client: TestClient) -> None:
    forms = client.get(BUNDLE).json()["forms"]
    assert {kind["kind"] for kind in forms["kinds"]} >= {"visit", "plan_status", "step_finished", "gift", "found", "withdrawn"}
    assert not {"certification", "closed"} & {kind["kind"] for kind in forms["kinds"]}  # a meeting's, online
    picked = [field for kind in forms["kinds"] for field in kind["fields"] if field["type"] in ("pick", "picks")]
    assert picked and all(forms["lists"][field["list"]] for field in picked)


def test_the_shell_is_whole_small_and_may_open_camera_and_position(client: TestClient) -> None:
    page = client.get("/field/", headers={"accept": "text/html"})
    assert page.status_code == 200 and "script-src 'self';" in page.headers["content-security-policy"]
    assert "camera=(self), geolocation=(self)" in page.headers["permissions-policy"]
    worker = client.get("/field/sw.js")
    kept = re.search(r'"(/field/ [^"]*)"', worker.text)
    assert kept and '"VERSION"' not in worker.text and worker.headers["cache-control"] == "no-cache"
    own = [path for path in kept[1].split() if path.startswith("/field/")]
    answers = [client.get(path) for path in own]
    assert {answer.status_code for answer in answers} == {200}
    assert sum(int(answer.headers["content-length"]) for answer in answers) < 100_000  # bytes, with gzip; two fonts are 75,000
    assert not any(re.search(r"https?://(?!www\.w3\.org)", answer.text) for answer in answers)
    icon = client.get("/field/manifest.webmanifest").json()["icons"][0]["src"]
    assert icon in kept[1]


def test_what_is_nothing_below_it_is_a_page_of_its_own(client: TestClient) -> None:
    page = client.get("/field/nothing", headers={"accept": "text/html"})
    assert (page.status_code, "ไม่มีหน้านี้" in page.text) == (404, True)
    assert client.get("/field").headers["location"] == "/field/"
    assert (client.get("/field/enter").status_code, client.get("/field/enter").headers["location"]) == (303, "/field/")


def test_the_tests_reader_of_the_desk_is_the_real_one(client: TestClient, area: Warehouse) -> None:
    assert client.get(BUNDLE).json()["role"] == DESK.role


def test_no_file_of_the_shell_makes_markup_of_words() -> None:
    """What somebody wrote is text on the tablet, too: no script of the page writes HTML."""
    for path in (Path(asking.__file__).parent / "static").glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", path.read_text("utf-8")), (
            path.name
        )


def test_a_batch_is_json_again_as_it_went_in() -> None:
    assert not inbox.too_deep(json.loads('[{"about":{"household":"x"},"body":{"lacks":["health"]},"base":["x"]}]'))
