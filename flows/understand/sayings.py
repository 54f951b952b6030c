"""Sayings: sequences of words that mean one thing, all found in one pass over a text.

A saying is written as words with spaces: ``a/b`` is a choice, ``(a/b)`` may be left out, ``$name`` stands for any
of the named sequences, ``a_b`` for two words in a choice, ``*`` for any one word, ``**`` for none to three. All
sayings of a list become one
automaton over words whose states are made when a text first needs them, so a text costs one look-up a word
however long the list is. No saying runs across punctuation.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Generic, NamedTuple, TypeVar

from flows.resources import table
from flows.understand.text import Placed, fold, stretched, unstretched

L = TypeVar("L")


@cache
def _class(name: str) -> frozenset[str]:
    """``everywhere``: words of any text; ``negation``: words that ``*`` never stands for, for "ik wil toch geen klacht
    indienen" is not "ik wil … klacht indienen".
    """
    rows = table("understand/words/intent_common.tsv")
    return frozenset(key for kind, listed in rows if kind == name for key in fold(listed).split())


_ITEM = re.compile(
    r"\w[\w'\u0300-\u036f\u064b-\u0652\u0670\u0640]*|[.!?;:\n,()\"\u061f\u061b\u060c]+|[👍👎✅❌]"
)
_PLAIN = re.compile(r"\w+|[.!?;:\n,()\"]+", re.ASCII)
"""The same for a text of plain letters and digits without an apostrophe."""
_UNHEARD = re.compile(r"['\u0300-\u036f\u064b-\u0652\u0670\u0640]")
_ARABIC = str.maketrans({"ة": "ه", "ى": "ي"})

ANY = "*"
_MAX_SPAN = 24


class Words(Placed):
    """The words and marks of a text: `keys[i]`, made comparable, stands at ``text[starts[i]:ends[i]]``.

    A mark (punctuation) is a key that begins with no letter or digit. Places are worked out when asked for: most
    texts hold nothing of what is looked for.
    """

    __slots__ = ("keys",)

    def __init__(self, folded: str) -> None:
        """Splits a folded text (`fold`); apostrophes and vowel signs leave the keys: "m'n" is ``mn``."""
        self.folded = folded
        self._spans: tuple[list[int], list[int]] | None = None
        self._item = _PLAIN if folded.isascii() and "'" not in folded else _ITEM
        keys: list[str] = self._item.findall(folded)
        if not folded.isascii():
            keys = [key if key.isascii() else _UNHEARD.sub("", key).translate(_ARABIC) or "_" for key in keys]
        if "'" in folded:
            keys = [key.replace("'", "") or "_" for key in keys]
        self.keys = keys


def is_mark(key: str) -> bool:
    """Whether this key is punctuation."""
    first = key[0]
    return not first.isalnum() and first not in "_👍👎✅❌"


@lru_cache(maxsize=1)
def words(folded: str) -> Words:
    """The words of a folded text."""
    return Words(folded)


def forget() -> None:
    """Leaves nothing in memory of the last text that was read: it is kept for its own turn only."""
    words.cache_clear()
    fold.cache_clear()


def _telling(word: str) -> int:
    """How seldom a word stands in a text that is about something else, roughly."""
    return 0 if word in _class("everywhere") else len(word)


class Match(NamedTuple, Generic[L]):
    """Words `first` up to `last` (excluded) are the saying that is called `label`."""

    first: int
    last: int
    label: L


class _State(Generic[L]):
    """One state of the automaton: the places in sayings where a text may be, and where each word leads.

    `wild`: some saying goes on here with any word.
    """

    __slots__ = ("labels", "next", "places", "wild")

    def __init__(self, places: frozenset[int], labels: tuple[L, ...], wild: bool) -> None:
        self.places = places
        self.labels = labels
        self.wild = wild
        self.next: dict[str, _State[L] | None] = {}


class Sayings(Generic[L]):
    """A list of sayings, each with a label.

    `rows` are (saying, label); `macros` what ``$name`` stands for, each a tuple of sequences of words.
    Raises `ValueError` for a saying that names no such macro or begins with any word.
    """

    def __init__(
        self, rows: Iterable[tuple[str, L]], macros: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        """Makes the automaton; `telling` are the words without one of which no text holds any of the sayings."""
        self._macros = {name: tuple(choices) for name, choices in (macros or {}).items()}
        self._leads: list[dict[str, set[int]]] = [{}]
        self._labels: list[list[L]] = [[]]
        self._shared: dict[tuple[frozenset[int], str], int] = {}
        self._parsed: dict[str, list[list[str]]] = {}
        self._told: dict[str, frozenset[str]] = {}
        self._needed: set[str] = set()
        self._negations = _class("negation")
        for saying, label in rows:
            self._add(saying, label)
        self._known = frozenset(word for leads in self._leads for word in leads)
        self.telling = frozenset(self._needed)
        self._shared.clear()
        self._parsed.clear()
        self._told.clear()
        self._states: dict[frozenset[int], _State[L]] = {}
        self._root = self._state(frozenset({0}))

    def _place(self) -> int:
        self._leads.append({})
        self._labels.append([])
        return len(self._leads) - 1

    def _choices(self, element: str) -> list[list[str]]:
        if element in self._parsed:
            return self._parsed[element]
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
        self._parsed[element] = found
        return found

    def _tells(self, element: str, choices: list[list[str]]) -> frozenset[str]:
        """The most telling word of each choice of an element."""
        if element not in self._told:
            self._told[element] = frozenset(max(choice, key=_telling) for choice in choices)
        return self._told[element]

    def _add(self, saying: str, label: L) -> None:
        """Adds one saying. Sayings that begin alike share their places: a place is the words that lead to it."""
        at = frozenset({0})
        telling: list[frozenset[str]] = []
        for element in saying.replace("**", "(*) (*) (*)").split():
            optional = element.startswith("(") and element.endswith(")")
            written = element.strip("()") if optional else element
            choices = self._choices(written)
            to = self._shared.get((at, written))
            if to is None:
                to = self._shared[at, written] = self._place()
                for choice in choices:
                    self._chain(at, choice, to)
            if not optional and element != ANY:
                telling.append(self._tells(written, choices))
            at = at | {to} if optional else frozenset({to})
        if 0 in at or ANY in self._leads[0]:
            raise ValueError(f"a saying begins with a word: {saying}")
        self._needed |= max(telling, key=lambda words: (min(map(_telling, words)), -len(words)))
        for place in at:
            self._labels[place].append(label)

    def _chain(self, at: frozenset[int], choice: list[str], to: int) -> None:
        places: Iterable[int] = at
        for index, word in enumerate(choice):
            behind = to if index == len(choice) - 1 else self._place()
            for place in places:
                self._leads[place].setdefault(word, set()).add(behind)
            places = (behind,)

    def _state(self, places: frozenset[int]) -> _State[L]:
        state = self._states.get(places)
        if state is None:
            labels = dict.fromkeys(label for place in sorted(places) for label in self._labels[place])
            wild = any(ANY in self._leads[place] for place in places)
            state = self._states[places] = _State(places, tuple(labels), wild)
        return state

    def _step(self, state: _State[L], key: str) -> _State[L] | None:
        if is_mark(key):
            return None
        known = key if key in self._known or key in self._negations else ANY
        if known in state.next:
            return state.next[known]
        places: set[int] = set()
        for place in state.places:
            leads = self._leads[place]
            places |= leads.get(known, set())
            if key not in self._negations:
                places |= leads.get(ANY, set())
        state.next[known] = found = self._state(frozenset(places)) if places else None
        return found

    def unstretched(self, said: Words) -> list[str]:
        """The keys without stretching where that makes them known: "stoooop" is "stop", "neeee" is "nee"."""
        if not stretched(said.folded):
            return said.keys
        return [self._short(key) for key in said.keys]

    def _short(self, key: str) -> str:
        if key in self._known:
            return key
        return next((short for short in unstretched(key) if short in self._known), key)

    def hopeful(self, keys: Iterable[str]) -> bool:
        """Whether a word stands here that some saying cannot do without: the cheap question before the dear one."""
        return not self.telling.isdisjoint(keys)

    def at(self, keys: list[str], first: int) -> list[Match[L]]:
        """The sayings that begin at word `first`, shorter ones first."""
        found: list[Match[L]] = []
        if keys[first] in self._leads[0]:
            self._follow(keys, first, found)
        return found

    def _follow(self, keys: list[str], first: int, found: list[Match[L]]) -> None:
        """Adds to `found` the sayings that begin at word `first`."""
        state, known = self._root, self._known
        last = first
        for key in keys[first : first + _MAX_SPAN]:
            last += 1
            if key in state.next:
                led = state.next[key]
            elif key in known or state.wild:
                led = self._step(state, key)
            else:
                return
            if led is None:
                return
            state = led
            for label in state.labels:
                found.append(Match(first, last, label))

    def find(self, keys: list[str]) -> list[Match[L]]:
        """All sayings in this text, in the order in which they begin."""
        heads = self._leads[0]
        found: list[Match[L]] = []
        if not self.hopeful(keys):
            return found
        for first, key in enumerate(keys):
            if key in heads:
                self._follow(keys, first, found)
        return found

    def longest(self, keys: list[str], first: int = 0) -> list[Match[L]]:
        """The longest saying that begins at word `first`, with each label that it has."""
        found = self.at(keys, first) if first < len(keys) else []
        return [match for match in found if match.last == found[-1].last]
