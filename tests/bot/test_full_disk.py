"""A disk that is full while somebody talks: what they say is kept, or they are not answered as if it were."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.chance import fresh
from bot.conversation import Conversations
from bot.kept_talk import keeping
from bot.schemes import Schemes
from flows.events import Chose, Event, Said, Started
from flows.session import Turn
from storage.errors import DiskFull
from storage.opening import open_practice
from storage.records import Address, Committed
from storage.sqlite import SqliteStore
from tests.conversing import WEDNESDAY
from tests.storage.test_writer import limit

SCHEME = "blijf-groep"
SAMIRA = Address("telegram", "4711", SCHEME)
STORY = "Een medewerker lachte mij uit waar iedereen bij was, dat was gisteren in Haarlem, ik ben client."
ANSWERS = ("yes", "skip", "nobody", "no")
"""What is chosen first where it is offered, until it can be sent."""


class Emptied:
    """A store on whose disk is room again as soon as a turn found none."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.failed = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def commit(
        self, address: Address, version: int, turn: Turn, outgoing: Sequence[bytes] = (),
        inbound: str | None = None, *, now: datetime, beside: bytes = b"",
    ) -> Committed:  # fmt: skip
        try:
            return await self._store.commit(address, version, turn, outgoing, inbound, now=now, beside=beside)
        except DiskFull:
            self.failed += 1
            await limit(self._store, pages=100_000)
            raise


@asynccontextmanager
async def talking(data: Path) -> AsyncIterator[tuple[Conversations, Emptied]]:
    """Conversations on such a store, told all but the sending."""
    schemes = Schemes()
    async with open_practice(data, schemes.ids(), lambda id: keeping(schemes, id)) as store:
        emptied = Emptied(store)
        talk = Conversations(emptied, schemes, lambda: WEDNESDAY, fresh)  # type: ignore[arg-type]
        event: Event = Started("telegram")
        offered: set[str] = set()
        while "send" not in offered:
            kept = await talk.handle(SAMIRA, event, platform="telegram")
            offered = {option.id for option in kept.exchange.said[-1].options}
            chosen = next((one for one in ANSWERS if one in offered), None)
            event = Chose((chosen,)) if chosen else Said(STORY)
        await limit(store, pages=0)
        yield talk, emptied


async def test_text_that_could_not_be_kept_is_not_answered_and_counts_when_it_comes_again(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path) as (talk, store):
        told: list[str] = []
        refused = 0
        while not store.failed:
            told.append(f"Het gebeurde ook op dag {len(told)}. " + "Weer lachte hij! " * 60 + "Ja.")
            try:
                await talk.handle(SAMIRA, Said(told[-1]), platform="telegram", inbound=str(len(told)))
            except DiskFull:
                refused += 1
        await talk.handle(SAMIRA, Said(told[-1]), platform="telegram", inbound=str(len(told)))
        session = await talk.session(SAMIRA)

    assert (store.failed, refused) == (1, 1)
    assert session is not None
    assert session.said[-len(told) :] == tuple(told)


async def test_complaint_that_could_not_be_sent_is_said_to_be_unsent_and_stays_as_it_was(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path) as (talk, store):
        before = await talk.session(SAMIRA)
        kept = await talk.handle(SAMIRA, Chose(("send",)), platform="telegram", inbound="8")
        after = await talk.session(SAMIRA)

    assert (store.failed, kept.exchange.error) == (1, "DiskFull")
    assert before is not None
    assert after is not None
    assert (before.state, after.state, after.said) == ("checking", "checking", before.said)
