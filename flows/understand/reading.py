"""One text read by every part, and what they found put together.

The rules of this file
 1. Every part reads the whole text by itself; nothing that one finds depends on the order of the parts.
 2. Where two findings claim the same characters, the one earlier in `_FIRST` keeps them: digits of a phone number
    are no date or age, a place in a street address is no location, "mei" in a name is no month. The field that was
    asked comes first of all.
 3. At most one finding per field; several numbers of the client's own are one finding with a tuple.
 4. A wish is what the client wants of the organisation: not what they want of this chat (an intent), and never danger.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from flows.answers import Value, When
from flows.calendar.zone import AMSTERDAM
from flows.scheme import Scheme
from flows.understand import (
    ages,
    contacts,
    danger,
    dates,
    fears,
    intents,
    people,
    phrases,
    places,
    replies,
    roles,
    subjects,
    wishes,
)
from flows.understand.findings import Context, Finding, Heard
from flows.understand.lists import Lists, of
from flows.understand.phrases import Hits, Words
from flows.understand.spans import Span, Taken

_FIRST = ("email", "phone", "address", "contact_when", "name", "date", "age", "location")
"""The fields whose findings exclude each other, the strongest first."""

_ORDER = {field: rank for rank, field in enumerate(_FIRST)}
_SEVERAL = frozenset(("phone", "email"))
"""The fields of which a text may hold several values: they become one finding with a tuple."""


def understand(text: str, context: Context) -> Heard:
    """All that `text` holds, for a conversation that stands where `context` says. Never raises; linear in length."""
    said = Words(text)
    dangers = danger.find(text, context.locale)
    intent, intent_span = intents.find(text, context) or (None, None)
    reached = contacts.find(text, context)
    found = [*reached, *_own(said, context, Taken([finding.span for finding in reached]))]
    found += _event(text, context, found)
    findings = _fitted(text, found, context.asking)
    _clear_wish(findings, intent_span, [found.span for found in dangers])
    return Heard(
        text=text,
        findings=findings,
        reply=replies.find(text, context),
        intent=intent,
        intent_span=intent_span,
        danger=tuple(dict.fromkeys([found.kind for found in dangers])),
        danger_spans=tuple([found.span for found in dangers]),
        correction=replies.correction(text, context, intent),
    )


def warm(scheme: Scheme, locale: str) -> None:
    """Reads the word lists and this scheme's names now, which else the first text does: some 0.3 s in a process."""
    understand("06-12345678, 1.", Context(scheme, _NO_MATTER, locale))


_NO_MATTER = datetime(2000, 1, 1, tzinfo=AMSTERDAM)


def _event(text: str, context: Context, others: list[Finding]) -> list[Finding]:
    """When it happened: the one date of this text that is its event, none of them made of others' characters."""
    stronger = _FIRST[: _FIRST.index("date")] if context.asking != "date" else ()
    found = dates.find(text, context)
    if not found:
        return []
    taken = Taken([finding.span for finding in others if finding.field in stronger])
    event = dates.event([date for date in found if taken.free(date.span)], text)
    return [event] if event is not None else []


