"""The one place where the core and I/O meet: load, advance, commit, deliver.

Every channel hands its events to `Conversations.handle`. Messages of one conversation are taken one after the
other; a turn that finds the conversation changed by another process is taken again on what it finds. A duplicate
is answered with `Kept.duplicate`: acknowledge it, say nothing.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple
from weakref import WeakValueDictionary

import msgspec

from bot.line.readers import readers, truthful
from bot.schemes import Schemes
from bot.talk import Exchange
from bot.thinking import Thinking
from bot.typed import meant
from flows import greeting
from flows.effects import OpenCase, PassOn
from flows.engine import advance, refused
from flows.events import Claimed, Event, Happened, Said
from flows.scheme import Scheme
from flows.session import Fresh, Session, Turn, decode
from locales import Rendered, render
from storage.errors import Conflict, DiskFull, Duplicate, NoRecipient, NoRecovery, NumberTaken, UnknownCase
from storage.records import Address, Draft, Parcel
from storage.store import Store

TRIES = 6
"""So often a turn is taken again when another process was first, or a number was taken."""


Deliver = bool | Callable[[Draft, tuple[Rendered, ...]], Sequence[bytes]]
"""Whether what is said goes into the outbox, or what goes there instead: made from the draft and what was said."""


class Kept(msgspec.Struct, frozen=True):
    """A turn that is durably kept: what was said, and the first message to deliver where a channel delivers."""

    exchange: Exchange
    first: Parcel | None = None
    duplicate: bool = False


class _Coming(NamedTuple):
    """How a turn comes in: the arguments of `Conversations.handle` that its tries share."""

    address: Address
    platform: str
    locale: str | None
    deliver: Deliver
    beside: Callable[[Draft, tuple[Rendered, ...]], bytes] | None
    received: datetime | None


class Conversations:
    """All conversations of one process, over one store."""

    def __init__(
        self,
        store: Store,
        schemes: Schemes,
        now: Callable[[], datetime],
        fresh: Callable[[], Fresh],
        thinking: Thinking | None = None,
    ) -> None:
        self.store = store
        self._thinking = thinking
        self.schemes = schemes
        self._now = now
        self._fresh = fresh
        self._turns: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    async def session(self, address: Address) -> Session | None:
        """The session as it stands, or None for a conversation that has not begun or was wiped."""
        return (await self.store.load(address)).session

    async def locale(self, address: Address) -> str:
        """The language that is spoken there, as far as this process knows; Dutch where nobody has spoken."""
        session = (await self.store.load(address, recent=True)).session
        return session.locale if session is not None else "nl"

    async def handle(
        self,
        address: Address,
        event: Event,
        *,
        platform: str,
        locale: str | None = None,
        inbound: str | None = None,
        deliver: Deliver = False,
        beside: Callable[[Draft, tuple[Rendered, ...]], bytes] | None = None,
        received: datetime | None = None,
        greet: Event | None = None,
    ) -> Kept:
        """Takes one turn and keeps it.

        `inbound` is the platform's id of the message: with it, the event has its effect exactly once. `deliver`
        puts what is said into the outbox, for channels that send; others show `Kept.exchange.said`. `beside`
        makes what the channel keeps with the conversation from the draft and what was said. `received` is when it
        came in where that was before now, as a letter does: days are read and terms counted from then. `greet` is
        taken first, as a turn of its own, where no conversation stands.
        Raises what the store raises beyond what is answered here (`storage.errors`).
        """
        lock = self._turns.setdefault(address, asyncio.Lock())
        coming = _Coming(address, platform, locale, deliver, beside, received)
        first: Parcel | None = None
        async with lock:
            for attempt in range(TRIES):
                try:
                    draft = await self.store.load(address, recent=True)
                    if draft.session is None and greet is not None:
                        greeted = await self._once(coming, draft, greet, inbound and f"{inbound}:start")
                        first = first or greeted.first
                        draft = await self.store.load(address, recent=True)
                    kept = await self._once(coming, draft, event, inbound)
                    return kept if first is None else msgspec.structs.replace(kept, first=first)
                except (Conflict, NumberTaken):
                    if attempt == TRIES - 1:
                        raise
        raise AssertionError("the loop returns or raises")

    async def _once(self, coming: _Coming, draft: Draft, event: Event, inbound: str | None) -> Kept:
        scheme = self.schemes.load(coming.address.scheme)
        session = draft.session or greeting.begin(scheme, coming.platform, coming.locale)
        event = meant(session, await self._claimed(coming.address, session, event))
        if inbound is not None:  # it comes from the store, which kept the officer's turn before
            event = await self._stood(session, event)
        now = self._now()
        turn, said = await self._advanced(scheme, session, event, coming.received or now)
        try:
            return await self._commit(coming, draft, turn, said, inbound, now)
        except Duplicate:
            return Kept(Exchange(session), duplicate=True)
        except (NoRecipient, NoRecovery, DiskFull) as error:
            if not any(isinstance(effect, OpenCase | PassOn) for effect in turn.effects):
                raise  # nothing was to be sent: who said it sends it again, so that it is kept after all
            turn = refused(scheme, session, now, type(error).__name__)
            return await self._commit(coming, draft, turn, _rendered(turn), inbound, now)

    async def _advanced(
        self, scheme: Scheme, session: Session, event: Event, now: datetime
    ) -> tuple[Turn, tuple[Rendered, ...]]:
        """The turn and what it says: of a text made in the process beside, if there is one."""
        fresh = self._fresh()
        if self._thinking is not None and isinstance(event, Said):
            found = await self._thinking.think(scheme, session, event, now, fresh)
            if found is not None:
                thought, lineless = found
                if lineless is not None and not await readers(self.store, scheme):
                    thought = lineless
                turn = Turn(decode(thought.session), (), thought.effects, thought.danger, thought.error)
                return turn, thought.said
        turn = await truthful(self.store, scheme, advance(scheme, session, event, now, fresh))
        return turn, _rendered(turn)

    async def _claimed(self, address: Address, session: Session, event: Event) -> Event:
        """A claim code that the client typed is looked up; anything else they say goes to the core as it is."""
        if session.state != "code" or not isinstance(event, Said):
            return event
        words = " ".join(event.text.lower().split())
        return await self.claimed(address.scheme, words) or event

    async def claimed(self, scheme: str, code: str) -> Claimed | None:
        """The case that this claim code proves to be one's own, with what was written to them; None when it is none."""
        case = await self.store.case_for(scheme, code) if len(code.split()) >= 3 else None
        return Claimed(case, await self.store.writings(case.number, code)) if case is not None else None

    async def _stood(self, session: Session, event: Event) -> Event:
        """An officer's step comes with the case as it stands: their own turn counted its terms already."""
        if not isinstance(event, Happened) or session.case is None or not session.case.number:
            return event
        try:
            return msgspec.structs.replace(event, case=await self.store.filed(session.case.number))
        except UnknownCase:
            return event

    async def _commit(
        self,
        coming: _Coming,
        draft: Draft,
        turn: Turn,
        said: tuple[Rendered, ...],
        inbound: str | None,
        now: datetime,
    ) -> Kept:
        deliver = coming.deliver
        outgoing = deliver(draft, said) if callable(deliver) else _each(said) if deliver else []
        page = coming.beside(draft, said) if coming.beside else b""
        kept = await self.store.commit(
            coming.address, draft.version, turn, outgoing, inbound, now=now, beside=page
        )
        return Kept(Exchange(turn.session, said, turn.effects, turn.danger, turn.error), kept.first)


def _rendered(turn: Turn) -> tuple[Rendered, ...]:
    return tuple(render(message, turn.session.locale) for message in turn.messages)


def _each(said: tuple[Rendered, ...]) -> list[bytes]:
    return [msgspec.json.encode(message) for message in said]
