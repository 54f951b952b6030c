"""How and when someone wants to be reached, and whether what reaches them is seen by someone else.

Values are ids. `contact_how`: ``phone whatsapp sms email post talk writing``. `contact_when`: ``morning afternoon
evening night weekend workdays after_school school_hours monday … sunday always``, hours as ``after_HH:MM`` and
``before_HH:MM``; ``not_at_home`` is "not at home, or not when someone is". Each but the hours may stand with ``not_``
before it; "not after eight" is ``before_20:00``. `contact_safe` is ``yes`` or ``no``, and only when it is said.

The rules:

1. A channel or a time counts where the clause speaks to the organisation ("bel me niet 's avonds") or where that was
   asked; not in a story ("ze belden me elke avond").
2. "bel niet 's avonds" forbids the evening and not the telephone.

Pure; linear in the length of the text.
"""

from functools import cache
from itertools import islice

from flows.resources import table
from flows.understand.findings import Context, Finding
from flows.understand.reach_clauses import Clause, channels, listed, ranges, times
from flows.understand.sayings import Match, Sayings, Words, is_mark

Span = tuple[int, int]

_ASKS = frozenset({"contact_how", "contact_when"})
_NEAR = frozenset({"phone", "contact_safe", "email"})
_MOST_CLAUSES = 40


@cache
def _safes(asked: bool) -> Sayings[str]:
    """Who sees or hears it: what counts anywhere, with `asked` also what answers the question."""
    rows = table("understand/words/contact_safe.tsv")
    macros = {row[1]: tuple(row[2].split("|")) for row in rows if row[0] == "$"}
    scopes = ("any", "asked") if asked else ("any",)
    return Sayings(((saying, value) for scope, value, saying in rows if scope in scopes), macros)


def _finding(text: str, field: str, ids: list[str], spans: list[Span]) -> Finding:
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return Finding(field, tuple(dict.fromkeys(ids)), text[start:end], (start, end))


def _timed(keys: list[str]) -> bool:
    """Whether a word here can tell of a time."""
    return not times().isdisjoint(keys) or any(key[0].isdigit() for key in keys)


def _ways(text: str, folded: str, said: Words, context: Context, taken: list[Span]) -> list[Finding]:
    """What is said about how and when."""
    asked = context.asking in _ASKS
    spoken = bool(taken) or context.asking in _NEAR
    if not asked and not spoken and channels().isdisjoint(said.keys):
        return []
    ids: dict[str, list[str]] = {"contact_how": [], "contact_when": []}
    spans: dict[str, list[Span]] = {"contact_how": [], "contact_when": []}
    for first, last in islice(ranges(said), _MOST_CLAUSES):
        keys = said.keys[first:last]
        if not (asked or (spoken and _timed(keys)) or not channels().isdisjoint(keys)):
            continue
        clause = Clause(folded, said, first, last)
        speaks = clause.speaks()
        if not (speaks or (asked and listed("stray").isdisjoint(keys)) or (spoken and clause.only_times())):
            continue
        spoken = spoken or speaks
        numbered = any(low < clause.end and clause.start < high for low, high in taken)
        how = clause.how(asked=asked) if (asked or speaks) and not numbered else []
        when = clause.when()
        if context.asking == "contact_how" and when == ["always"]:
            when = []
        for field, found in (("contact_how", how), ("contact_when", when)):
            if found:
                ids[field] += found
                spans[field].append((clause.start, clause.end))
    return [_finding(text, field, found, spans[field]) for field, found in ids.items() if found]


def _asks(said: Words, match: Match[str]) -> bool:
    """Whether the sentence of this saying is a question."""
    for key in said.keys[match.last : match.last + 6]:
        if is_mark(key):
            return "?" in key or "\u061f" in key
    return False


def _safe(text: str, said: Words, context: Context) -> list[Finding]:
    """Whether someone else sees or hears it, if that is said."""
    found = _safes(context.asking == "contact_safe").find(said.keys)
    found = [match for match in found if not _asks(said, match)]
    if not found:
        return []
    best = max(found, key=lambda match: (match.last - match.first, match.label == "no"))
    start, end = said.starts[best.first], said.ends[best.last - 1]
    return [Finding("contact_safe", best.label, text[start:end], (start, end))]


@cache
def telling() -> frozenset[str]:
    """Words of which one stands in every text that says unasked, and beside no number, how to reach the client."""
    return channels() | _safes(False).telling


def find(text: str, folded: str, said: Words, context: Context, taken: list[Span]) -> list[Finding]:
    """How, when and whether it is safe; `taken` are the places of numbers, addresses and refusals."""
    return _ways(text, folded, said, context, taken) + _safe(text, said, context)
