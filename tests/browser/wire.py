"""One reader without a browser: the websocket as Streamlit's page speaks it, and all that the page would fetch by HTTP.

Each page is a session of its own, as each full load of the page is. What is sent is what a browser could show or keep: its own
drawing adds nothing, so a word that is not in here is on no screen. tests/browser/test_roles.py looks at some roles' screens, too.
"""

import re
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.browser.app import ANSWER
from tests.patience import patience

EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN  # the run that is meant follows
LINK = re.compile(r'<a class="go"[^>]* href="([^"?]*)')
FETCHED = re.compile(r"/(?:geo|words|media)/[^\"'\s\\]+")  # addresses that a page names and its browser then asks for


class Page:
    """One page as one reader gets it: every message of its run, every file that it names or gives."""

    def __init__(self, base: str, path: str) -> None:
        self.base, self.messages = base, list[ForwardMsg]()
        self.frames: list[bytes] = []
        self.files: list[bytes] = []
        with connect(
            f"ws{base.removeprefix('http')}/_stcore/stream",
            origin=base,
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
            proxy=None,
            max_size=None,
            open_timeout=patience(ANSWER),
        ) as self._socket:
            self._run(path)
            self._take()

    def _run(self, path: str) -> None:
        """Ask for the page, and hear until its script has finished."""
        parts, asked = urlsplit(path), BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.query_string = parts.path.strip("/"), parts.query
        asked.rerun_script.context_info.locale, asked.rerun_script.context_info.timezone = "th-TH", "Asia/Bangkok"
        self._send(asked)
        while self._of(self._hear()) != "script_finished" or self.messages[-1].script_finished == EARLY:
            pass

    def _take(self) -> None:
        """Every file: those that are made when they are taken, then whatever stands at an address that was named."""
        closed = self.blocks("expandable", "popover")  # what is shown at first only when somebody opens it
        for place, button in self.elements("download_button"):
            if button.HasField("deferred_file_id") and not any(place[: len(p)] == p for p in closed):
                asked = BackMsg()
                asked.backend_operation_request.request_id = button.deferred_file_id
                asked.backend_operation_request.session_id = self._session
                asked.backend_operation_request.deferred_file.file_id = button.deferred_file_id
                self._send(asked)
                while self._of(self._hear()) != "backend_operation_response":
                    pass
                assert not self.messages[-1].backend_operation_response.error_msg
        for address in sorted(set(FETCHED.findall(self.text()))):
            with urllib.request.urlopen(self.base + address, timeout=patience(ANSWER)) as answer:
                self.files.append(answer.read())

    def _send(self, message: BackMsg) -> None:
        self._socket.send(message.SerializeToString())

    def _hear(self) -> ForwardMsg:
        frame = self._socket.recv(timeout=patience(ANSWER))
        assert isinstance(frame, bytes)
        self.frames.append(frame)
        self.messages.append(ForwardMsg.FromString(frame))
        return self.messages[-1]

    @staticmethod
    def _of(message: ForwardMsg) -> str | None:
        return message.WhichOneof("type")

    @property
    def _session(self) -> str:
        return next(m.new_session.initialize.session_id for m in self.messages if self._of(m) == "new_session")

    def elements(self, kind: str) -> list[tuple[tuple[int, ...], Any]]:
        """Place and content of the elements of one kind."""
        drawn = [(tuple(m.metadata.delta_path), m.delta.new_element) for m in self.messages if self._of(m) == "delta"]
        return [(place, getattr(element, kind)) for place, element in drawn if element.WhichOneof("type") == kind]

    def blocks(self, *kinds: str) -> dict[tuple[int, ...], Any]:
        """Place -> block, of the kinds that are named."""
        made = {
            tuple(m.metadata.delta_path): m.delta.add_block for m in self.messages if m.delta.WhichOneof("type") == "add_block"
        }
        return {place: block for place, block in made.items() if block.WhichOneof("type") in kinds}

    def links(self, key: str) -> set[str]:
        """The pages that the links lead to in the container of one key."""
        inside = [place for place, block in self.blocks("flex_container").items() if block.id.endswith(f"-{key}")]
        panels = [panel.body for place, panel in self.elements("html") if any(place[: len(p)] == p for p in inside)]
        return {page for panel in panels for page in LINK.findall(panel)}

    def text(self) -> str:
        """All that was sent, as letters."""
        return "\n".join(frame.decode("utf-8", "replace") for frame in self.frames)

    def words(self) -> str:
        """Every text in what was drawn."""
        return "\n".join(text for m in self.messages if self._of(m) == "delta" for text in _texts(m.delta))


def _texts(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, str):
                yield one
            elif isinstance(one, Message):
                yield from _texts(one)
