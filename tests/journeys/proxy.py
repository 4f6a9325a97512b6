"""A TCP proxy between screens and server that can be slow, cut, silent, or silent in one direction."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
_CHUNK = 65_536


class ChaosProxy:
    """Listens on a port of its own and passes bytes on to `target`; `delay_seconds` is added each way."""

    def __init__(self, target: int, *, delay_seconds: float = 0.0) -> None:
        self.delay_seconds = delay_seconds
        self.port = 0
        self._target = target
        self._loud = {up: asyncio.Event() for up in (True, False)}
        """Whether anything is passed on upwards, to the server, and downwards."""
        for way in self._loud.values():
            way.set()
        self._refusing = self._halving = False
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def base_url(self) -> str:
        """Return where the proxy listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "ChaosProxy":
        """Begin to listen."""
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def stop(self) -> None:
        """Cut everything and end."""
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    def cut(self) -> None:
        """Reset every connection, in the middle of whatever is under way; none is accepted until `mend`."""
        self._refusing = True
        self._loop.call_soon_threadsafe(self._abort_all)

    def cut_within(self) -> None:
        """Pass on half of whatever comes next on each connection, and close it: a frame's end never arrives."""
        self._halving = True

    def fall_silent(self, *, upwards: bool = True, downwards: bool = True) -> None:
        """Pass nothing on any more, not even that a side has closed: a black hole, or a road that is open one way."""
        for way, silent in ((True, upwards), (False, downwards)):
            if silent:
                self._loop.call_soon_threadsafe(self._loud[way].clear)

    def mend(self) -> None:
        """Let everything through again; connections that fell into the black hole are cut."""
        if not all(way.is_set() for way in self._loud.values()):
            self._loop.call_soon_threadsafe(self._abort_all)
        for way in self._loud.values():
            self._loop.call_soon_threadsafe(way.set)
        self._refusing = self._halving = False

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=5)

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        for way in self._loud.values():
            way.set()
        while passing := asyncio.all_tasks() - {asyncio.current_task()}:
            self._abort_all()
            await asyncio.wait(passing, timeout=1)

    def _abort_all(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            writer.transport.abort()
            return
        try:
            upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, upstream_writer}
        await asyncio.gather(
            self._pass(reader, upstream_writer, self._loud[True]),
            self._pass(upstream_reader, writer, self._loud[False]),
        )
        self._writers -= {writer, upstream_writer}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, loud: asyncio.Event) -> None:
        """Pass bytes on, each as late as the delay says, without holding up those behind."""
        due: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.create_task(self._deliver(due, writer, loud))
        with contextlib.suppress(OSError):
            while chunk := await reader.read(_CHUNK):
                due.put_nowait((self._loop.time() + self.delay_seconds, chunk))
        due.put_nowait((self._loop.time() + self.delay_seconds, b""))
        await delivering

    async def _deliver(
        self, due: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter, loud: asyncio.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while True:
                at, chunk = await due.get()
                await asyncio.sleep(max(0.0, at - self._loop.time()))
                if not chunk:
                    break
                if self._halving and len(chunk) > 1:
                    writer.write(chunk[: len(chunk) // 2])
                    await writer.drain()
                    writer.close()
                    return
                if loud.is_set():
                    writer.write(chunk)
                    await writer.drain()
            await loud.wait()
            writer.close()
