"""Pictures by PUT and by GET: what is taken, what is refused, and who may look at which."""

import hashlib
import io
import json
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from field import asking
from field import photos as field_photos
from field.asking import Asking
from journal import __main__ as journal
from journal import photos, store
from queries import NATION, Reader, reach
from tests.drawn import Warehouse
from tests.field.test_api import FIELD, OWN, ref_of, sent, visit
from tests.journal.recorded import picture


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def put(client: TestClient, body: bytes, name: str = "", **headers: str) -> Any:
    own = {"content-type": "image/jpeg", **{key.replace("_", "-"): value for key, value in headers.items()}}
    return client.put(f"/field/photos/{name or digest(body)}", content=body, headers=OWN | own)


def looked_at(client: TestClient, body: bytes, **headers: str) -> int:
    own = {"sec-fetch-site": "same-origin", **{key.replace("_", "-"): value for key, value in headers.items()}}
    return client.get(f"/field/photos/{digest(body)}", headers=own).status_code


@pytest.fixture
def held_by(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`held_by(reader, …)`: the next request is of somebody who holds these."""

    def becoming(*readers: Reader) -> None:
        records = next((reader for reader in readers if reader.may("records")), None)
        monkeypatch.setattr(asking, "asking", lambda _: Asking("x@x.go.th", records, readers))

    return becoming


def test_a_picture_comes_before_its_visit_and_is_served_with_it(area: Warehouse, client: TestClient) -> None:
    body = picture()
    first = put(client, body)
    assert (first.status_code, first.json()["verdict"], first.headers["cache-control"]) == (201, "kept", "no-store")
    assert (put(client, body).status_code, put(client, body).json()["verdict"]) == (200, "known")
    assert looked_at(client, body) == 404  # of nobody yet
    assert sent(client, visit(ref_of(area), photos=[digest(body)])).json()[0]["verdict"] == "kept"
    answer = client.get(f"/field/photos/{digest(body)}", headers={"sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, body, "image/jpeg")
    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("private, no-store", "nosniff")
    (row,) = area.ask("timeline", household=ref_of(area))
    assert list(row["photos"]) == [digest(body)]


def test_it_lies_beside_the_journal_for_its_owner_alone(area: Warehouse, client: TestClient) -> None:
    put(client, picture())
    (file,) = (area.folder / "journal" / "photos").iterdir()
    assert file.name == f"{digest(picture())}.jpg" and file.read_bytes() == picture()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]


def test_an_entry_whose_picture_has_not_come_counts_and_says_that_it_waits(area: Warehouse, client: TestClient) -> None:
    event = visit(ref_of(area), photos=[digest(picture())])
    (said,) = sent(client, event).json()
    assert said["verdict"] == "held" and "ภาพยังมาไม่ถึง" in said["reason"]
    assert [row["finding"] for row in area.ask("timeline", household=ref_of(area))] == ["แข็งแรงดี"]
    assert looked_at(client, picture()) == 404
    put(client, picture())
    assert (looked_at(client, picture()), sent(client, event).json()[0]["verdict"]) == (200, "known")


def segment(name: int, inside: bytes) -> bytes:
    return bytes([0xFF, name]) + struct.pack(">H", len(inside) + 2) + inside


def exif() -> bytes:
    """As a telephone writes it, with the place where it was taken."""
    data = Image.Exif()
    data[0x0110] = "A telephone"
    data.get_ifd(0x8825)[1] = "N"
    return picture(exif=data)


def with_segment(name: int, inside: bytes) -> bytes:
    return picture()[:2] + segment(name, inside) + picture()[2:]


XMP, IPTC, MPF = b"http://ns.adobe.com/xap/1.0/\0<x/>", b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0", b"MPF\0II*\0"
PREVIEW = b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02" + bytes(12)
LOADED = {
    "EXIF": exif(), "XMP": with_segment(0xE1, XMP), "IPTC": with_segment(0xED, IPTC), "a comment": picture(comment=b"somebody's house"),
    "a second picture": with_segment(0xE2, MPF), "a preview": with_segment(0xE0, PREVIEW), "a profile": picture(icc_profile=b"x" * 200),
    "a film behind it": picture() + b"\0\0\0\x18ftypmp42", "a comment after the scan": picture()[:-2] + segment(0xFE, b"x") + b"\xff\xd9",
}  # fmt: skip


@pytest.mark.parametrize("what", LOADED)
def test_whatever_a_picture_holds_beside_the_picture_is_refused(area: Warehouse, client: TestClient, what: str) -> None:
    answer = put(client, LOADED[what])
    assert (answer.status_code, "ข้อมูลแฝง" in answer.json()["reason"]) == (422, True)
    assert not (area.folder / "journal" / "photos").exists()


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (9, 9)).save(made, "PNG")
    return made.getvalue()


def cmyk() -> bytes:
    made = io.BytesIO()
    Image.new("CMYK", (9, 9)).save(made, "JPEG")
    return made.getvalue()


def bomb() -> bytes:
    """A small file that says it is 65,500 pixels a side."""
    body = picture()
    at = body.index(b"\xff\xc0")
    return body[: at + 5] + struct.pack(">HH", 65_500, 65_500) + body[at + 9 :]


def many_scans() -> bytes:
    """A small file that makes a decoder go over the picture a thousand times."""
    body = picture(progressive=True)
    at = body.rindex(b"\xff\xda")
    return body[:-2] + body[at:-2] * 1000 + b"\xff\xd9"


UNFIT = {
    "nothing": b"", "words": b"<script>alert(1)</script>", "a PNG": png(), "half of it": picture(600)[:-200], "too wide": picture(2001), "CMYK": cmyk(),
    "a bomb": bomb(), "a thousand scans": many_scans(), "its beginning": b"\xff\xd8", "no picture": b"\xff\xd8\xff\xd9", "noise": b"\xff\xd8\xff\xe0\xff\xff" + bytes(99),
}  # fmt: skip


@pytest.mark.parametrize("what", UNFIT)
def test_what_is_no_small_whole_jpeg_is_refused(area: Warehouse, client: TestClient, what: str) -> None:
    answer = put(client, UNFIT[what])
    assert (answer.status_code, bool(answer.json()["reason"])) == (422, True), answer.text
    assert not (area.folder / "journal" / "photos").exists()


@pytest.mark.parametrize("body", [picture(2000), picture(1280, progressive=True), picture(9, quality=100, subsampling=0)])
def test_what_browsers_make_is_taken(area: Warehouse, client: TestClient, body: bytes) -> None:
    assert put(client, body).status_code == 201


def test_the_address_is_the_digest_of_what_comes(area: Warehouse, client: TestClient) -> None:
    assert put(client, picture(), digest(picture(9))).status_code == 422
    put(client, picture(9))
    assert put(client, picture(), digest(picture(9))).status_code == 422  # nor where that one is known
    assert (area.folder / "journal" / "photos" / f"{digest(picture(9))}.jpg").read_bytes() == picture(9)


def test_too_much_is_not_read_to_its_end(area: Warehouse, client: TestClient) -> None:
    assert put(client, b"\xff\xd8" + bytes(2_000_000)).status_code == 413
    parts = (b"x" * 100_000 for _ in range(50))
    answer = client.put(f"/field/photos/{'a' * 64}", content=parts, headers=OWN | {"content-type": "image/jpeg"})
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["image/png", "text/plain", "application/json", "multipart/form-data", ""])
def test_it_says_that_it_is_a_jpeg(area: Warehouse, client: TestClient, kind: str) -> None:
    assert put(client, picture(), content_type=kind).status_code == 415


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "none"}],
)
def test_another_site_neither_sends_nor_looks(area: Warehouse, client: TestClient, headers: dict[str, str]) -> None:
    assert put(client, picture(), **headers).status_code == 403
    put(client, picture())
    sent(client, visit(ref_of(area), photos=[digest(picture())]))
    assert looked_at(client, picture(), **headers) == (200 if headers == {"sec_fetch_site": "none"} else 403)


def test_a_picture_of_somebody_else_is_not_sent_under_another_name(
    area: Warehouse,
    client: TestClient,
    seen_as: Callable[..., None],
) -> None:
    seen_as(FIELD, "a@x.go.th")
    assert put(client, picture(), x_outbox_of="b%40x.go.th").status_code == 409
    assert put(client, picture(), x_outbox_of="a%40x.go.th").status_code == 201


@pytest.mark.parametrize(
    ("readers", "status"),
    [
        ((FIELD,), 200),
        ((Reader("field", ("34210602",)),), 404),  # the village beside it
        ((Reader("field", ("342101",)),), 404),
        ((Reader("field", ("342101",)), Reader("data_officer", ("3421",))), 200),  # any role that one holds
        ((Reader("secretary", (NATION,)),), 200),
        ((Reader("committee", (NATION,)),), 404),
        ((Reader("viewer", (NATION,)),), 404),
        ((Reader("auditor", (NATION,)),), 404),
        ((Reader("admin", (NATION,)),), 404),
        ((Reader("field", ("999999",)),), 404),  # no place of this data
        ((Reader("field", ()),), 404),
        ((), 404),
    ],
)
def test_who_may_look_at_it(
    area: Warehouse,
    client: TestClient,
    held_by: Callable[..., None],
    readers: tuple[Reader, ...],
    status: int,
) -> None:
    put(client, picture())
    sent(client, visit(ref_of(area), photos=[digest(picture())]))
    held_by(*readers)
    assert looked_at(client, picture()) == status
    if readers == (Reader("committee", (NATION,)),):
        assert [row["photos"] for row in area.ask("timeline", reader=readers[0], household=ref_of(area))] == [None]


@pytest.mark.parametrize("role", ["viewer", "committee", "auditor", "admin"])
def test_a_role_that_records_nothing_sends_none(
    area: Warehouse,
    client: TestClient,
    held_by: Callable[..., None],
    role: str,
) -> None:
    held_by(Reader(role, (NATION,)))
    assert put(client, picture()).status_code == 403


def test_of_an_entry_that_was_taken_back_no_picture_is_served(area: Warehouse, client: TestClient) -> None:
    put(client, picture())
    event = visit(ref_of(area), photos=[digest(picture())])
    other = visit(ref_of(area, "สมหญิง"), photos=[digest(picture())])
    sent(client, event, other)
    back = {"kind": "withdrawn", "body": {"reason": "ผิดบ้าน"}, "photos": []}
    sent(client, visit(ref_of(area), thing=event["id"], **back))
    assert looked_at(client, picture()) == 200  # the other one stands
    sent(client, visit(ref_of(area, "สมหญิง"), thing=other["id"], **back))
    assert looked_at(client, picture()) == 404
    assert area.ask("photos") == []


@pytest.mark.parametrize(
    "name",
    ["", "%2e%2e", "%2e%2e%2fjournal.db", "..%2f..%2fsecret.key", "a" * 63, "A" * 64, "a" * 64 + ".jpg", "a" * 64 + "%00", "%2fetc%2fpasswd", "x" * 5000],
)  # fmt: skip
def test_nothing_else_is_asked_for_or_written(area: Warehouse, client: TestClient, name: str) -> None:
    put(client, picture())
    assert client.get(f"/field/photos/{name}", headers={"sec-fetch-site": "same-origin"}).status_code == 404
    assert client.put(f"/field/photos/{name}", content=picture(), headers=OWN | {"content-type": "image/jpeg"}).status_code in (
        404,
        405,
    )
    assert len(list((area.folder / "journal" / "photos").iterdir())) == 1
    with pytest.raises(ValueError, match="no digest"):
        photos.read(Path(area.folder), name)


def test_a_picture_that_cannot_be_written_is_not_acknowledged(
    area: Warehouse,
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(photos.os, "fsync", full)
        assert put(client, picture()).status_code == 503
    assert list((area.folder / "journal" / "photos").iterdir()) == []
    assert put(client, picture()).status_code == 201


def test_kinds_say_whether_they_show_pictures(area: Warehouse, client: TestClient) -> None:
    put(client, picture())
    shown, none = [digest(picture())], []
    events = [
        visit(ref_of(area), kind="photo", body={"caption": "หลังคาใหม่"}, photos=shown),
        visit(ref_of(area), kind="photo", body={}, photos=shown),
        visit(ref_of(area), body={}, photos=shown),
        visit(ref_of(area), kind="photo", body={"caption": "หลังคาใหม่"}, photos=none),
        visit(ref_of(area), kind="note", body={"note": "x"}, photos=shown),
    ]
    assert [said["verdict"] for said in sent(client, *events).json()] == ["kept", "kept", "kept", "refused", "refused"]
    rows = [row for row in area.ask("timeline", household=ref_of(area)) if row["kind"] == "photo"]
    assert sorted((row["told"], list(row["photos"])) for row in rows) == [("", shown), ("หลังคาใหม่", shown)]


def test_pictures_beside_a_file_of_events_come_with_it(area: Warehouse, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    event = visit(ref_of(area), photos=[digest(picture()), digest(exif())])
    (tmp_path / "outbox.json").write_text(json.dumps([event]), encoding="utf-8")
    for body in (picture(), exif()):
        (tmp_path / f"{digest(body)}.jpg").write_bytes(body)
    assert journal.main(["record", str(tmp_path / "outbox.json"), "--data", str(area.folder)]) == 1  # held: one is unfit
    assert photos.read(area.folder, digest(picture())) == picture() and photos.read(area.folder, digest(exif())) is None
    assert f"{digest(exif())}.jpg" in capsys.readouterr().err


def test_more_pictures_than_a_person_may_send_a_day_are_refused_kindly_and_known_ones_are_not_counted(
    area: Warehouse, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(field_photos.definitions, "rule", lambda name: {"photos_per_day": 2}[name])
    first, second, third = (picture(number=80 * n) for n in range(3))
    assert [put(client, body).status_code for body in (first, first, second, third, second)] == [201, 200, 201, 429, 200]
    reason = put(client, third).json()["reason"]
    assert "วันนี้ส่งภาพครบ 2 ภาพแล้ว" in reason and not photos.read(area.folder, digest(third))


def test_while_the_journal_is_away_a_tablet_gets_no_bundle_and_no_picture_and_keeps_what_it_has(
    area: Warehouse, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = picture()
    put(client, body)
    sent(client, visit(ref_of(area), photos=[digest(body)]))
    monkeypatch.setattr(reach, "_reading_on", True)  # as the server does, whose pages read on

    def gone(*_: object) -> int:
        raise OSError("no such disk")

    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "position", gone)
        patch.setattr(store.Store, "take", gone)
        answers = [
            client.get("/field/api/bundle", headers={"sec-fetch-site": "same-origin"}),
            client.get(f"/field/photos/{digest(body)}", headers={"sec-fetch-site": "same-origin"}),
            sent(client, visit(ref_of(area))),
        ]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert all("สมุดบันทึก" in answer.json()["reason"] for answer in answers)
    reach._reached.clear()
    assert client.get("/field/api/bundle", headers={"sec-fetch-site": "same-origin"}).status_code == 200
