r"""The patterns of the danger words: how the files ``words/danger_*.tsv`` are written, and compiled once.

A file begins with ``# reviewed: yes`` or ``# reviewed: no``. Its rows are, tab-separated:

    words   name    word word …      a class, used as ``@name``; may hold other classes
    forms   -       word word …              forms of one word: where ``say`` names one, it means them all
    say     kinds   pattern / …      flags    this is danger of these kinds (comma-separated)
    not     kinds   pattern / …               this only looks like it (``-``: whatever the kind)
    was     -       pattern / …               this says that it was long ago
    about   line    pattern / …               this complains of whoever answers a help line

In a pattern, elements stand in order; a filler word ("echt", "really") may stand between two of them.
``..`` allows three other words, ``...`` six. ``{a b}`` finds its elements in any order within five words of the
first, on one side of a subordinating word. An element is a word, ``a|b``, ``@class``, ``word*`` (begins so),
``*word`` (ends so), ``~word`` (also when misspelled), ``^`` or ``$`` (a sentence or clause begins or ends
here), ``!`` an exclamation mark; ``?x`` may be left out. Flags: ``k`` keeps the finding whatever is negated
("geen" belongs to it), ``i`` listens for a negation only within and behind it.

Classes with a meaning of their own: ``neg`` negates; ``none`` negates a whole clause; ``wish`` before a negation
("ik wil niet geslagen worden") and ``soften`` behind it ("niet alleen") undo it, ``over`` behind it says that it
stopped ("niet meer"); ``break`` ends the reach of a negation, ``wall`` also keeps the elements of ``{…}``
together; ``filler`` may stand anywhere; ``common`` are words too frequent to start a search from; ``me``
(object), ``self``, ``kin`` and ``by`` (before the one who did it) tell about whom; ``doer`` begins a clause;
``still`` says that it goes on; ``alike`` are other words that resemble a misspelling and are none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count

import msgspec

from flows import resources
from flows.understand.danger_spelling import Spelling
from flows.understand.danger_tokens import ENDS, PAUSE
from flows.understand.text import fold

LANGUAGES = ("nl", "en", "tr", "pl", "uk", "ar")

_SCOPES = (
    "neg", "none", "wish", "soften", "over", "break", "wall", "filler", "common",
    "self", "me", "kin", "doer", "by", "still", "alike",
)  # fmt: skip
_GAPS = {"..": 3, "...": 6}
_BOUNDS = ("^", "$", "!")
_JOINED_FROM = 7


class Language(msgspec.Struct, frozen=True, eq=False):
    """One language's words for negation, time and person, and whether someone reviewed its list."""

    id: str
    reviewed: bool
    classes: dict[str, frozenset[str]]

    def has(self, name: str, word: str) -> bool:
        """Whether `word` belongs to the class `name`."""
        return word in self.classes[name]


class Pattern(msgspec.Struct, frozen=True, eq=False):
    """One way to say something: `elements` are numbers, `gaps` the words allowed before each but the first.

    Without `gaps` the elements come in any order. The search starts from the element at `anchor`. Elements at
    `bounds` only say that a clause begins or ends, and are no part of what was said.
    """

    row: str
    kinds: tuple[str, ...]
    language: Language
    elements: tuple[int, ...]
    gaps: tuple[int, ...] | None
    anchor: int
    needs: int
    bounds: frozenset[int]
    flags: str


class Word(msgspec.Struct, frozen=True, eq=False):
    """A word of the lists: the `elements` that it is, the same as bits, and the patterns searched from it."""

    elements: frozenset[int]
    mask: int
    hot: tuple[Pattern, ...]


class Book(msgspec.Struct, frozen=True, eq=False):
    """All words of all languages, which of them are known typed apart too, how they are misspelled, and the languages.

    `mask` has the bit of every element.
    """

    words: dict[str, Word]
    joinable: frozenset[str]
    mask: int
    spelling: Spelling
    languages: dict[str, Language]


@cache
def book() -> Book:
    """Every language's patterns in one book, compiled on first use."""
    numbers = count()
    makers = [_Maker(language, numbers) for language in LANGUAGES]
    words: dict[str, set[int]] = defaultdict(set)
    starts: dict[int, list[Pattern]] = defaultdict(list)
    spelling = Spelling()
    for maker in makers:
        for pattern in maker.patterns():
            starts[pattern.elements[pattern.anchor]].append(pattern)
        for number, forms in maker.elements.items():
            for form in forms:
                plain = form.strip("*~")
                words[plain].add(number)
                spelling.add(form, plain, maker.language.id)
        spelling.spare(maker.language.classes["alike"])
    spelling.widen(words)
    known = {word: _word(elements, starts) for word, elements in words.items()}
    joinable = frozenset(word for word, meant in known.items() if len(word) >= _JOINED_FROM and meant.hot)
    return Book(
        known,
        joinable,
        (1 << next(numbers)) - 1,
        spelling,
        {maker.language.id: maker.language for maker in makers},
    )


