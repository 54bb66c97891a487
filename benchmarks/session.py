"""A reader's tab without the drawing: Streamlit's own websocket, rerun as a tap on a filter does."""

import asyncio
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Visitor:
    """Who a session is: the cookies of a browser, and the token that its script repeats from one of them."""

    cookie: str = ""
    token: str = "PLACEHOLDER_AUTH_TOKEN"


class Wire(ClientConnection):
    """A connection that counts what arrives on the wire."""

    received = 0

    def data_received(self, data: bytes) -> None:
        """Count, then read."""
        self.received += len(data)
        super().data_received(data)


class Session:
    """One tab. `tap(address)` reruns the page under another address; messages the tab has are not sent again.

    `port` is that of the process which is asked, where a proxy would ask one of several behind `base`.
    """

    patience = PATIENCE

    def __init__(self, base: str, page: str, visitor: Visitor = Visitor(), port: int | None = None) -> None:
        self.base, self.page_name, self.page, self.visitor, self.port = base, page, "", visitor, port
        self.cached: set[str] = set()
        self.heard: list[ForwardMsg] = []  # what the last tap was answered with

    async def __aenter__(self) -> Self:
        there: dict[str, Any] = {"host": "127.0.0.1", "port": self.port} if self.port else {}
        self.wire: Any = await connect(
            f"ws{self.base[4:]}/_stcore/stream",
            origin=Origin(self.base),
            create_connection=Wire,
            subprotocols=[Subprotocol("streamlit"), Subprotocol(self.visitor.token)],
            additional_headers={"Cookie": self.visitor.cookie} if self.visitor.cookie else None,
            **there,
            proxy=None,
            max_size=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.wire.close()

    def turn(self, page: str) -> None:
        """The next tap is on another page."""
        self.page_name, self.page = page, ""

    async def tap(self, query: str) -> tuple[float, int]:
        """Milliseconds until the script has finished, and the bytes it sent."""
        back = BackMsg()
        back.rerun_script.query_string, back.rerun_script.page_script_hash = query, self.page
        back.rerun_script.page_name = "" if self.page else self.page_name
        back.rerun_script.cached_message_hashes.extend(self.cached)
        self.fill(back)
        begin, before = time.perf_counter(), self.wire.received
        self.heard = []
        await self.wire.send(back.SerializeToString())
        async with asyncio.timeout(self.patience):
            while True:
                message = ForwardMsg.FromString(await self.wire.recv())
                self.heard.append(message)
                self.see(message)
                kind = message.WhichOneof("type")
                if kind == "delta" and message.metadata.cacheable:
                    self.cached.add(message.hash)
                elif kind == "new_session":
                    self.page = message.new_session.page_script_hash
                elif kind == "navigation":
                    self.page = message.navigation.page_script_hash
                elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return (time.perf_counter() - begin) * 1000, self.wire.received - before

    def fill(self, back: BackMsg) -> None:
        """What a tab sends besides the address: nothing here; values of widgets in benchmarks/peers/in_streamlit.py."""

    def see(self, message: ForwardMsg) -> None:
        """Every message as it arrives; a tab that reads what is drawn says so here."""
