r"""The patterns of the danger words: how the files ``words/danger_*.tsv`` are written, and compiled once.

A file begins with ``# reviewed: yes`` or ``# reviewed: no``. Its rows are, tab-separated:

    words   name    word word …      a class, used as ``@name``; may hold other classes
    say     kinds   pattern / …      flags    this is danger of these kinds (comma-separated)
    not     kinds   pattern / …               this only looks like it (``-``: whatever the kind)
    was     -       pattern / …               this says that it was long ago
    about   line    pattern / …               this complains of whoever answers a help line

In a pattern, elements stand in order; a filler word ("echt", "really") may stand between two of them.
``..`` allows three other words, ``...`` six. ``{a b}`` finds its elements in any order within five words of the
first, on one side of a subordinating word. An element is a word, ``a|b``, ``@class``, ``word*`` (begins so),
``*word`` (ends so), ``~word`` (also when misspelled), ``^`` or ``$`` (a sentence or clause begins or ends
here); ``?x`` may be left out. Flags: ``k`` keeps the finding whatever is negated ("geen" belongs to it),
``i`` listens for a negation only within and behind it.

Classes with a meaning of their own: ``neg`` negates; ``none`` negates a whole clause; ``soften`` behind a
negation undoes it ("niet alleen"), ``over`` behind it says that it stopped ("niet meer"); ``break`` ends the
reach of a negation, ``wall`` also keeps the elements of ``{…}`` together; ``filler`` may stand anywhere;
``common`` are words too frequent to start a search from; ``me`` (object), ``self``, ``kin`` and ``by`` (before
the one who did it) tell about whom; ``still`` says that it goes on;
``alike`` are other words that resemble a misspelling and are none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from flows import resources
from flows.understand.danger_spelling import Spelling
from flows.understand.danger_tokens import PAUSE, STOP
from flows.understand.text import fold

LANGUAGES = ("nl", "en", "tr", "pl", "uk", "ar")

_SCOPES = (
    "neg", "none", "soften", "over", "break", "wall", "filler", "common", "self", "me", "kin", "by", "still", "alike",
)  # fmt: skip
_GAPS = {"..": 3, "...": 6}


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

    Without `gaps` the elements come in any order. The search starts from the element at `anchor`.
    """

    row: str
    kinds: tuple[str, ...]
    language: Language
    elements: tuple[int, ...]
    gaps: tuple[int, ...] | None
    anchor: int
    needs: frozenset[int]
    flags: str = ""


class Book(msgspec.Struct, frozen=True, eq=False):
    """All patterns by word: `words` gives the elements that a word is, `hot` the patterns searched from it."""

    words: dict[str, frozenset[int]]
    hot: dict[str, tuple[Pattern, ...]]
    spelling: Spelling
    languages: dict[str, Language]


@cache
def book() -> Book:
    """Every language's patterns in one book, compiled on first use."""
    makers = [_Maker(language, number) for number, language in enumerate(LANGUAGES)]
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
    hot = {}
    for word, numbers in words.items():
        patterns = tuple(pattern for number in sorted(numbers) for pattern in starts.get(number, ()))
        if patterns:
            hot[word] = patterns
    return Book(
        {word: frozenset(numbers) for word, numbers in words.items()},
        hot,
        spelling,
        {maker.language.id: maker.language for maker in makers},
    )


class _Maker:
    """Reads one language's file: its classes first, then its patterns, numbering the elements on the way."""

    def __init__(self, language: str, number: int) -> None:
        name = f"understand/words/danger_{language}.tsv"
        self._rows = resources.table(name)
        self._classes: dict[str, frozenset[str]] = {}
        for row in self._rows:
            if row[0] == "words":
                self._classes[row[1]] = self._classes.get(row[1], frozenset()) | self._forms(row[2].split())
        reviewed = resources.text(name).splitlines()[0] == "# reviewed: yes"
        scopes = {scope: self._classes.get(scope, frozenset()) for scope in _SCOPES}
        self.language = Language(language, reviewed, scopes)
        self.elements: dict[int, frozenset[str]] = {}
        self._numbers: dict[frozenset[str], int] = {}
        self._next = number * 100_000

    def _forms(self, words: Iterable[str]) -> frozenset[str]:
        forms: set[str] = set()
        for word in words:
            if word.startswith("@"):
                forms |= self._classes[word[1:]]
            else:
                forms.add(fold(word).replace("'", ""))
        return frozenset(forms)

    def _number(self, element: str) -> int:
        bound = element in ("^", "$")
        forms = self._classes["break"] | {STOP, PAUSE} if bound else self._forms(element.split("|"))
        if forms not in self._numbers:
            self._numbers[forms] = self._next
            self.elements[self._next] = forms
            self._next += 1
        return self._numbers[forms]

    def patterns(self) -> Iterator[Pattern]:
        """The patterns of the file, with every choice that ``?`` leaves open."""
        for row in self._rows:
            if row[0] == "words":
                continue
            kinds = () if row[1] == "-" else tuple(row[1].split(","))
            flags = row[3] if len(row) > 3 else ""
            for said in row[2].split(" / "):
                for parts in _spelled_out(said.strip("{}").split()):
                    yield self._pattern(row[0], kinds, parts, said.startswith("{"), flags)

    def _pattern(
        self, row: str, kinds: tuple[str, ...], parts: list[str], loose: bool, flags: str
    ) -> Pattern:
        elements, gaps = [], []
        for before, part in zip(["", *parts], parts, strict=False):
            if part not in _GAPS:
                elements.append(self._number(part))
                gaps.append(_GAPS.get(before, 0))
        anchor = min(range(len(elements)), key=lambda place: self._frequency(elements[place]))
        needs = frozenset(elements)
        return Pattern(
            row, kinds, self.language, tuple(elements), None if loose else tuple(gaps), anchor, needs, flags
        )

    def _frequency(self, number: int) -> int:
        forms = self.elements[number]
        return 1000 * len(forms & (self._classes["common"] | {STOP})) + len(forms)


def _spelled_out(parts: list[str]) -> Iterator[list[str]]:
    for place, part in enumerate(parts):
        if part.startswith("?"):
            yield from _spelled_out([*parts[:place], *parts[place + 1 :]])
            yield from _spelled_out([*parts[:place], part[1:], *parts[place + 1 :]])
            return
    yield parts
