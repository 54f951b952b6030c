"""What a message on a line holds, and how it is shown: the same for pages, the inbox and the terminal."""

from collections.abc import Sequence

import msgspec

from flows.calendar.zone import AMSTERDAM
from flows.line import Mark, Reader, Said
from flows.messages import Day, Message, Phrase
from locales import Rendered, render, text
from storage.lines import Line, Word

LONGEST = 20_000
"""The most characters of one message."""


def content(word: Word) -> Said:
    """What a message holds; nothing where it cannot be opened."""
    return msgspec.json.decode(word.body, type=Said) if word.body else Said("")


def marks(line: Line) -> list[Mark]:
    """Every message as it stands."""
    return [Mark(not word.by, word.at, word.read) for word in line.words]


def unread(line: Line) -> int:
    """How many messages of the client nobody has read."""
    return sum(not word.by and not word.read for word in line.words)


def when(word: Word, locale: str) -> str:
    """The day and the hour of a message: more is not kept."""
    at = word.at.astimezone(AMSTERDAM)
    return text(Phrase("confide.hour", (("day", Day(at.date())), ("hour", str(at.hour)))), locale)


class Bubble(msgspec.Struct, frozen=True):
    """One message as it is read. `number` is its place in the line; `file` a ``photo`` or a ``voice``, or empty."""

    mine: bool
    who: str
    text: str
    when: str
    read: bool
    number: int
    file: str = ""


def bubbles(line: Line, known: Sequence[Reader], name: str, locale: str) -> list[Bubble]:
    """The messages as their client reads them: a confidant by their name, or by `name` when they are gone."""
    names = {one.id: one.name for one in known}
    you = text(Phrase("confide.you"), locale)
    told = [(number, word, content(word)) for number, word in enumerate(line.words)]
    return [
        Bubble(not word.by, names.get(word.by, name) if word.by else you, said.text, when(word, locale), word.read,
               number, said.file)
        for number, word, said in told
    ]  # fmt: skip


def rendered(said: Sequence[Message], locale: str) -> tuple[Rendered, ...]:
    """Messages in words."""
    return tuple(render(message, locale) for message in said)
