"""Playing a transcript: each line is done, and what came is compared with what is written."""

import difflib
from collections.abc import Callable
from datetime import datetime
from itertools import takewhile
from typing import get_args

import msgspec

from bot import clock
from bot.facts import Facts, NoSuchFact
from bot.line.ends import Rehearsed
from bot.line.talking import Lined
from bot.talk import Exchange, NoLine, Rehearsal
from bot.transcripts import Step, Transcript, Unplayable, differs, shown, spaced, written
from flows.events import Chose, Event, Happened, Said, Sent, SentKind, Started
from flows.scheme import Scheme
from flows.session import Fresh


class Difference(msgspec.Struct, frozen=True):
    """Where a conversation went otherwise than written: the lines, a readable diff, and what came instead."""

    name: str
    line: int
    end: int
    diff: str
    came: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}:{self.line}:\n{self.diff}"


class Player:
    """Plays one transcript on a rehearsal."""

    def __init__(
        self,
        transcript: Transcript,
        scheme: Scheme,
        now: datetime,
        fresh: Callable[[], Fresh],
        *,
        platform: str = "terminal",
        locale: str | None = None,
    ) -> None:
        self._transcript = transcript
        self._platform, self._locale = platform, locale
        rehearsal = Rehearsal(scheme, now, fresh, platform=platform, locale=locale)
        self._rehearsal = rehearsal
        self._talk = Lined(rehearsal, Rehearsed(scheme, lambda: rehearsal.now))
        self._facts = Facts()
        self._options: dict[str, str] = {}

    async def play(self) -> tuple[Difference, ...]:
        """Every difference, in order. Raises `Unplayable` when a line cannot be done."""
        differences = []
        exchange = await self._talk.handle(Started(self._platform, self._locale))
        steps = self._transcript.steps
        at = 0
        while True:
            self._after(exchange)
            expected = tuple(takewhile(lambda step: step.kind == "said", steps[at:]))
            if difference := self._compared(expected, exchange):
                differences.append(difference)
            at += len(expected)
            while at < len(steps) and steps[at].kind == "fact":
                if difference := self._fact(steps[at]):
                    differences.append(difference)
                at += 1
            if at == len(steps):
                return tuple(differences)
            if steps[at].kind != "said":
                exchange = await self._do(steps[at])
                at += 1

    async def _do(self, step: Step) -> Exchange:
        if step.kind == "later":
            try:
                return await self._talk.wait(clock.duration(step.text))
            except clock.Unreadable as error:
                raise self._unplayable(step, str(error)) from None
        if step.kind == "confidant":
            try:
                return await self._talk.confidant(step.text)
            except NoLine:
                raise self._unplayable(step, "no line is open here.") from None
        return await self._talk.handle(self._event(step))

    def _event(self, step: Step) -> Event:
        match step.kind:
            case "say":
                return Said(self._filled(step.text))
            case "choose":
                return Chose(tuple(self._option(label, step) for label in step.options))
            case "event":
                id, _, on = step.text.partition(" on ")
                return Happened(id.strip(), on.strip() or None)
            case "send":
                kind, _, caption = step.text.partition(" ")
                try:
                    return msgspec.convert({"type": "sent", "kind": kind, "caption": caption}, Sent)
                except msgspec.ValidationError:
                    known = ", ".join(get_args(SentKind))
                    raise self._unplayable(step, f"'{kind}' cannot be sent; these can: {known}.") from None
            case _:
                raise self._unplayable(step, f"'{step.kind}' is nothing that can be done.")

    def _option(self, label: str, step: Step) -> str:
        if label not in self._options:
            offered = ", ".join(f"[{known}]" for known in self._options) or "nothing"
            raise self._unplayable(step, f"[{label}] is not offered here; offered: {offered}.")
        return self._options[label]

    def _after(self, exchange: Exchange) -> None:
        self._facts.after(exchange)
        offered = {option.label: option.id for message in exchange.said for option in message.options}
        if exchange.said:
            self._options = offered

    def _compared(self, expected: tuple[Step, ...], exchange: Exchange) -> Difference | None:
        filled = tuple(msgspec.structs.replace(step, text=self._filled(step.text)) for step in expected)
        came = tuple(shown(message) for message in exchange.said)
        if not differs(filled, came):
            return None
        with_options = any(step.options for step in filled)
        plain = came if with_options else tuple(msgspec.structs.replace(step, options=()) for step in came)
        left = [spaced(row) for step in filled for row in written(step)]
        right = [spaced(row) for step in plain for row in written(step)]
        new = tuple(row for step in plain for row in written(self._named(step)))
        return Difference(self._transcript.name, expected[0].line, expected[-1].end, _diff(left, right), new)

    def _named(self, step: Step) -> Step:
        """A message with what chance made in it replaced by its name."""
        text = step.text
        for name in ("{number}", "{code}"):
            made = self._filled(name)
            text = text.replace(made, name) if made else text
        return msgspec.structs.replace(step, text=text)

    def _fact(self, step: Step) -> Difference | None:
        path, _, wanted = (part.strip() for part in step.text.partition("="))
        try:
            found = self._facts.at(path)
        except NoSuchFact as error:
            raise self._unplayable(step, f"there is no fact {error}.") from None
        if found == self._filled(wanted):
            return None
        left, right = f"! {path} = {wanted}", f"! {path} = {found}"
        return Difference(self._transcript.name, step.line, step.end, _diff([left], [right]), (right,))

    def _filled(self, text: str) -> str:
        session = self._rehearsal.session
        number = session.case.number if session.case else ""
        code = self._talk.words or self._rehearsal.code or ""
        return text.replace("{number}", number).replace("{code}", code)

    def _unplayable(self, step: Step, what: str) -> Unplayable:
        return Unplayable(f"{self._transcript.name}:{step.line}: {what}")


def _diff(left: list[str], right: list[str]) -> str:
    lines = list(difflib.ndiff(left, right))
    return "\n".join(f"    {line}" for line in lines if not line.startswith("?"))


def accepted(text: str, differences: tuple[Difference, ...]) -> str:
    """The text of a transcript with what came in place of what was written."""
    lines = text.splitlines()
    for difference in reversed(differences):
        lines[difference.line - 1 : difference.end] = difference.came
    return "\n".join(lines) + "\n"