def _word(elements: set[int], starts: dict[int, list[Pattern]]) -> Word:
    hot = tuple(pattern for number in sorted(elements) for pattern in starts.get(number, ()))
    return Word(frozenset(elements), _mask(elements), hot)


def _mask(elements: Iterable[int]) -> int:
    return sum(1 << element for element in set(elements))


class _Maker:
    """Reads one language's file: its classes first, then its patterns, numbering the elements on the way."""

    def __init__(self, language: str, numbers: Iterator[int]) -> None:
        name = f"understand/words/danger_{language}.tsv"
        self._rows = resources.table(name)
        self._classes: dict[str, frozenset[str]] = {}
        for row in self._rows:
            if row[0] == "words":
                self._classes[row[1]] = self._classes.get(row[1], frozenset()) | self._forms(row[2].split())
        reviewed = resources.text(name).splitlines()[0] == "# reviewed: yes"
        scopes = {scope: self._classes.get(scope, frozenset()) for scope in _SCOPES}
        self.language = Language(language, reviewed, scopes)
        self._inflected: dict[str, frozenset[str]] = {}
        for row in self._rows:
            if row[0] == "forms":
                forms = self._forms(row[2].split())
                self._inflected |= {form: forms | self._inflected.get(form, frozenset()) for form in forms}
        self.elements: dict[int, frozenset[str]] = {}
        self._numbers: dict[frozenset[str], int] = {}
        self._next = numbers

    def _forms(self, words: Iterable[str]) -> frozenset[str]:
        forms: set[str] = set()
        for word in words:
            if word.startswith("@"):
                forms |= self._classes[word[1:]]
            else:
                forms.add(fold(word).replace("'", ""))
        return frozenset(forms)

    def _number(self, element: str, row: str) -> int:
        bound = element in ("^", "$")
        forms = self._classes["break"] | ENDS | {PAUSE} if bound else self._forms(element.split("|"))
        if row == "say" and not element.startswith("@"):
            forms = forms.union(*(self._inflected.get(form, ()) for form in forms))
        if forms not in self._numbers:
            self._numbers[forms] = next(self._next)
            self.elements[self._numbers[forms]] = forms
        return self._numbers[forms]

    def patterns(self) -> Iterator[Pattern]:
        """The patterns of the file, with every choice that ``?`` leaves open."""
        for row in self._rows:
            if row[0] in ("words", "forms"):
                continue
            kinds = () if row[1] == "-" else tuple(row[1].split(","))
            flags = row[3] if len(row) > 3 else ""
            for said in row[2].split(" / "):
                for parts in _spelled_out(said.strip("{}").split()):
                    yield self._pattern(row[0], kinds, parts, said.startswith("{"), flags)

    def _pattern(
        self, row: str, kinds: tuple[str, ...], parts: list[str], loose: bool, flags: str
    ) -> Pattern:
        said = [part for part in parts if part not in _GAPS]
        gaps = [
            _GAPS.get(before, 0)
            for before, part in zip(["", *parts], parts, strict=False)
            if part not in _GAPS
        ]
        elements = tuple(self._number(part, row) for part in said)
        return Pattern(
            row=row,
            kinds=kinds,
            language=self.language,
            elements=elements,
            gaps=None if loose else tuple(gaps),
            anchor=min(range(len(elements)), key=lambda place: self._frequency(elements[place])),
            needs=_mask(elements),
            bounds=frozenset(place for place, part in enumerate(said) if part in _BOUNDS),
            flags=flags,
        )

    def _frequency(self, number: int) -> int:
        forms = self.elements[number]
        return 1000 * len(forms & (self._classes["common"] | ENDS)) + len(forms)


def _spelled_out(parts: list[str]) -> Iterator[list[str]]:
    for place, part in enumerate(parts):
        if part.startswith("?"):
            yield from _spelled_out([*parts[:place], *parts[place + 1 :]])
            yield from _spelled_out([*parts[:place], part[1:], *parts[place + 1 :]])
            return
    yield parts
