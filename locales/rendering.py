"""A message in words: the catalogue's text with its placeholders filled, in one locale."""

import re
from datetime import date
from typing import Literal, assert_never

import msgspec

from flows.messages import Arg, Because, Day, Label, Message, Names, Number, Phrase, Quote, Span
from locales import dates, numbers
from locales.catalogues import cldr, known, words
from locales.reasons import reason

_STARTS = re.compile(r"%\((\w+)\)s")
_PLAIN = {"plain": ", ", "lines": "\n"}
"""How parts stand beside each other where no sentence joins them."""


class Choice(msgspec.Struct, frozen=True):
    """An option as it is read: `id` comes back when it is chosen."""

    id: str
    label: str


class Line(msgspec.Struct, frozen=True):
    """One line of a card. `words` says what the client's own words were ("(je zei: …)"), or is empty."""

    field: str
    label: str
    value: str
    words: str = ""


class Rendered(msgspec.Struct, frozen=True):
    """A message as a person reads it; a channel adds only its widgets. The id of a `door` is a path of our site."""

    id: str
    text: str
    options: tuple[Choice, ...] = ()
    rows: tuple[Line, ...] = ()
    body: str = ""
    multiple: bool = False
    sensitive: bool = False
    door: Choice | None = None


def render(message: Message, locale: str) -> Rendered:
    """The message in the words of `locale`, or of what that falls back on (`locales.catalogues`)."""
    return Rendered(
        id=message.id,
        text=_sentence(message, locale),
        options=tuple([Choice(option.id, text(option.label, locale)) for option in message.options]),
        rows=tuple(
            [
                Line(
                    row.field,
                    _label(row.field, locale),
                    text(row.value, locale),
                    words("card.words", locale) % {"words": row.words} if row.words else "",
                )
                for row in message.rows
            ]
        ),
        body=text(message.body, locale),
        multiple=message.multiple,
        sensitive=message.sensitive,
        door=Choice(message.door.path, text(message.door.label, locale)) if message.door else None,
    )


def warm(locale: str) -> None:
    """Loads now what words days and lists, which else the first message with one does: some 30 ms in a process."""
    text(Names((Day(_NO_MATTER), Day(_NO_MATTER))), locale)


_NO_MATTER = date(2000, 1, 1)


def text(arg: Arg, locale: str) -> str:
    """What fills one placeholder, in words; a phrase with a `count` in those for one or for more."""
    match arg:
        case str():
            return arg
        case Label():
            return arg.text(locale)
        case int():
            return str(arg)
        case Quote():
            return arg.text
        case Phrase():
            count = dict(arg.args).get("count") if arg.args else None
            count = count if isinstance(count, int) else None
            return _filled(words(arg.id, locale, count), arg.args, locale, count)
        case Day():
            return dates.day(arg.date, locale)
        case Span():
            return dates.span(arg.when, locale)
        case Number():
            return numbers.spoken(arg.e164)
        case Names():
            return _joined(arg, locale)
        case Because():
            return reason(arg.reason, locale)
        case _:
            assert_never(arg)


def _sentence(message: Message, locale: str) -> str:
    """The message's text; a sentence that begins with a label of the scheme begins with a capital."""
    found = words(message.id, locale, message.count)
    filled = _filled(found, message.args, locale, message.count)
    start = _STARTS.match(found) if found.startswith("%") else None
    if start and isinstance(dict(message.args).get(start[1]), Label | Phrase):
        return filled[:1].upper() + filled[1:]
    return filled


def _filled(found: str, args: tuple[tuple[str, Arg], ...], locale: str, count: int | None) -> str:
    """The words found for a message, with what its placeholders stand for."""
    if "%" not in found:
        return found
    filled = {name: text(arg, locale) for name, arg in args}
    if count is not None:
        filled.setdefault("count", str(count))
    for name, value in filled.items():
        if value.endswith((".", "!", "?")):  # "Ik ben er ook!" ends its sentence itself
            found = found.replace(f"%({name})s.", f"%({name})s")
    return found % filled


def _label(field: str, locale: str) -> str:
    """What a line of a card is about: a field by its name, or nothing where the value says it all."""
    id = f"field.{field}"
    return words(id, locale) if known(id, locale) else ""


def _joined(names: Names, locale: str) -> str:
    parts = [text(part, locale) for part in names.parts]
    if names.link in _PLAIN:
        return _PLAIN[names.link].join(parts)
    from babel.lists import format_list  # noqa: PLC0415 (10 ms, and no first screen joins anything)

    style: Literal["or", "standard"] = "or" if names.link == "or" else "standard"
    return format_list(parts, style=style, locale=cldr(locale))
