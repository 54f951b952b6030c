"""The names of a scheme's locations as people write them: other spellings, spaces, endings and typing errors.

A typing error is believed only where a place is expected (after `in`, `opvang` and the like, or when it was asked),
never for a name that is also an ordinary word, and never where an ordinary word was typed (`never` in the list).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from flows.resources import table
from flows.scheme import Location
from flows.understand.phrases import STOPS, Words
from flows.understand.text import fold, tripled

ADJECTIVE = "se"
"""How Dutch makes an adjective of a place: "de Haarlemse opvang"."""

_SHORT = 3
"""Words of so few letters are never a name with a typing error."""

_REPEATED = re.compile(r"(.)\1{2,}")
_LISTING = re.compile(r",|&|/|–| - |\ben\b|\band\b")


class _Name(NamedTuple):
    words: tuple[str, ...]
    location: str
    own: bool


class Mention(NamedTuple):
    """A name in a text: what it may mean, whether it is a location's own name, and where it stands.

    Words `first` to `last` (included), characters `start` to `end` (excluded).
    """

    locations: tuple[str, ...]
    own: bool
    first: int
    last: int
    start: int
    end: int


@cache
def cues() -> dict[str, frozenset[str]]:
    """The words around a place by kind, from ``words/place.tsv``."""
    found: dict[str, set[str]] = {}
    for kind, words in table("understand/words/place.tsv"):
        found.setdefault(kind, set()).update(fold(words).split())
    return {kind: frozenset(words) for kind, words in found.items()}


@cache
def _expecting() -> frozenset[str]:
    return cues()["leads"] | cues()["here"]


def _written(name: str) -> tuple[str, ...]:
    return tuple(word for word in Words(name).words if word not in STOPS)


def _names(location: Location) -> Iterator[_Name]:
    """Every name of a location: its labels, their parts, its aliases; then the places around it."""
    for label in location.label.values():
        head, _, inside = label.partition("(")
        yield _Name(_written(head), location.id, True)
        parts = [part for part in _LISTING.split(head) if part.strip()]
        for part in parts if len(parts) > 1 else ():
            yield _Name(_written(part), location.id, True)
        for part in _LISTING.split(inside.rstrip(") ")):
            yield _Name(_written(part), location.id, False)
    for alias in location.aliases:
        yield _Name(_written(alias), location.id, True)
    for place in location.around:
        yield _Name(_written(place), location.id, False)


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name's other spellings: `aan de` cut short, its adjective, and as other languages write it."""
    if words[-3:-1] == ("aan", "de"):
        yield (*words[:-3], "a", "d", words[-1])
    if len(words) == 1 and len(words[0]) > 3:
        yield (words[0] + ADJECTIVE,)
        for other in sorted(cues().get(f"also:{words[0]}", ())):
            yield (other,)


