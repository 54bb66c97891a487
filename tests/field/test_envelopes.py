"""Envelopes: opened by the installation that they were sealed to, of whoever sealed them, and of nobody else."""

import base64
import copy
import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from field import photos as route
from journal import __main__ as verbs
from journal import envelope, photos
from tests.drawn import Warehouse
from tests.field import sealing
from tests.field.test_api import BUNDLE, EVENTS, FIELD, OWN, ref_of, sent, visit
from tests.journal.recorded import picture

OPENED = "/field/api/opened"
WHO = "team@x.go.th"


def words(answers: list[dict[str, Any]]) -> list[str]:
    return [answer["verdict"] for answer in answers]


def test_sealed_and_plain_events_of_one_batch_get_their_verdicts_in_order(area: Warehouse, client: TestClient) -> None:
    first, second = visit(ref_of(area), body={"finding": "ผนึก"}), visit(ref_of(area))
    batch = [sealing.sealed(area.folder, first, "desk"), second, sealing.sealed(area.folder, visit("0" * 16), "desk")]
    answers = sent(client, *batch).json()
    assert words(answers) == ["kept", "kept", "held"] and [said["id"] for said in answers] == [one["id"] for one in batch]
    assert words(sent(client, batch[0], first).json()) == ["known", "known"]  # the same entry, sealed or not
    assert {row["finding"] for row in area.ask("timeline", household=ref_of(area))} == {"ผนึก", "แข็งแรงดี"}


def test_the_bundle_brings_the_key_and_the_key_is_always_the_same(area: Warehouse, client: TestClient) -> None:
    said = client.get(BUNDLE).json()["seal"]
    assert said == envelope.public(area.folder) and len(base64.b64decode(said["point"])) == 65


def test_on_what_an_entry_builds_may_be_changed_after_sealing_and_nothing_else(area: Warehouse, client: TestClient) -> None:
    base, status = visit(ref_of(area)), {"kind": "plan_status", "body": {"status": "done"}, "thing": "plan/1"}
    one = sealing.sealed(area.folder, visit(ref_of(area), **status, base=[str(uuid.uuid4())]), "desk")
    assert words(sent(client, {**one, "base": []}).json()) == ["kept"]
    assert words(sent(client, {**sealing.sealed(area.folder, base, "desk"), "body": {"finding": "อื่น"}}).json()) == ["refused"]
    assert words(sent(client, {**sealing.sealed(area.folder, base, "desk"), "id": str(uuid.uuid4())}).json()) == ["refused"]


def test_what_somebody_else_sealed_is_not_opened(area: Warehouse, client: TestClient, seen_as: Callable[..., None]) -> None:
    one = sealing.sealed(area.folder, visit(ref_of(area)), "other@x.go.th")
    seen_as(FIELD, WHO)
    assert words(sent(client, one).json()) == ["refused"]
    (said,) = client.post(OPENED, json=[one], headers=OWN).json()
    assert said["reason"] == "ผนึกโดยผู้อื่น" and "event" not in said
    stolen = {**one, "sealed": {**one["sealed"], "of": WHO}}  # the seal itself knows whose it is
    assert words(client.post(OPENED, json=[stolen], headers=OWN).json()) == ["refused"]
    assert not area.ask("timeline", household=ref_of(area))


def test_who_sealed_an_entry_gets_it_back_to_correct_it_and_nothing_is_kept(
    area: Warehouse, client: TestClient, seen_as: Callable[..., None]
) -> None:
    event = visit(ref_of(area))
    one = sealing.sealed(area.folder, event, WHO)
    seen_as(FIELD, WHO)
    assert client.post(OPENED, json=[one, event], headers=OWN).json() == [{"id": one["id"], "event": event}]
    assert client.post(OPENED, json=[one], headers={"origin": "https://evil.example"}).status_code == 403
    assert not area.ask("timeline", household=ref_of(area))


def test_an_installation_without_the_key_says_so_and_opens_when_it_has_it_back(area: Warehouse, client: TestClient) -> None:
    ref = ref_of(area)
    one = sealing.sealed(area.folder, visit(ref), "desk")
    digest, body = sealing.picture(area.folder, picture(), "desk")
    former = sealing.another_secret(area.folder)
    (said,) = sent(client, one).json()
    assert (said["verdict"], said["id"]) == ("sealed", one["id"]) and "ไม่มีกุญแจ" in said["reason"]
    answer = client.put(f"/field/photos/{digest}", content=body, headers=OWN | {"content-type": route.SEALED})
    assert (answer.status_code, answer.json()["verdict"]) == (422, "sealed")
    (area.folder / "secret.former").write_text(former + "\n", "ascii")
    assert words(sent(client, one).json()) == ["kept"]
    assert client.put(f"/field/photos/{digest}", content=body, headers=OWN | {"content-type": route.SEALED}).status_code == 201
    assert envelope.public(area.folder)["key"] != one["sealed"]["key"]  # what is new is sealed to the new one


