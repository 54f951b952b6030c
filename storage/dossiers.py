"""A whole dossier as data: for the client who asks for a copy, and an extract for who has to respond.

Nothing is released by a program: an officer exports it, and a person hands it over (UAVG 5; domain of every scheme).
"""

import re
from collections.abc import Sequence

import msgspec

from flows.answers import Answer, Value
from storage.records import Dossier, Mark

BLANK = "[…]"
"""What stands where an extract leaves something out."""

SHOWN = ("story", "date", "location", "subject", "about", "party", "wish", "points", "talked")
"""The answers that someone needs who has to respond; the others say who and where the client is (BB-12)."""

NAMING = ("name", "address", "phone", "email")
"""Answers whose values are blanked wherever they stand."""


class Extract(msgspec.Struct, frozen=True):
    """What the staff member or party concerned gets to respond to (BB-7b, Awb 9:9): what happened, not who or where."""

    number: str
    kind: str
    received: str
    answers: dict[str, Answer]
    said: tuple[str, ...]


class Copy(msgspec.Struct, frozen=True):
    """The dossier whole: what was told, what came later, what was done and by when; `attachments` are file names."""

    number: str
    scheme: str
    scheme_version: str
    kind: str
    status: str
    received: str
    locale: str
    platform: str
    answers: dict[str, Answer]
    said: tuple[str, ...]
    skipped: tuple[str, ...]
    flags: tuple[str, ...]
    refused: tuple[str, ...]
    later: tuple[dict[str, str], ...]
    timeline: tuple[dict[str, str], ...]
    deadlines: tuple[dict[str, str], ...]
    attachments: tuple[str, ...]


def copy_of(dossier: Dossier, attachments: Sequence[str] = ()) -> Copy:
    """The dossier as data; `attachments` are the names under which its files are handed over."""
    line, intake = dossier.line, dossier.intake
    return Copy(
        number=line.number,
        scheme=line.scheme,
        scheme_version=line.scheme_version,
        kind=line.kind,
        status=line.status,
        received=line.received.isoformat(),
        locale=intake.locale,
        platform=intake.platform,
        answers=intake.answers,
        said=intake.said,
        skipped=intake.skipped,
        flags=intake.flags,
        refused=dossier.refused,
        later=tuple(
            {"what": entry.what, "at": entry.at.isoformat(), "by": entry.by, "text": entry.text}
            for entry in dossier.entries
        ),
        timeline=tuple(_mark(mark) for mark in dossier.timeline),
        deadlines=tuple(
            {"id": term.deadline.id, "date": term.deadline.date, "state": term.state} for term in line.terms
        ),
        attachments=tuple(attachments),
    )


def _mark(mark: Mark) -> dict[str, str]:
    return {"at": mark.at.isoformat(), "what": mark.what, "by": mark.by}


def extract_of(dossier: Dossier) -> Extract:
    """The part that someone needs to respond, with all that names the client blanked."""
    pattern = _naming(dossier)
    answers = {
        field: Answer(
            _blank_value(answer.value, pattern), _blank(answer.words, pattern), answer.how, answer.confirmed
        )
        for field, answer in dossier.intake.answers.items()
        if field in SHOWN
    }
    return Extract(
        number=dossier.line.number,
        kind=dossier.line.kind,
        received=dossier.line.received.date().isoformat(),
        answers=answers,
        said=tuple(_blank(text, pattern) for text in dossier.intake.said),
    )


def _naming(dossier: Dossier) -> re.Pattern[str]:
    """What names this client, in any way it may be written."""
    shapes: set[str] = set()
    for field in NAMING:
        answer = dossier.answer(field)
        for value in (*_texts(answer.value), *_texts(answer.was)) if answer else ():
            if value not in ("none", "unknown"):
                shapes |= _shapes(field, value)
    # Any phone number or mail address says who it is, also one that was not the answer to a question.
    shapes |= {r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", r"(?<!\d)(?:\+|00)?\d(?:[\s().-]{0,2}\d){8,13}(?!\d)"}
    return re.compile("|".join(sorted(shapes, key=len, reverse=True)), re.IGNORECASE)


def _texts(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()


def _shapes(field: str, value: str) -> set[str]:
    whole = r"\s+".join(re.escape(part) for part in value.split())
    if field == "name":
        parts = [part for part in re.findall(r"\w+", value) if len(part) > 2]
        return {whole, *(rf"\b{re.escape(part)}\b" for part in parts)}
    if field == "address":
        lines = [line.strip() for line in re.split(r"[,\n]", value) if len(line.strip()) > 3]
        return {whole, *(r"\s*".join(re.escape(part) for part in line.split()) for line in lines)}
    return {whole}


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(BLANK, text)


def _blank_value(value: Value, pattern: re.Pattern[str]) -> Value:
    if isinstance(value, str):
        return _blank(value, pattern)
    return tuple(_blank(one, pattern) for one in value) if isinstance(value, tuple) else value
