"""A scheme's own lists, ready to be looked up: its places, and what its roles, subjects and parties are called.

Made once per scheme.
"""

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import fuzz, process

from flows.once import per_scheme
from flows.scheme import Scheme
from flows.understand.gazetteer import Gazetteer
from flows.understand.kinds import Name, names, role_kinds, subject_kinds
from flows.understand.phrases import STOPS, Index, Row, Words, classes, index

_ALIKE = 82
"""From how much likeness on, in hundredths, a short answer is believed to name a choice."""


class Known:
    """The names of a list of choices, as short answers are held against them."""

    __slots__ = ("firsts", "names", "whole", "written")

    def __init__(self, names: tuple[Name, ...]) -> None:
        """Puts beside the names what most answers have nothing of: all their words, their first words, as text."""
        self.names = names
        self.whole = frozenset(name.words for name in names)
        self.firsts = frozenset(name.words[0] for name in names)
        self.written = [" ".join(name.words) for name in names]

    def __bool__(self) -> bool:
        return bool(self.names)


class Lists:
    """What one scheme's words are: see the module."""

    def __init__(self, scheme: Scheme) -> None:
        """Gathers names and patterns; costs a millisecond, once per scheme."""
        self.gazetteer = Gazetteer(scheme.locations)
        self.roles = Known(names(scheme.roles))
        self.subjects = Known(names(scheme.subjects))
        self.parties = Known(names(scheme.parties))
        roles = self.roles.names
        self.role_kinds = role_kinds(roles)
        self.role_words = {name.words[0]: name.id for name in reversed(roles) if len(name.words) == 1}
        self.subject_kinds = subject_kinds(scheme)
        self.own_party = _own_party(scheme)
        self.index: Index = index(self._rows(scheme))

    def _rows(self, scheme: Scheme) -> Iterator[Row]:
        others = {choice.id for choice in scheme.subjects if choice.flag == "other"}
        for name in self.subjects.names:
            if name.id not in others and _tells(name.words):
                yield "scheme_subject", name.id, 7, " ".join(name.words)
        for name in self.roles.names:
            if len(name.words) > 1 and name.words[0] in ("ik", "i", "mijn", "my", "ons", "onze", "our"):
                strong = name.words[0] in ("ik", "i") or len(name.words) > 3 or scheme.youth_care
                weight = 6 if strong else 4
                yield "scheme_role", name.id, weight, " ".join(name.words)
        for name in self.parties.names:
            if len(name.words) > 1 or len(name.words[0]) > 4:
                yield "scheme_party", name.id, 7, " ".join(name.words)
        whole = tuple(word for word in Words(scheme.name).words if word not in STOPS)
        yield "scheme_name", scheme.id, 7, " ".join(whole)


def _own_party(scheme: Scheme) -> str | None:
    """The party that is the organisation itself: the one that bears its name."""
    name = scheme.name.lower()
    bears = (party.id for party in scheme.parties if name in " ".join(party.label.values()).lower())
    return next(bears, None)


def _tells(words: tuple[str, ...]) -> bool:
    """Whether an alias says something by itself in a story: more than the bare word for a staff member."""
    return not (len(words) == 1 and words[0] in classes()["staff"])


@per_scheme
def of(scheme: Scheme) -> Lists:
    """The lists of this scheme."""
    return Lists(scheme)


class Match(NamedTuple):
    """A choice that a bare answer names: by its id, from word `first` to `last`; `sure` unless it was a likeness."""

    id: str
    first: int
    last: int
    sure: bool


def matches(said: Words, known: Known) -> list[Match]:
    """The choices that a short answer names, best first: whole names, then names inside it, then typing errors."""
    written = [position for position, word in enumerate(said.words) if word not in STOPS]
    while len(written) > 1 and said.words[written[0]] in classes()["leading"]:
        written.pop(0)
    if not written or len(written) > 12:
        return []
    words = tuple(said.words[position] for position in written)
    if words in known.whole:
        return _unique(
            [Match(name.id, written[0], written[-1], True) for name in known.names if name.words == words]
        )
    if not known.firsts.isdisjoint(words):
        inside = [
            match for name in known.names if name.words[0] in words for match in _inside(name, words, written)
        ]
        if inside:
            return _unique(inside)
    return _unique(_resembling(words, written, known))


def _inside(name: Name, words: tuple[str, ...], written: list[int]) -> Iterator[Match]:
    size = len(name.words)
    for at in range(len(words) - size + 1):
        if words[at : at + size] == name.words:
            yield Match(name.id, written[at], written[at + size - 1], True)


def _resembling(words: tuple[str, ...], written: list[int], known: Known) -> list[Match]:
    typed = " ".join(words)
    # One call for all, which is quick where nothing is alike; a hundredth less than is asked for below is its bound.
    if len(typed) < 5 or not process.extractOne(
        typed, known.written, scorer=fuzz.ratio, score_cutoff=_ALIKE - 1
    ):
        return []
    scored = sorted(
        (
            (fuzz.ratio(typed, written_out), name.id)
            for written_out, name in zip(known.written, known.names, strict=True)
        ),
        reverse=True,
    )
    if scored[0][0] < _ALIKE:
        return []
    rival = next((score for score, id in scored if id != scored[0][1]), 0.0)
    return [Match(scored[0][1], written[0], written[-1], scored[0][0] - rival >= 8)]


def _unique(found: list[Match]) -> list[Match]:
    kept: dict[str, Match] = {}
    for match in found:
        if match.id not in kept or match.last - match.first > kept[match.id].last - kept[match.id].first:
            kept[match.id] = match
    return list(kept.values())
