"""The field page's routes behind the gate, an area to ask them about, and who asks."""

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from field import asking
from field.asking import Asking
from field.routes import routes
from queries import Reader
from tests.drawn import Warehouse
from ui.auth.identity import Refused
from ui.server.middleware import Gate


@pytest.fixture
def area(warehouse: Callable[..., Warehouse]) -> Warehouse:
    """Two families of tambon 342106, one with a plan and a case, and one of another tambon."""
    return warehouse(
        household="""
        household_id  | village_code | house_no | head_first_name | head_last_name | head_citizen_id | certification
        1349900000001 | 34210601     | 1        | สมชาย           | ขยันดี           | 1349900000001   | certified
        H2            | 34210602     | 2        | สมหญิง           | ขยันดี           |                 | proposed
        H3            | 34210101     | 3        | แดง             | ไกลบ้าน          |                 | certified
        """,
        plan="""
        household_id  | item_no | aspect | activity | status  | due_date   | owner
        1349900000001 | 1       | skill  | เลี้ยงไก่    | planned | 2022-09-30 | เกษตร
        H3            | 1       | skill  | ปลูกผัก    | planned |            |
        """,
        need="household_id | item | quantity | unit\n1349900000001 | ปูนซีเมนต์ | 60 | ถุง",
    )


@pytest.fixture
def client() -> Iterator[TestClient]:
    """The routes behind the gate, asked from this machine."""
    app = Starlette(routes=routes(), middleware=[Middleware(Gate)])
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000), follow_redirects=False) as client:
        yield client


@pytest.fixture
def seen_as(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`seen_as(reader, who)`: whom the next request is from; a Refused in place of the reader refuses."""

    def becoming(reader: Reader | Refused | None, who: str = "team@x.go.th") -> None:
        def somebody(_: object) -> Asking:
            if isinstance(reader, Refused):
                raise reader
            return Asking(who, reader)

        monkeypatch.setattr(asking, "asking", somebody)

    return becoming
