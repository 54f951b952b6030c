"""A transcript played over real HTTP: its client types and presses on Telegram, and reads what comes.

What has to come is what the core says to the same on this platform (`bot.talk.Rehearsal`, with the same time and
chance): the texts, and the buttons in their order. Where days pass the clock is set and the site wakes who wished so
(`bot.waking`); an officer's step is taken on the case in the store, with the officer's key.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec

from bot import clock, waking
from bot.chance import seeded
from bot.channels import showing
from bot.commands.play import NOON
from bot.conversation import Deliver
from bot.desk.acting import changes
from bot.rendering import plain
from bot.talk import Exchange, Rehearsal
from bot.transcripts import Step, Transcript, read
from flows import terms
from flows.calendar.zone import AMSTERDAM
from flows.events import Chose, Event, Happened, Said, Sent, Started, TimePassed
from flows.line import own
from flows.messages import Phrase
from locales import Rendered, text
from storage.practice import practice_officer
from storage.records import Address
from tests.channels.running import Running, running
from tests.schemes import scheme
from tests.telegram_emulator import Emulator, Person

FOLDER = Path(__file__).parent.parent / "transcripts"
INPUTS = ("say", "choose", "later", "event", "send")
"""The steps by which something happens."""


class Screen(msgspec.Struct, frozen=True):
    """One message as it is seen: its text, and the labels of its buttons."""

    text: str
    buttons: tuple[str, ...] = ()


class Played(msgspec.Struct):
    """What became of a transcript: how many inputs were played of how many, and per input what came beside what had to.

    `bubbles` is how many messages came. `onto_the_line`: it went on to the anonymous line, which no platform with an
    account has, so that is where Telegram ends.
    """

    inputs: int = 0
    of: int = 0
    bubbles: int = 0
    onto_the_line: bool = False
    came: list[tuple[Screen, ...]] = []
    expected: list[tuple[Screen, ...]] = []


def transcripts() -> list[Transcript]:
    """All transcripts of the repository but those of the line: on a messenger only its address is told."""
    return [
        read(file.read_text("utf-8"), str(file.relative_to(FOLDER)).removesuffix(".txt"))
        for file in sorted(FOLDER.rglob("*.txt"))
        if file.parent.name != "line"
    ]


def screens(said: tuple[Rendered, ...], locale: str) -> tuple[Screen, ...]:
    """How a turn has to be seen."""
    return tuple(Screen(plain(message), tuple(labels(message, locale))) for message in said)


def parted(came: tuple[Screen, ...], expected: tuple[Screen, ...]) -> tuple[Screen, ...]:
    """What came in bubbles, as the messages that had to come: what a bubble has beyond them stays as it is.

    The buttons of a bubble belong to its last message.
    """
    found = list[Screen]()
    for bubble in came:
        rest = bubble.text
        for message in expected[len(found) :]:
            if not rest.startswith(f"{message.text}\n\n"):
                break
            found.append(Screen(message.text))
            rest = rest.removeprefix(f"{message.text}\n\n")
        found.append(Screen(rest, bubble.buttons))
    return tuple(found)


def labels(message: Rendered, locale: str) -> Iterator[str]:
    """The labels of a message's buttons: where several may be chosen each has a box, and the last one sends."""
    if message.door:
        yield message.door.label
    for option in message.options:
        switch = message.multiple and option.id not in showing.SINGLY
        yield f"{showing.OFF}{option.label}" if switch else option.label
    if message.multiple:
        yield text(Phrase("telegram.done"), locale)


class Core(Rehearsal):
    """The core beside the bot.

    `moments` are those at which time came to the conversation by itself.
    """

    moments: tuple[datetime, ...] = ()

    async def handle(self, event: Event) -> Exchange:
        """Take one turn."""
        if isinstance(event, TimePassed):
            self.moments = (*self.moments, self.now)
        return await super().handle(event)


