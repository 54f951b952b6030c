"""A year of reminders over the real store and a real mail server, with a process that is killed: the account of it.

    python -m tests.reminders.year --cases 2000 --kills 60     what `make year` does
    python -m tests.reminders.year --cases 100 --kills 4       what is run with every change

It begins on 1 March 2027, so that both changes of the clock, a year's end and 29 February 2028 lie in it. Times are
injected; the process that sweeps is `tests.reminders.year.sweeper`, and SIGKILL is what it is killed with: at any
moment, when the mail server has taken a mail and not said so yet, and just after it said so.
"""

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from flows.terms import rules_of
from tests import schemes
from tests.desk.site import Visitor, desk_site, visitor
from tests.reminders.owed import HERE
from tests.reminders.year.clients import Clients
from tests.reminders.year.mailserver import TAKEN, Answer, Line, MailServer
from tests.reminders.year.reckoning import Reckoning
from tests.reminders.year.sweeper import Did
from tests.reminders.year.world import DAY, HOUR, MINUTE, ORGANISATIONS, WHEN_DONE, Deed, Matter, World

BEGIN, END = datetime(2027, 3, 1, 8, tzinfo=HERE), datetime(2028, 3, 11, tzinfo=HERE)
HOURS = (9, 11, 13, 15)
FAULTS = (
    "missing", "not_owed", "repeated_for_nothing", "after_done", "outside_hours", "to_involved", "links",
    "questions",
)  # fmt: skip
"""What must never be."""


class Wish(NamedTuple):
    """How a year is to be: so many complaints, kills, rounds on a working day, and a seed."""

    cases: int
    kills: int
    rounds: int
    seed: int


