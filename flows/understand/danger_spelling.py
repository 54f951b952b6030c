"""How danger words are misspelled: by sound and by one slip of the finger, for long distinctive words only.

A child writes "verkragt" and "selfmoort". Dutch words are therefore compared by sound ("verkracht" and
"verkragt" both sound "ferkragt"), and both Dutch and English ones may differ by one letter more, less, other or
swapped when they are long enough that no everyday word lies so near; those that do are spared by name.
"""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

_SOUNDS = (
    ("sch", "sg"), ("cht", "gt"), ("ch", "g"), ("dt", "t"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"),
    ("ij", "ei"), ("y", "ei"), ("ou", "au"), ("ae", "aa"), ("ph", "f"), ("th", "t"), ("uw", "u"),
)  # fmt: skip
_LETTERS = str.maketrans("zvw", "sff")
_HEAR_FROM = 5
_SLIP_FROM = 7
_AFFIX = 5


def sound(word: str) -> str:
    """`word` as a Dutch child may hear it: one letter a sound, no doubled letters, a final d as t."""
    for written, heard in _SOUNDS:
        if written in word:
            word = word.replace(written, heard)
    word = word.translate(_LETTERS)
    kept = [letter for place, letter in enumerate(word) if not place or word[place - 1] != letter]
    if kept and kept[-1] == "d":
        kept[-1] = "t"
    return "".join(kept)


class Spelling:
    """Finds the known word that an unknown one may stand for; words join while the book is made."""

    def __init__(self) -> None:
        self._heads: dict[str, list[str]] = {}
        self._tails: dict[str, list[str]] = {}
        self._heard: dict[str, str] = {}
        self._slips: dict[str, list[tuple[str, str]]] = {}
        self._first: set[str] = set()
        self._last: set[str] = set()
        self._spared: set[str] = set()
        self._plain: set[str] = set()

    def add(self, form: str, plain: str, language: str) -> None:
        """Take in a form of the lists: ``word*``, ``*word`` and ``~word`` reach further than themselves."""
        self._plain.add(plain)
        if form.endswith("*"):
            _join(self._heads, plain[:_AFFIX], plain)
        if form.startswith("*"):
            _join(self._tails, plain[-_AFFIX:], plain)
        if not form.startswith("~"):
            return
        key = sound(plain) if language == "nl" else plain
        if language == "nl":
            self._heard.setdefault(key, plain)
        if len(key) >= _SLIP_FROM:
            self._first.add(key[:3])
            self._last.add(key[-3:])
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

    def _affixes(self, word: str) -> list[str]:
        heads = self._heads.get(word[:_AFFIX], ())
        tails = self._tails.get(word[-_AFFIX:], ())
        return [w for w in heads if word.startswith(w)] + [w for w in tails if word.endswith(w)]

    def meant(self, word: str) -> list[str]:
        """The known words that the unknown `word` may stand for, best first; most often none."""
        if len(word) < _HEAR_FROM or word in self._spared:
            return []
        if found := self._affixes(word):
            return found
        key = sound(word)
        if key in self._heard:
            return [self._heard[key]]
        for form in (key, word):
            if form[:3] in self._first or form[-3:] in self._last:
                slipped = self._slipped(form)
                if slipped:
                    return [slipped]
        return []

    def _slipped(self, key: str) -> str | None:
        if len(key) < _SLIP_FROM - 1:
            return None
        for variant in _shorter(key):
            for known, plain in self._slips.get(variant, ()):
                if OSA.distance(key, known, score_cutoff=1) <= 1:
                    return plain
        return None


def _shorter(word: str) -> list[str]:
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]


def _join(index: dict[str, list[str]], key: str, word: str) -> None:
    index.setdefault(key, [])
    if word not in index[key]:
        index[key].append(word)
