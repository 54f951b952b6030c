"""The words for time of one language, and the forgiving look-up of them.

A word has one or more *classes*, each with a value: ``maandag`` is ``WD`` 0, ``half`` is ``NUM`` 0.5, ``BEGIN``
half and ``HALF``. The grammar (`dates_grammar`) knows classes only, so that one grammar serves six languages.

=============  =========================================================================================
WD, WDX, WDS   a weekday (0 = Monday); its abbreviation, a date only beside a date; its plural, a habit
MONTH          1–12; ``NAMELIKE`` marks those that are also names or common words
DAYREL         days from today, with a part of the day: ``-1``, ``0m`` morning, ``0a``, ``0e``, ``0n`` night
PART, SUFFIX   a part of the day; what may be glued behind a weekday or DAYREL ("maandagavond")
LAST THIS NEXT how many periods from this one; ``PAST`` the period that ends now ("afgelopen")
UNIT           min quarter_hour h d w m y decade; ``MANY`` the plural that stands without a number
NUM ORD YEAR   numbers; ``DAYNO`` is any that can be the day of a month
FEAST          a name in ``words/holidays/``; ``SEASON`` spring summer autumn winter
VAGUE          a time without a known place in the calendar; ``VAGUEON`` one that goes on
PLAN           a word that shows that something is still to come
CLOCKWORD      a word that shows that a time of day is said ("half", "kwart")
&              the first word of a phrase that is listed as one
FILL           words around a bare answer that say nothing about time
=============  =========================================================================================

The other classes are the small words of a language by their office (``TO``, ``SINCE``, ``AGO`` …).
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from flows import resources
from flows.understand.text import fold

LANGUAGES = ("nl", "en", "tr", "pl", "uk", "ar")

Value = str | int | float
Classes = Mapping[str, object]
"""What a word is, class by class, and its value in each."""

NOTHING: Classes = {}

ANCHORS = frozenset((
    "WD", "WDX", "WDS", "MONTH", "DAYREL", "LASTNIGHT", "MORGEN", "UNIT", "UNIT2", "WEEKEND", "SEASON", "FEAST",
    "VAGUE", "VAGUEON", "FIXED", "THEUNIT", "DURGO", "BARENOW", "QUARTER", "SCHOOLYEAR", "ORD", "CLOCKWORD",
))  # fmt: skip
"""The classes without which a text holds no date (numbers apart)."""

_GLUED = frozenset((
    "LAST", "PAST", "THIS", "NEXT", "NUM", "UNIT", "WD", "DAYREL", "BEGIN", "SINCE", "AGO", "MONTH", "WEEKEND", "PART",
))  # fmt: skip
_NUMBERS = frozenset(("NUM", "ORD"))
UNCLEAR_FROM = 5
"""The fewest letters in which a typing error is forgiven."""
_LONG = 8
"""From so many letters on one error, even two letters swapped, leaves the first three or the last three of a word."""
_HEAD = 3
"""The fewest letters of a word that others are glued to: a run begins with these of one that can be glued."""


class Lexicon(NamedTuple):
    """One language. `multi` maps the first two words of phrases to what follows them in each, longest first.

    `typos` maps a forgiven word with any one letter left out to it; since one error cannot spoil both ends of a
    word, `edges`, their first and last three letters, tell most other words apart at once. `ends` tell more, of words
    long enough for that to hold without fail: the first three letters, and the first, which is always right, before
    the last three. `heads` are the first three letters of the words that others can be glued to.
    """

    language: str
    words: dict[str, Classes]
    multi: dict[tuple[str, str], tuple[tuple[tuple[str, ...], Classes], ...]]
    typos: dict[str, tuple[str, ...]]
    edges: frozenset[str]
    ends: frozenset[str]
    never: frozenset[str]
    heads: frozenset[str]
    anchors: frozenset[str]

    def classes(self, word: str) -> Classes:
        """What `word` (folded) is; one typing error is forgiven in the words marked for it."""
        found = self.words.get(word)
        if found is not None:
            return found
        if len(word) >= UNCLEAR_FROM and self.typos:
            target = self._mistyped(word)
            if target is not None:
                return self.words[target]
        return NOTHING

    def _mistyped(self, word: str) -> str | None:
        if word in self.never or (word[:3] not in self.edges and word[-3:] not in self.edges):
            return None
        if len(word) >= _LONG and word[:3] not in self.ends and word[0] + word[-3:] not in self.ends:
            return None
        found: str | None = None
        typos = self.typos
        keys = [word[:at] + word[at + 1 :] for at in range(len(word))]
        keys.append(word)
        for key in keys:
            for target in typos.get(key, ()):
                if target != found and one_error(word, target):
                    if found is not None and self.words[found] != self.words[target]:
                        return None
                    found = target
        return found

    def split(self, word: str) -> tuple[str, ...]:
        """A run of words typed without spaces ("vorigeweek"), as its words; empty when it is none."""
        if not 7 <= len(word) <= 28 or word[:_HEAD] not in self.heads:
            return ()
        return self._split(word, 4)

    def _split(self, word: str, most: int) -> tuple[str, ...]:
        if not _GLUED.isdisjoint(self.words.get(word, NOTHING)):
            return (word,)
        if most == 1:
            return ()
        for at in range(len(word) - _HEAD, _HEAD - 1, -1):
            head = word[:at]
            if head in self.words and not _GLUED.isdisjoint(self.words[head]):
                tail = self._split(word[at:], most - 1)
                if tail:
                    return head, *tail
        return ()


def one_error(typed: str, meant: str) -> bool:
    """Whether one letter was left out, added, changed or swapped, the first letter being right."""
    if typed[0] != meant[0] or abs(len(typed) - len(meant)) > 1:
        return False
    at = 0
    shorter = min(len(typed), len(meant))
    while at < shorter and typed[at] == meant[at]:
        at += 1
    if len(typed) > len(meant):
        return typed[at + 1 :] == meant[at:]
    if len(typed) < len(meant):
        return typed[at:] == meant[at + 1 :]
    swapped = typed[at : at + 2] == meant[at : at + 2][::-1] and typed[at + 2 :] == meant[at + 2 :]
    return swapped or typed[at + 1 :] == meant[at + 1 :]


def _value(cell: str) -> Value:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell


def _add(words: dict[str, dict[str, object]], word: str, name: str, value: Value) -> None:
    classes = words.setdefault(word, {})
    classes[name] = value
    if name in _NUMBERS and isinstance(value, int) and value <= 31:
        classes["DAYNO"] = value


@cache
def lexicon(language: str) -> Lexicon:
    """The words of one of `LANGUAGES`, read once."""
    single: dict[str, dict[str, object]] = {}
    phrases: dict[str, dict[str, object]] = {}
    forgiven: list[str] = []
    never: set[str] = set()
    suffixes: dict[str, object] = {}
    for name, cell, listed in resources.table(f"understand/words/dates_{language}.tsv"):
        value = _value(cell)
        for raw in listed.split():
            word = fold(raw.lstrip("~"))
            if name == "NOTYPO":
                never.add(word)
            elif name == "SUFFIX":
                suffixes[word] = value
            elif "_" in word:
                _add(phrases, word, name, value)
            else:
                _add(single, word, name, value)
                if raw[0] == "~":
                    forgiven.append(word)
    _glue(single, suffixes)
    multi: dict[tuple[str, str], list[tuple[tuple[str, ...], Classes]]] = {}
    for phrase, classes in phrases.items():
        first, second, *rest = phrase.split("_")
        multi.setdefault((first, second), []).append((tuple(rest), classes))
        single.setdefault(first, {})["&"] = 1
    anchors = {word for word, classes in single.items() if not ANCHORS.isdisjoint(classes)}
    anchors |= {
        max(p.split("_"), key=len) for p, classes in phrases.items() if not ANCHORS.isdisjoint(classes)
    }
    return Lexicon(
        language,
        dict(single),
        {start: tuple(sorted(found, key=lambda one: -len(one[0]))) for start, found in multi.items()},
        _deletions(forgiven),
        frozenset(edge for word in forgiven for edge in (word[:3], word[-3:])),
        frozenset(end for word in forgiven for end in (word[:3], word[0] + word[-3:])),
        frozenset(never),
        frozenset(word[:_HEAD] for word, classes in single.items() if not _GLUED.isdisjoint(classes)),
        frozenset(anchors),
    )


def _glue(single: dict[str, dict[str, object]], suffixes: dict[str, object]) -> None:
    """Adds "maandagavond" and "gisterochtend": a weekday or day with a part of the day behind it."""
    for word, classes in list(single.items()):
        for name in ("WD", "DAYREL"):
            value = classes.get(name)
            if isinstance(value, int) and value <= 6 and (name == "WD" or value < 0):
                for suffix, part in suffixes.items():
                    single.setdefault(word + suffix, {name: value, "GLUED": part})


def _deletions(words: list[str]) -> dict[str, tuple[str, ...]]:
    """Every word with one letter less, and itself, mapped to the words that it may be."""
    found: dict[str, list[str]] = {}
    for word in words:
        for key in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            found.setdefault(key, []).append(word)
    return {key: tuple(targets) for key, targets in found.items()}


@cache
def elsewhere() -> dict[str, tuple[str, ...]]:
    """Every anchor word of every language, mapped to the languages in which it is one."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for word in lexicon(language).anchors:
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def foreign(language: str) -> frozenset[str]:
    """The anchor words that are one in some other language than this."""
    return frozenset(word for word, languages in elsewhere().items() if languages != (language,))
