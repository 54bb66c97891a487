"""A weak link to a server: every byte of every connection shares one rate and takes its time, websockets too.

Chromium's own emulation leaves websockets alone and opens connections without a round trip; so it is a relay of TCP here.
"""

import asyncio
import contextlib
import threading
from types import TracebackType

PIECE = 2_048  # bytes that one connection sends before another has its turn
RATE = 400_000 / 8  # bytes per second in each direction: 400 kbit/s, as a village has it
TRIP = 0.4  # seconds there and back


class Direction:
    """One direction of a link: pieces leave one after the other at its rate, and arrive `delay` seconds later."""

    def __init__(self, rate: float, delay: float) -> None:
        self.rate, self.delay = rate, delay
        self.free, self.carried = 0.0, 0

    async def leave(self, size: int) -> float:
        """Wait until a piece of `size` bytes has left; returns when it arrives, by the loop's clock."""
        loop = asyncio.get_running_loop()
        self.free = max(loop.time(), self.free) + size / self.rate
        self.carried += size
        await asyncio.sleep(self.free - loop.time())
        return self.free + self.delay


class WeakLink:
    """A relay in a thread of its own: `address` leads to the server at `port`; `down.carried` bytes came from there.

    `trip` are the seconds of a round trip, one more of which opens a connection.
    """

    def __init__(self, port: int, rate: float = RATE, trip: float = TRIP) -> None:
        self.port, self.trip = port, trip
        self.up, self.down = Direction(rate, trip / 2), Direction(rate, trip / 2)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> "WeakLink":
        self.thread.start()
        self.ready.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.loop.call_soon_threadsafe(self.over.set)
        self.thread.join()

    async def _serve(self) -> None:
        self.loop, self.over = asyncio.get_running_loop(), asyncio.Event()
        self.relays: set[asyncio.Task] = set()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self.ready.set()
        await self.over.wait()
        server.close()
        for relay in self.relays:
            relay.cancel()
        await asyncio.gather(*self.relays, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        relay = asyncio.create_task(self._relay(reader, writer))
        self.relays.add(relay)
        relay.add_done_callback(self.relays.discard)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.trip)  # SYN and its answer
        try:
            behind, ahead = await asyncio.open_connection("127.0.0.1", self.port)
            await asyncio.gather(_carry(reader, ahead, self.up), _carry(behind, writer, self.down))
        except OSError:
            pass
        finally:
            writer.close()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Direction) -> None:
    """Everything of one connection in one direction, in order, until its end."""
    pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        loop = asyncio.get_running_loop()
        while (item := await pieces.get())[1]:
            await asyncio.sleep(max(0, item[0] - loop.time()))
            writer.write(item[1])
            await writer.drain()
        writer.close()

    async def take() -> None:
        while piece := await reader.read(PIECE):
            pieces.put_nowait((await way.leave(len(piece)), piece))
        pieces.put_nowait((0, b""))

    with contextlib.suppress(OSError):  # either side is gone
        await asyncio.gather(take(), deliver())
