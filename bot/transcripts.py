"""Transcripts: conversations as people read them, which can be recorded by hand and played as tests.

A transcript is a text file::

    scheme: blijf-groep
    now: 2026-05-20T12:00
    # anything after a # at the start of a line is a comment
    < Hoi. Hier kun je vertellen waar je niet tevreden over bent. Dat kost niets.
    < Wat is er gebeurd?
      [Praten met de vertrouwenspersoon]
    > Ik woon in de opvang in haarlem.
    > [Ja, dat klopt]
    later 3d
    ! intake.location = haarlem

The rules of this file
 1. ``key: value`` lines come first: ``scheme``, ``now``, ``locale``, ``platform``, ``clauses``. All may be absent.
 2. ``>`` is what the client types; ``> [label]`` (or several) is what they choose. ``later 3d`` lets time pass,
    ``event contact_made`` is a step of the officer's (``on 2026-06-03`` may follow), ``send photo`` a file,
    ``confidant Hoi.`` what the confidant says on the line.
 3. ``<`` is a message. Its further lines are indented: more text, lines of a card, options in brackets.
 4. After each input, what stands there is compared with what came, message by message. Nothing written there:
    nothing compared. ``< …`` stands for any number of messages. Options are compared where some are written.
 5. ``! path = value`` compares a fact (`bot.facts`).
 6. ``{number}`` and ``{code}`` stand for the case number and the claim code, which chance makes; where a line was
    begun, ``{code}`` is its words.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from bot.rendering import addressed
from locales import Rendered

HEADERS = ("scheme", "now", "locale", "platform", "clauses")
ANY = "…"
INDENT = "  "

Kind = Literal["say", "choose", "later", "event", "send", "confidant", "said", "fact"]

_HEADER = re.compile(r"([a-z]+): *(.*)")
_OPTION = re.compile(r"\[([^\[\]]+)\]")
_OPTIONS = re.compile(r"\s*(\[[^\[\]]+\]\s*)+")
_FENCED = re.compile(r"^```transcript\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPACES = re.compile(r"[ \t]+")


class Unplayable(ValueError):
    """The file is no transcript; the message says which line and what to write."""


class Step(msgspec.Struct, frozen=True):
    """One line of a transcript with what is indented under it, from `line` to `end` (counted from 1)."""

    kind: Kind
    text: str
    line: int
    options: tuple[str, ...] = ()
    end: int = 0


class Transcript(msgspec.Struct, frozen=True):
    """A file as it was read."""

    name: str
    headers: dict[str, str]
    steps: tuple[Step, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that this conversation shows."""
        return tuple(re.split(r"[ ,]+", self.headers["clauses"])) if self.headers.get("clauses") else ()


def read(text: str, name: str) -> Transcript:
    """The transcript in this text. Raises `Unplayable`."""
    headers: dict[str, str] = {}
    steps: list[Step] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.rstrip()
        if not line or line.startswith("#"):
            continue
        if line.startswith(INDENT) or line.startswith("\t"):
            if not steps or steps[-1].kind not in ("said", "say"):
                raise Unplayable(
                    f"{name}:{number}: only a message (<) or what is typed (>) goes on indented."
                )
            steps[-1] = msgspec.structs.replace(_longer(steps[-1], line), end=number)
        elif not steps and (header := _HEADER.fullmatch(line)):
            if header[1] not in HEADERS:
                raise Unplayable(
                    f"{name}:{number}: no header '{header[1]}'. There are: {', '.join(HEADERS)}."
                )
            headers[header[1]] = header[2]
        else:
            steps.append(msgspec.structs.replace(_step(line, name, number), end=number))
    return Transcript(name, headers, tuple(steps))


def fenced(text: str) -> tuple[str, ...]:
    """The transcripts in a Markdown text: each block fenced as ``transcript``, on the lines where it stands."""
    found = []
    for block in _FENCED.finditer(text):
        above = text[: block.start(1)].count("\n")
        found.append("\n" * above + block[1])
    return tuple(found)


def _step(line: str, name: str, number: int) -> Step:
    sign, _, rest = line.partition(" ")
    rest = rest.strip()
    match sign:
        case ">" if _OPTIONS.fullmatch(rest):
            return Step("choose", rest, number, tuple(_OPTION.findall(rest)))
        case ">":
            return Step("say", rest, number)
        case "<":
            return Step("said", rest, number)
        case "!" if "=" in rest:
            return Step("fact", rest, number)
        case "later" | "event" | "send" | "confidant" if rest:
            return Step(sign, rest, number)
        case _:
            raise Unplayable(
                f"{name}:{number}: '{line}' is none of these: '> typed', '> [option]', '< said', 'later 3d', "
                "'event step', 'send photo', 'confidant text', '! path = value', '# comment'."
            )


def _longer(step: Step, line: str) -> Step:
    if step.kind == "said" and _OPTIONS.fullmatch(line):
        return msgspec.structs.replace(step, options=(*step.options, *_OPTION.findall(line)))
    return msgspec.structs.replace(step, text=f"{step.text}\n{line.strip()}")


def shown(message: Rendered) -> Step:
    """A message as a transcript holds it."""
    tidy = "\n".join(spaced(line) for line in addressed(message).splitlines() if line.strip())
    return Step("said", tidy, 0, tuple(option.label for option in message.options))


def spaced(line: str) -> str:
    """A line with single spaces, so that a card may be laid out in columns."""
    return _SPACES.sub(" ", line).strip()


def differs(expected: tuple[Step, ...], came: tuple[Step, ...]) -> bool:
    """Whether what came is not what was written (rule 4)."""
    if not expected:
        return False
    if expected[0].text == ANY:
        return all(differs(expected[1:], came[at:]) for at in range(len(came) + 1)) if expected[1:] else False
    if not came or not _same(expected[0], came[0]):
        return True
    return bool(came[1:]) if not expected[1:] else differs(expected[1:], came[1:])


def _same(expected: Step, came: Step) -> bool:
    text = "\n".join(spaced(line) for line in expected.text.splitlines())
    return text == came.text and (not expected.options or expected.options == came.options)


def written(step: Step) -> Iterator[str]:
    """A step as lines of a transcript."""
    match step.kind:
        case "say" | "choose":
            sign = "> "
        case "said":
            sign = "< "
        case "fact":
            sign = "! "
        case _:
            sign = f"{step.kind} "
    first, *more = step.text.split("\n")
    yield sign + first
    yield from (f"{INDENT}  {line}" for line in more)
    if step.kind == "said" and step.options:
        yield INDENT + "  ".join(f"[{label}]" for label in step.options)
