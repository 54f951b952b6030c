"""The bots that are killed, each in a process of its own: Gehoord, and what others write on the two libraries."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from bot import clock
from bot.chance import fresh
from bot.channels import showing
from bot.channels.part import API, SCHEME, TOKEN, WEBHOOK
from bot.kept_talk import keeping
from bot.rendering import plain
from bot.schemes import Schemes
from bot.talk import Rehearsal
from flows.events import Said, Started
from storage.opening import open_practice
from storage.records import Address
from storage.sqlite import SqliteStore
from tests.channels import plain_aiogram, plain_ptb
from tests.schemes import scheme
from tests.telegram_emulator import Emulator, Person
from tests.torture.place import Place
from tests.torture.process import Process

ORGANISATION = "blijf-groep"


async def undisturbed(typed: list[str]) -> list[str]:
    """What the bot says to this when nothing goes wrong."""
    talk = Rehearsal(scheme(ORGANISATION), clock.now(), fresh, platform="telegram")
    turns = [(await talk.handle(Started("telegram"))).said]
    for one in typed:
        turns.append((await talk.handle(Said(one))).said)
    return [plain(bubble) for said in turns for bubble in showing.bubbles(said)]


def practice(data: Path) -> SqliteStore:
    """What the bot keeps, opened beside it."""
    schemes = Schemes()
    return open_practice(data, schemes.ids(), lambda id: keeping(schemes, id))


async def said(data: Path, person: Person) -> list[str]:
    """What is kept of what this person wrote."""
    async with practice(data) as store:
        session = (await store.load(Address("telegram", str(person.chat.id), ORGANISATION))).session
    return [line for one in session.said for line in one.split("\n")] if session is not None else []


class Bot(Protocol):
    """A bot that can be killed, and asked what it kept."""

    process: Process
    still: float
    """So many seconds without anything sent mean, of a bot that is up, that no more will come."""

    async def said_to(self, typed: list[str]) -> list[str]:
        """What it says to this when nothing goes wrong."""

    async def kept(self, person: Person) -> list[str]:
        """What it kept of what this person wrote, in its order."""

    async def waiting(self, person: Person) -> int:
        """How many messages to this person it still has to send."""


class Gehoord:
    """`gehoord serve` with a bot; with a webhook when it has a place. Without a `scheme` it is for all of them.

    It keeps what it has to say, so on a busy machine it is waited for longer.
    """

    still = 300.0

    def __init__(
        self,
        folder: Path,
        telegram: Emulator,
        place: Place | None = None,
        scheme: str | None = ORGANISATION,
    ) -> None:
        self._data = folder / "data"
        settings = {TOKEN: telegram.token, API: telegram.url} | ({SCHEME: scheme} if scheme else {})
        if place is not None:
            settings[WEBHOOK] = f"http://127.0.0.1:{place.port}"
        words = ["-m", "bot", "--data", str(self._data), "serve", "--demo", "--port", _port(place)]
        self.process = Process(words, folder / "bot.log", settings, place=place)

    async def said_to(self, typed: list[str]) -> list[str]:
        """What the core says."""
        return await undisturbed(typed)

    async def kept(self, person: Person) -> list[str]:
        """What stands in the session."""
        return await said(self._data, person)

    async def waiting(self, person: Person) -> int:
        """What is in the outbox."""
        async with practice(self._data) as store:
            return len(await store.undelivered(Address("telegram", str(person.chat.id), ORGANISATION)))


class Aiogram:
    """The plain bot on aiogram with its states in memory; with a webhook when it has a place."""

    still = 15.0

    def __init__(self, folder: Path, telegram: Emulator, place: Place | None = None) -> None:
        words = ["-m", "tests.channels.plain_aiogram", "--api", telegram.url, "--token", telegram.token]
        self.process = Process([*words, "--port", _port(place)], folder / "bot.log", place=place)

    async def said_to(self, typed: list[str]) -> list[str]:
        """The greeting, and a confirmation of each answer."""
        return [plain_aiogram.GREETING, *map(plain_aiogram.answered, typed)]

    async def kept(self, person: Person) -> list[str]:
        """What it confirmed since it was started last: its memory goes with the process."""
        here = [stored.text for stored in person.received() if stored.at >= self.process.since]
        return [
            text.removeprefix(plain_aiogram.answered("")) for text in here if text != plain_aiogram.GREETING
        ]

    async def waiting(self, person: Person) -> int:
        """Nothing: it keeps no such thing."""
        return 0


class Ptb:
    """The plain bot on python-telegram-bot with its pickle, written each minute or after each update."""

    still = 15.0

    def __init__(self, folder: Path, telegram: Emulator, *, each: bool = False) -> None:
        self._pickle = folder / "pickle"
        words = ["-m", "tests.channels.plain_ptb", "--api", telegram.url, "--token", telegram.token]
        more = ["--each-update"] if each else []
        self.process = Process(
            [*words, "--pickle", str(self._pickle), *more], folder / "bot.log", {"PTB_TIMEDELTA": "1"}
        )

    async def said_to(self, typed: list[str]) -> list[str]:
        """The greeting, and a confirmation of each answer."""
        return [plain_ptb.GREETING, *map(plain_ptb.answered, typed)]

    async def kept(self, person: Person) -> list[str]:
        """What stands in the pickle."""
        return plain_ptb.kept(self._pickle, person.chat.id)

    async def waiting(self, person: Person) -> int:
        """Nothing: it keeps no such thing."""
        return 0


def _port(place: Place | None) -> str:
    """Where it is to listen: any port, where it matters to nobody."""
    return str(place.port if place is not None else 0)


BOTS: dict[str, Callable[[Path, Emulator], Bot]] = {
    "gehoord": Gehoord,
    "gehoord-webhook": lambda folder, telegram: Gehoord(folder, telegram, Place()),
    "aiogram": Aiogram,
    "aiogram-webhook": lambda folder, telegram: Aiogram(folder, telegram, Place()),
    "ptb": Ptb,
    "ptb-each-update": lambda folder, telegram: Ptb(folder, telegram, each=True),
}
