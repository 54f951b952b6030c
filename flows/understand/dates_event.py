"""Which of several dates is the one of the event that a story is about.

Each date is weighed by the words of its own clause: since when someone lives somewhere and when they were born is
not the event, nor is an appointment to come or when to call; telling someone about it comes after it. Then what is
exact goes before what is wide, and what is said first before what is said later.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import msgspec

from flows import resources
from flows.answers import When
from flows.understand.findings import Finding
from flows.understand.text import fold

_WORD = re.compile(r"[^\W\d_]+|[.!?;,:\n()]")
_PLAIN_WORD = re.compile(r"[a-z]+|[.!?;,:\n()]")
_REACH = 120
_ENDS = frozenset(".!?;,:\n()")
_HOME, _PLAN, _NEGATED, _UNSURE, _UNKNOWN = 1000, 900, 800, 400, 600
_ONGOING, _TOLD, _MENDED, _OLD = 60, 30, 50, 40
_WIDTH = {"day": 0, "days": 3, "week": 6, "about": 8, "month": 10, "season": 14, "year": 20}


@cache
def _cues() -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """By kind: the first word of every cue, with the words that must follow it."""
    found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    for kind, words in resources.table("understand/words/dates_event.tsv"):
        for cue in fold(words).split():
            first, *rest = cue.split("_")
            held = found.setdefault(kind, {})
            held[first] = (*held.get(first, ()), tuple(rest))
    return found


def _has(kind: str, words: Sequence[str]) -> bool:
    cues = _cues()[kind]
    return not cues.keys().isdisjoint(words) and any(
        tuple(words[at + 1 : at + 1 + len(rest)]) == rest
        for at, word in enumerate(words)
        for rest in cues.get(word, ())
    )


def event(findings: Sequence[Finding], text: str) -> Finding | None:
    """The date of the event among what `find` found in `text`, or None when it names none.

    A date that seems to be about something else (living somewhere, being born) comes back unsure when it is the
    only one; when to be called comes back not at all.
    """
    if not findings:
        return None
    weights = _weights(findings, fold(text))
    best = min(range(len(findings)), key=lambda at: (weights[at], at))
    if weights[best] >= _PLAN and findings[best].sure:
        if weights[best] >= _HOME:
            return msgspec.structs.replace(findings[best], sure=False, note="ambiguous")
        return None
    return _narrower(findings, best, text)


def _weights(findings: Sequence[Finding], folded: str) -> list[int]:
    """How far each finding is from being the event: less is nearer."""
    weights: list[int] = []
    for at, one in enumerate(findings):
        gap = words_between(folded, findings[at - 1].span[1] if at else 0, one.span[0])
        weights.append(_weight(one, _clause(folded, *one.span), gap, at))
    return weights


def _clause(folded: str, begin: int, end: int) -> list[str]:
    """The words of the clause around a span, at most `_REACH` characters on either side."""
    starts = _cues()["clause"]
    clause: list[str] = []
    for word in reversed(_words(folded[max(0, begin - _REACH) : begin])):
        if word in _ENDS or word in starts:
            break
        clause.append(word)
    clause.reverse()
    for word in _words(folded[end : end + _REACH]):
        if word in _ENDS or word in starts:
            break
        clause.append(word)
    return clause


def _words(folded: str) -> list[str]:
    """The words and marks of a stretch of text."""
    words: list[str] = (_PLAIN_WORD if folded.isascii() else _WORD).findall(folded)
    return words


def words_between(folded: str, begin: int, end: int) -> list[str]:
    """The words of a stretch of text, at most its last hundred characters."""
    return [word for word in _words(folded[max(begin, end - 100) : end]) if word not in _ENDS]


def _weight(one: Finding, clause: Sequence[str], gap: Sequence[str], at: int) -> int:
    weight = at
    if not one.sure:
        weight += _UNSURE if one.value is not None else _UNKNOWN
    if _has("home", clause):
        weight += _HOME
    elif _has("plan", clause):
        weight += _PLAN
    elif _has("told", clause):
        weight += _TOLD
    if gap and _has("not", gap[-2:]):
        weight += _NEGATED
    if at and _has("mend", gap[-4:]):
        weight -= _MENDED
    if isinstance(one.value, When):
        weight += _WIDTH[one.value.precision] + (_ONGOING if one.value.ongoing else 0)
    return weight


def _narrower(findings: Sequence[Finding], best: int, text: str) -> Finding:
    """The one directly behind the best that lies inside it ("vorige maand, op 3 april"), else the best."""
    chosen = findings[best]
    for one, other in pairwise(findings[best:]):
        near = other.span[0] - one.span[1] <= 12 and "." not in text[one.span[1] : other.span[0]]
        if not (near and other.sure and isinstance(one.value, When) and isinstance(other.value, When)):
            break
        if not one.value.earliest <= other.value.earliest <= other.value.latest <= one.value.latest:
            break
        chosen = other
    return chosen
