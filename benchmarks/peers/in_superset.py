"""Apache Superset over the same DuckDB file: a chart of a dashboard is one question to its chart-data API."""

import contextlib
import json
import os
import secrets
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.peers.environments import pinned, programs
from benchmarks.peers.over_http import HttpTab, Request, running
from benchmarks.peers.peer import Peer
from benchmarks.peers.views import PLACES, Rows
from queries import Filters

DIMENSIONS = ("health", "living", "education", "income", "access")
ASPECTS = ("attitude", "skill", "resource", "way_out")
WORKER = ("-w", "1", "-k", "gthread", "--threads", "20", "--timeout", "60")  # as its own image starts it
CONFIG = """from datetime import timedelta
SECRET_KEY = "{secret}"
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/superset.db"
JWT_ACCESS_TOKEN_EXPIRES = timedelta(hours=8)
"""
LISTS = {  # what a question of the overview needs turned by hand: a virtual dataset each
    "by_dimension": "select tally.*, d.* from tally, lateral (values "
    + ", ".join(f"('{d}', {d}::varchar, {d}_was::varchar)" for d in DIMENSIONS)
    + ") d(dimension, state, was)",
    "by_pair": "select tally.*, d.* from tally, lateral (values "
    + ", ".join(
        f"('{a}', '{b}', {a} = 'deprived' and {b} = 'deprived')"
        for a in sorted(DIMENSIONS)
        for b in sorted(DIMENSIONS)
        if a < b
    )
    + ") d(one, other, together)",
    "by_aspect": "select tally.*, d.* from tally, lateral (values "
    + ", ".join(f"('{a}', plan_{a})" for a in ASPECTS)
    + ") d(aspect, state)",
    "attention": """select household.*, plan_overdue + steps_overdue as overdue_items, plan = 'none' as without_plan,
        "case" = 'stalled' as is_stalled from household
        where certification = 'certified' and "case" <> 'closed' and (overdue or plan = 'none' or "case" = 'stalled')""",
}
TABLES = ("tally", *LISTS)


def metric(label: str, condition: str = "", measure: str = "households") -> dict[str, str]:
    """A sum that somebody typed into a chart, of the rows that hold."""
    only = f" filter ({condition})" if condition else ""
    return {"expressionType": "SQL", "sqlExpression": f"coalesce(sum({measure}){only}, 0)", "label": label}


def total(column: str) -> dict[str, str]:
    """A sum of a column, nothing where no row says how many."""
    return {"expressionType": "SQL", "sqlExpression": f"sum({column})", "label": column}


CERTIFIED = "certification = 'certified'"
ROAD = [
    metric("listed"),
    *(metric(name, f"source = '{name}'") for name in ("tpmap", "outside", "both")),
    metric("verified", measure="verified"),
    metric("certified", CERTIFIED),
    metric("planned", f"{CERTIFIED} and plan not in ('none', 'not_kept')"),
    metric("helped", f"{CERTIFIED} and helped"),
    metric("closed", f"{CERTIFIED} and \"case\" = 'closed'"),
]
SUMMARY = [
    metric("households"),
    *map(total, ("people", "target_people", "card_known")),
    metric("target_households", CERTIFIED),
    metric("closed", f"{CERTIFIED} and \"case\" = 'closed'"),
    metric("without_plan", f"{CERTIFIED} and plan = 'none' and \"case\" <> 'closed'"),
    metric("overdue", f"{CERTIFIED} and overdue"),
    metric("stalled", "\"case\" = 'stalled'"),
]
CHANGE = [
    metric("better", "was = 'deprived' and state = 'not_deprived'"),
    metric("worse", "was = 'not_deprived' and state = 'deprived'"),
    metric("not_comparable", "was_village is not null and (was = 'no_data' or state = 'no_data')"),
    metric("households", "was_village is not null"),
    metric("chosen"),
]
STATES = [metric(state, f"state = '{state}'") for state in ("deprived", "not_deprived", "no_data")]
PLANS = [metric(state, f"state = '{state}'") for state in ("none", "planned", "in_progress", "done")]
WORST = [["overdue_items", False], ["without_plan", False], ["days_still", False], ["ref", True]]


def charts(view: Filters) -> dict[str, dict[str, Any]]:
    """Chart -> its dataset and query, all filters of the view but the one that the chart is out of scope of."""
    place = "village_code" if len(view.tambon) == 1 else "tambon_code"
    every, whole = filters(view), filters(view.without("certification"))
    largest = [metric("target_households", CERTIFIED), metric("households")]
    return {
        "road": {"of": "tally", "metrics": ROAD, "filters": whole},
        "summary": {"of": "tally", "metrics": SUMMARY, "filters": every},
        "dimensions": {
            "of": "by_dimension",
            "columns": ["dimension"],
            "metrics": [*STATES, metric("deprived_people", "state = 'deprived'", "people")],
            "filters": every,
        },
        "overlaps": {"of": "tally", "columns": ["deprived"], "metrics": [metric("households")], "filters": every},
        "pairs": {
            "of": "by_pair",
            "columns": ["one", "other"],
            "metrics": [metric("households")],
            "filters": [*every, {"col": "together", "op": "IS TRUE"}],
        },
        "attention": {
            "of": "attention",
            "columns": ["ref", "village_code", "overdue_items", "without_plan", "is_stalled", "days_still"],
            "filters": every,
            "orderby": WORST,
            "row_limit": 6,
        },
        "places": {
            "of": "tally",
            "columns": [place],
            "metrics": largest,
            "filters": whole,
            "orderby": [[largest[0], False]],
            "row_limit": PLACES,
        },
        "aspects": {
            "of": "by_aspect",
            "columns": ["aspect"],
            "metrics": PLANS,
            "filters": [*every, {"col": "certification", "op": "IN", "val": ["certified"]}],
        },
        "change": {"of": "by_dimension", "columns": ["dimension"], "metrics": CHANGE, "filters": every},
    }


