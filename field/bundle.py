"""One person's area for a tablet: families, plans, steps, needs and what was recorded last, as narrow as JSON can say it.

Everything is asked through the doors, so it is masked as the role sees it, and no question returns a citizen id. Whoever gets
names is written down before. An unchanged bundle costs no more than its tag.
"""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

import definitions
from audit import log
from field.asking import admitted, own_page, refusal
from field.forms import forms
from installation.paths import data_folder
from journal import envelope
from queries import NATION, Filters, NoBuild, NotAllowed, Reader, ask, build, reach
from queries.record import seen_of
from ui.static import compressed

DAYS = 7  # days after which a tablet forgets it
MOST = 3_000  # families of one bundle: a tambon of 2,000 is 400 kB; of a larger area its reader chooses a part
LEVELS = {"province": 2, "district": 4, "tambon": 6, "village": 8}  # digits of their codes
TABLES = {"plan": "field_plan", "steps": "field_steps", "heads": "field_heads", "news": "field_news", "needs": "shortages"}
LOANS = ("village_code", "thing", "group_name", "project_name")  # of the women's fund, by village: what was done of them
DEBTS = ("village_code", "thing", "still_to_follow")  # village funds: what was done about their debts
NEEDS = ("ref", "item", "unit", "needed", "given", "short")  # of the shortages, what a bundle does not know already


def send(request: Request) -> Response:
    """The bundle of who asks, 304 where the tablet has it; 401 and 403 tell the tablet to forget what it has."""
    if not own_page(request, typed=True):
        return refusal(403, "ขอข้อมูลจากเว็บอื่นไม่ได้", "not from another site")
    asks = admitted(request)
    if isinstance(asks, Response):
        return asks
    who, reader = asks
    part = request.query_params.get("area", "")
    if part and not (part.isascii() and part.isdigit() and len(part) in LEVELS.values() and reader.covers(part)):
        return refusal(409, "พื้นที่นี้ไม่อยู่ในสิทธิ์ของท่าน", "not an area of yours")
    try:
        return _answered(request, who, Reader(reader.role, (part,)) if part else reader)
    except NotAllowed:
        return refusal(403, "บทบาทของท่านดูรายชื่อครัวเรือนไม่ได้", "your role may not see households")
    except NoBuild:
        return refusal(503, "ยังไม่มีคลังข้อมูล", "no build yet")
    except ValueError:  # of areas that are no place of this data
        return refusal(404, "พื้นที่ของท่านยังไม่มีในข้อมูล", "your area is no place of this data")
    except (SQLAlchemyError, OSError):
        return refusal(503, "อ่านสมุดบันทึกไม่ได้", "the journal cannot be read")
    except log.Unwritable:
        return refusal(503, "เขียนบันทึกการใช้งานไม่ได้ จึงยังไม่ส่งรายชื่อ", "the audit log cannot be written, so no names are sent")


def _answered(request: Request, who: str, reader: Reader) -> Response:
    made = {"who": who, "role": reader.role, "seal": envelope.public(data_folder()), **content(reader)}
    reach.hold()  # a tablet that took an incomplete area would show it for a week
    body = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    tag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"cache-control": "no-store", "etag": tag, "vary": "Accept-Encoding, Cookie"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if found := len(made.get("households", {}).get("rows", ())):
        log.write(data_folder(), who, "list", role=reader.role, build=build().id, page="field", found=found)
    now = datetime.now(UTC).replace(microsecond=0)
    times = {"made_at": now.isoformat(), "expires_at": (now + timedelta(days=DAYS)).isoformat()}
    sent = (json.dumps(times)[:-1] + "," + body[1:]).encode()
    if coding := compressed.offered(request.headers):  # made for one person and never kept in the server
        sent = compressed.MAKE[coding](sent, False)
        headers["content-encoding"] = coding
    return Response(sent, headers=headers, media_type="application/json")


def content(reader: Reader) -> dict[str, Any]:
    """What a bundle holds beside who and when; of an area that is too large, the parts to choose from."""
    homes = ask("field_households", Filters(), reader, limit=MOST)
    role = definitions.names("roles", "role", "th")[reader.role]
    total = int(homes["total"].iloc[0]) if len(homes) else 0
    begin = {"role_th": role, "areas": list(reader.areas), "forms": forms(reader)}
    if total > MOST:
        return {**begin, "total": total, "choose": parts(reader)}
    place_of = {ref: place for place, ref in enumerate(homes["ref"])}
    tables = {name: ask(question, Filters(), reader) for name, question in TABLES.items()}
    tables["needs"] = tables["needs"][list(NEEDS)]
    loans = ask("fund_loans", Filters(), reader, limit=MOST)[list(LOANS)]
    debts = ask("debt_funds", Filters(), reader, limit=MOST)[list(DEBTS)]
    return {
        **begin,
        "villages": villages({*homes["village_code"], *loans["village_code"], *debts["village_code"]}, reader),
        "loans": packed(loans),
        "debts": packed(debts),
        "households": packed(homes.drop(columns="total").assign(seen=seen_of(list(homes["ref"])))),
        **{name: packed(_placed(frame, place_of)) for name, frame in tables.items()},
    }


def _placed(frame: pd.DataFrame, place_of: dict[str, int]) -> pd.DataFrame:
    """Records of the households of the bundle, each by its place there: an address is sixteen letters that nothing compresses."""
    placed = frame.assign(ref=frame["ref"].map(place_of)).dropna(subset=["ref"])
    return placed.astype({"ref": int}).rename(columns={"ref": "home"})


def villages(known: set[str], reader: Reader) -> list[list[str]]:
    """Code, name and tambon of each village of the tambons of those known and of the reader's own, also where nobody is listed: a new
    family may be found there."""
    tambons = tuple(sorted({code[:6] for code in known if code} | _whole_tambons(reader)))
    rows = ask("choices", Filters(tambon=tambons), reader).to_dict("records") if tambons else []
    named = {row["code"]: row["name_th"] or row["code"] for row in rows if row["filter"] in ("tambon", "village")}
    return [[code, says, named.get(code[:6], "")] for code, says in named.items() if len(code) == 8 and reader.covers(code)]


def _whole_tambons(reader: Reader) -> set[str]:
    return {area[:6] for area in reader.areas if len(area) >= LEVELS["tambon"]}


def parts(reader: Reader) -> list[list[Any]]:
    """Code, name and number of families (of all years) of the parts of an area, at the first level that divides it."""
    tambons = tuple(area for area in reader.areas if len(area) == LEVELS["tambon"])
    rows = ask("choices", Filters(tambon=tambons), reader).to_dict("records")
    size = max((len(area) for area in reader.areas if area != NATION), default=0)
    found: list[list[Any]] = []
    for level, digits in LEVELS.items():
        here = [row for row in rows if row["filter"] == level and reader.covers(row["code"])]
        found = [[row["code"], row["name_th"] or row["code"], int(row["households"])] for row in here]
        if digits > size and len(found) > 1:
            break
    return found


def packed(frame: pd.DataFrame) -> dict[str, list]:
    """A frame as its columns' names once and a row of plain values each."""
    columns = [[_plain(value) for value in frame[name]] for name in frame]
    return {"columns": list(frame), "rows": [list(row) for row in zip(*columns, strict=True)]}


def _plain(value: Any) -> Any:
    """A value as JSON has it: days as text, whole numbers without a fraction, null for what is missing."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, np.generic):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value
