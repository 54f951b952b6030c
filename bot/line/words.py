"""What a message on a line holds, and how it is shown: the same for pages, the inbox and the terminal."""

import msgspec

from flows.calendar.zone import AMSTERDAM
from flows.line import Mark, Said
from flows.messages import Day, Phrase
from locales import text
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