class Sweeper:
    """The process that reminds."""

    def __init__(self, words: Sequence[str], log: Path) -> None:
        self._log = log
        self._words = [sys.executable, "-m", "tests.reminders.year.sweeper", *words]
        self._process: Process | None = None

    @property
    def pid(self) -> int:
        """Its number; it runs."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start it, and wait until it is there."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._words, stdin=PIPE, stdout=PIPE, stderr=log
            )
        assert await self._heard() == b"ready\n"

    async def ask(self, moment: datetime) -> None:
        """Let it do what is due at this moment."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{moment.isoformat()}\n".encode())
        await self._process.stdin.drain()

    async def answer(self) -> Did | None:
        """What it did, or None when it did not live to say."""
        line = await self._heard()
        return msgspec.json.decode(line, type=Did) if line.endswith(b"\n") else None

    async def _heard(self) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        return await asyncio.wait_for(self._process.stdout.readline(), 120)

    async def kill(self) -> None:
        """SIGKILL, wherever it is."""
        assert self._process is not None
        if (
            self._process.returncode is None
        ):  # what waits for it is left to asyncio: two who wait get in each other's way
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        self._process = None

    async def stop(self) -> None:
        """Let it end in peace."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            assert await self._process.wait() == 0
            self._process = None


class Year:
    """Everything in one place: the world, the mail server, the process, and the account."""

    def __init__(
        self, wish: Wish, world: World, server: MailServer, sweeper: Sweeper, who: Visitor, told: Path
    ) -> None:
        self.wish, self.world, self.server, self.sweeper, self.who = wish, world, server, sweeper, who
        self.chance, self.luck = world.chance, random.Random(wish.seed + 1)
        self.reckoning = Reckoning(world)
        self.clients = Clients(world)
        self.weather: dict[str, Answer] = {}
        self.spells: list[tuple[datetime, datetime, str, Answer]] = []
        """Bad days of the mail server: from and until when, for which address (empty: for all), and its answer."""
        self.kills = 0
        self.told = told
        """Where the process writes what came to clients."""

    async def prepare(self) -> None:
        """Organisations, complaints over the year, absences, and bad days of the mail server."""
        world, chance = self.world, self.chance
        for scheme in ORGANISATIONS:
            of = await world.open(scheme)
            for who in of.people:
                for _ in range(chance.randrange(1, 4)):
                    first = world.moment(BEGIN, END).date()
                    until = first + chance.randrange(1, 22) * DAY
                    world.plan(datetime.combine(first, BEGIN.timetz()), world.away(of, who, first, until))
            leaving = list(of.people)[2]
            world.plan(world.moment(BEGIN + 150 * DAY, END), world.closes(of, leaving))
            for one in of.people.values():
                self._spell(one.address, "refused", chance.randrange(0, 3), 5 * 24)
                self._spell(one.address, "later", chance.randrange(0, 4), 4 * 24)
        world.yearly("bij-elkaar", BEGIN.year - 1)
        self._spell("", "down", 6, 30)
        for place in range(self.wish.cases):
            of = world.organisations[chance.choice(ORGANISATIONS)]
            style = chance.choices(list(WHEN_DONE), list(WHEN_DONE.values()))[0]
            at, by_chat = world.moment(BEGIN, END - 20 * DAY), place % 8 == 0
            number = str(place) if by_chat else f"{of.scheme.prefix}-{place:05}"
            world.plan(at, self._files(of.scheme.id, number, style, by_chat=by_chat))

    def _files(self, scheme: str, number: str, style: str, *, by_chat: bool) -> Deed:
        async def filing(_: datetime) -> None:
            if by_chat:
                await self.clients.file(scheme, number, style)
            else:
                await self.world.file(self.world.organisations[scheme], number, style)

        return filing

    def _spell(self, address: str, what: Answer, times: int, hours: int) -> None:
        for _ in range(times):
            first = self.world.moment(BEGIN, END)
            self.spells.append((first, first + self.chance.randrange(2, hours) * HOUR, address, what))

    def moments(self) -> list[datetime]:
        """When the process runs: some rounds on every day, at night and on Sundays too; never while it is down."""
        chance, found = self.chance, []
        down = []
        for length in (3, 5, 8, 20, 24, 30, 48, 70, 100, 24 * 9, 24 * 16, 24 * 23):
            first = self.world.moment(BEGIN, END)
            down.append((first, first + length * HOUR))
        day = BEGIN.date()
        while day < END.date():
            hours = [*chance.sample(HOURS, self.wish.rounds), *chance.choice([[], [3], [20], [22]])]
            for hour in sorted(hours):
                at = datetime(day.year, day.month, day.day, hour, chance.randrange(1, 12), tzinfo=HERE)
                if not any(first <= at <= last for first, last in down):
                    found.append(at)
            day += DAY
        return found

    async def live(self) -> None:
        """The year goes by."""
        moments = self.moments()
        doomed = set(self.chance.sample([at for at in moments if at.hour in HOURS], self.wish.kills * 2))
        before = BEGIN
        await self.sweeper.start()
        for at in moments:
            await self.world.pass_until(at)
            if at - before > 15 * DAY:
                await self.sweeper.stop()
                await self.sweeper.start()
            await self.round(at, doomed=at in doomed)
            before = at
        await self.sweeper.stop()
        for one in self.clients.settle(self.told, before, self.kills):
            self.reckoning.fault("questions", one)

    def _fate(self, kills: int) -> bool:
        """Whether it is killed once more at this moment, of all the times that were wished for."""
        return self.kills + kills < self.wish.kills and (not kills or self.luck.random() < 0.2)

    async def round(self, at: datetime, *, doomed: bool = False) -> None:
        """What `gehoord serve` does from this minute on until all is quiet; perhaps it is killed in the midst."""
        self.weather = {
            address: what for first, last, address, what in sorted(self.spells) if first <= at <= last
        }
        begun, moment, killed = len(self.server.tries), at, list[datetime]()
        doomed = doomed and self._fate(0)
        while True:
            self.server.now = self.world.site.now = moment
            did = await (self._killed(moment) if doomed else self._swept(moment))
            if did is None:
                killed.append(moment)
                doomed = self._fate(len(killed))
                moment += MINUTE
                await self.sweeper.start()
                continue
            doomed = False
            moment += MINUTE
            if did.nothing:
                break
        self.kills += len(killed)
        tries = self.server.tries[begun:]
        self.reckoning.swept(at, tries, self.weather, killed)
        for one in tries:
            for line in one.lines if one.answer in TAKEN else ():
                if line.links:
                    self._intend(one.to, line, moment)

    async def _swept(self, moment: datetime) -> Did | None:
        await self.sweeper.ask(moment)
        did = await self.sweeper.answer()
        assert did is not None, "the process ended by itself"
        return did

    async def _killed(self, moment: datetime) -> Did | None:
        """It is killed at a random moment, or at a mail; None when it did not get to the end."""
        how = self.luck.choice(["any", "deaf", "after"])
        if how != "any":
            self.server.fatal = (self.sweeper.pid, self.luck.randrange(1, 4), how == "deaf")
        await self.sweeper.ask(moment)
        if how == "any":
            await asyncio.sleep(self.luck.random() * 0.06)
            await self.sweeper.kill()
            return None
        did = await self.sweeper.answer()
        fired, self.server.fatal, self.server.fired = self.server.fired, None, False
        if did is None or fired:
            await self.sweeper.kill()
            return None
        return did

    def _intend(self, to: str, line: Line, now: datetime) -> None:
        """Who got a mail may press one of its buttons, soon or later."""
        matter = self.world.matters[line.number]
        who = next((id for id, one in matter.of.people.items() if one.address == to), None)
        rules = {rule.id: rule for rule in rules_of(matter.of.scheme, matter.place)}
        running = [item.id for item in matter.filed.deadlines if item.id in rules]
        drawn = random.Random(f"{self.wish.seed} {now:%F} {to} {line[:3]}")
        chance = drawn.random()
        if who is None or matter.plain or not running:
            return
        if chance < 0.1:
            at = now + drawn.randrange(5, 240) * MINUTE
            self.world.plan(
                at + (30 - at.minute % 30) * MINUTE, self._press(matter, line, who, line.links[-1], now)
            )
        elif len(line.links) == 2 and chance < (0.5 if matter.style == "by_mail" else 0.15):
            at = now + drawn.randrange(1, 200) * HOUR + 30 * MINUTE
            self.world.plan(at, self._press(matter, line, who, line.links[0], now))

    def _press(self, matter: Matter, line: Line, who: str, link: str, sent: datetime) -> Deed:
        """A button is pressed, in a browser that is not logged in."""
        done = len(line.links) == 2 and link == line.links[0]
        term = self.reckoning.term_of(matter, line)

        async def pressing(now: datetime) -> None:
            path = link.removeprefix(self.world.site.url)
            await self.who.get(path)
            if self.who.status == 200:
                await self.who.post(path)
            item = matter.term(term)
            may = item is not None and who not in matter.out | matter.of.closed and now < sent + 14 * DAY
            able = who in matter.readers if done else item is not None and item.why.paused_since is None
            may = may and able
            if (self.who.status == 200) != may:
                self.reckoning.fault(
                    "links", f"{now:%F %H:%M} {who} {line[:3]}: {self.who.status}, not {may}"
                )
            elif may and done:
                rule = next(one for one in rules_of(matter.of.scheme, matter.place) if one.id == term)
                self.world.stepped(matter, rule.ends, who, now)
                self.reckoning.count["done_by_mail"] += 1
                if (await self.world.site.store.filed(matter.number)).deadlines != matter.filed.deadlines:
                    self.reckoning.fault("links", f"{line[:2]}: other terms than reckoned")
            elif may:
                self.reckoning.wants_later(matter, term, who, now)
                self.reckoning.count["later_by_mail"] += 1

        return pressing

    def account(self) -> str:
        """The counts, as they are printed."""
        count, asked = self.reckoning.count, self.clients.count
        return "\n".join(
            (
                f"{len(self.world.matters)} cases, {self.kills} kills, {count['mails']} mails taken",
                f"rungs that came {count['rungs']}, news {count['news']}; owed to somebody {count['owed']}, of which "
                f"to the scheme's address {count['to_the_address']}; nobody to tell {count['nobody_to_tell']}",
                f"delivered {count['delivered']}, of which to the next in order {count['delivered_to_the_next']}; done "
                f"before it could be delivered {count['done_meanwhile']}; reached nobody {count['reached_nobody']} "
                f"(others were told {count['others_were_told']}); on its way at the end {self.reckoning.waiting}",
                f"missed rungs told once {count['missed_told_once']}; put off {count['put_off']}, climbed "
                f"{count['climbed']}; by mail done {count['done_by_mail']}, later {count['later_by_mail']}",
                f"repeated after a kill {count['repeated_after_a_kill']} (of {self.kills} kills), after a line that "
                f"was cut {count['repeated_after_a_cut']} (of {count['taken_and_cut']}), to the next after either "
                f"{count['repeated_to_the_next']}",
                f"clients on Telegram {asked['clients']}, wishes {asked['wishes']}; questions owed {asked['owed']}, "
                f"asked once {asked['asked_once']}, repeated after a kill {asked['repeated']}",
                " · ".join(f"{what.replace('_', ' ')} {count[what]}" for what in FAULTS),
            )
        )


def own_schemes(folder: Path) -> Path:
    """The invented organisation with hours of its own, terms that stand still, and danger at night."""
    text = schemes.text("dorpszorg")
    for old, new in (
        ("unit: working_days\n", "unit: working_days\n    pauses: [paused]\n"),
        (
            "[mo, tu, th, fr]\n",
            '[mo, tu, th, fr]\n  hours: [{days: [tu], opens: "13:00", closes: "15:30"}]\n',
        ),
        ("steps:\n", "reminders: {urgent: always, if_nobody: onvredepunt}\n\nsteps:\n"),
        ("steps:\n", "steps:\n  - {id: paused}\n  - {id: resumed}\n"),
    ):
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "schemes").mkdir()
    (folder / "schemes" / "dorpszorg.yaml").write_text(text, encoding="utf-8")
    return folder / "schemes"


@asynccontextmanager
async def a_year(wish: Wish, folder: Path) -> AsyncIterator[Year]:
    """A year that has not begun, and in which nothing is to happen yet."""
    chance = random.Random(wish.seed)
    own = own_schemes(folder)
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(desk_site(folder, schemes=own))
        site.now = BEGIN
        who = await stack.enter_async_context(visitor(site))
        made: list[Year] = []
        weather = lambda address: made[0].weather.get(address, "taken")  # noqa: E731
        server = stack.enter_context(MailServer(weather, random.Random(wish.seed), 0.02))
        words = [str(folder / "data"), str(own), str(server.port), site.url, str(folder / "told")]
        sweeper = Sweeper(words, folder / "log")
        made.append(Year(wish, World(site, chance, BEGIN, END), server, sweeper, who, folder / "told"))
        yield made[0]


async def lived(wish: Wish, folder: Path) -> Year:
    """A year that has gone by."""
    async with a_year(wish, folder) as year:
        await year.prepare()
        await year.live()
    return year


def main() -> int:
    """Print the account; 1 when something was that must never be."""
    reading = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reading.add_argument("--cases", type=int, default=2000)
    reading.add_argument("--kills", type=int, default=60)
    reading.add_argument("--rounds", type=int, default=3, help="rounds on a working day, at most 4")
    reading.add_argument("--seed", type=int, default=8)
    wish = Wish(**vars(reading.parse_args()))
    with tempfile.TemporaryDirectory() as folder:
        year = asyncio.run(lived(wish, Path(folder)))
    print("\n".join(year.reckoning.wrong[:40]))
    print(year.account())
    return int(bool(year.reckoning.wrong))
