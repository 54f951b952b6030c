"""The process that reads texts beside the one that serves: ``python -m bot.thinker SOCKET [SCHEMES]``.

It has nothing but the core and the words: no store, no key, no network and none of the secrets of its parent. It
answers what it is asked on the socket it was given, keeps nothing, and ends when that closes. What goes over it is
four bytes of length and MessagePack: batches of `Asked` one way, `Answered` the other.
"""

import gc
import resource
import signal
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from bot.schemes import Schemes
from flows.effects import Effect
from flows.engine import advance
from flows.events import Said
from flows.line import leads, without
from flows.session import Fresh, Turn, decode, encode
from locales import Rendered, render
from locales import warm as warm_words

LENGTH = struct.Struct(">I")
"""How long the frame is that follows, in bytes."""

TOGETHER = 8
"""So many answers go back together; fewer when nothing else waits."""


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """A turn to be made of a text: the arguments of `flows.engine.advance`. `session` is encoded; `now` is ISO.

    `hash` is that of the scheme: one whose file was changed since is not read by half.
    """

    id: int
    scheme: str
    hash: str
    session: bytes
    event: Said
    now: str
    number: str
    claim_code: str


class Thought(msgspec.Struct, frozen=True, array_like=True):
    """A turn with its messages in words. `session` is encoded."""

    session: bytes
    said: tuple[Rendered, ...]
    effects: tuple[Effect, ...]
    danger: tuple[str, ...]
    error: str | None


class Answered(msgspec.Struct, frozen=True, array_like=True):
    """What came of it: nothing where it failed. `lineless` is what to say where nobody would read a line."""

    id: int
    thought: Thought | None = None
    lineless: Thought | None = None


_BATCHES, _PACK = msgspec.msgpack.Decoder(tuple[Asked, ...]), msgspec.msgpack.Encoder().encode


def frame(body: bytes) -> bytes:
    """A frame of this content."""
    return LENGTH.pack(len(body)) + body


def frames(buffer: bytearray) -> Iterator[bytes]:
    """The contents of the whole frames at the begin of `buffer`, which are taken out of it."""
    at = 0
    while len(buffer) >= at + LENGTH.size:
        end = at + LENGTH.size + LENGTH.unpack_from(buffer, at)[0]
        if len(buffer) < end:
            break
        yield bytes(buffer[at + LENGTH.size : end])
        at = end
    del buffer[:at]


def main() -> None:
    """Answer until the socket closes."""
    from flows.understand import warm  # noqa: PLC0415 (the lists of words)

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves nothing of what people told on the disk
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who closes the socket
    parent = socket.socket(fileno=int(sys.argv[1]))
    schemes = Schemes(Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    warm_words("nl")
    for id in schemes.ids():
        warm(schemes.load(id), "nl")
    gc.freeze()
    with suppress(
        BrokenPipeError, ConnectionResetError
    ):  # the parent is gone: nobody waits for this any more
        parent.sendall(frame(b""))  # ready
        _answer(parent, schemes)


def _answer(parent: socket.socket, schemes: Schemes) -> None:
    buffer = bytearray()
    while _came(parent, buffer):
        _answer_all(
            parent, schemes, buffer
        )  # no name of this function holds what was told while nothing comes


def _came(parent: socket.socket, buffer: bytearray) -> bool:
    """Wait for more; False when there will be none."""
    more = parent.recv(1 << 16)
    buffer += more
    return bool(more)


def _answer_all(parent: socket.socket, schemes: Schemes, buffer: bytearray) -> None:
    """Answer every batch that came whole."""
    for batch in frames(buffer):
        ready = bytearray()
        for number, asked in enumerate(_BATCHES.decode(batch), 1):
            ready += frame(_PACK(_answered(schemes, asked)))
            if number % TOGETHER == 0:
                parent.sendall(ready)
                ready.clear()
        parent.sendall(ready)


def _answered(schemes: Schemes, asked: Asked) -> Answered:
    try:
        scheme, fresh = schemes.load(asked.scheme), Fresh(asked.number, asked.claim_code)
        if scheme.hash != asked.hash:
            return Answered(asked.id)
        turn = advance(scheme, decode(asked.session), asked.event, datetime.fromisoformat(asked.now), fresh)
        lineless = _thought(without(turn)) if leads(turn) else None
        return Answered(asked.id, _thought(turn), lineless)
    except Exception:  # whoever asked does it again, and finds the same error where it can be told
        return Answered(asked.id)


def _thought(turn: Turn) -> Thought:
    said = tuple(render(message, turn.session.locale) for message in turn.messages)
    return Thought(encode(turn.session), said, turn.effects, turn.danger, turn.error)


if __name__ == "__main__":
    main()
