"""How old the client is: their own age only, never a child's, a room's or a number of times."""

from flows.understand.findings import Finding
from flows.understand.lists import Lists
from flows.understand.numerals import numbers
from flows.understand.phrases import STOPS, Hit, Hits, Words, best

_LEAST, _MOST = 3, 115
_YEARS = frozenset(
    ("jaar", "jaren", "jr", "jaartjes", "year", "years", "yo", "yrs", "old", "jarig", "jarige")
)
_FOLLOWS = _YEARS | frozenset(("en", "maar", "and", "but", "geworden", "want", "i", "a", "та", "і"))
"""What may stand after the number: anything else counts something ("ik ben 3 dagen ziek")."""
_ALMOST = frozenset(("bijna", "almost", "word", "wordt"))


def _value(word: str) -> int | None:
    """The number that a word is: digits, digits with "jaar" glued on, or a number word."""
    if word[0].isdigit():
        digits = word.removesuffix("jaar").removesuffix("jr").removesuffix("j")
        return int(digits) if digits.isdecimal() and len(digits) < 4 else None
    return numbers().get(word)


def find(said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None:
    """The client's own age in this text. `asked`: it is the answer to "how old are you?"."""
    own = best(hit for hit in hits.get("age", ()) if _is_age(said, hit))
    if own is not None:
        return _finding(said, own.first, own.last)
    return _bare(said) if asked else None


def _is_age(said: Words, hit: Hit) -> bool:
    after = said.words[hit.last + 1] if hit.last + 1 < len(said.words) else "."
    return after in _FOLLOWS or after in STOPS or said.words[hit.last] in _YEARS or hit.weight > 8


def _finding(said: Words, first: int, last: int, *, sure: bool = True) -> Finding | None:
    words = said.words[first : last + 1]
    age = next((value for value in map(_value, reversed(words)) if value is not None), None)
    if age is None:
        return None
    if any(word in _ALMOST for word in words):
        age -= 1
    if last + 1 < len(said.words) and said.words[last + 1] in _YEARS:
        last += 1
    if not _LEAST <= age <= _MOST:
        return None
    span = (said.starts[first], said.ends[last])
    return Finding("age", str(age), said.said(*span), span, sure)


def _bare(said: Words) -> Finding | None:
    """The one number in a short answer; with several the first, not sure."""
    if len(said.words) > 30:
        return None
    found = [at for at, word in enumerate(said.words) if _value(word) is not None]
    if not found:
        return None
    half = len(found) == 2 and said.words[found[0] + 1 : found[1] + 1] == [",", "5"]
    first = found[0] - 1 if found[0] and said.words[found[0] - 1] in _ALMOST else found[0]
    return _finding(said, first, found[0], sure=len(found) == 1 or half or found[0] < 2)
