"""Tabs of two Streamlit servers: ours, whose filters are its address, and the ordinary page, whose filters are multiselects."""

import base64
import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.MultiSelect_pb2 import MultiSelect

from benchmarks.peers.peer import PATIENCE, Peer
from benchmarks.peers.views import Rows
from benchmarks.server import ROOT, serving
from benchmarks.session import Session
from queries import Filters

PAGE = Path(__file__).parent / "plain_page.py"
ASKED_BY = {  # label of a multiselect -> the filter
    "ปี": "year",
    "อำเภอ": "district",
    "ตำบล": "tambon",
    "มิติที่ขาดแคลน": "dimension",
    "แหล่งที่มา": "source",
    "ผลการรับรอง": "certification",
}
ROAD = ("listed", "verified", "certified", "planned", "helped", "closed")
CHARTS = {  # title of a chart -> question and its columns, trace by trace
    "สิ่งที่ขาดแคลน": ("dimensions", ("deprived", "not_deprived", "no_data")),
    "แผน 4ท": ("aspects", ("done", "in_progress", "planned", "none")),
}


class OurTab(Session):
    """A tab of our overview."""

    patience = PATIENCE

    async def begin(self, view: Filters) -> None:
        """Open the page."""
        await self.change(view)

    async def change(self, view: Filters) -> int:
        """Go to the address of the view."""
        return (await self.tap(urlencode(view.address(), doseq=True)))[1]

    def shown(self) -> dict[str, Rows]:
        """Nothing: the others are held against what our questions answer."""
        return {}


class PlainTab(Session):
    """A tab of the ordinary page: it sends the values of its multiselects, and keeps what the script draws."""

    patience = PATIENCE

    def __init__(self, base: str) -> None:
        super().__init__(base, "")
        self.view = Filters()
        self.choices: dict[str, MultiSelect] = {}
        self.kept: dict[str, ForwardMsg] = {}
        self.metrics: dict[str, str] = {}
        self.charts: dict[str, Any] = {}

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        await self.tap("")
        return self

    async def begin(self, view: Filters) -> None:
        """Choose year and district."""
        await self.change(view)

    async def change(self, view: Filters) -> int:
        """Choose the values of the view, all at once; subdistricts can be chosen once their district is."""
        if view.tambon and view.district != self.view.district:
            await self.change(view.without("tambon"))
        self.view = view
        return (await self.tap(""))[1]

    def fill(self, back: BackMsg) -> None:
        """The chosen options of every multiselect that was drawn: codes, or names that end with the code."""
        for label, drawn in self.choices.items():
            values = getattr(self.view, ASKED_BY[label])
            chosen = [option for option in drawn.options if {option, *re.findall(r"\((\d+)\)$", option)} & set(values)]
            state = back.rerun_script.widget_states.widgets.add(id=drawn.id)
            state.string_array_value.data.extend(chosen)

    def see(self, message: ForwardMsg) -> None:
        """Note multiselects, metrics and charts; a message that the tab has already comes as its hash."""
        if message.WhichOneof("type") == "ref_hash":
            message = self.kept[message.ref_hash]
        elif message.metadata.cacheable:
            self.kept[message.hash] = message
        if message.WhichOneof("type") != "delta":
            return
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "multiselect":
                self.choices[element.multiselect.label] = element.multiselect
            case "metric":
                self.metrics[element.metric.label] = element.metric.body
            case "plotly_chart":
                chart = json.loads(element.plotly_chart.spec)
                self.charts[chart["layout"]["title"]["text"]] = chart

    def shown(self) -> dict[str, Rows]:
        """The road as its numbers say it, and the charts of states as they are drawn."""
        numbers = [int(text.replace(",", "")) for text in self.metrics.values()]
        answer: dict[str, Rows] = {"road": [dict(zip(ROAD, numbers, strict=False))]}
        for title, (question, columns) in CHARTS.items():
            traces = [numbers_of(trace["x"]) for trace in self.charts[title]["data"]]
            answer[question] = [dict(zip(columns, row, strict=True)) for row in zip(*traces, strict=True)]
        return answer


def numbers_of(cells: Any) -> list[int]:
    """Plotly writes an array of numbers as base64 with its type."""
    if isinstance(cells, dict):
        cells = np.frombuffer(base64.b64decode(cells["bdata"]), dtype=cells["dtype"])
    return [int(cell) for cell in cells]


@contextlib.contextmanager
def ours(data: Path) -> Iterator[Peer]:
    """Our dashboard over a folder of data."""
    with serving(ROOT / "dashboard.py", str(data)) as (process, base):
        yield Peer("ours", process.pid, lambda: OurTab(base, "overview"))


@contextlib.contextmanager
def plain(data: Path) -> Iterator[Peer]:
    """The ordinary page over the same build, served as Streamlit comes."""
    with serving(PAGE, str(data)) as (process, base):
        yield Peer("plain Streamlit and pandas", process.pid, lambda: PlainTab(base))
