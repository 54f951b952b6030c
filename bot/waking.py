"""What comes by itself: hands to conversations what waits for them, times that came and steps of officers.

The rules
 1. Each has its effect once, in whichever process: the store refuses the second (`Due.inbound`).
 2. Those of one conversation are taken in their order; one that fails is tried again at the next look.
 3. How a channel is woken stands in `ways`. What has no way here is left for the process that has that channel; and
    for a minute what is of an organisation without a bot here, since who has it knows how its buttons are made.
 4. A look costs one query of what is due, and a turn for each.
"""

import os
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.channels import part as telegram
from bot.channels import showing as telegram_showing
from bot.conversation import Deliver
from bot.web import showing
from bot.web.services import Part, Services
from locales import Rendered
from storage.errors import StoreError
from storage.records import Address, Draft, Due

EVERY = 1.0
"""Seconds between two looks."""

TOGETHER = 100
"""So many are fetched at a time."""

PATIENCE = timedelta(minutes=1)
"""So long what is of an organisation without a bot here is left to the process that may have it."""

LOG = structlog.get_logger("gehoord.waking")

Beside = Callable[[Draft, tuple[Rendered, ...]], bytes]


Way = Callable[[Address], tuple[Deliver, Beside]]
"""How a conversation of a channel is woken: whether, and how, what is said goes out by the outbox; and what makes what
the channel keeps with the conversation."""


class Elsewhere:
    """What is left to another process for now: of organisations whose bot is not `here` (their ids by channel)."""

    def __init__(self, here: Mapping[str, Collection[str]] | None = None) -> None:
        self._here = here or {}
        self._since: dict[tuple[Address, str], datetime] = {}

    def has(self, due: Due, now: datetime) -> bool:
        """Whether this is left, for `PATIENCE` from when it was seen first."""
        here = self._here.get(due.address.channel)
        if here is None or due.address.scheme in here:
            return False
        return now - self._since.setdefault((due.address, due.inbound), now) < PATIENCE

    def only(self, waiting: Collection[tuple[Address, str]]) -> None:
        """The rest waits no more."""
        self._since = {key: since for key, since in self._since.items() if key in waiting}


def _keys(of: Services) -> dict[str, bytes]:
    """By what the buttons of each organisation that has a bot here are made."""
    ids = of.schemes.ids()
    try:
        settings = telegram.settings(os.environ, ids)
    except telegram.Wrong:
        settings = ()
    return {id: telegram_showing.key_of(one.token) for one in settings for id in one.organisations(ids)}


def ways(of: Services) -> dict[str, Way]:
    """The channels that this process wakes."""
    found: dict[str, Way] = {"web": lambda _: (False, _page)}
    keys = _keys(of)
    if keys:  # an organisation whose bot is gone is woken too: what is said waits until it has one again

        def on_telegram(address: Address) -> tuple[Deliver, Beside]:
            key = keys.get(address.scheme, b"")
            face = telegram_showing.Face(key, address.key, doors=of.site.https)
            return face.outgoing, face.beside

        found["telegram"] = on_telegram
    return found


def _page(draft: Draft, said: tuple[Rendered, ...]) -> bytes:
    """The page of a web chat grows by what is said; that nobody was there to read it does not make it used."""
    page = showing.page_of(draft)
    if not said:
        return draft.beside
    grown = showing.grown(page, "", said, page.at)
    return showing.keep(msgspec.structs.replace(grown, left=page.left))


async def wake(of: Services, by: Mapping[str, Way], elsewhere: Elsewhere | None = None) -> int:
    """Hand over all that is due; returns how many had their effect here. `elsewhere` is kept from look to look."""
    taken, elsewhere = 0, elsewhere or Elsewhere()
    passed: set[tuple[Address, str]] = set()
    while True:
        due = await of.store.wakes(of.clock(), TOGETHER + len(passed))
        new = [one for one in due if (one.address, one.inbound) not in passed]
        if not new:
            elsewhere.only(passed)
            return taken
        for one in new:
            passed.add((one.address, one.inbound))
            way = by.get(one.address.channel)
            if way is not None and not elsewhere.has(one, of.clock()):
                taken += await _hand_over(of, one, way)


async def _hand_over(of: Services, due: Due, way: Way) -> bool:
    """Whether it had its effect now."""
    try:
        deliver, beside = way(due.address)
        kept = await of.conversations.handle(
            due.address, due.event, platform=due.address.channel, inbound=due.inbound, deliver=deliver,
            beside=beside,
        )  # fmt: skip
        if kept.first is not None:  # whoever delivers for this channel may do so at once
            await of.store.postpone(kept.first, of.clock())
    except StoreError as error:
        LOG.error("not woken", channel=due.address.channel, error=type(error).__name__)
        return False
    return not kept.duplicate


def waking(of: Services) -> Part:
    """The part of `gehoord serve` that comes back to clients by itself."""
    by, elsewhere = ways(of), Elsewhere({"telegram": _keys(of)})

    async def run() -> None:
        while True:
            try:
                await wake(of, by, elsewhere)
            except StoreError as error:
                LOG.error("nothing woken", error=type(error).__name__)
            await of.store.stirred(EVERY)

    return Part(
        "waking", on=True, why=f"questions clients wished for, officers' steps: {', '.join(by)}", run=run
    )