def filters(view: Filters) -> list[dict[str, Any]]:
    """A dashboard's native filters; of dimensions one at most, since a list of them would mean all at once."""
    columns = {"year": "register_year", "district": "district_code", "tambon": "tambon_code"}
    chosen = view.struct()
    kept = [
        {"col": columns.get(name, name), "op": "IN", "val": chosen[name]}
        for name in ("year", "district", "tambon", "source", "certification")
        if chosen[name]
    ]
    return kept + [{"col": name, "op": "IN", "val": ["deprived"]} for name in view.dimension]


def asked(datasets: dict[str, int], view: Filters) -> dict[str, Request]:
    """One request per chart."""
    return {
        name: Request(
            "/api/v1/chart/data",
            {
                "datasource": {"id": datasets[chart["of"]], "type": "table"},
                "result_format": "json",
                "result_type": "full",
                "force": False,
                "queries": [{"row_limit": 10_000, "columns": [], **{k: v for k, v in chart.items() if k != "of"}}],
            },
        )
        for name, chart in charts(view).items()
    }


def understood(answers: dict[str, Any]) -> dict[str, Rows]:
    """The data of each chart, in the order of our questions."""
    rows = {name: answer["result"][0]["data"] for name, answer in answers.items()}
    for name in ("dimensions", "change"):
        rows[name].sort(key=lambda row: DIMENSIONS.index(row["dimension"]))
    by_aspect = {row["aspect"]: row for row in rows["aspects"]}
    nothing = {plan["label"]: 0 for plan in PLANS}  # a chart that finds no certified household has no row
    rows["aspects"] = [by_aspect.get(aspect, nothing) for aspect in ASPECTS]
    del rows["overlaps"], rows["pairs"], rows["places"]  # without the rows of nothing, and equals in another order
    return rows


@contextlib.contextmanager
def superset(build: Path, folder: Path) -> Iterator[Peer]:
    """Superset over a build, its own database in the folder; raises NotInstalled where its registry is not reached."""
    bin_folder = programs("superset")
    config = folder / "superset_config.py"
    config.write_text(CONFIG.format(secret=secrets.token_hex(32), folder=folder), encoding="utf-8")
    environment = {**os.environ, "SUPERSET_CONFIG_PATH": str(config), "FLASK_APP": "superset"}
    password = secrets.token_hex(8)
    who = [*("--username", "bench"), *("--firstname", "b"), *("--lastname", "b"), *("--email", "bench@example.go.th")]
    for verb in (["db", "upgrade"], ["fab", "create-admin", *who, "--password", password], ["init"]):
        done = subprocess.run(
            [str(bin_folder / "superset"), *verb], env=environment, cwd=folder, capture_output=True, encoding="utf-8"
        )
        if done.returncode:
            raise RuntimeError(f"superset {verb[0]}: {done.stderr[-1000:]}")

    def command(port: int) -> list[str]:
        return [str(bin_folder / "gunicorn"), *WORKER, "-b", f"127.0.0.1:{port}", "superset.app:create_app()"]

    with running(command, folder, "/health", environment) as (process, port):
        api = Api(port, password)
        datasets = with_datasets(api, build)
        name = f"Superset {pinned('superset')}"
        yield Peer(name, process, lambda: HttpTab(port, api.signed, lambda view: asked(datasets, view), understood))


class Api:
    """Somebody who is signed in: `signed` is the header that says so."""

    def __init__(self, port: int, password: str) -> None:
        self.base, self.token = f"http://127.0.0.1:{port}/api/v1/", ""
        self.signed: dict[str, str] = {}
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        given = {"username": "bench", "password": password, "provider": "db"}
        self.signed = {"Authorization": f"Bearer {self.send('security/login', given)['access_token']}"}
        self.token = self.send("security/csrf_token/")["result"]

    def send(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the API answers; a POST where there is a body."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token, **self.signed}
        request = urllib.request.Request(self.base + path, json.dumps(body).encode() if body else None, headers)
        with self.browser.open(request, timeout=60) as answer:
            return json.load(answer)


def with_datasets(api: Api, build: Path) -> dict[str, int]:
    """Declare the build's file, read-only, and the datasets of the charts; their numbers."""
    readonly = json.dumps({"engine_params": {"connect_args": {"read_only": True}}})
    database = {"database_name": "warehouse", "sqlalchemy_uri": f"duckdb:///{build}", "extra": readonly}
    number = api.send("database/", database)["id"]
    made = {}
    for table in TABLES:
        sql = {"sql": LISTS[table]} if table in LISTS else {}
        made[table] = api.send("dataset/", {"database": number, "schema": "main", "table_name": table, **sql})["id"]
    return made
