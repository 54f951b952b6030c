"""The turn being composed: a session, what is said and what is ordered, while `advance` does its work."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from flows.effects import Effect
from flows.messages import Arg, Door, Message, Option, Phrase, Row
from flows.platforms import PLATFORMS, Platform
from flows.scheme import Scheme
from flows.session import Doubt, Fresh, Session, Turn

ALWAYS = frozenset({"stop", "wipe", "human", "confidant", "back", "who_reads"})
"""Options that are valid on every screen, offered or not."""


HELPER = Phrase("option.confidant.help")
"""What the way to a confidant is called where the source names none, but others who help."""


class Composer:
    """Gathers one turn. It lives inside one call of `advance`; what it makes is frozen."""

    def __init__(self, scheme: Scheme, session: Session, now: datetime, fresh: Fresh) -> None:
        self.scheme = scheme
        self.session = session
        self.now = now
        self.fresh = fresh
        self.messages: list[Message] = []
        self.effects: list[Effect] = []
        self.danger: tuple[str, ...] = ()
        self.error: str | None = None

    @property
    def platform(self) -> Platform:
        return PLATFORMS[self.session.platform]

    def say(
        self,
        id: str,
        *,
        options: tuple[Option, ...] = (),
        rows: tuple[Row, ...] = (),
        body: Arg = "",
        multiple: bool = False,
        sensitive: bool = False,
        count: int | None = None,
        door: Door | None = None,
        filled: Mapping[str, Arg] | None = None,
        **args: Arg,
    ) -> None:
        """Adds a message; keyword arguments, and those in `filled`, fill the placeholders of its words."""
        every = {**(filled or {}), **args}
        if not self.scheme.confidants:
            options = tuple(Option(o.id, HELPER) if o.id == "confidant" else o for o in options)
        self.messages.append(
            Message(id, tuple(every.items()), options, rows, body, multiple, sensitive, count, door)
        )

    def order(self, effect: Effect) -> None:
        """Adds an effect: an order that the store carries out with this turn."""
        self.effects.append(effect)

    def change(self, **fields: object) -> None:
        """Replaces fields of the session."""
        self.session = msgspec.structs.replace(self.session, **fields)

    def wait(
        self, *, asking: str | None = None, pending: str | None = None, doubt: Doubt | None = None
    ) -> None:
        """Says what the next event is an answer to: a field, a question beside the fields, or a doubt."""
        self.change(asking=asking, pending=pending, doubt=doubt)

    def value(self, field: str) -> object | None:
        """The value of an answered field, or None."""
        answer = self.session.answers.get(field)
        return answer.value if answer else None

    def told(self, what: str) -> bool:
        """Whether this was said once already in the conversation; the first time it is noted and False comes."""
        if what in self.session.told:
            return True
        self.change(told=(*self.session.told, what))
        return False

    def offer_once(self) -> None:
        """Takes an option away where a later message of this turn offers it again: nobody wonders which to press."""
        later: set[str] = set()
        for at in reversed(range(len(self.messages))):
            message = self.messages[at]
            left = tuple(option for option in message.options if option.id not in later)
            self.messages[at] = msgspec.structs.replace(message, options=left)
            later |= {option.id for option in left}

    def turn(self) -> Turn:
        """The finished turn; what it offers is what may be chosen next."""
        at = self.now.isoformat()
        if self.messages:
            offered = [option.id for message in self.messages for option in message.options]
            multiple = any(message.multiple for message in self.messages)
            self.change(offered=tuple(dict.fromkeys(offered)), multiple=multiple, at=at)
        else:
            self.change(at=at)
        return Turn(self.session, tuple(self.messages), tuple(self.effects), self.danger, self.error)


def option(id: str, label: Arg | None = None) -> Option:
    """An option with the words of the catalogue (``option.<id>``), or with a label of the scheme."""
    return Option(id, Phrase(f"option.{id.replace(':', '_')}") if label is None else label)
