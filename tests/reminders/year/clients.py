"""Clients who wish to be asked whether it happened: who is owed which question, and what came to them."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from bot.chance import fresh
from bot.channels import showing
from bot.conversation import Conversations
from flows.events import Chose, Event, Said, Started
from flows.session import Session
from storage.records import Address
from tests.reminders.owed import works
from tests.reminders.year.sweeper import KEY, Delivered
from tests.reminders.year.world import DAY, Matter, World

ASKED = {
    "contact_made": "followup.contact",
    "talk_held": "followup.contact",
    "outcome_sent": "followup.outcome",
}
"""The question about a term, by the step that meets it."""

SOLVED, ENDED = "followup.is_solved", ("outcome_sent", "solution_found")
STORY = Said("Gisteren lachte een medewerker mij uit. Ik ben cliënt.")
MOST = 25
"""No conversation has more questions."""


class Clients:
    """People who file on Telegram, and want to be asked. `owed` are questions with the moment at which each is due."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._talks = Conversations(world.site.store, world.site.schemes, world.site.clock, fresh)
        self.owed: dict[tuple[str, str], datetime] = {}
        self.count: Counter[str] = Counter()

    async def file(self, scheme: str, key: str, style: str) -> None:
        """Somebody tells, sends, and wishes to be asked where that is offered."""
        address = Address("telegram", key, scheme)
        session = await self._take(address, Started("telegram"))
        session = await self._take(address, STORY)
        for _ in range(MOST):
            if session.case is not None:
                break
            session = await self._take(
                address, Chose(("send",)) if session.state == "checking" else Said("sla over")
            )
        assert session.case is not None, (
            f"{scheme}: not sent, {session.state} {session.asking} {session.pending}"
        )
        number, of = session.case.number, self._world.organisations[scheme]
        place = (await self._world.site.store.bearings(number)).location
        matter = await self._world.came(of, number, place, style, [], urgent=None, plain=True)
        self.count["clients"] += 1
        if "followup" in session.offered:
            await self._take(address, Chose(("followup",)))
            self._owe(key, matter)

    async def _take(self, address: Address, event: Event) -> Session:
        way = showing.Face(KEY, address.key).beside
        kept = await self._talks.handle(address, event, platform="telegram", deliver=True, beside=way)
        parcel = kept.first
        while parcel is not None:
            parcel = await self._world.site.store.delivered(parcel, now=self._world.site.now)
        return kept.exchange.session

    def _owe(self, key: str, matter: Matter) -> None:
        """On the morning after the promised day; and when something ended, whether it is solved."""
        self.count["wishes"] += 1
        scheme = matter.of.scheme
        promised = [
            (item, rule) for item in matter.filed.deadlines for rule in scheme.terms if rule.id == item.id
        ]
        item, rule = min(((item, rule) for item, rule in promised if rule.tell), key=lambda one: one[0].date)
        day = date.fromisoformat(item.date) + DAY
        while not works(day, scheme.office):
            day += DAY
        nine = datetime.combine(day, datetime.min.time(), self._world.begin.tzinfo) + timedelta(hours=9)
        self.owed[key, ASKED[rule.ends]] = nine

        def taken(id: str, now: datetime) -> None:
            if id in ENDED:
                self.owed.setdefault((key, SOLVED), now)

        matter.watch = taken

    def settle(self, log: Path, last: datetime, kills: int) -> list[str]:
        """Hold what came against what was owed until the last round; returns what must never be."""
        came = (
            [msgspec.json.decode(line, type=Delivered) for line in log.read_bytes().splitlines()]
            if log.exists()
            else []
        )
        first = {one.parcel: one for one in reversed(came)}
        self.count["repeated"] = len(came) - len(first)
        asked = Counter((one.to, one.id) for one in first.values() if one.id in {*ASKED.values(), SOLVED})
        owed = {what: at for what, at in self.owed.items() if at < last}
        self.count["owed"] = len(owed)
        self.count["asked_once"] = sum(asked[what] == 1 for what in owed)
        wrong = [
            f"asked {asked[what]} times: {what} due {at:%F %H:%M}"
            for what, at in owed.items()
            if asked[what] != 1
        ]
        wrong += [f"not owed: {what}" for what in asked if what not in self.owed]
        early = [one for one in first.values() if one.at < self.owed.get((one.to, one.id), one.at)]
        wrong += [f"too early: {one.to} {one.id} {one.at:%F %H:%M}" for one in early]
        if len(came) - len(first) > kills:
            wrong.append("more repeated than killed")
        return wrong
