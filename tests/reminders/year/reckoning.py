"""What was owed, reckoned by a bystander from the words of the rules, and held against what the mail server saw.

Nothing of `flows.reminding` or `bot.reminders` is used. The rules, as `docs/officers.md` has them:

 1. A term is reminded half-way to who has the case, two working days before its last day too, on that day also to who
    stands in, and the working day after it also to the manager. In office hours; not while it stands still; and not of
    a term that the client may use or a commission owes.
 2. Several reminders of a term that came while nothing ran are told once, as missed. Nobody is told of one term twice
    at one moment.
 3. Who has the case: whom it was given to; else who first opened it; else the first of its readers; while they are
    away the colleague who takes over. Nobody who had a part in it, or was refused. When nobody is left, the address
    that the scheme names.
 4. What the whole organisation has to do for a year is told to all who see to it and are there.
 5. A mail that is refused goes to the next at once, one that is put off after two days. Nobody is told the same twice.
"""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from flows import terms, wording
from flows.messages import Phrase
from locales import dates, known, text
from tests.reminders import owed
from tests.reminders.year.mailserver import TAKEN, Answer, Attempt, Line
from tests.reminders.year.world import Matter, Organisation, World

TO = {
    "half_way": ("handler",),
    "before": ("handler",),
    "day": ("handler", "stand_in"),
    "overdue": ("handler", "stand_in", "manager"),
}
ADDRESS = "the address"
PATIENCE = timedelta(days=2)


@dataclass
class Telling:
    """Somebody is to be told something: a rung of a term, or news of a case. `holder` is whose turn it is to hear."""

    matter: Matter
    what: str
    rungs: tuple[str, ...]
    day: str
    holder: str
    since: datetime
    urgent: bool = False
    also: frozenset[str] = frozenset()
    past: list[str] = field(default_factory=list)
    tried: datetime | None = None


@dataclass
class News:
    """Something happened on a case that is told when the office opens, or at once where the scheme says so."""

    matter: Matter
    what: str
    urgent: bool


