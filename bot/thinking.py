"""Texts are read in a process beside this one (`bot.thinker`), where there is a core to spare.

Reading a text is the longest that this program computes, some of them ten times as long as others. Done beside, it
holds up nobody's page, press or message. Whatever fails there is done here, as where there is one core only.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

import msgspec
import structlog

from bot.thinker import Answered, Asked, Thought, frame, frames
from flows.events import Said
from flows.scheme import Scheme
from flows.session import Fresh, Session, encode

PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "PYTHONPATH",
    "PYTHONDONTWRITEBYTECODE",
    "LD_LIBRARY_PATH",
)
"""What the process beside gets of our environment: nothing secret stands there."""

TOGETHER = 16
"""So many texts go over at once at the most: the process beside is at work on them while others come in here."""

PATIENCE = 10.0
"""Seconds after which one that answers nobody is ended: what it was asked is done here."""

AGAIN, SELDOM = 1.0, 60.0
"""Seconds after which one that ended is begun anew; twice as long each time that it was not ready in between."""

LOG = structlog.get_logger("gehoord.thinking")


class Thinking(asyncio.Protocol):
    """The process beside, and what it was asked. `schemes` is the operator's own folder of them."""

    def __init__(self, schemes: Path | None = None) -> None:
        self._schemes = schemes
        self._process: subprocess.Popen[bytes] | None = None
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._asked: dict[int, tuple[float, asyncio.Future[Answered | None]]] = {}
        self._unsent: list[msgspec.Raw] = []
        self._heard = 0.0
        self._numbers = count()
        self._again: asyncio.TimerHandle | None = None
        self._beginning: asyncio.Task[None] | None = None
        self._pause = AGAIN
        self._watch: asyncio.TimerHandle | None = None
        self._closed = False
        self.patience = PATIENCE
        self.ready, self._ended = asyncio.Event(), asyncio.Event()
        self._pack, self._answers = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Answered)

    async def think(
        self, scheme: Scheme, session: Session, event: Said, now: datetime, fresh: Fresh
    ) -> tuple[Thought, Thought | None] | None:
        """The turn, and where it leads to a line, what to say where nobody would read it; None: do it here."""
        if not self.ready.is_set():
            return None
        id, loop = next(self._numbers), asyncio.get_running_loop()
        asked = Asked(
            id,
            scheme.id,
            scheme.hash,
            encode(session),
            event,
            now.isoformat(),
            fresh.number,
            fresh.claim_code,
        )
        try:
            packed = msgspec.Raw(self._pack(asked))
        except UnicodeEncodeError:  # half a pair of surrogates, which no text may hold: nobody waits for that
            return None
        if not self._unsent:
            loop.call_soon(self._send)
        self._unsent.append(packed)
        if len(self._unsent) == TOGETHER:
            self._send()
        future: asyncio.Future[Answered | None] = loop.create_future()
        self._asked[id] = loop.time() + self.patience, future
        if self._watch is None:
            self._watch = loop.call_later(self.patience, self._look)
        try:
            answered = await future
        finally:
            self._asked.pop(id, None)
        if answered is None or answered.thought is None:
            return None
        return answered.thought, answered.lineless

    def _send(self) -> None:
        """Ask all that was asked in this pass of the loop together."""
        asked, self._unsent = self._unsent, []
        if asked and self._transport is not None:
            self._transport.write(frame(self._pack(asked)))

    def _look(self) -> None:
        """End the process when it leaves somebody waiting and answers nobody; who asked first waits longest.

        One that answers has only much to do, and to begin it anew would lose what it did.
        """
        self._watch = None
        if not self._asked:
            return
        loop = asyncio.get_running_loop()
        until = max(next(iter(self._asked.values()))[0], self._heard + self.patience)
        if until > loop.time():
            self._watch = loop.call_at(until, self._look)
        elif self._process is not None:
            self._process.kill()  # `connection_lost` follows

    async def begin(self) -> None:
        """Begin the process. It is asked nothing until it is ready. Raises `OSError` where none can be begun."""
        ours, theirs = socket.socketpair()
        self._ended.clear()
        words = [sys.executable, "-m", "bot.thinker", str(theirs.fileno())]
        words += [str(self._schemes)] if self._schemes is not None else []
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        with theirs:
            try:
                self._process = await asyncio.to_thread(
                    subprocess.Popen, words, env=environment, pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                )  # fmt: skip
            except OSError:
                ours.close()
                raise
        self._transport, _ = await asyncio.get_running_loop().create_connection(lambda: self, sock=ours)

    def data_received(self, data: bytes) -> None:
        """Hand the answers to who asked."""
        self._heard = asyncio.get_running_loop().time()
        self._buffer += data
        for body in frames(self._buffer):
            if not body:
                self._pause = AGAIN
                self.ready.set()
                continue
            answered = self._answers.decode(body)
            _, future = self._asked.get(answered.id, (0.0, None))
            if future is not None and not future.done():
                future.set_result(answered)

    def connection_lost(self, error: Exception | None) -> None:
        """It ended: who waits does it here, and another one is begun."""
        self.ready.clear()
        self._transport = None
        self._buffer.clear()
        self._unsent.clear()
        for _, future in self._asked.values():
            if not future.done():
                future.set_result(None)
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._ended.set()
        if not self._closed:
            LOG.error("ended, and begun anew")
            self._later()

    def _later(self) -> None:
        self._again = asyncio.get_running_loop().call_later(self._pause, self._anew)
        self._pause = min(2 * self._pause, SELDOM)

    def _anew(self) -> None:
        self._beginning = asyncio.ensure_future(self._begin())

    async def _begin(self) -> None:
        try:
            await self.begin()
        except (OSError, RuntimeError) as error:  # no room for another process, or thread, just now
            LOG.error("not begun", error=type(error).__name__)
            self._later()

    async def close(self) -> None:
        """End it."""
        self._closed = True
        for timer in (self._again, self._watch):
            if timer is not None:
                timer.cancel()
        if self._beginning is not None:
            await self._beginning
        if self._transport is not None:
            self._transport.close()
            await self._ended.wait()


@asynccontextmanager
async def thinking(schemes: Path | None = None) -> AsyncIterator[Thinking | None]:
    """A process beside this one while there is a second core; else nothing."""
    if len(os.sched_getaffinity(0)) < 2:
        yield None
        return
    made = Thinking(schemes)
    await made._begin()
    try:
        yield made
    finally:
        await made.close()
