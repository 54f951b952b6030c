"""A conversation at arm's length: an event goes in, words come out. The terminal and transcripts talk to this."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot import clock
from bot.typed import meant
from flows import greeting
from flows.effects import Effect, Forget, OpenCase, Wake
from flows.engine import advance
from flows.events import Claimed, Event, Filed, Said, TimePassed
from flows.scheme import Scheme
from flows.session import Fresh, Session, Turn, decode, encode
from locales import Rendered, render
from storage.remains import after


class NoLine(ValueError):
    """No line is open in this talk."""


class LineState(msgspec.Struct, frozen=True):
    """A line of this talk: whether there is one by now, and how much of what the client wrote nobody has read."""

    open: bool
    unread: int


class Exchange(msgspec.Struct, frozen=True):
    """What one event, or the passing of time, brought: the session after it, what was said and ordered.

    `line` is None where no line was begun.
    """

    session: Session
    said: tuple[Rendered, ...] = ()
    effects: tuple[Effect, ...] = ()
    danger: tuple[str, ...] = ()
    error: str | None = None
    line: LineState | None = None


class Talk(Protocol):
    """One conversation, wherever it is kept."""

    async def handle(self, event: Event) -> Exchange:
        """Let this event come in."""

    async def wait(self, by: timedelta) -> Exchange:
        """Let time pass; what was to come in that time comes."""


class Rehearsal:
    """A conversation that is kept nowhere: for transcripts. Time stands still but for `wait`.

    The session is saved and read back between every two turns, so that a rehearsal finds what would not survive. It
    forgets what the store forgets: what was told when it was filed or wiped, and the draft that nobody went on with.
    """

    def __init__(
        self,
        scheme: Scheme,
        now: datetime,
        fresh: Callable[[], Fresh],
        *,
        platform: str = "terminal",
        locale: str | None = None,
    ) -> None:
        self.scheme = scheme
        self.now = now
        self._fresh = fresh
        self._kept = encode(greeting.begin(scheme, platform, locale))
        self._wake: datetime | None = None
        self._cases: dict[str, Filed] = {}

    @property
    def code(self) -> str | None:
        """The claim code that was given last."""
        return next(reversed(self._cases), None)

    @property
    def session(self) -> Session:
        """The session as it was kept."""
        return decode(self._kept)

    async def handle(self, event: Event) -> Exchange:
        """Take one turn."""
        if self.session.state == "code" and isinstance(event, Said):
            words = " ".join(event.text.lower().split())
            event = Claimed(self._cases[words]) if words in self._cases else event
        event = meant(self.session, event)
        turn = advance(self.scheme, self.session, event, self.now, self._fresh())
        said = tuple(render(message, turn.session.locale) for message in turn.messages)
        exchange = Exchange(turn.session, said, turn.effects, turn.danger, turn.error)
        self._keep(turn)
        return exchange

    async def wait(self, by: timedelta) -> Exchange:
        """Let time pass: what the conversation asked to be woken for comes at its own moment."""
        until = clock.later(self.now, by)
        exchanges = []
        while self._wake is not None and self._wake <= until:
            self.now, self._wake = max(self.now, self._wake), None
            exchanges.append(await self.handle(TimePassed()))
        self.now = until
        exchanges.append(await self.handle(TimePassed()))
        return joined(exchanges)

    def _keep(self, turn: Turn) -> None:
        self._kept = encode(after(turn))
        for effect in turn.effects:
            match effect:
                case Wake():
                    self._wake = datetime.fromisoformat(effect.at)
                case Forget():
                    self._wake = None
                case OpenCase():
                    assert turn.session.case is not None
                    self._cases[effect.claim_code] = turn.session.case
                case _:
                    pass


def joined(exchanges: list[Exchange]) -> Exchange:
    """Several exchanges as one: the last session, all that was said."""
    return Exchange(
        exchanges[-1].session,
        tuple(message for exchange in exchanges for message in exchange.said),
        tuple(effect for exchange in exchanges for effect in exchange.effects),
        tuple(dict.fromkeys(kind for exchange in exchanges for kind in exchange.danger)),
        next((exchange.error for exchange in exchanges if exchange.error), None),
    )
