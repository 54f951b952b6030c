"""An officer with a phone: the desk, the bot over HTTP against the emulator, a mail server, and a real store."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.chance import fresh
from bot.channels.pace import Pace
from bot.channels.part import Setting
from bot.channels.telegram import Telegram
from bot.conversation import Conversations
from bot.desk import reach
from bot.reminders.messenger import Messenger
from bot.reminders.round import Done, one_round
from bot.web.services import Services, Site
from flows.calendar.zone import AMSTERDAM
from flows.effects import Note
from flows.messages import Phrase
from locales import text
from storage.records import Address, Officer
from tests.desk.site import DeskSite, desk_site
from tests.reminders.postbox import Postbox, postbox
from tests.telegram_emulator import Emulator, Person
from tests.telegram_emulator.world import Stored

SCHEME, NUMBER = "blijf-groep", "BG-1"
SASKIA, KAREL = "saskia@example.org", "karel@example.org"
DONE, LATER = "Gedaan", "Later vandaag"


def said(id: str, locale: str = "nl", **args: str) -> str:
    """A sentence of the bot to officers."""
    return text(Phrase(f"mail.telegram.{id}", tuple(args.items())), locale)


class Running:
    """The bot, which can be killed and started again."""

    def __init__(self, make: Callable[[], Telegram], telegram: Emulator) -> None:
        self._make, self._telegram = make, telegram
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it, and wait until it asks for updates."""
        self._task = asyncio.create_task(self._make().run())
        await self._telegram.until(lambda: self._telegram.updates.polled, "the bot polls", 600)

    async def end(self) -> None:
        """It is gone, wherever it is."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task


class Reached:
    """Blijf Groep on Wednesday 20 May 2026: Samira's complaint was given to Saskia, who has a phone."""

    def __init__(
        self, site: DeskSite, box: Postbox, telegram: Emulator, messenger: Messenger, of: Services, org: str,
        bot: Running,
    ) -> None:  # fmt: skip
        self.org, self._bot = org, bot
        self.site, self.box, self.telegram, self.messenger, self.of = site, box, telegram, messenger, of
        self.saskia: Person = telegram.person("Saskia")

    async def officer(self, name: str = "saskia-de-vries") -> Officer:
        """Somebody of the staff, as the store has them."""
        return next(one for one in await self.site.store.officers(self.org) if one.id == f"{self.org}/{name}")

    async def linked(self, person: Person | None = None, name: str = "saskia-de-vries") -> Person:
        """The officer links their account: by the link, and the second tap."""
        who = person or self.saskia
        who.start(await reach.ticket(self.site.store, await self.officer(name), now=self.site.now))
        await self.quiet()
        await self.presses(who, said("yes"))
        return who

    async def presses(self, who: Person, button: str, on: Stored | None = None) -> str | None:
        """Press a button and wait; returns the notice that it shows, if any."""
        query = who.presses(button, on=on)
        answer = await who.answer_to(query, 30)
        await self.quiet()
        return answer.get("text") or None

    @asynccontextmanager
    async def coming_again(self) -> AsyncIterator[None]:
        """What is done meanwhile is taken, but the bot is killed before it says so: Telegram sends it once more."""
        fault = self.telegram.faults.next("cut_before", "getUpdates", times=1000)
        yield
        await self.telegram.until(lambda: fault.times < 1000, "it was taken", 60)
        await self._bot.end()
        self.telegram.faults.clear()
        await self._bot.start()
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until every update was taken, and all that was said has come."""
        await self.telegram.until(lambda: not self.telegram.updates.fresh(), "every update is taken", 60)
        chats = [str(id) for id, chat in self.telegram.world.chats.items() if chat.type == "private"]
        async with asyncio.timeout(60):
            while any([await self.site.store.undelivered(Address("telegram", id, self.org)) for id in chats]):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def round(self, when: str) -> Done:
        """What `gehoord serve` does each minute, at a moment on the clock of Amsterdam."""
        self.site.now = datetime.fromisoformat(when).replace(tzinfo=AMSTERDAM)
        done = await one_round(
            self.site.store,
            self.site.schemes,
            self.box.setting,
            self.site.url,
            self.site.clock,
            self.messenger,
        )
        await self.quiet()
        return done

    async def told(self, when: str) -> tuple[list[str], list[str]]:
        """What Saskia is told on Telegram at this moment, and to whom mail goes."""
        texts, mails = len(self.saskia.received()), len(self.box.mails)
        await self.round(when)
        return (
            [stored.text for stored in self.saskia.received()[texts:]],
            sorted(str(mail["To"]) for mail in self.box.mails[mails:]),
        )

    async def terms(self) -> list[str]:
        """The terms that run."""
        return [item.id for item in (await self.site.store.filed(NUMBER)).deadlines]

    async def marks(self) -> list[str]:
        """What stands on the timeline."""
        return [mark.what for mark in await self.site.store.timeline(NUMBER)]

    async def given(self, scheme: str, number: str) -> None:
        """A complaint comes in and is given to Saskia of that organisation."""
        await self.site.file(scheme, number)
        who = (Note(number, f"assigned:{scheme}/saskia-de-vries"),)
        await self.site.store.act(number, self.site.keys[scheme], who, now=self.site.now)

    def reminder(self, day: str = "Uiterlijk donderdag 28 mei 2026.", *more: str) -> str:
        """The reminder of the contact that is due, word by word."""
        return "\n\n".join((
            "Dit moet nog gebeuren.",
            "\n".join((NUMBER, "De klachtenfunctionaris neemt contact op", day,
                       f"{self.site.url}/bureau/zaak/{NUMBER}", *more)),
            f"{said('foot')} {said('uninvolved')}",
        ))  # fmt: skip


@asynccontextmanager
async def reached(
    folder: Path,
    scheme: str | None = SCHEME,
    *,
    demo: bool = False,
    org: str = SCHEME,
    own: Path | None = None,
) -> AsyncIterator[Reached]:
    """The site, the bot (polling) and the mail server, all up; the officers have mail, and no Telegram yet.

    `scheme` is the bot's, `org` the organisation whose complaint comes in, `own` a folder with schemes besides.
    """
    async with desk_site(folder, demo=demo, schemes=own) as site, postbox() as box, Emulator() as telegram:
        await site.staff(org)
        for name, address in (("saskia-de-vries", SASKIA), ("karel-bos", KAREL)):
            await site.store.set_contact(f"{org}/{name}", address, now=site.now)
        setting, pace = Setting(telegram.token, telegram.url, scheme), Pace(0, 100_000)
        conversations = Conversations(site.store, site.schemes, site.clock, fresh)
        of = Services(site.store, conversations, site.schemes, Site(origin=site.url), site.clock)
        bot = Running(lambda: Telegram(of, setting, pace), telegram)
        try:
            async with Messenger({telegram.token.partition(":")[0]: setting}, pace) as messenger:
                await bot.start()
                made = Reached(site, box, telegram, messenger, of, org, bot)
                await made.given(org, NUMBER)
                yield made
        finally:
            await bot.end()
