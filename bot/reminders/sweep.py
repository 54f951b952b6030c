"""One sweep: what is due becomes mails, one for each officer, and they are put on their way together.

The rules
 1. Nothing is told outside the hours of the organisation, but danger where the scheme says so.
 2. Several rungs of one term that came while nothing ran are told once: the last, with the earlier ones as missed.
    Who asked to hear of it later, and hears of such a rung now, is not told twice.
 3. What is due for one officer at one moment is one mail. What is urgent is a mail of its own.
"""

import secrets
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import structlog

from bot.reminders import choosing, post
from bot.reminders.choosing import Circle, Staff
from bot.schemes import Schemes, UnknownScheme
from flows.reminding import LATER, ORDER, is_open, next_opening
from flows.scheme import Scheme
from storage.duties import start_of
from storage.errors import Conflict, UnknownCase
from storage.records import Notice, Officer
from storage.reminding import ADDRESS, DueRung, Item, Kind, Mail
from storage.store import Store

LOG = structlog.get_logger("gehoord.reminders")

DAY = timedelta(days=1)
"""So long the reminders of an organisation wait whose file is gone."""

EVERYBODY = frozenset({"new_case", "handler_needed"})
"""What all hear who can read the case; of the rest only the handler."""

Found = dict[tuple[str, str, Kind], list[Item]]
"""What is to be told, by scheme, officer and kind of mail."""


async def sweep(store: Store, schemes: Schemes, now: datetime) -> int:
    """Look for what is due and put it on its way; returns how many mails. Of several processes one does it."""
    if not await store.stirring(now):
        return 0
    lease = await store.begin_sweep(now)
    if lease is None:
        return 0
    try:
        return await _swept(store, schemes, now, lease)
    except Conflict:
        return 0
    finally:
        await store.end_sweep(lease)


async def _swept(store: Store, schemes: Schemes, now: datetime, lease: int) -> int:
    looking = Looking(store, schemes, now)
    due = await store.due_rungs(now)
    told: list[DueRung] = []
    terms: dict[tuple[str, str], list[DueRung]] = defaultdict(list)
    shut: dict[str, list[DueRung]] = defaultdict(list)
    for rung in due:
        scheme = looking.scheme(rung.scheme)
        if scheme is not None and is_open(now, scheme.office):
            terms[rung.number, rung.term].append(rung)
        else:
            shut[rung.scheme].append(rung)
    for id, waiting in shut.items():
        scheme = looking.scheme(id)
        await store.put_off(waiting, next_opening(now, scheme.office) if scheme is not None else now + DAY)
    for rungs in terms.values():
        await looking.term(rungs)
        told += rungs
    news = [notice async for notice in waiting_notices(store) if await looking.news(notice)]
    mails = looking.mails()
    if told or news:
        await store.post(lease, mails, told, news, now=now)
    return len(mails)


async def waiting_notices(store: Store) -> AsyncIterator[Notice]:
    """All notices that were not told: however many wait for an office to open, the next may be urgent elsewhere."""
    after = 0
    while page := await store.notices(after=after):
        for notice in page:
            yield notice
        after = page[-1].id


SILENCE = frozenset({"client_not_contacted", "client_no_outcome"})
"""What a client says who heard nothing: that is for the manager, and they were told so."""


