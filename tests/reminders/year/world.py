"""A year in some organisations: complaints that come in, officers who do as people do, and what then stands.

Everything is done on the real store and, for the links of a mail, on the real desk. Beside it is kept what a bystander
would know: which terms run since when, who reads a case, who was involved, who is away, who was told that it is theirs.
"""

import heapq
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import msgspec

from bot.desk import acting, keeping
from flows import terms
from flows.effects import Effect, Note, Notify
from flows.events import Deadline, Filed, Happened
from flows.scheme import Scheme
from flows.steps import STEPS
from storage.absences import Absence
from storage.duties import number_of
from storage.officers import Unlocked, new_recovery
from tests.desk.site import PASSWORD, DeskSite
from tests.reminders.owed import HERE, works

ORGANISATIONS = ("blijf-groep", "bij-elkaar", "cjg-kennemerland", "ben-in-de-buurt", "dorpszorg")
"""Those with officers: four that ship, and one of the tests' own that knows hours, extensions and pauses."""

NAMES = ("Saskia Vries", "Karel Bos", "Toos Wiarda")
MANAGER = "Marga Baas"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WHEN_DONE = {"in_time": 0.4, "late": 0.25, "never": 0.15, "by_mail": 0.2}
STARTS = ("solution_agreed", "solution_done", "response_requested", "opinion_received", "paused", "extended")
"""Steps that begin, move or hold a term, and which some officers take besides."""

Deed = Callable[[datetime], Awaitable[None]]


@dataclass
class Person:
    """An officer: where their mail goes, and their key."""

    id: str
    name: str
    role: str
    address: str
    key: Unlocked


@dataclass
class Organisation:
    """Its officers, who came first first; who is away, and whose account was closed."""

    scheme: Scheme
    people: dict[str, Person] = field(default_factory=dict)
    away: dict[str, Absence] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)


@dataclass
class Matter:
    """One complaint, as it stands: `since` says when each running term was set as it is now."""

    number: str
    of: Organisation
    place: str | None
    filed: Filed
    readers: list[str]
    out: set[str]
    style: str
    since: dict[str, datetime] = field(default_factory=dict)
    assigned: str | None = None
    declared: list[str] = field(default_factory=list)
    whole: bool = False
    """Whether it is no complaint but what the whole organisation has to do for a year; the year is its number."""
    watch: Callable[[str, datetime], None] = lambda *_: None
    """Hears of every step that is taken."""
    plain: bool = False
    """Whether a client follows it: then its officers take no other steps."""

    def term(self, id: str) -> Deadline | None:
        """The term as it runs now."""
        return next((item for item in self.filed.deadlines if item.id == id), None)

    def able(self) -> list[str]:
        """Who may work on it."""
        return [id for id in self.of.people if id in self.readers and id not in self.out | self.of.closed]


