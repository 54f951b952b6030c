"""The grammar of time: patterns over classes of words, as data, and the little code that reads them.

``words/dates_grammar.tsv`` holds one pattern a line: its level, the languages it is for (``*``: all), the meaning
it has, and the pattern: classes in upper case, ``?`` for what may be left out, ``A|B`` for one of several, ``$``
for the end of a phrase. Levels run one after the other, each over what the one before has read:

0. lengths of time ("een week of drie", "anderhalf jaar")
1. dates by themselves ("3 mei", "vorige week", "twee weken geleden")
2. dates that make each other precise ("dinsdag 12 mei", "kerst vorig jaar", "begin maart", "gisteren om 3 uur")
3. dates that stand beside each other ("van … tot …", "de dag na …")
4. what is said about a date ("sinds", "rond", "na", "niet")

At each place the longest pattern whose meaning holds wins, of equals the one that stands first in the file.
Levels 2 to 4 are read again until nothing changes.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import product

import msgspec

from flows import resources
from flows.understand.dates_reading import Moment, Reading
from flows.understand.dates_tokens import Item

LEVELS = 5

Captures = tuple[tuple[str, object], ...]
Meaning = Callable[["Match"], Reading | None]
Meanings = dict[str, Meaning]
_Rule = tuple[int, str, tuple[str, ...]]
_Found = tuple[int, _Rule, Captures]


class _Node:
    """A place in a trie of patterns: what may follow, and the rule of the pattern that ends here."""

    __slots__ = ("edges", "rule")

    def __init__(self) -> None:
        self.edges: dict[str, _Node] = {}
        self.rule: _Rule | None = None


class NotWhole(Exception):
    """A pattern fits but for its number, which is a half ("week half"): it means nothing."""


class Match(msgspec.Struct, frozen=True, eq=False):
    """One pattern that fits: what its classes hold, the words of its rule, and where the next item is."""

    captures: Captures
    args: tuple[str, ...]
    moment: Moment
    after: Item | None
    first: Item

    def get(self, name: str) -> object | None:
        """The value of the first word of class `name`, or None."""
        for key, value in self.captures:
            if key == name:
                return value
        return None

    def number(self, name: str) -> int:
        """The whole number of the first word of class `name`; raises `NotWhole` when there is none."""
        value = self.get(name)
        if not isinstance(value, int):
            raise NotWhole(name)
        return value

    def text(self, name: str) -> str:
        """The value of the first word of class `name` as text."""
        return str(self.get(name))

    def all(self, *names: str) -> list[object]:
        """The values of all words of these classes, in order."""
        return [value for key, value in self.captures if key in names]

    def readings(self) -> list[Reading]:
        """What lower levels read inside this match, in order."""
        return [value for _, value in self.captures if isinstance(value, Reading)]


def _sequences(pattern: str) -> list[tuple[str, ...]]:
    """Every row of classes that a pattern stands for."""
    slots: list[list[str]] = []
    for part in pattern.split():
        choices = part.rstrip("?").split("|")
        slots.append([*choices, ""] if part.endswith("?") else choices)
    return [tuple(name for name in row if name) for row in product(*slots)]


@cache
def rules(language: str) -> tuple[_Node, ...]:
    """The patterns of one language, as a trie for each level."""
    roots = tuple(_Node() for _ in range(LEVELS))
    for order, (level, languages, meaning, pattern) in enumerate(
        resources.table("understand/words/dates_grammar.tsv")
    ):
        if languages != "*" and language not in languages.split(","):
            continue
        name, *args = meaning.split()
        for row in _sequences(pattern):
            node = roots[int(level)]
            for key in row:
                node = node.edges.setdefault(key, _Node())
            node.rule = node.rule or (order, name, tuple(args))
    return roots


def _longest_first(found: _Found) -> tuple[int, int]:
    return -found[0], found[1][0]


def _walk(
    node: _Node, row: Sequence[Item], at: int, got: list[tuple[str, object]], found: list[_Found]
) -> None:
    if node.rule is not None:
        found.append((at, node.rule, tuple(got)))
    edges = node.edges
    if not edges:
        return
    if at >= len(row) or row[at].end_of_phrase:
        closing = edges.get("$")
        if closing is not None and closing.rule is not None:
            found.append((at, closing.rule, tuple(got)))
        if at >= len(row):
            return
    for key, value in row[at].classes.items():
        child = edges.get(key)
        if child is not None:
            got.append((key, value))
            if child.edges:
                _walk(child, row, at + 1, got, found)
            elif child.rule is not None:
                found.append((at + 1, child.rule, tuple(got)))
            got.pop()


def read(
    level: int, row: list[Item], language: str, meanings: Meanings, moment: Moment
) -> tuple[list[Item], bool]:
    """One pass of one level over a row: the row with what was read in it, and whether anything was."""
    root = rules(language)[level]
    firsts = root.edges.keys()
    out: list[Item] = []
    done, count = 0, len(row)
    for at in [at for at, item in enumerate(row) if item.classes and not firsts.isdisjoint(item.classes)]:
        if at < done:
            continue
        found: list[_Found] = []
        _walk(root, row, at, [], found)
        if len(found) > 1:
            found.sort(key=_longest_first)
        for end, (_, name, args), captures in found:
            after = row[end] if end < count else None
            try:
                reading = meanings[name](Match(captures, args, moment, after, row[at]))
            except NotWhole:
                continue
            if reading is not None:
                out += row[done:at]
                out.append(Item(row[at].start, row[end - 1].end, reading.classes()))
                done = end
                break
    return (out + row[done:], True) if done else (row, False)