class Gazetteer:
    """The names of one scheme's locations, ready to be looked up. Made once per scheme."""

    def __init__(self, locations: tuple[Location, ...]) -> None:
        """Gathers the names; a location's own name hides the same name around another."""
        self._names: dict[tuple[str, ...], tuple[bool, tuple[str, ...]]] = {}
        self._starts: dict[str, list[tuple[str, ...]]] = {}
        self._joined: dict[str, tuple[str, ...]] = {}
        self._split: dict[str, dict[str, tuple[str, ...]]] = {}
        self._near: dict[str, list[str]] = {}
        every = [name for location in locations for name in _names(location) if len("".join(name.words)) > 1]
        for name in every:
            self._add(name)
        for name in every:
            self._shapes(name.words)
            for other in _spellings(name.words):
                self._add(_Name(other, name.location, name.own))
        for words in self._names:
            self._starts.setdefault(words[0], []).append(words)
        for sequences in self._starts.values():
            sequences.sort(key=len, reverse=True)
        for word in sorted({word for name in every for word in name.words if len(word) >= 5}):
            self._near.setdefault(word[0], []).append(word)
        self._triggers = frozenset((*self._starts, *self._joined, *self._split))

    def _add(self, name: _Name) -> None:
        own, known = self._names.get(name.words, (False, ()))
        if own and not name.own:
            return
        if name.own and not own:
            known = ()
        if name.location not in known:
            self._names[name.words] = (name.own, (*known, name.location))

    def _shapes(self, words: tuple[str, ...]) -> None:
        """The ways in which a name is written with a space too few or too many."""
        whole = "".join(words)
        if len(whole) < 5:
            return
        if len(words) > 1:
            self._joined.setdefault(whole, words)
        elif whole not in cues()["ordinary"]:
            for cut in range(2, len(whole) - 1):
                self._split.setdefault(whole[:cut], {})[whole[cut:]] = words
        for lead in ("in", "te", "bij", "opvang"):
            self._joined.setdefault(lead + whole, words)

    def mentions(self, said: Words, *, asked: bool) -> Iterator[Mention]:
        """Every name of a location in this text, in order, none inside another."""
        words, triggers, expecting = said.words, self._triggers, _expecting()
        after = 0
        before = ""
        for at, word in enumerate(words):
            expected = len(word) > _SHORT and (asked or before in expecting)
            before = word
            if at < after:
                continue
            found = self._exact(said, at) if word in triggers or "'" in word else None
            if found is None and expected:
                found = self._misspelled(said, at, asked)
            if found is not None:
                yield found
                after = found.last + 1

    def _exact(self, said: Words, at: int) -> Mention | None:
        words, word = said.words, said.words[at]
        for name in self._starts.get(word, ()):
            end = at + len(name)
            if end <= len(words) and (tuple(words[at:end]) == name or self._nearly(words[at:end], name)):
                return self._mention(said, name, at, end - 1)
        stem = word.partition("'")[0]
        if stem != word and (stem,) in self._names:
            return self._mention(said, (stem,), at, at)
        shape = self._joined.get(word)
        if shape is not None:
            return self._mention(said, shape, at, at)
        rest = self._split.get(word)
        if rest is not None and at + 1 < len(words) and words[at + 1] in rest:
            return self._mention(said, rest[words[at + 1]], at, at + 1)
        return None

    def _nearly(self, words: list[str], name: tuple[str, ...]) -> bool:
        """Whether the words are a longer name with typing errors or a word cut short: "vt flevo"."""
        return len(name) > 1 and all(
            word == known
            or (len(word) > _SHORT and (known.startswith(word) or self._known(word, asked=True) == known))
            for word, known in zip(words, name, strict=True)
        )

    def _misspelled(self, said: Words, at: int, asked: bool) -> Mention | None:
        known = self._known(said.words[at], asked=asked)
        if known is None:
            return None
        for name in self._starts.get(known, ()):
            end = at + len(name)
            if len(name) == 1 and (asked or known not in cues()["ordinary"]):
                return self._mention(said, name, at, at)
            if end <= len(said.words) and self._nearly(said.words[at:end], name):
                return self._mention(said, name, at, end - 1)
        return None

    def _known(self, word: str, *, asked: bool) -> str | None:
        """The word of a name that `word` is with one typing error: two in a long word, or in an answer."""
        if word in cues()["never"]:
            return None
        short = _REPEATED.sub(r"\1", word) if tripled(word) else word
        best: tuple[int, str] | None = None
        for known in self._near.get(word[0], ()):
            room = (
                2 if len(known) > 8 or (asked and len(known) > 6) else (1 if asked or len(known) > 5 else 0)
            )
            if abs(len(known) - len(short)) <= room:
                distance = OSA.distance(short, known, score_cutoff=room)
                if distance <= room and (best is None or distance < best[0]):
                    best = (distance, known)
        return best[1] if best else None

    def _mention(self, said: Words, name: tuple[str, ...], first: int, last: int) -> Mention:
        own, locations = self._names[name]
        return Mention(locations, own, first, last, said.starts[first], said.ends[last])

    def beginning(self, letters: str) -> tuple[str, ...]:
        """The locations with a name that begins with these letters, their own names first."""
        found = [value for name, value in self._names.items() if "".join(name).startswith(letters)]
        own = [value for value in found if value[0]] or found
        return tuple(dict.fromkeys(id for _, ids in own for id in ids))
