"""How danger words are misspelled: by sound and by one slip of the finger, for long distinctive words only.

A child writes "verkragt" and "selfmoort". Dutch words are therefore compared by sound ("verkracht" and
"verkragt" both sound "ferkragt"), and both Dutch and English ones may differ by one letter more, less, other or
swapped behind the first when they are long enough that few everyday words lie so near; those are spared by name.
"""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

_SOUNDS = {
    "sch": "sg", "cht": "gt", "ch": "g", "dt": "t", "ck": "k", "c": "k", "q": "k", "x": "ks", "ij": "ei", "y": "ei",
    "ou": "au", "ae": "a", "ph": "f", "th": "t", "uw": "u", "z": "s", "v": "f", "w": "f",
}  # fmt: skip
_SPELLED = re.compile("|".join(_SOUNDS))
_DOUBLED = re.compile(r"(.)\1+")
_SLIP_FROM = 8
_SLIP_TO = 24
_AFFIX = 5
_HALF = 4
_ALIKE = {letter: alike for alike in ("zs", "vwf", "ck") for letter in alike}
"""The letters that sound like each letter, itself among them."""


def sound(word: str) -> str:
    """`word` as a Dutch child may hear it: one letter a sound, no doubled letters, a final d as t."""
    heard = _DOUBLED.sub(r"\1", _SPELLED.sub(_heard, word))
    return heard[:-1] + "t" if heard.endswith("d") else heard


def _heard(match: re.Match[str]) -> str:
    return _SOUNDS[match.group()]


class Spelling:
    """Finds the known word that an unknown one may stand for; words join while the book is made."""

    def __init__(self) -> None:
        self._heads: dict[str, list[str]] = {}
        self._tails: dict[str, list[str]] = {}
        self._heard: dict[str, str] = {}
        self._slips: dict[str, list[tuple[str, str]]] = {}
        self._begin: set[str] = set()
        self._halves: set[str] = set()
        self._spared: set[str] = set()

    def add(self, form: str, plain: str, language: str) -> None:
        """Take in a form of the lists: ``word*``, ``*word`` and ``~word`` reach further than themselves."""
        if form.endswith("*"):
            self._heads.setdefault(plain[:_AFFIX], []).append(plain)
        if form.startswith("*"):
            self._tails.setdefault(plain[-_AFFIX:], []).append(plain)
        if form.startswith("~"):
            key = plain
            if language == "nl":
                key = sound(plain)
                self._heard.setdefault(key, plain)
            self._begin.update(_beginnings(plain))
            if len(key) >= _SLIP_FROM:
                self._halves.update((key[:_HALF], key[-_HALF:]))
                for variant in _shorter(key):
                    self._slips.setdefault(variant, []).append((key, plain))

    def spare(self, words: Iterable[str]) -> None:
        """These words are themselves and no misspelling."""
        self._spared.update(words)

    def widen(self, words: dict[str, set[int]]) -> None:
        """Known words that begin or end with an affix of the lists belong to its elements too."""
        for word in list(words):
            for affix in self._affixes(word):
                words[word] |= words[affix]

    def meant(self, word: str) -> str | None:
        """The known word that the unknown `word`, five letters or longer, may stand for; most often None."""
        if word in self._spared:
            return None
        if (word[:_AFFIX] in self._heads or word[-_AFFIX:] in self._tails) and (found := self._affixes(word)):
            return found[0]
        if word[:2] not in self._begin:
            return None
        key = sound(word)
        return self._heard.get(key) or self._slipped(key) or self._slipped(word)

    def _affixes(self, word: str) -> list[str]:
        heads = self._heads.get(word[:_AFFIX], ())
        tails = self._tails.get(word[-_AFFIX:], ())
        return [w for w in heads if word.startswith(w)] + [w for w in tails if word.endswith(w)]

    def _slipped(self, key: str) -> str | None:
        """The word that is one slip away. A slip behind the first letter leaves one half of a long word whole."""
        whole = key[:_HALF] in self._halves or key[-_HALF:] in self._halves
        if not whole or not _SLIP_FROM - 1 <= len(key) <= _SLIP_TO:
            return None
        for variant in _shorter(key):
            for known, plain in self._slips.get(variant, ()):
                if key[0] == known[0] and OSA.distance(key, known, score_cutoff=1) <= 1:
                    return plain
        return None


def _beginnings(word: str) -> Iterator[str]:
    """The first two letters in every spelling that sounds so: they are seldom mistaken otherwise."""
    for first in _ALIKE.get(word[0], word[0]):
        for second in _ALIKE.get(word[1], word[1]):
            yield first + second


def _shorter(word: str) -> list[str]:
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]