class Looking:
    """What one sweep knows: organisations, their staff, and what is to be told to whom."""

    def __init__(self, store: Store, schemes: Schemes, now: datetime) -> None:
        self._store = store
        self._schemes = schemes
        self._now = now
        self._staff: dict[str, Staff] = {}
        self._found: Found = defaultdict(list)

    def scheme(self, id: str) -> Scheme | None:
        """The organisation, or None when its file is gone."""
        try:
            return self._schemes.load(id)
        except UnknownScheme:
            LOG.error("a case belongs to a scheme that is not there", scheme=id)
            return None

    async def circle(self, number: str, term: str, scheme: Scheme) -> Circle:
        """Who may hear of a case; of a duty of the organisation, who sees to that `term`."""
        if scheme.id not in self._staff:
            self._staff[scheme.id] = await choosing.staff(self._store, scheme.id, self._now)
        if start_of(number) is not None:
            return choosing.whole(term, scheme, self._staff[scheme.id])
        return choosing.circle(await self._store.bearings(number), scheme, self._staff[scheme.id])

    async def term(self, rungs: list[DueRung]) -> None:
        """The rungs of one term that are due now: the last is told, the earlier ones as missed (rule 2)."""
        first = rungs[0]
        scheme = self.scheme(first.scheme)
        assert scheme is not None
        who = await self.circle(first.number, first.term, scheme)
        ladder: dict[str, tuple[str, ...]] = {rung.id: rung.to for rung in scheme.reminders.ladder}
        came = sorted((one for one in rungs if one.rung != LATER), key=lambda one: ORDER.index(one.rung))
        # Each rung names its own people; who would have heard of a missed one hears of the last.
        to = tuple(dict.fromkeys(name for rung in came for name in ladder.get(rung.rung, ("handler",))))
        told = dict.fromkeys(who.told(to), came[-1]) if came else {}
        for rung in rungs:
            if rung.rung == LATER:
                asked = (rung.officer,) if rung.officer in who.order() else who.told(("handler",))
                told = dict.fromkeys(asked, rung) | told
        missed = tuple(rung.rung for rung in came[:-1])
        for officer, rung in told.items():
            also = tuple(other for other in told if other != officer)
            before = () if rung.rung == LATER else missed
            item = Item(rung.number, rung.term, rung.rung, rung.date, before, also)
            self._found[scheme.id, officer, "digest"].append(item)
        if not told:
            LOG.error("nobody is left to remind", scheme=scheme.id, term=first.term, rung=rungs[-1].rung)

    async def news(self, notice: Notice) -> bool:
        """Something happened on a case: told now (True), or when the office opens."""
        scheme = self.scheme(notice.scheme)
        if scheme is None:
            return False
        always = notice.urgent and scheme.reminders.urgent == "always"
        if not always and not is_open(self._now, scheme.office):
            return False
        try:
            who = await self.circle(notice.number, "", scheme)
        except UnknownCase:  # it was destroyed: nothing is left to tell
            return True
        if notice.role == "manager" and notice.what in SILENCE:
            told = who.told(("manager",))
        else:
            told = who.told(("handler", "stand_in") if notice.what in EVERYBODY else ("handler",))
        kind: Kind = "urgent" if notice.urgent else "digest"
        for officer in told:
            also = tuple(other for other in told if other != officer)
            item = Item(notice.number, notice.what, also=also)
            if item not in self._found[scheme.id, officer, kind]:
                self._found[scheme.id, officer, kind].append(item)
        if not told:
            LOG.error("nobody is left to tell", scheme=scheme.id, what=notice.what)
        return True

    def mails(self) -> list[Mail]:
        """A mail for each officer (rule 3), with an id that it keeps."""
        return [
            Mail(secrets.token_hex(12), scheme, officer, kind, tuple(items), self._now)
            for (scheme, officer, kind), items in self._found.items()
        ]


async def instead(store: Store, schemes: Schemes, mail: Mail, now: datetime) -> list[Mail]:
    """Mails to those who come next when this one cannot reach its officer; nobody is told the same twice."""
    looking = Looking(store, schemes, now)
    scheme = looking.scheme(mail.scheme)
    past = (*mail.past, mail.officer)
    found: dict[str, list[Item]] = defaultdict(list)
    for item in mail.items if scheme is not None else ():
        assert scheme is not None
        order = (await looking.circle(item.number, item.what, scheme)).order()
        chosen = next((id for id in order if id not in past and id not in item.also), None)
        if chosen is not None:
            found[chosen].append(item)
    return [
        Mail(secrets.token_hex(12), mail.scheme, officer, mail.kind, tuple(items), now, past)
        for officer, items in found.items()
    ]


def address_of(scheme: Scheme, officers: tuple[Officer, ...], id: str) -> str | None:
    """Where mail for this officer goes, or for the scheme's own address; None when there is no such place."""
    if id == ADDRESS:
        told = scheme.contacts.get(scheme.reminders.if_nobody or "")
        return told.email if told is not None else None
    contact = next((one.contact for one in officers if one.id == id and one.state == "active"), "")
    return contact if post.is_written(contact) else None