def test_a_sealed_picture_is_kept_open_and_only_as_whose_it_is(
    area: Warehouse, client: TestClient, seen_as: Callable[..., None]
) -> None:
    digest, body = sealing.picture(area.folder, picture(), WHO)
    own = OWN | {"content-type": route.SEALED}
    seen_as(FIELD, "other@x.go.th")
    assert client.put(f"/field/photos/{digest}", content=body, headers=own).status_code == 422
    seen_as(FIELD, WHO)
    assert client.put(f"/field/photos/{'0' * 64}", content=body, headers=own).status_code == 422
    assert client.put(f"/field/photos/{digest}", content=body, headers=OWN | {"content-type": "image/jpeg"}).status_code == 422
    assert client.put(f"/field/photos/{digest}", content=body, headers=own).status_code == 201
    assert photos.read(area.folder, digest) == picture()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), to=st.integers(1, 255), name=st.sampled_from(["by", "words"]))
def test_any_byte_that_changed_is_found(tmp_path: Path, at: int, to: int, name: str) -> None:
    one = sealing.sealed(tmp_path, visit("0" * 16), "desk")
    assert envelope.opened(tmp_path, one)["body"] == {"finding": "แข็งแรงดี"}
    bytes_ = bytearray(base64.b64decode(one["sealed"][name]))
    bytes_[at % len(bytes_)] ^= to
    changed = copy.deepcopy(one)
    changed["sealed"][name] = base64.b64encode(bytes_).decode()
    with pytest.raises(envelope.Shut):
        envelope.opened(tmp_path, changed)


HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=90),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    given_=st.dictionaries(st.sampled_from(["v", "key", "of", "by", "words", "more"]), HOSTILE), id_=HOSTILE, v=st.booleans()
)
def test_whatever_calls_itself_an_envelope_gets_a_verdict(tmp_path: Path, given_: dict[str, Any], id_: object, v: bool) -> None:
    seal = {**given_, "v": 1} if v else given_
    for one in ({"id": id_, "sealed": seal}, {"id": str(uuid.uuid4()), "sealed": seal}, {"sealed": id_}):
        (said,) = envelope.through(tmp_path, [one], lambda some: [{"verdict": "?"} for _ in some])
        assert said["verdict"] in ("refused", "sealed") and said["reason"]


@pytest.mark.parametrize(
    "inside", [b"[]", b"no json", b'{"id": "x"}', b'{"base": []}', b"[" * 50_000, b"\xff\xfe", b"9" * 5_000]
)
def test_what_lies_in_an_envelope_is_as_hostile_as_what_lies_in_none(
    area: Warehouse, client: TestClient, inside: bytes
) -> None:
    id_ = str(uuid.uuid4())
    key, by, hidden = sealing.enciphered(area.folder, inside, b"baansuk entry 1", id_, "desk")
    text = {"by": base64.b64encode(by).decode(), "words": base64.b64encode(hidden).decode()}
    answer = sent(client, {"id": id_, "sealed": {"v": 1, "key": key, "of": "desk", **text}})
    assert (answer.status_code, words(answer.json())) == (200, ["refused"])
    deep = {**visit(ref_of(area)), "body": {"finding": json.loads("[" * 20 + "]" * 20)}}
    assert words(sent(client, sealing.sealed(area.folder, deep, "desk")).json()) == ["refused"]
    assert (
        client.post(EVENTS, content=b'[{"sealed": {}}]', headers=OWN | {"content-type": "application/json"}).status_code == 200
    )


def test_a_saved_outbox_is_opened_in_the_shell_with_its_pictures(
    area: Warehouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest, body = sealing.picture(area.folder, picture(), WHO)
    event = visit(ref_of(area), photos=[digest])
    file, lines = tmp_path / "outbox.json", tmp_path / "outbox.jsonl"
    file.write_text(json.dumps([sealing.sealed(area.folder, event, WHO)]), "utf-8")
    (tmp_path / f"{digest}.sealed").write_bytes(body)
    assert verbs.main(["record", str(file)]) == 0
    assert words(json.loads(capsys.readouterr().out)) == ["kept"] and photos.read(area.folder, digest) == picture()
    lines.write_text(json.dumps(sealing.sealed(area.folder, event, WHO)), "utf-8")
    assert verbs.main(["import", str(lines)]) == 0 and '"known": 1' in capsys.readouterr().out
    sealing.another_secret(area.folder)
    assert verbs.main(["record", str(file)]) == 2
    assert words(json.loads(capsys.readouterr().out)) == ["sealed"]
