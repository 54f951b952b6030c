"""Where a pattern of danger words stands in a text. Every search is bounded by the windows, so time is linear."""

from collections.abc import Iterator

import msgspec

from flows.understand.danger_hearing import Heard
from flows.understand.danger_patterns import Language, Pattern
from flows.understand.danger_tokens import ENDS

_WINDOW = {"say": 5, "not": 3, "was": 3, "about": 5}
_FILLERS = 2


class Match(msgspec.Struct, frozen=True, eq=False):
    """A pattern and the items that its elements matched, in the order of its elements."""

    pattern: Pattern
    places: tuple[int, ...]

    @property
    def _said(self) -> list[int]:
        bounds = self.pattern.bounds
        return [place for element, place in enumerate(self.places) if element not in bounds]

    @property
    def first(self) -> int:
        """The first item of the match."""
        return min(self._said)

    @property
    def last(self) -> int:
        """The last item of the match."""
        return max(self._said)

    @property
    def anchor(self) -> int:
        """The item that carries the meaning."""
        return self.places[self.pattern.anchor]


def matches(heard: Heard, row: str) -> Iterator[Match]:
    """Every match of the patterns of this kind of row, in the order of the text."""
    for place, patterns in heard.starts:
        for pattern in patterns:
            if pattern.row == row:
                found = (
                    _loose(heard, pattern, place) if pattern.gaps is None else _ordered(heard, pattern, place)
                )
                if found:
                    yield Match(pattern, found)


def _ordered(heard: Heard, pattern: Pattern, place: int) -> tuple[int, ...] | None:
    """The elements in their order, each within its gap of the one before."""
    anchor, gaps = pattern.anchor, pattern.gaps or ()
    right = _along(heard, pattern, place, pattern.elements[anchor + 1 :], gaps[anchor + 1 :], 1)
    if right is None:
        return None
    before = pattern.elements[:anchor][::-1]
    left = _along(heard, pattern, place, before, gaps[1 : anchor + 1][::-1], -1)
    return None if left is None else (*left[::-1], place, *right)


def _along(
    heard: Heard, pattern: Pattern, place: int, elements: tuple[int, ...], gaps: tuple[int, ...], step: int
) -> tuple[int, ...] | None:
    reached: dict[int, tuple[int, ...]] = {place: ()}
    for element, gap in zip(elements, gaps, strict=True):
        further: dict[int, tuple[int, ...]] = {}
        for here, path in reached.items():
            for there in _within(heard, pattern.language, here, gap, step):
                if element in heard.elements[there] and there not in further:
                    further[there] = (*path, there)
        if not further:
            return None
        reached = further
    return next(iter(reached.values()))


def _within(heard: Heard, language: Language, here: int, gap: int, step: int) -> Iterator[int]:
    """The places that an element may have beside `here`: past fillers, and past `gap` other words."""
    fillers = language.classes["filler"]
    skipped = others = 0
    place = here + step
    while 0 <= place < len(heard.norms):
        yield place
        norm = heard.norms[place]
        if norm in ENDS:
            return
        if norm in fillers and skipped < _FILLERS:
            skipped += 1
        elif others < gap:
            others += 1
        else:
            return
        place += step


def _loose(heard: Heard, pattern: Pattern, place: int) -> tuple[int, ...] | None:
    """The elements in any order around the anchor, none behind a wall."""
    window = _window(heard, pattern, place)
    found: list[int] = []
    for number, element in enumerate(pattern.elements):
        if number == pattern.anchor:
            found.append(place)
            continue
        near = next(
            (there for there in window if element in heard.elements[there] and there not in found), None
        )
        if near is None:
            return None
        found.append(near)
    return tuple(found)


def _window(heard: Heard, pattern: Pattern, place: int) -> list[int]:
    """The places around `place`, "mij" first and then the nearest: in "mijn vader slaat mij" it is me."""
    classes, reach = pattern.language.classes, _WINDOW[pattern.row] + 1
    places = []
    for step in (1, -1):
        there = place + step
        while abs(there - place) <= reach and 0 <= there < len(heard.norms):
            norm = heard.norms[there]
            if norm in ENDS or norm in classes["wall"]:
                break
            places.append(there)
            there += step
    persons = classes["kin"] | classes["doer"]

    def rank(there: int) -> tuple[bool, int]:
        me = heard.norms[there] in classes["me"] and heard.norms[there + 1] not in persons
        return not me, abs(there - place)

    return sorted(places, key=rank)