class _Reader(Protocol):
    def __call__(self, said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None: ...


_READERS: tuple[tuple[str, frozenset[str], _Reader], ...] = (
    ("subject", frozenset(("subject", "scheme_subject")), subjects.find),
    ("wish", frozenset(("wish",)), wishes.find),
    ("party", frozenset(("scheme_party",)), people.party),
    ("unreadable_by", frozenset(("unread_after", "unread_inside", "unread_to")), people.unreadable),
    ("safe", frozenset(("safe",)), fears.safe),
    ("talked", frozenset(("talked",)), fears.talked),
    ("interpreter", frozenset(("interpreter",)), fears.interpreter),
    ("age", frozenset(("age",)), ages.find),
)
"""The fields that are read from patterns: of which lists, and by whom. Without one only what was asked is read."""

_READ = frozenset(field for field, _, _ in _READERS)


def _own(said: Words, context: Context, taken: Taken) -> list[Finding]:
    """What this package's own word lists find."""
    asking = context.asking
    lists = of(context.scheme)
    hits = phrases.find(said, lists.index)
    found = [
        places.find(said, lists.gazetteer, asked=asking == "location", taken=taken),
        *roles.find(said, hits, lists, context.scheme, asking),
        people.about(said, hits, lists, asked=asking == "about"),
    ]
    for field, fields, read in _READERS if hits or asking in _READ else ():
        if field == asking or not fields.isdisjoint(hits):
            found.append(read(said, hits, lists, asked=field == asking))
    return [finding for finding in found if finding is not None]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _fitted(text: str, found: list[Finding], asking: str | None) -> dict[str, Finding]:
    """At most one finding per field, and none on characters that a stronger one holds."""
    if len(found) < 2:
        return {finding.field: finding for finding in found}
    kept: dict[str, list[Finding]] = {}
    taken = Taken()
    for finding in sorted(found, key=lambda finding: _rank(finding, asking)):
        field, exclusive = finding.field, finding.field in _ORDER
        if exclusive and not taken.free(finding.span):
            continue
        if field not in kept:
            kept[field] = [finding]
        elif field in _SEVERAL and _as_good(kept[field][0], finding):
            kept[field].append(finding)
        else:
            continue
        if exclusive:
            taken.take(finding.span)
    fitted = {field: _joined(text, several) for field, several in kept.items()}
    return dict(sorted(fitted.items(), key=lambda item: item[1].span))


def _rank(finding: Finding, asking: str | None) -> tuple[int, bool, bool, int]:
    """What comes first: the field asked, the stronger field, what is sure, the client's own, the place."""
    order = -1 if finding.field == asking else _ORDER.get(finding.field, len(_ORDER))
    return order, not finding.sure, finding.note is not None, finding.span[0]


def _as_good(one: Finding, other: Finding) -> bool:
    """Whether a second number counts beside the first: the client's own, as sure, and not "none"."""
    return (
        one.sure
        and other.sure
        and one.note is None
        and other.note is None
        and "none" not in (one.value, other.value)
    )


def _joined(text: str, several: list[Finding]) -> Finding:
    """The findings of a field as one that holds all their values and reaches from the first to the last."""
    first = several[0]
    if len(several) == 1:
        return first
    values = tuple(dict.fromkeys(str(finding.value) for finding in several))
    start, end = several[0].span[0], several[-1].span[1]
    return Finding(first.field, values if len(values) > 1 else values[0], text[start:end], (start, end))


def _clear_wish(findings: dict[str, Finding], intent: Span | None, dangers: list[Span]) -> None:
    wish = findings.get("wish")
    if wish is None:
        return
    if (intent is not None and _overlap(wish.span, intent)) or any(
        span[0] <= wish.span[0] and span[1] >= wish.span[1] for span in dangers
    ):
        del findings["wish"]


def _plain(value: Value | None) -> object:
    match value:
        case When():
            return {
                "earliest": value.earliest.isoformat(),
                "latest": value.latest.isoformat(),
                "precision": value.precision,
                "ongoing": value.ongoing,
            }
        case tuple():
            return list(value)
        case str() | None:
            return value


def report(heard: Heard) -> dict[str, object]:
    """What `gehoord understand` prints, ready for JSON: each finding by field, ``intent`` and ``danger``."""
    result: dict[str, object] = {field: _described(finding) for field, finding in heard.findings.items()}
    result["intent"] = heard.intent
    result["danger"] = list(heard.danger)
    return result


def _described(finding: Finding) -> Mapping[str, object]:
    described: dict[str, object] = {}
    if finding.candidates:
        described["candidates"] = [_plain(candidate) for candidate in finding.candidates]
    else:
        described["value"] = _plain(finding.value)
    return {**described, "words": finding.words, "span": list(finding.span), "sure": finding.sure}
