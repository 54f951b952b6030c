"""One text read by every part, and what they found put together.

The rules of this file
 1. Everything is read in one pass over the text; nothing that one part finds depends on the order of the parts.
 2. Where two findings claim the same characters, the one earlier in `_FIRST` keeps them: digits of a phone number are no
    date or age, a place in a street address is no location, "mei" in a name is no month. The field that was asked comes
    first of all, if it is sure.
 3. At most one finding per field.
 4. A wish is what the client wants of the organisation: not what they want of this chat (an intent), and never danger.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module

from flows.answers import Value, When
from flows.understand import ages, fears, people, phrases, places, roles, subjects, wishes
from flows.understand.findings import Context, Finding, Heard, Reply
from flows.understand.lists import of
from flows.understand.phrases import Words

_FIRST = ("email", "phone", "address", "contact_when", "name", "date", "age", "location")
"""The fields whose findings exclude each other, the strongest first."""

Span = tuple[int, int]


_LANDED: tuple[str, ...] = ()


def _part(name: str) -> object | None:
    return import_module(f"flows.understand.{name}") if name in _LANDED else None


def understand(text: str, context: Context) -> Heard:
    """All that `text` holds, for a conversation that stands where `context` says. Never raises; linear in length."""
    said = Words(text)
    dangers = _danger(text, context)
    reply = _reply(text, context)
    intent, intent_span = _intent(text, context)
    found = [*_contacts(text, context), *_own(said, context)]
    found += _date(text, context, found)
    findings = _fitted(found, context.asking)
    _clear_wish(findings, intent_span, [danger_span for _, danger_span in dangers])
    return Heard(
        text=text,
        findings=findings,
        reply=reply,
        intent=intent,
        intent_span=intent_span,
        danger=tuple(dict.fromkeys(kind for kind, _ in dangers)),
        danger_spans=tuple(span for _, span in dangers),
        correction=_correction(text, context),
    )


def _danger(text: str, context: Context) -> list[tuple[str, Span]]:
    part = _part("danger")
    return [(danger.kind, danger.span) for danger in part.find(text, context.locale)] if part else []  # type: ignore[attr-defined]


def _reply(text: str, context: Context) -> Reply | None:
    part = _part("replies")
    return part.find(text, context) if part else None  # type: ignore[attr-defined,no-any-return]


def _correction(text: str, context: Context) -> bool:
    part = _part("replies")
    return part.correction(text, context) if part else False  # type: ignore[attr-defined,no-any-return]


def _intent(text: str, context: Context) -> tuple[str | None, Span | None]:
    part = _part("intents")
    return (part.find(text, context) or (None, None)) if part else (None, None)  # type: ignore[attr-defined,no-any-return]


def _contacts(text: str, context: Context) -> Iterable[Finding]:
    part = _part("contacts")
    return part.find(text, context) if part else ()  # type: ignore[attr-defined,no-any-return]


def _date(text: str, context: Context, others: list[Finding]) -> list[Finding]:
    part = _part("dates")
    if part is None:
        return []
    taken = [finding.span for finding in others if finding.field in _FIRST[: _FIRST.index("date")]]
    kept = tuple(
        finding
        for finding in part.find(text, context)
        if not any(_overlap(finding.span, span) for span in taken)  # type: ignore[attr-defined]
    )
    event = part.event(kept, text) if kept else None  # type: ignore[attr-defined]
    return [event] if event is not None else []


def _own(said: Words, context: Context) -> list[Finding]:
    """What this package's own word lists find."""
    scheme, asking = context.scheme, context.asking
    lists = of(scheme)
    hits = phrases.find(said, lists.index)
    found = (
        places.find(said, lists.gazetteer, asked=asking == "location"),
        roles.find(said, hits, lists, scheme, asked=asking == "role"),
        roles.behalf(said, hits, asked=asking == "behalf"),
        subjects.find(said, hits, lists, scheme, asked=asking == "subject"),
        wishes.find(said, hits, asked=asking == "wish"),
        people.about(said, hits, lists, scheme, asked=asking == "about"),
        people.party(said, hits, lists, scheme, asked=asking == "party"),
        people.unreadable(said, hits, asked=asking == "unreadable_by"),
        fears.safe(said, hits, asked=asking == "safe"),
        fears.talked(said, hits),
        fears.interpreter(said, hits),
        ages.find(said, hits, asked=asking == "age"),
    )
    return [finding for finding in found if finding is not None]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _fitted(found: list[Finding], asking: str | None) -> dict[str, Finding]:
    """At most one finding per field, and none on characters that a stronger one holds."""
    order = {field: rank for rank, field in enumerate(_FIRST)}
    if asking in order:
        order[asking] = -1
    ranked = sorted(found, key=lambda finding: (order.get(finding.field, len(order)), not finding.sure))
    taken: list[Span] = []
    kept: dict[str, Finding] = {}
    for finding in ranked:
        exclusive = finding.field in order
        if finding.field in kept or (exclusive and any(_overlap(finding.span, span) for span in taken)):
            continue
        kept[finding.field] = finding
        if exclusive:
            taken.append(finding.span)
    return dict(sorted(kept.items(), key=lambda item: item[1].span))


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