class Playing:
    """One transcript on a Telegram of its own."""

    def __init__(self, transcript: Transcript, folder: Path) -> None:
        self._folder = folder
        self.organisation = transcript.headers["scheme"]
        self.now: datetime = clock.instant(transcript.headers.get("now", NOON))
        of, chance = scheme(self.organisation), transcript.name
        self.core = Core(of, self.now, seeded(chance), platform="telegram")
        where = transcript.headers.get("platform", "terminal")
        self._written = Rehearsal(of, self.now, seeded(chance), platform=where)
        self.played = Played(of=sum(step.kind in INPUTS for step in transcript.steps))
        self._options: dict[str, Offer] = {}
        self._labels: dict[str, str] = {}
        self._read, self._texts = 0, dict[int, str]()

    async def play(self, transcript: Transcript, *, pushed: bool) -> Played:
        """All of it, or until what it presses is not offered."""
        async with (
            Emulator() as telegram,
            running(
                self._folder, telegram, scheme=self.organisation, now=lambda: self.now,
                chance=seeded(transcript.name), pushed=pushed, origin="https://praten.example.nl",
            ) as bot,
        ):  # fmt: skip
            if own(self.core.scheme) is not None:
                await bot.services.store.add_confidant(
                    self.organisation, "Aileen", "vier woorden", now=self.now
                )
            samira = telegram.person("Samira")
            samira.start()
            self._offered(await self._written.handle(Started(self._written.session.platform)))
            await self._seen(bot, samira, await self.core.handle(Started("telegram")))
            for step in transcript.steps:
                if step.kind in INPUTS:
                    event = self._event(step)
                    if isinstance(event, Chose) and not set(event.ids) <= self._options.keys():
                        self.played.onto_the_line = event.ids == ("line",)
                        break
                    exchange = await self._do(bot, samira, event, step.text)
                    self._offered(await self._as_written(event, step.text))
                    await self._seen(bot, samira, exchange)
                    self.played.inputs += 1
        return self.played

    def _event(self, step: Step) -> Event:
        match step.kind:
            case "say":
                return Said(_filled(step.text, self.core))
            case "choose":  # what is on the button may be worded for the platform of the transcript
                return Chose(tuple(self._labels[label] for label in step.options))
            case "later":
                return TimePassed()
            case "event":
                id, _, on = step.text.partition(" on ")
                return Happened(id.strip(), on.strip() or None)
            case _:
                kind, _, caption = step.text.partition(" ")
                return msgspec.convert({"type": "sent", "kind": kind, "caption": caption}, Sent)

    async def _as_written(self, event: Event, text: str) -> Exchange:
        if isinstance(event, TimePassed):
            return await self._written.wait(clock.duration(text))
        return await self._written.handle(event)

    def _offered(self, exchange: Exchange) -> None:
        if exchange.said:
            self._labels = {
                option.label: option.id for message in exchange.said for option in message.options
            }

    async def _do(self, bot: Running, samira: Person, event: Event, text: str) -> Exchange:
        """Do it on the phone, at the desk or by the clock, and in the core."""
        if isinstance(event, TimePassed):
            self.core.moments = ()
            exchange = await self.core.wait(clock.duration(text))
            for moment in self.core.moments:
                self.now = moment
                await waking.wake(bot.services, _ways(bot.telegram.token))
            return exchange
        match event:
            case Said():
                samira.types(event.text)
            case Chose():
                await _press(bot, samira, [self._options[id] for id in event.ids], self.core.session.locale)
            case Happened():
                await self._officer(bot, event)
                await waking.wake(bot.services, _ways(bot.telegram.token))
            case Sent():
                samira.sends(event.kind, caption=event.caption, data=b"no file of any kind")
            case _:
                raise AssertionError(f"no transcript has {event}")
        return await self.core.handle(event)

    async def _officer(self, bot: Running, event: Happened) -> None:
        """The step on the case, as the desk takes it."""
        case, store = self.core.session.case, bot.services.store
        assert case is not None
        filed = await store.filed(case.number)
        on = date.fromisoformat(event.on) if event.on else None
        after = terms.step(filed, self.core.scheme, event.id, self.now.astimezone(AMSTERDAM), on)
        await store.act(
            case.number, practice_officer(self._folder, self.organisation), changes(filed, after, event.id), event,
            status=after.status, now=self.now,
        )  # fmt: skip

    async def _seen(self, bot: Running, person: Person, exchange: Exchange) -> None:
        """Wait until all came, and note it beside what had to; and what is offered now."""
        await bot.quiet()
        played = self.played
        here = person.received()
        # A button that was pressed is taken away, and a box switched: what counts is how the message came. The
        # check card is edited where it stands; the button for one's number is a widget, and no message of the core.
        cards = [one.json for one in here[: self._read] if self._texts[one.id] != one.text]
        came = [one.versions[0] if one.versions else one.json for one in here[self._read :]]
        first = cards + [json for json in came if "keyboard" not in json.get("reply_markup", {})]
        self._texts = {one.id: one.text for one in here}
        self._read = len(here)
        expected = screens(exchange.said, exchange.session.locale)
        played.bubbles += len(first)
        played.came.append(parted(tuple(_screen(json) for json in first), expected))
        played.expected.append(expected)
        if exchange.said:
            self._options = {
                option.id: Offer(option.label, message.multiple and option.id not in showing.SINGLY)
                for message in exchange.said
                for option in message.options
            }


async def play(transcript: Transcript, folder: Path, *, pushed: bool = False) -> Played:
    """Play it on a Telegram of its own, that is asked for updates or pushes them."""
    return await Playing(transcript, folder).play(transcript, pushed=pushed)


def _ways(token: str) -> dict[str, waking.Way]:
    def telegram(address: Address) -> tuple[Deliver, waking.Beside]:
        face = showing.Face(showing.key_of(token), address.key)
        return face.outgoing, face.beside

    return {"telegram": telegram}


class Offer(msgspec.Struct, frozen=True):
    """An option that is offered: its label, and whether it is one of several that may be switched on."""

    label: str
    switch: bool


def _screen(json: dict[str, object]) -> Screen:
    found = msgspec.convert(json, _Message, strict=False)
    rows = found.reply_markup.inline_keyboard if found.reply_markup else []
    return Screen(found.text, tuple(button.text for row in rows for button in row))


class _Button(msgspec.Struct):
    text: str


class _Markup(msgspec.Struct):
    inline_keyboard: list[list[_Button]] = []


class _Message(msgspec.Struct):
    text: str = ""
    reply_markup: _Markup | None = None


async def _press(bot: Running, person: Person, offers: list[Offer], locale: str) -> None:
    """Press a button, or switch some on and send them."""
    for offer in offers:
        person.presses(f"{showing.OFF}{offer.label}" if offer.switch else offer.label)
        if offer.switch:
            await bot.quiet()
    if any(offer.switch for offer in offers):
        person.presses(text(Phrase("telegram.done"), locale))


def _filled(words: str, core: Core) -> str:
    number = core.session.case.number if core.session.case else ""
    return words.replace("{number}", number).replace("{code}", core.code or "")
