"""Sayings: sequences of words that mean one thing, all found in one pass over a text.

A saying is written as words with spaces: ``a/b`` is a choice, ``(a/b)`` may be left out, ``$name`` stands for any
of the named sequences, ``a_b`` for two words in a choice, ``*`` for any one word, ``**`` for none to three. All
sayings of a list become one
automaton over words whose states are made when a text first needs them, so a text costs one look-up a word
however long the list is. No saying runs across punctuation.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from flows.understand.text import fold

L = TypeVar("L")

_ITEM = re.compile(
    r"\w[\w'\u0300-\u036f\u064b-\u0652\u0670\u0640]*|[.!?;:\n,()\"\u061f\u061b\u060c]+|[👍👎✅❌]"
)
_UNHEARD = re.compile(r"['\u0300-\u036f\u064b-\u0652\u0670\u0640]")
_ARABIC = str.maketrans({"ة": "ه", "ى": "ي"})
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")

ANY = "*"
NEGATIONS = frozenset(
    "niet geen nooit niks niets not no never dont nie ne не ni ні нет لا لم degil yok bez".split()  # noqa: SIM905
)
"""Words that ``*`` never stands for: "ik wil toch geen klacht indienen" is not "ik wil … klacht indienen"."""

_MAX_SPAN = 24


class Words(NamedTuple):
    """The words and marks of a text: `keys[i]`, made comparable, stands at ``text[starts[i]:ends[i]]``.

    A mark (punctuation) is a key that begins with no letter or digit.
    """

    keys: list[str]
    starts: list[int]
    ends: list[int]


def is_mark(key: str) -> bool:
    """Whether this key is punctuation."""
    return not (key[0].isalnum() or key[0] in "_👍👎✅❌")


def words(folded: str) -> Words:
    """The words of a folded text (`fold`), without apostrophes and vowel signs: "m'n" is ``mn``."""
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _ITEM.finditer(folded):
        start, end = match.span()
        keys.append(match.group())
        starts.append(start)
        ends.append(end)
    if not folded.isascii():
        keys = [key if key.isascii() else _UNHEARD.sub("", key).translate(_ARABIC) or "_" for key in keys]
    if "'" in folded:
        keys = [key.replace("'", "") or "_" for key in keys]
    return Words(keys, starts, ends)


class Match(NamedTuple, Generic[L]):
    """Words `first` up to `last` (excluded) are the saying that is called `label`."""

    first: int
    last: int
    label: L


class _State(Generic[L]):
    """One state of the automaton: the places in sayings where a text may be, and where each word leads."""

    __slots__ = ("labels", "next", "places")

    def __init__(self, places: frozenset[int], labels: tuple[L, ...]) -> None:
        self.places = places
        self.labels = labels
        self.next: dict[str, _State[L] | None] = {}


class Sayings(Generic[L]):
    """A list of sayings, each with a label.

    `rows` are (saying, label); `macros` what ``$name`` stands for, each a tuple of sequences of words.
    Raises `ValueError` for a saying that names no such macro or begins with any word.
    """

    def __init__(
        self, rows: Iterable[tuple[str, L]], macros: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self._macros = {name: tuple(choices) for name, choices in (macros or {}).items()}
        self._leads: list[dict[str, set[int]]] = [{}]
        self._labels: list[list[L]] = [[]]
        for saying, label in rows:
            self._add(saying, label)
        self._known = frozenset(word for leads in self._leads for word in leads)
        self._states: dict[frozenset[int], _State[L]] = {}
        self._root = self._state(frozenset({0}))

    def _place(self) -> int:
        self._leads.append({})
        self._labels.append([])
        return len(self._leads) - 1

    def _choices(self, element: str) -> list[list[str]]:
        found: list[list[str]] = []
        for choice in element.split("/"):
            if choice == ANY:
                found.append([ANY])
            elif choice.startswith("$"):
                if choice[1:] not in self._macros:
                    raise ValueError(f"no words are called {choice}")
                found += [words(fold(sequence)).keys for sequence in self._macros[choice[1:]]]
            else:
                found.append(words(fold(choice.replace("_", " "))).keys)
        return found

    def _add(self, saying: str, label: L) -> None:
        at = {0}
        for element in saying.replace("**", "(*) (*) (*)").split():
            optional = element.startswith("(") and element.endswith(")")
            to = self._place()
            for choice in self._choices(element.strip("()") if optional else element):
                self._chain(at, choice, to)
            at = at | {to} if optional else {to}
        if 0 in at or ANY in self._leads[0]:
            raise ValueError(f"a saying begins with a word: {saying}")
        for place in at:
            self._labels[place].append(label)

    def _chain(self, at: set[int], choice: list[str], to: int) -> None:
        stops = [None, *(self._place() for _ in choice[1:]), to]
        for word, (before, after) in zip(choice, pairwise(stops), strict=True):
            for place in at if before is None else (before,):
                if after is not None:
                    self._leads[place].setdefault(word, set()).add(after)

    def _state(self, places: frozenset[int]) -> _State[L]:
        state = self._states.get(places)
        if state is None:
            labels = dict.fromkeys(label for place in sorted(places) for label in self._labels[place])
            state = self._states[places] = _State(places, tuple(labels))
        return state

    def _step(self, state: _State[L], key: str) -> _State[L] | None:
        if is_mark(key):
            return None
        known = key if key in self._known or key in NEGATIONS else ANY
        if known in state.next:
            return state.next[known]
        places: set[int] = set()
        for place in state.places:
            leads = self._leads[place]
            places |= leads.get(known, set())
            if key not in NEGATIONS:
                places |= leads.get(ANY, set())
        state.next[known] = found = self._state(frozenset(places)) if places else None
        return found

    def unstretched(self, key: str) -> str:
        """`key` without stretching where that makes it a known word: "stoooop" is "stop", "neeee" is "nee"."""
        if key in self._known or not _STRETCHED.search(key):
            return key
        for letters in (r"\1\1", r"\1"):
            short = _STRETCHED.sub(letters, key)
            if short in self._known:
                return short
        return key

    def begins(self, keys: Iterable[str]) -> bool:
        """Whether any of these words begins a saying: the cheap question before the dear one."""
        return not self._leads[0].keys().isdisjoint(keys)

    def at(self, keys: list[str], first: int) -> list[Match[L]]:
        """The sayings that begin at word `first`, shorter ones first."""
        found: list[Match[L]] = []
        if keys[first] not in self._leads[0]:
            return found
        state: _State[L] | None = self._root
        for last in range(first, min(len(keys), first + _MAX_SPAN)):
            if state is None:
                break
            key = keys[last]
            state = state.next[key] if key in state.next else self._step(state, key)
            if state is not None and state.labels:
                found += [Match(first, last + 1, label) for label in state.labels]
        return found

    def find(self, keys: list[str]) -> list[Match[L]]:
        """All sayings in this text, in the order in which they begin."""
        heads = self._leads[0]
        found: list[Match[L]] = []
        for first, key in enumerate(keys):
            if key in heads:
                found += self.at(keys, first)
        return found

    def longest(self, keys: list[str], first: int = 0) -> list[Match[L]]:
        """The longest saying that begins at word `first`, with each label that it has."""
        found = self.at(keys, first) if first < len(keys) else []
        return [match for match in found if match.last == found[-1].last]
