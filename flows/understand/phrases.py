"""Phrases: the word patterns of the lists in ``words/``, found in one pass over a text.

A list has a row per meaning: ``field``, ``id``, ``weight`` and a pattern. A pattern is words with spaces:

- ``a|b``: one of these words; ``@name``: one of the words of that class in ``people.tsv``;
- ``a?``: may be left out; ``_``: any one word (``_?`` or none); ``#``: a number;
- ``..``: up to three words; ``...``: up to six.

Nothing runs across the end of a sentence or a comma. Each pattern hangs on its rarest word, so a text costs one
look-up per word and a handful of comparisons: linear in its length.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from flows.resources import table
from flows.understand.numerals import numbers
from flows.understand.text import Placed, fold

LISTS = ("role", "relation", "subject", "wish", "fear", "talked", "age")

_PLAIN = re.compile(r"\w+(?:'\w+)*|[.!?;:\n]+|[,()\"@]")
_MARKED = re.compile(
    r"\w[\w\u0300-\u036f\u064b-\u065f\u0670]*(?:'\w+)*|[.!?;:\n\u061f\u061b\u060c]+|[,()\"@]"
)
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]+")

_LONG = 6
"""From how many letters on a word is believed to hold a typing error."""

_NO_PEOPLE = frozenset(("known", "everywhere", "leading", "det", "stem", "stays"))
"""The classes that are no people: nothing is a misspelled "gewoon"."""

STOPS = frozenset('.,()"@')
"""What stands for punctuation in `Words.words`: ``.`` is any end of a sentence."""

NUMBER = "#"
"""What stands in a pattern for a number of at most three digits, or a number word."""


class Words(Placed):
    """A text as words: `words[i]` is folded and stands at ``text[starts[i]:ends[i]]``; `known[i]` is spelled well.

    Places are worked out when asked for: most answers hold nothing of what is looked for.
    """

    __slots__ = ("known", "text", "words")

    def __init__(self, text: str) -> None:
        """Splits `text` once; every reader after that shares it."""
        self.text = text
        self.folded = fold(text)
        self._spans: tuple[list[int], list[int]] | None = None
        plain = text.isascii()
        self._item = _PLAIN if plain else _MARKED
        words: list[str] = self._item.findall(self.folded)
        words = [word if word[0].isalnum() or word in STOPS else "." for word in words]
        self.words = words if plain else [_MARKS.sub("", word) for word in words]
        self.known = self.words

    def said(self, start: int, end: int) -> str:
        """What was typed there."""
        return self.text[start:end]


class Hit(NamedTuple):
    """A pattern found: words `first` to `last` (included), characters `start` to `end` (excluded)."""

    field: str
    id: str
    weight: int
    first: int
    last: int
    start: int
    end: int


Hits = Mapping[str, list[Hit]]
"""What was found, by field."""

_Element = tuple[frozenset[str] | None, int, int]


class _Pattern(NamedTuple):
    field: str
    id: str
    weight: int
    before: tuple[_Element, ...]
    after: tuple[_Element, ...]
    beside: tuple[frozenset[str] | None, frozenset[str] | None]
    """The words of which one must stand right before the anchor, and right behind it; None where it may be any."""


Row = tuple[str, str, int, str]
"""One row of a list: field, id, weight, pattern."""

Index = dict[str, tuple[_Pattern, ...]]
"""The patterns by the word that each hangs on."""


@cache
def classes() -> dict[str, frozenset[str]]:
    """The word classes of ``people.tsv`` by name."""
    found: dict[str, set[str]] = {}
    for name, words in table("understand/words/people.tsv"):
        found.setdefault(name, set()).update(fold(words).split())
    return {name: frozenset(words) for name, words in found.items()}


def _element(written: str) -> _Element:
    match written:
        case "_":
            return None, 1, 1
        case "_?":
            return None, 0, 1
        case "..":
            return None, 0, 3
        case "...":
            return None, 0, 6
    least = 0 if written.endswith("?") else 1
    words: set[str] = set()
    for choice in written.removesuffix("?").split("|"):
        if "?" in choice:
            raise ValueError(f"only a whole element may be left out: {written}")
        if choice == NUMBER:
            words |= {NUMBER, *numbers()}
        else:
            words |= classes()[choice[1:]] if choice.startswith("@") else {fold(choice)}
    return frozenset(words), least, 1


def _cost(element: _Element) -> tuple[int, int, float]:
    """How often an element will turn up in a text: the least is what a pattern hangs on."""
    words, least, _ = element
    if words is None or least == 0:
        return 2, 0, 0.0
    return (1 if words & classes()["everywhere"] else 0), len(words), -sum(map(len, words)) / len(words)


def _compiled(row: Row) -> Iterator[tuple[str, _Pattern]]:
    field, meaning, weight, written = row
    elements = tuple(map(_element, written.split()))
    anchor = min(range(len(elements)), key=lambda index: _cost(elements[index]))
    words = elements[anchor][0]
    if words is None:
        raise ValueError(f"a pattern needs a word to hang on: {written}")
    before, after = elements[:anchor][::-1], elements[anchor + 1 :]
    beside = _must(before), _must(after)
    pattern = _Pattern(field, meaning, int(weight), before, after, beside)
    for word in words:
        yield word, pattern


def _must(elements: tuple[_Element, ...]) -> frozenset[str] | None:
    """The words of the first element, unless it may be left out or is any word."""
    return elements[0][0] if elements and elements[0][1] else None


@cache
def _general() -> Index:
    rows = [
        (field, meaning, int(weight), written)
        for name in LISTS
        for field, meaning, weight, written in table(f"understand/words/{name}.tsv")
    ]
    return _with({}, rows)


def _with(index: Index, rows: Iterable[Row]) -> Index:
    found = {word: list(patterns) for word, patterns in index.items()}
    for members in classes().values():
        for word in members:
            found.setdefault(word, [])
    for row in rows:
        for word, pattern in _compiled(row):
            found.setdefault(word, []).append(pattern)
    return {word: tuple(patterns) for word, patterns in found.items()}


def index(rows: Iterable[Row] = ()) -> Index:
    """The patterns of all lists, and those of `rows` (a scheme's aliases), each under the word it hangs on."""
    return _with(_general(), rows)


@cache
def _spellings() -> dict[tuple[str, int], tuple[str, ...]]:
    """The long words of the classes by first letter and length, each length with the two beside it."""
    found: dict[tuple[str, int], list[str]] = {}
    people = (words for name, words in classes().items() if name not in _NO_PEOPLE)
    for word in sorted({word for words in people for word in words if len(word) >= _LONG}):
        for length in range(len(word) - 1, len(word) + 2):
            found.setdefault((word[0], length), []).append(word)
    return {key: tuple(words) for key, words in found.items()}


def _known(word: str) -> str:
    """What a word that no list holds is: a number, the word that it is with one typing error, or itself."""
    if word[0].isdigit():
        return NUMBER if len(word) < 4 or word[-1] in "rj" else word
    if len(word) >= _LONG:
        for known in _spellings().get((word[0], len(word)), ()):
            if OSA.distance(word, known, score_cutoff=1) <= 1:
                return known
        for stem in _stems().get(word[0], ()):
            if word.startswith(stem):
                return stem
    return word


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """The stems of languages that add endings, by first letter."""
    stems = sorted(classes()["stem"])
    return {
        letter: tuple(stem for stem in stems if stem[0] == letter) for letter in {stem[0] for stem in stems}
    }


def _ends(elements: tuple[_Element, ...], words: list[str], at: int, step: int, k: int = 0) -> int | None:
    """Where the words run out that fit `elements` from `at` on, in the direction of `step`; None: they do not.

    What may be left out takes as few words as it can.
    """
    size, count = len(words), len(elements)
    while k < count:
        allowed, least, most = elements[k]
        k += 1
        if least == most:
            if not 0 <= at < size or (words[at] in STOPS if allowed is None else words[at] not in allowed):
                return None
            at += step
        elif k < count:
            return _after_some(elements, words, at, step, k)
    return at


def _after_some(elements: tuple[_Element, ...], words: list[str], at: int, step: int, k: int) -> int | None:
    """The same where the element before `k` may be left out or is any word, several perhaps."""
    allowed, _, most = elements[k - 1]
    following, least, _ = elements[k]
    size, last = len(words), at + step * most
    while True:
        if following is None or not least or (0 <= at < size and words[at] in following):
            end = _ends(elements, words, at, step, k)
            if end is not None:
                return end
        if at == last or not 0 <= at < size:
            return None
        if words[at] in STOPS if allowed is None else words[at] not in allowed:
            return None
        at += step


def find(said: Words, index: Index) -> Hits:
    """Every pattern of `index` in this text, by field, in the order in which their anchors stand.

    Leaves in `said.known` the words as the patterns know them.
    """
    words = said.known = [
        word if word in index or (len(word) < _LONG and word[0].isalpha()) else _known(word)
        for word in said.words
    ]
    hits: dict[str, list[Hit]] = {}
    size = len(words)
    for at, word in enumerate(words):
        patterns = index.get(word)
        if not patterns:
            continue
        before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < size else ""
        for pattern in patterns:
            # Most patterns end here: the word beside their anchor is another one, or there is none.
            leads, follows = pattern.beside
            if (follows is not None and after not in follows) or (leads is not None and before not in leads):
                continue
            first = _ends(pattern.before, words, at - 1, -1) if pattern.before else at - 1
            if first is None:
                continue
            last = _ends(pattern.after, words, at + 1, 1) if pattern.after else at + 1
            if last is None:
                continue
            first, last = first + 1, last - 1
            hit = Hit(
                pattern.field, pattern.id, pattern.weight, first, last, said.starts[first], said.ends[last]
            )
            hits.setdefault(pattern.field, []).append(hit)
    return hits


def covered(hits: Iterable[Hit]) -> frozenset[int]:
    """The places of all words in these hits."""
    return frozenset(at for hit in hits for at in range(hit.first, hit.last + 1))


def best(hits: Iterable[Hit]) -> Hit | None:
    """The hit that says most: the greatest weight, then the longest, then the first."""
    return max(hits, key=lambda hit: (hit.weight, hit.end - hit.start, -hit.start), default=None)
