"""A transcript played over real HTTP: its client types and presses on Telegram, and reads what comes.

What has to come is what the core says to the same on this platform (`bot.talk.Rehearsal`, with the same time and
chance): the texts, and the buttons in their order. A transcript is played until it needs what a phone cannot do:
to let days pass, to be the officer, or to press what Telegram is not offered.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from bot import clock
from bot.chance import seeded
from bot.channels import showing
from bot.commands.play import NOON
from bot.rendering import plain
from bot.talk import Exchange, Rehearsal
from bot.transcripts import Step, Transcript, read
from flows.events import Chose, Said, Started
from flows.messages import Phrase
from locales import Rendered, text
from tests.channels.running import Running, running
from tests.schemes import scheme
from tests.telegram_emulator import Emulator, Person

FOLDER = Path(__file__).parent.parent / "transcripts"
PHONE = ("say", "choose")
"""The steps that a phone can do."""


class Screen(msgspec.Struct, frozen=True):
    """One message as it is seen: its text, and the labels of its buttons."""

    text: str
    buttons: tuple[str, ...] = ()


class Played(msgspec.Struct):
    """What became of a transcript: how many inputs were played, and per input what came beside what had to.

    `bubbles` is how many messages came.
    """

    inputs: int = 0
    bubbles: int = 0
    came: list[tuple[Screen, ...]] = []
    expected: list[tuple[Screen, ...]] = []


def transcripts() -> list[Transcript]:
    """All transcripts of the repository."""
    return [
        read(file.read_text("utf-8"), str(file.relative_to(FOLDER)).removesuffix(".txt"))
        for file in sorted(FOLDER.rglob("*.txt"))
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
    for option in message.options:
        switch = message.multiple and option.id not in showing.SINGLY
        yield f"{showing.OFF}{option.label}" if switch else option.label
    if message.multiple:
        yield text(Phrase("telegram.done"), locale)


async def play(transcript: Transcript, folder: Path) -> Played:
    """Play it on a Telegram of its own."""
    organisation = transcript.headers["scheme"]
    now: datetime = clock.instant(transcript.headers.get("now", NOON))
    core = Rehearsal(scheme(organisation), now, seeded(transcript.name), platform="telegram")
    played = Played()
    chance = seeded(transcript.name)
    async with (
        Emulator() as telegram,
        running(folder, telegram, scheme=organisation, now=lambda: now, chance=chance) as bot,
    ):
        samira = telegram.person("Samira")
        samira.start()
        exchange = await core.handle(Started("telegram"))
        options = await _seen(bot, samira, exchange, played, {})
        for step in transcript.steps:
            if step.kind in ("said", "fact"):
                continue
            if step.kind not in PHONE or not set(step.options) <= options.keys():
                break
            if step.kind == "say":
                words = _filled(step.text, core)
                samira.types(words)
                exchange = await core.handle(Said(words))
            else:
                await _press(bot, samira, step, options, exchange.session.locale)
                exchange = await core.handle(Chose(tuple(options[label].id for label in step.options)))
            options = await _seen(bot, samira, exchange, played, options)
            played.inputs += 1
    return played


class Offer(msgspec.Struct, frozen=True):
    """An option that is offered: its id, and whether it is one of several that may be switched on."""

    id: str
    switch: bool


async def _seen(
    bot: Running, person: Person, exchange: Exchange, played: Played, before: dict[str, Offer]
) -> dict[str, Offer]:
    """Wait until all came, and note it; the options that are offered now."""
    await bot.quiet()
    came = person.received()[played.bubbles :]
    # A button that was pressed is taken away, and a box switched: what counts is how the message came.
    first = [stored.versions[0] if stored.versions else stored.json for stored in came]
    expected = screens(exchange.said, exchange.session.locale)
    played.bubbles += len(first)
    played.came.append(parted(tuple(_screen(json) for json in first), expected))
    played.expected.append(expected)
    if not exchange.said:
        return before
    return {
        option.label: Offer(option.id, message.multiple and option.id not in showing.SINGLY)
        for message in exchange.said
        for option in message.options
    }


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


async def _press(bot: Running, person: Person, step: Step, options: dict[str, Offer], locale: str) -> None:
    """Press a button, or switch some on and send them."""
    switches = [label for label in step.options if options[label].switch]
    for label in step.options:
        person.presses(f"{showing.OFF}{label}" if label in switches else label)
        if label in switches:
            await bot.quiet()
    if switches:
        person.presses(text(Phrase("telegram.done"), locale))


def _filled(words: str, core: Rehearsal) -> str:
    number = core.session.case.number if core.session.case else ""
    return words.replace("{number}", number).replace("{code}", core.code or "")
