"""Both ends of the lines of one organisation where they are kept (`bot.line.ends.Ends`), for a talk in the terminal."""

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from bot.line import codes
from bot.line.readers import readers
from flows import line as lines
from flows.line import Said
from flows.scheme import Scheme
from locales import text
from storage.errors import AlreadyThere, NoRecipient, UnknownLine, WrongPassword
from storage.lines import Holder, Line, LineCode
from storage.officers import Unlocked
from storage.practice import is_practice, practice_password
from storage.store import Store


async def practice_confidant(store: Store, data: Path, scheme: Scheme, now: datetime) -> Unlocked | None:
    """In a directory for practice the confidant of the scheme, made when nobody is there; None elsewhere.

    Their password lies in the clear beside the other keys of practice (`storage.practice`).
    """
    own = lines.own(scheme)
    if own is None or not is_practice(data):
        return None
    password = practice_password(data, scheme.id)
    found = await readers(store, scheme)
    if not found:
        name = own.name or text(lines.called(own), "nl")
        found = (await store.add_confidant(scheme.id, name, password, now=now),)
    try:
        return await store.unlock(found[0].id, password, now=now)
    except WrongPassword:
        return None


class Stored:
    """Lines in a store. The confidant answers elsewhere, or here where their key is at hand (practice)."""

    def __init__(
        self,
        store: Store,
        scheme: Scheme,
        now: Callable[[], datetime],
        confidant: Unlocked | None = None,
    ) -> None:
        self.scheme, self._store, self._now, self._confidant = scheme, store, now, confidant
        self._holder: Holder | None = None

    @property
    def now(self) -> datetime:
        """The time it is in this talk."""
        return self._now()

    async def draw(self) -> LineCode | None:
        """New words; None without a confidant at work."""
        if not await readers(self._store, self.scheme):
            return None
        return codes.fresh(await self._store.draw_locator())

    async def open(self, code: LineCode) -> bool:
        """A new line behind these words, to the confidant who is there longest."""
        found = [one.id for one in await readers(self._store, self.scheme)][:1]
        try:
            self._holder = await self._store.open_line(self.scheme.id, code, found, now=self.now)
        except (AlreadyThere, NoRecipient, UnknownLine):
            return False
        return True

    async def enter(self, code: LineCode) -> bool:
        """Whether there is a line behind these words."""
        holder = await self._store.enter_line(self.scheme.id, code)
        self._holder = holder or self._holder
        return holder is not None

    async def read(self) -> Line:
        """The line as the client reads it."""
        return await self._store.read_line(self._held(), now=self.now)

    async def say(self, said: Said) -> None:
        """The client says something."""
        body = msgspec.json.encode(said)
        await self._store.say_on_line(self._held(), body, secrets.token_hex(8), now=self.now)

    async def close(self) -> None:
        """The client ends the talk."""
        await self._store.close_line(self._held(), now=self.now)

    async def wipe(self) -> None:
        """The client destroys it."""
        await self._store.wipe_line(self._held(), now=self.now)

    async def answer(self, said: Said) -> bool:
        """The confidant reads the line and answers, where their key is at hand."""
        if self._confidant is None:
            return False
        line = await self._store.read_line(self._held(), now=self.now)
        await self._store.take_line(self._confidant, line.ref, now=self.now)
        await self._store.answer_on_line(
            self._confidant, line.ref, msgspec.json.encode(said), secrets.token_hex(8), now=self.now,
            last=said.last,
        )  # fmt: skip
        return True

    def _held(self) -> Holder:
        if self._holder is None:
            raise UnknownLine
        return self._holder
