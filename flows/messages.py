"""What to say and offer: semantic, without words and without widgets. Words are in `locales`, widgets in `bot`."""

from datetime import date

import msgspec

from flows.answers import When
from flows.events import Reason


class Label(msgspec.Struct, frozen=True, tag="label"):
    """Words that a scheme gives, per locale: ``(("nl", "Haarlem"), ("en", "Haarlem"))``."""

    texts: tuple[tuple[str, str], ...]

    def text(self, locale: str) -> str:
        """The text for `locale`, falling back from ``nl@kind`` to ``nl``, and then to the first there is."""
        known = dict(self.texts)
        return known.get(locale) or known.get(locale.partition("@")[0]) or self.texts[0][1]


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    """The client's own words, shown as they are (law 4: never rephrased)."""

    text: str


class Phrase(msgspec.Struct, frozen=True, tag="phrase"):
    """Another message's words inside a message: a part chosen by id, such as ``field.date`` or ``value.yes``."""

    id: str
    args: "tuple[tuple[str, Arg], ...]" = ()


class Day(msgspec.Struct, frozen=True, tag="day"):
    """A calendar day, worded with weekday, day, month and year."""

    date: date


class Span(msgspec.Struct, frozen=True, tag="span"):
    """A `When`, worded as exactly as it is known."""

    when: When


class Number(msgspec.Struct, frozen=True, tag="number"):
    """A phone number in E.164, worded as people write it."""

    e164: str


class Names(msgspec.Struct, frozen=True, tag="names"):
    """Several parts, joined in the language's own way ("a, b en c")."""

    parts: "tuple[Arg, ...]"
    link: str = "and"


class Because(msgspec.Struct, frozen=True, tag="because"):
    """Why a deadline is the day it is (law 8), worded in the client's language."""

    reason: Reason


Arg = str | int | Label | Quote | Phrase | Day | Span | Number | Names | Because
"""What fills a placeholder. A plain str is a name, a link or a code: the same in every language."""


class Option(msgspec.Struct, frozen=True):
    """Something to choose: `id` is what comes back, `label` what is read."""

    id: str
    label: Arg


class Door(msgspec.Struct, frozen=True):
    """A way to a page of our own site: `path` is its address there, the same for everyone; `label` what is read."""

    path: str
    label: Arg


class Row(msgspec.Struct, frozen=True):
    """One line of a card: what it is, its value, the client's words where it was understood, and its change."""

    field: str
    value: Arg
    words: str = ""


class Message(msgspec.Struct, frozen=True):
    """One thing to say.

    `id` is the key in the catalogues, `args` fill its placeholders. `rows` make it a card. `body` is text to
    copy as it stands (a prepared letter). `sensitive` asks a channel to protect it. `multiple`: more than one
    option may be chosen. `door` leads to a page of our own.
    """

    id: str
    args: tuple[tuple[str, Arg], ...] = ()
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    body: Arg = ""
    multiple: bool = False
    sensitive: bool = False
    count: int | None = None
    door: Door | None = None