class Reckoning:
    """The account of a year. `weather` says what became of mail to an address in the round that is reckoned."""

    def __init__(self, world: World) -> None:
        self.count: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._world = world
        self._ladders: dict[tuple[str, str], list[tuple[str, datetime]]] = {}
        self._later: dict[tuple[str, str], dict[str, datetime]] = defaultdict(dict)
        self._news: list[News] = []
        self._waiting: list[Telling] = []
        self._open: deque[Telling] = deque()
        self._ids: dict[str, Answer] = {}
        self._unsure: dict[str, tuple[Line, ...]] = {}
        self._may_repeat: set[str] = set()
        world.changed = self.changed
        world.news = self.news

    def changed(self, matter: Matter, term: str, now: datetime) -> None:
        """A term of a case began, moved, stands still, or is gone: its reminders are those of how it stands now."""
        key = matter.number, term
        self._ladders.pop(key, None)
        self._later.pop(key, None)
        item = matter.term(term)
        rule = next((one for one in terms.rules_of(matter.of.scheme, matter.place) if one.id == term), None)
        if item is None or rule is None or item.why.paused_since or rule.who in ("client", "commission"):
            return
        start, last = date.fromisoformat(item.why.start), date.fromisoformat(item.date)
        self._ladders[key] = owed.ladder(start, last, matter.of.scheme.office, now)

    def news(self, matter: Matter, what: str, urgent: bool, now: datetime) -> None:
        """Something happened of which officers are told."""
        self._news.append(News(matter, what, urgent))

    def wants_later(self, matter: Matter, term: str, who: str, now: datetime) -> None:
        """An officer asked to hear of it once more."""
        self._later[matter.number, term][who] = owed.later(now, matter.of.scheme.office)

    def swept(
        self, now: datetime, tries: list[Attempt], weather: dict[str, Answer], killed: list[datetime]
    ) -> None:
        """The process ran at this moment until all was quiet; this is what the mail server saw of it.

        At these moments it was `killed`.
        """
        self._owe(now)
        taken = self._read(tries, killed)
        troubled = {
            (one.to, line) for one in tries if one.answer in ("busy", "cut") for line in map(_said, one.lines)
        }
        left, self._open = [], deque(self._waiting)
        while self._open:
            telling = self._open.popleft()
            if not self._resolved(telling, now, taken, troubled, weather):
                left.append(telling)
        self._waiting = left
        for (to, line), count in taken.items():
            for _ in range(count):
                if self._was_unsure(line):
                    self.count["repeated_to_the_next"] += 1
                else:
                    self.fault("not_owed", f"{now:%F %H:%M} {to}: {line}")

    def _was_unsure(self, line: Line) -> bool:
        """Whether the process could not know that this was taken before: it was cut off, or killed, after the mail.

        When that mail then cannot be sent again, it goes to the next, who is told the same.
        """
        found = [id for id, lines in self._unsure.items() if any(line[:2] == one[:2] for one in lines)]
        for id in found[:1]:
            self._unsure[id] = tuple(one for one in self._unsure[id] if one[:2] != line[:2])
        return bool(found)

    def _owe(self, now: datetime) -> None:
        for (number, term), ladder in self._ladders.items():
            matter, later = self._world.matters[number], self._later.get((number, term), {})
            came = [rung for rung, at in ladder if at <= now]
            asked = [who for who, at in later.items() if at <= now]
            if not (came or asked) or not owed.at_work(now, matter.of.scheme.office):
                continue
            del ladder[: len(came)]
            to = {name for rung in came for name in TO[rung]}
            told = [*self.told(matter, to, now)] if came else []
            for who in asked:
                del later[who]
                told += [who] if who in self.order(matter, now) else self.told(matter, {"handler"}, now)
            if not came:
                came = ["later"]
            self.count["rungs"] += len(came)
            self.count["missed_told_once"] += len(came) > 1
            item = matter.term(term)
            assert item is not None
            self._tell(matter, term, tuple(came), item.date, list(dict.fromkeys(told)), now)
        kept, same = [], set[tuple[str, str, bool]]()
        for one in self._news:
            always = one.urgent and one.matter.of.scheme.reminders.urgent == "always"
            if not always and not owed.at_work(now, one.matter.of.scheme.office):
                kept.append(one)
                continue
            if (one.matter.number, one.what, one.urgent) in same:  # one line says both
                continue
            same.add((one.matter.number, one.what, one.urgent))
            everybody = one.what in ("new_case", "handler_needed")
            silence = one.what in ("client_not_contacted", "client_no_outcome")
            to = {"handler", "stand_in"} if everybody else {"manager"} if silence else {"handler"}
            told = list(self.told(one.matter, to, now))
            self.count["news"] += 1
            self._tell(one.matter, one.what, (), "", told, now, urgent=one.urgent)
        self._news = kept

    def _tell(
        self, matter: Matter, what: str, rungs: tuple[str, ...], day: str, told: list[str], now: datetime,
        *, urgent: bool = False,
    ) -> None:  # fmt: skip
        self.count["owed"] += len(told)
        self.count["nobody_to_tell"] += not told
        self.count["to_the_address"] += ADDRESS in told
        for who in told:
            also = frozenset(told) - {who}
            self._waiting.append(Telling(matter, what, rungs, day, who, now, urgent, also))

    def _resolved(
        self, one: Telling, now: datetime, taken: Counter[tuple[str, Line]], troubled: set[tuple[str, Line]],
        weather: dict[str, Answer],
    ) -> bool:  # fmt: skip
        """Whether this is settled: told, or not to be told any more."""
        office = one.matter.of.scheme.office
        always = one.urgent and one.matter.of.scheme.reminders.urgent == "always"
        if not self._holds(one):
            self.count["done_meanwhile"] += 1
            return True
        if not always and not owed.at_work(now, office):
            return False
        while True:
            to = self._address(one, now)
            answer = (weather.get("") or weather.get(to, "taken")) if to else "refused"
            line = self._line(one, now)
            if answer == "taken" and to is not None:
                if taken[to, line] > 0 and not self._went_on(one, to, line, now, taken, troubled):
                    taken[to, line] -= 1
                    self.count["delivered"] += 1
                    self.count["delivered_to_the_next"] += bool(one.past)
                    return True
                if (to, line) not in troubled:
                    self.fault(
                        "missing", f"{now:%F %H:%M} {to} (since {one.since:%F %H:%M}, {one.past}): {line}"
                    )
                    return True
                answer = "busy"
            if answer != "refused":
                self.count["put_off"] += 1
                if now - one.since < PATIENCE or self._next(one, now) is None:
                    return False
            climbed = self._next(one, now)
            if climbed is None:
                self.count["reached_nobody"] += not one.also
                self.count["others_were_told"] += bool(one.also)
                return True
            self.count["climbed"] += 1
            one.past.append(one.holder)
            one.holder, one.since = climbed, now

    def _went_on(
        self, one: Telling, to: str, line: Line, now: datetime, taken: Counter[tuple[str, Line]],
        troubled: set[tuple[str, Line]],
    ) -> bool:  # fmt: skip
        """Whether the mail that arrived was another that says the same, and this one went on to the next.

        So it was when one of them was put off, more of them are owed here than arrived, this one has waited too long
        to be tried again, and the next was told more often than is owed there.
        """
        climbed = self._next(one, now)
        if (to, line) not in troubled or now - one.since < PATIENCE or climbed is None:
            return False
        there = self._address(replace(one, holder=climbed), now)
        alike = Counter(self._address(other, now) for other in self._open if self._alike(one, other))
        return there is not None and alike[to] >= taken[to, line] and taken[there, line] > alike[there]

    def _alike(self, one: Telling, other: Telling) -> bool:
        """Whether the mails of these two say the same."""
        mine, theirs = (
            (each.matter.number, each.what, each.day, len(each.rungs) > 1) for each in (one, other)
        )
        return mine == theirs and self._holds(other)

    def _holds(self, one: Telling) -> bool:
        """Whether there is still something to tell."""
        if not one.rungs:
            return True
        item = one.matter.term(one.what)
        return item is not None and item.date == one.day and item.why.paused_since is None

    def _next(self, one: Telling, now: datetime) -> str | None:
        seen = {*one.past, one.holder, *one.also}
        return next((id for id in self.order(one.matter, now) if id not in seen), None)

    def _address(self, one: Telling, now: datetime) -> str | None:
        """Where mail to the holder goes; nowhere when their account was closed, or they turned out to be involved."""
        of = one.matter.of
        if one.holder == ADDRESS:
            contact = of.scheme.contacts[of.scheme.reminders.if_nobody or ""]
            return contact.email
        if one.holder in of.closed or one.holder in one.matter.out:
            return None
        return of.people[one.holder].address

    def _line(self, one: Telling, now: datetime) -> Line:
        """What the mail says of it, without its links."""
        number, scheme = one.matter.number, one.matter.of.scheme
        if not one.rungs:
            id = f"mail.news.{one.what}"
            return Line(number, _words(id if known(id, "nl") else "mail.news.other"), "", ())
        rule = next(rule for rule in terms.rules_of(scheme, one.matter.place) if rule.id == one.what)
        last, today = date.fromisoformat(one.day), now.astimezone(owed.HERE).date()
        kind = "soon" if last > today else "today" if last == today else "late"
        when = _words(f"mail.due.{kind}", day=dates.day(last, "nl"))
        missed = f"{when} {_words('mail.missed')}" if len(one.rungs) > 1 else when
        return Line(number, text(wording.words(rule.label), "nl"), missed, ())

    def _read(self, tries: list[Attempt], killed: list[datetime]) -> Counter[tuple[str, Line]]:
        """What was taken for the first time, by address and line; and what must never be, counted."""
        found: Counter[tuple[str, Line]] = Counter()
        # A process sends one mail at a time: of each that was killed, the last that was taken may not be noted.
        in_flight = {
            one.at: place for place, one in enumerate(tries) if one.answer in TAKEN and one.at in killed
        }
        for place, one in enumerate(tries):
            for line in one.lines:
                matter = self._world.matters[line.number]
                who = next((id for id, person in matter.of.people.items() if person.address == one.to), None)
                if who in matter.out:
                    self.fault("to_involved", f"{one.at:%F %H:%M} {one.to}: {line[:3]}")
                always = matter.of.scheme.reminders.urgent == "always" and not line.when
                if not always and not owed.at_work(one.at, matter.of.scheme.office):
                    self.fault("outside_hours", f"{one.at:%F %H:%M} {one.to}: {line[:3]}")
                if line.when and not self._runs(matter, line):
                    self.fault("after_done", f"{one.at:%F %H:%M} {one.to}: {line[:3]}")
            if one.answer not in TAKEN:
                continue
            self.count["mails"] += 1
            self.count["taken_and_cut"] += one.answer == "taken_and_cut"
            before = self._ids.get(one.id)
            self._ids[one.id] = one.answer
            allowed = one.id in self._may_repeat
            self._may_repeat.discard(one.id)
            if place in in_flight.values():
                self._may_repeat.add(one.id)
            if one.answer == "taken_and_cut" or place in in_flight.values():
                self._unsure[one.id] = one.lines
            if before == "taken_and_cut":
                self.count["repeated_after_a_cut"] += 1
                continue
            if allowed:
                self.count["repeated_after_a_kill"] += 1
                continue
            if before is not None:
                self.fault("repeated_for_nothing", f"{one.at:%F %H:%M} {one.to} {one.id}")
                continue
            for line in one.lines:
                found[one.to, _said(line)] += 1
        return found

    def term_of(self, matter: Matter, line: Line) -> str:
        """The id of the term that a line of a mail is about."""
        rules = terms.rules_of(matter.of.scheme, matter.place)
        found = {text(wording.words(rule.label), "nl"): rule.id for rule in rules}
        assert line.what in found, f"no term of {matter.of.scheme.id} at {matter.place}: {line}"
        return found[line.what]

    def _runs(self, matter: Matter, line: Line) -> bool:
        term = self.term_of(matter, line)
        return any(
            item.id == term
            and dates.day(date.fromisoformat(item.date), "nl") in line.when
            and item.why.paused_since is None
            for item in matter.filed.deadlines
        )

    def fault(self, what: str, where: str, times: int = 1) -> None:
        """Something was that must never be."""
        self.count[what] += times
        self.wrong.append(f"{what}: {where}")

    def told(self, matter: Matter, to: set[str], now: datetime) -> list[str]:
        """Who hears of it, of these; or the first in order when there is none of them (rule 3)."""
        if matter.whole:
            return self.order(matter, now)
        handler, stand_ins, managers = self._circle(matter, now)
        found = [handler] if handler and "handler" in to else []
        found += stand_ins if "stand_in" in to else []
        found += managers if "manager" in to else []
        return list(dict.fromkeys(found)) or self.order(matter, now)[:1]

    def order(self, matter: Matter, now: datetime) -> list[str]:
        """Who hears of it, one after the other; of what the whole organisation has to do, all of them who are there."""
        if matter.whole:
            gone = _away(matter.of, now)
            return [id for id in matter.able() if id not in gone] or matter.able()
        handler, stand_ins, managers = self._circle(matter, now)
        contact = matter.of.scheme.contacts.get(matter.of.scheme.reminders.if_nobody or "")
        last = [ADDRESS] if contact is not None and contact.email else []
        return [*dict.fromkeys(([handler] if handler else []) + stand_ins + managers), *last]

    def _circle(self, matter: Matter, now: datetime) -> tuple[str | None, list[str], list[str]]:
        of, able = matter.of, matter.able()
        assert of.scheme.recipient is not None
        gone = _away(of, now)
        wished = [id for id in (matter.assigned, *matter.declared, *able) if id in able]
        handler = wished[0] if wished else None
        there = [id for id in able if id not in gone]
        if handler in gone:
            deputy = gone[handler or ""]
            handler = deputy if deputy in there else there[0] if there else handler
        managers = [
            id for id, one in of.people.items()
            if one.role == of.scheme.reminders.manager and id not in matter.out | of.closed | gone.keys()
            and (id in matter.readers or one.role != of.scheme.recipient.role) and id != handler
        ]  # fmt: skip
        return handler, [id for id in there if id != handler], managers

    @property
    def waiting(self) -> int:
        """What was still on its way when the year ended."""
        return len(self._waiting)


def _away(of: Organisation, now: datetime) -> dict[str, str]:
    today = now.astimezone(owed.HERE).date()
    return {id: one.stand_in for id, one in of.away.items() if one.first <= today <= one.last}


def _words(id: str, **args: str) -> str:
    """What a mail says, in the words of the catalogue."""
    return text(Phrase(id, tuple(args.items())), "nl")


def _said(line: Line) -> Line:
    return line._replace(links=())