class World:
    """All of it. `changed` and `news` are told what a bystander would write down."""

    def __init__(self, site: DeskSite, chance: random.Random, begin: datetime, end: datetime) -> None:
        self.site, self.chance, self.begin, self.end = site, chance, begin, end
        self.organisations: dict[str, Organisation] = {}
        self.matters: dict[str, Matter] = {}
        self.changed: Callable[[Matter, str, datetime], None] = lambda *_: None
        self.news: Callable[[Matter, str, bool, datetime], None] = lambda *_: None
        self._events: list[tuple[datetime, int, Deed]] = []
        self._count = 0

    def plan(self, at: datetime, deed: Deed) -> None:
        """Something happens then."""
        self._count += 1
        heapq.heappush(self._events, (at.replace(second=0, microsecond=0), self._count, deed))

    async def pass_until(self, moment: datetime) -> None:
        """What happens before this moment happens."""
        while self._events and self._events[0][0] < moment:
            at, _, deed = heapq.heappop(self._events)
            self.site.now = max(at, self.site.now)
            await deed(self.site.now)
        self.site.now = max(moment, self.site.now)

    def moment(self, first: datetime, last: datetime) -> datetime:
        """Any minute between these."""
        minutes = max(int((last - first) / MINUTE), 1)
        return first + self.chance.randrange(minutes) * MINUTE

    async def open(self, scheme: str) -> Organisation:
        """An organisation with three readers and a manager."""
        store, of = self.site.store, Organisation(self.site.schemes.load(scheme))
        self.organisations[scheme] = of
        assert of.scheme.recipient is not None
        public, secret = new_recovery()
        await store.set_recovery(scheme, public, secret, now=self.begin)
        role = of.scheme.recipient.role
        staff = [*((name, role) for name in NAMES), (MANAGER, "manager")]
        for place, (name, role) in enumerate(staff):
            at = self.begin - (10 - place) * HOUR
            address = f"{name.split()[0].lower()}@{scheme}.example.org"
            one = await store.add_officer(scheme, role, name, PASSWORD, address, now=at)
            if of.people:
                await store.approve(one.id, next(iter(of.people.values())).key, now=at)
            key = await store.unlock(one.id, PASSWORD, now=at)
            of.people[one.id] = Person(one.id, name, role, address, key)
        self.site.keys[scheme] = next(iter(of.people.values())).key
        return of

    def yearly(self, scheme: str, year: int) -> None:
        """What this organisation has to do for a year that is over, and perhaps does."""
        of = self.organisations[scheme]
        assert of.scheme.recipient is not None
        due = terms.start(of.scheme, "year_end", date(year, 12, 31))
        readers = [id for id, one in of.people.items() if one.role == of.scheme.recipient.role]
        filed = Filed(str(year), "received", due, "")
        made = Matter(str(year), of, None, filed, readers, set(), "never", whole=True)
        self.matters[made.number] = made
        self._settled(made, msgspec.structs.replace(filed, deadlines=()), self.begin)
        if self.chance.random() < 0.5:
            self.plan(self.moment(self.begin, self.end), self._evaluate(made))

    def _evaluate(self, matter: Matter) -> Deed:
        async def evaluating(now: datetime) -> None:
            (item,) = matter.filed.deadlines
            number, by = number_of(matter.of.scheme.id, item.why.start), matter.able()[0]
            assert await self.site.store.meet_duty(number, item.id, by, now=now)
            before = matter.filed
            matter.filed = msgspec.structs.replace(before, deadlines=())
            self._settled(matter, before, now)

        return evaluating

    async def file(self, of: Organisation, number: str, style: str) -> None:
        """A complaint comes in, by somebody who may refuse an officer."""
        chance, scheme = self.chance, of.scheme
        nobody = chance.random() < 0.05
        refused = [MANAGER] if nobody else [one for one in (*NAMES, MANAGER) if chance.random() < 0.04]
        if all(name in refused for name in NAMES):
            refused.pop()
        place = chance.choice(scheme.locations).id if scheme.locations else None
        where = {"location": place} if place else {}
        await self.site.file(scheme.id, number, refused=tuple(refused), **where)
        await self.came(of, number, place, style, refused, urgent=chance.random() < 0.1)
        if nobody:
            for id in list(self.matters[number].readers):
                self.plan(
                    self.moment(self.site.now, self.site.now + 2 * DAY),
                    self._involved(self.matters[number], id),
                )

    async def came(
        self,
        of: Organisation,
        number: str,
        place: str | None,
        style: str,
        refused: list[str],
        *,
        urgent: bool | None,
        plain: bool = False,
    ) -> Matter:
        """A complaint stands in the store; `urgent` is None where the conversation told of it by itself."""
        assert of.scheme.recipient is not None
        out = {id for id, one in of.people.items() if one.name in refused}
        readers = [
            id for id, one in of.people.items()
            if one.role == of.scheme.recipient.role and id not in out | of.closed
        ]  # fmt: skip
        made = Matter(
            number, of, place, await self.site.store.filed(number), readers, out, style, plain=plain
        )
        self.matters[number] = made
        if urgent is not None:
            told = Notify(number, of.scheme.recipient.role, "new_case", urgent=urgent)
            await self.site.store.act(number, of.people[readers[0]].key, (told,), now=self.site.now)
        self.news(made, "new_case", bool(urgent), self.site.now)
        self._settled(made, Filed(number, "received", (), made.filed.filed_on), self.site.now)
        if self.chance.random() < 0.5:
            self.plan(self.site.now + self.chance.randrange(1, 60) * HOUR, self._assign(made))
        if self.chance.random() < 0.08:
            who = self.chance.choice(readers)
            self.plan(self.site.now + self.chance.randrange(1, 400) * HOUR, self._involved(made, who))
        return made

    def _settled(self, matter: Matter, before: Filed, now: datetime) -> None:
        """The terms of a case changed: who watches is told, and officers plan what they do about it."""
        old = {item.id: item for item in before.deadlines}
        for item in matter.filed.deadlines:
            if old.get(item.id) != item:
                matter.since[item.id] = now
                self.changed(matter, item.id, now)
                self._intend(matter, item, now)
        left = {item.id for item in matter.filed.deadlines}
        for id in old:
            if id not in left:
                matter.since.pop(id, None)
                self.changed(matter, id, now)

    def _intend(self, matter: Matter, item: Deadline, now: datetime) -> None:
        rule = next(
            (one for one in terms.rules_of(matter.of.scheme, matter.place) if one.id == item.id), None
        )
        last = datetime.combine(date.fromisoformat(item.date), datetime.min.time(), HERE)
        if rule is None or matter.style in ("never", "by_mail") or rule.who in ("client", "commission"):
            return
        ends = (
            last + 16 * HOUR
            if matter.style == "in_time"
            else last + self.chance.randrange(24, 15 * 24) * HOUR
        )
        first = now if matter.style == "in_time" else last + DAY
        self.plan(self.moment(first + MINUTE, max(ends, first + HOUR)), self._step(matter, rule.ends))
        if matter.plain:
            return
        for id in STARTS:
            if self.chance.random() < 0.25:
                self.plan(self.moment(now + MINUTE, max(last, now + DAY)), self._step(matter, id))

    def _step(self, matter: Matter, id: str) -> Deed:
        """An officer who may takes a step, as the desk does; what is impossible by now is left."""

        async def taking(now: datetime) -> None:
            able = matter.able()
            if not able or matter.filed.status in ("closed", "withdrawn"):
                return
            who = matter.assigned if matter.assigned in able else self.chance.choice(able)
            day = now.date() + self.chance.randrange(1, 40) * DAY
            on = day if id in ("solution_agreed", "solution_done") else None
            before = matter.filed
            try:
                after = terms.step(
                    before, matter.of.scheme, id, now.astimezone(HERE), on, reason="drukte", location=matter.place
                )  # fmt: skip
            except terms.TermError:
                return
            orders: list[Effect] = [*acting.changes(before, after, id)]
            if who not in matter.declared:
                orders.append(Note(matter.number, acting.OWN))
                matter.declared.append(who)
            status = after.status if after.status != before.status else None
            await self.site.store.act(
                matter.number, matter.of.people[who].key, orders, Happened(id), status=status, now=now
            )
            matter.filed = after
            matter.watch(id, now)
            self._settled(matter, before, now)
            if id == "paused" and any(item.why.paused_since for item in after.deadlines):
                self.plan(now + self.chance.randrange(24, 400) * HOUR, self._step(matter, "resumed"))

        assert id in STEPS
        return taking

    def stepped(self, matter: Matter, id: str, who: str, now: datetime) -> None:
        """An officer took a step by a link of a mail: what then stands, as a bystander reckons it."""
        before = matter.filed
        matter.filed = terms.step(before, matter.of.scheme, id, now.astimezone(HERE), location=matter.place)
        if who not in matter.declared:
            matter.declared.append(who)
        self._settled(matter, before, now)

    def _assign(self, matter: Matter) -> Deed:
        async def assigning(now: datetime) -> None:
            if able := matter.able():
                matter.assigned = self.chance.choice(able)
                note = Note(matter.number, f"{keeping.ASSIGNED}{matter.assigned}")
                await self.site.store.act(matter.number, matter.of.people[able[0]].key, (note,), now=now)

        return assigning

    def _involved(self, matter: Matter, who: str) -> Deed:
        """An officer finds that they had a part in it, and says so."""

        async def declaring(now: datetime) -> None:
            if who not in matter.able():
                return
            others = [id for id in matter.able() if id != who]
            orders: list[Effect] = [Notify(matter.number, "manager", "handler_needed", urgent=True)]
            if others and matter.assigned == who:
                matter.assigned = self.chance.choice(others)
                orders.append(Note(matter.number, f"{keeping.ASSIGNED}{matter.assigned}"))
            key = matter.of.people[who].key
            await self.site.store.withdraw_reader(matter.number, who, key, orders, now=now)
            matter.readers.remove(who)
            matter.out.add(who)
            self.news(matter, "handler_needed", True, now)

        return declaring

    def away(self, of: Organisation, who: str, first: date, last: date) -> Deed:
        """An officer is not there for some days; a colleague takes over."""

        async def leaving(now: datetime) -> None:
            mine = of.people[who]
            others = [
                id for id, one in of.people.items() if id not in {who} | of.closed and one.name != MANAGER
            ]
            if who not in of.closed:
                of.away[who] = Absence(first, last, self.chance.choice(others))
                await self.site.store.announce(of.away[who], mine.key, now=now)

        return leaving

    def closes(self, of: Organisation, who: str) -> Deed:
        """An officer leaves: their account is closed."""

        async def closing(now: datetime) -> None:
            by = next(one.key for id, one in of.people.items() if id != who and id not in of.closed)
            await self.site.store.disable(who, now=now, by=by)
            of.closed.add(who)

        return closing

    def workdays(self, of: Organisation) -> list[date]:
        """The days on which this organisation works."""
        days = (self.end.date() - self.begin.date()).days
        return [day for n in range(days) if works(day := self.begin.date() + n * DAY, of.scheme.office)]
