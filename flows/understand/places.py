"""Where: a location of the scheme, read from its own names, the places around it, and what stands beside them.

The rules of this file
 1. A name counts by what stands around it (`_weigh`): the help is there (4), someone was there (3), doubtful (1), or it
    is no place at all (0): a family name, a street, a place of before, where someone comes from.
 2. The heaviest wins; a location's own name wins from a place around it; the longest name wins from a shorter one.
 3. Two different locations that are left are both candidates and are asked. A doubtful one alone is not sure.
 4. A typing error is believed only where a place is expected: after `in`, `opvang` and the like, or when it was asked.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from flows.resources import table
from flows.scheme import Location
from flows.understand.findings import Finding
from flows.understand.phrases import STOPS, Words, classes
from flows.understand.text import fold

_PARTS = re.compile(r"[^\w']+|\b(?:en|and)\b")
_REPEATED = re.compile(r"(.)\1{2,}")

_ADJECTIVE = "se"
"""How Dutch makes an adjective of a place: "de Haarlemse opvang"."""

Blocked = Callable[[int, int], bool]
"""Whether the characters from … to … already mean something else (an address, a mail address)."""


class _Name(NamedTuple):
    words: tuple[str, ...]
    location: str
    own: bool


class _Mention(NamedTuple):
    locations: tuple[str, ...]
    own: bool
    first: int
    last: int
    start: int
    end: int


@cache
def _cues() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in table("understand/words/place.tsv"):
        found.setdefault(kind, set()).update(fold(words).split())
    return {kind: frozenset(words) for kind, words in found.items()}


def _written(name: str) -> tuple[str, ...]:
    return tuple(word for word in Words(name).words if word not in STOPS)


def _names(location: Location) -> Iterator[_Name]:
    """Every name of a location: its labels, their parts, its aliases; then the places around it."""
    for label in location.label.values():
        head, _, inside = label.partition("(")
        yield _Name(_written(head), location.id, True)
        parts = [part for part in re.split(r",|&|/|\ben\b|\band\b", head) if part.strip()]
        if len(parts) > 1:
            for part in parts:
                yield _Name(_written(part), location.id, True)
        for part in re.split(r",|&|/|–| - |\ben\b|\band\b", inside.rstrip(") ")):
            yield _Name(_written(part), location.id, False)
    for alias in location.aliases:
        yield _Name(_written(alias), location.id, True)
    for place in location.around:
        yield _Name(_written(place), location.id, False)


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name, with `aan de` cut short, and as other languages spell it."""
    if len("".join(words)) < 2:
        return
    yield words
    if words[-3:-1] == ("aan", "de"):
        yield (*words[:-3], "a", "d", words[-1])
    if len(words) == 1:
        yield (words[0] + _ADJECTIVE,)
        for other in sorted(_cues().get(f"also:{words[0]}", ())):
            yield (other,)


class Gazetteer:
    """The names of one scheme's locations, ready to be looked up. Made once per scheme."""

    def __init__(self, locations: tuple[Location, ...]) -> None:
        """Gathers the names; a location's own name hides the same name around another."""
        self.names: dict[tuple[str, ...], tuple[bool, tuple[str, ...]]] = {}
        self.starts: dict[str, list[tuple[str, ...]]] = {}
        self.joined: dict[str, tuple[str, ...]] = {}
        self.split: dict[str, dict[str, tuple[str, ...]]] = {}
        self.near: dict[str, list[str]] = {}
        for location in locations:
            for name in _names(location):
                for spelling in _spellings(name.words):
                    self._add(_Name(spelling, location.id, name.own))
        for words in self.names:
            self.starts.setdefault(words[0], []).append(words)
            self._shapes(words)
        for sequences in self.starts.values():
            sequences.sort(key=len, reverse=True)
        for word in sorted({word for words in self.names for word in words if len(word) >= 5}):
            self.near.setdefault(word[0], []).append(word)

    def _add(self, name: _Name) -> None:
        own, known = self.names.get(name.words, (False, ()))
        if own and not name.own:
            return
        if name.own and not own:
            known = ()
        if name.location not in known:
            self.names[name.words] = (name.own, (*known, name.location))

    def _shapes(self, words: tuple[str, ...]) -> None:
        """The ways in which a name is written with a space too few or too many."""
        whole = "".join(words)
        if len(whole) < 5:
            return
        if len(words) > 1:
            self.joined.setdefault(whole, words)
        for lead in ("in", "te", "bij", "opvang"):
            self.joined.setdefault(lead + whole, words)
        if len(words) == 1:
            for cut in range(2, len(whole) - 1):
                self.split.setdefault(whole[:cut], {})[whole[cut:]] = words

    def canonical(self, word: str, asked: bool = False) -> str | None:
        """The word of a name that `word` is, with at most a typing error (two in a long word or when asked)."""
        if word in self.starts:
            return word
        if len(word) < 4 or word in _cues()["never"] or not word[0].isalpha():
            return None
        short = _REPEATED.sub(r"\1", word)
        best: tuple[int, str] | None = None
        for known in self.near.get(word[0], ()):
            room = 2 if len(known) > 7 or (asked and len(known) > 5) else 1
            if abs(len(known) - len(short)) > room:
                continue
            distance = OSA.distance(short, known, score_cutoff=room)
            if distance <= room and (best is None or distance < best[0]):
                best = (distance, known)
        return best[1] if best else None


def _mentions(said: Words, gazetteer: Gazetteer, asked: bool) -> Iterator[_Mention]:
    words = said.words
    at = 0
    while at < len(words):
        found = _mention_at(said, gazetteer, at, asked)
        if found is None:
            at += 1
        else:
            yield found
            at = found.last + 1


def _mention_at(said: Words, gazetteer: Gazetteer, at: int, asked: bool) -> _Mention | None:
    words, word = said.words, said.words[at]
    for name in gazetteer.starts.get(word, ()):
        end = at + len(name)
        if tuple(words[at:end]) == name or (end <= len(words) and _cut(words[at:end], name)):
            return _mention(said, gazetteer, name, at, end - 1)
    stem = word.partition("'")[0]
    if stem != word and (stem,) in gazetteer.names:
        return _mention(said, gazetteer, (stem,), at, at)
    shape = gazetteer.joined.get(word)
    if shape is not None:
        return _mention(said, gazetteer, shape, at, at)
    rest = gazetteer.split.get(word)
    if rest is not None and at + 1 < len(words) and words[at + 1] in rest:
        return _mention(said, gazetteer, rest[words[at + 1]], at, at + 1)
    return _misspelled(said, gazetteer, at, asked)


def _misspelled(said: Words, gazetteer: Gazetteer, at: int, asked: bool) -> _Mention | None:
    """A name with typing errors, where a place is expected; and "vt flevo", cut short."""
    words, word = said.words, said.words[at]
    before = words[at - 1] if at else ""
    expected = asked or before in _cues()["in"] or before in _cues()["here"]
    known = word if word in gazetteer.starts else (gazetteer.canonical(word, asked) if expected else None)
    if known is None:
        return None
    for name in gazetteer.starts.get(known, ()):
        end = at + len(name)
        if end > len(words):
            continue
        if _alike_all(gazetteer, words[at:end], name) and (expected or len(name) > 1):
            return _mention(said, gazetteer, name, at, end - 1)
    return None


def _cut(words: list[str], name: tuple[str, ...]) -> bool:
    """Whether the words are a longer name with its last word cut short: "vt flevo"."""
    return (
        len(name) > 1
        and words[:-1] == list(name[:-1])
        and len(words[-1]) > 3
        and name[-1].startswith(words[-1])
    )


def _alike_all(gazetteer: Gazetteer, words: list[str], name: tuple[str, ...]) -> bool:
    return len(name) == 1 or all(
        _alike(gazetteer, word, known) for word, known in zip(words, name, strict=True)
    )


def _alike(gazetteer: Gazetteer, word: str, known: str) -> bool:
    if word == known:
        return True
    if len(word) >= 4 and len(known) > len(word) and known.startswith(word):
        return True
    return len(word) >= 4 and gazetteer.canonical(word) == known


def _mention(said: Words, gazetteer: Gazetteer, name: tuple[str, ...], first: int, last: int) -> _Mention:
    own, locations = gazetteer.names[name]
    return _Mention(locations, own, first, last, said.starts[first], said.ends[last])


def _weigh(said: Words, mention: _Mention) -> int:
    """What a mention counts for, by the words around it: see the rules of this file."""
    words, cues = said.words, _cues()
    before = _before(words, mention.first)
    after = words[mention.last + 1] if mention.last + 1 < len(words) else "."
    one = before[-1] if before else ""
    two = before[-2] if len(before) > 1 else ""
    if _other_meaning(said, mention, one, two, after):
        return 0
    if one == "niet" or (one in cues["in"] and two == "niet"):
        return 0
    if words[mention.first].endswith(_ADJECTIVE) and mention.first == mention.last:
        return 4 if after in cues["here"] or after in cues["after"] or after in classes()["staff"] else 0
    if _left(words, mention, before):
        return 0
    if one in cues["here"] or two in cues["here"] or after in cues["after"]:
        return 4
    if one in cues["in"] and not cues["here"].isdisjoint(before[-3:]):
        return 4
    if " ".join(words[mention.first : mention.last + 1]) in cues["ordinary"]:
        return 3 if one in cues["in"] and said.text[mention.start].isupper() else int(one in cues["in"])
    return _plain_weight(words, mention, before)


def _before(words: list[str], first: int) -> list[str]:
    """The at most five words before a mention, in the same part of the sentence."""
    before = words[max(0, first - 5) : first]
    for index in range(len(before) - 1, -1, -1):
        if before[index] in STOPS:
            return before[index + 1 :]
    return before


def _left(words: list[str], mention: _Mention, before: list[str]) -> bool:
    """Whether someone went from there: "van de opvang in Almere naar …"."""
    ahead = words[mention.last + 1 : mention.last + 5]
    return "naar" in ahead and not {"van", "vanuit", "uit"}.isdisjoint(before[-4:])


def _plain_weight(words: list[str], mention: _Mention, before: list[str]) -> int:
    """The weight of a name that the help does not stand beside."""
    cues = _cues()
    one = before[-1] if before else ""
    two = before[-2] if len(before) > 1 else ""
    ahead = words[mention.last + 1 : mention.last + 4]
    if one == "naar":
        moved = any(word in cues["moved"] for word in words[max(0, mention.first - 6) : mention.last + 3])
        return 4 if moved else (1 if two in cues["body"] else 3)
    if one in ("van", "uit", "from"):
        return _from(words, mention, two)
    if not cues["before"].isdisjoint(before):
        return 0
    if one in cues["in"] and not cues["lives"].isdisjoint(before) and not cues["others"].isdisjoint(before):
        return 0
    if (
        one in cues["body"]
        or (one in cues["in"] and two in cues["body"])
        or not cues["body"].isdisjoint(ahead)
    ):
        return 1
    return 3


def _from(words: list[str], mention: _Mention, two: str) -> int:
    """After `van` or `uit`: where someone came from, unless it is the team or the house there."""
    cues = _cues()
    ahead = words[mention.last + 1 : mention.last + 5]
    if two in cues["moved"] or "naar" in ahead:
        return 0
    if two in ("kom", "kwam", "komt", "kwamen", "ben", "afkomstig", "weg", "come", "am", "from"):
        return 0
    return 3 if two in classes()["staff"] else 1


def _other_meaning(said: Words, mention: _Mention, one: str, two: str, after: str) -> bool:
    """A family name ("mevrouw van Haarlem"), a street in two words, or a part of a link or mail address."""
    cues = _cues()
    if one in cues["title"] or after in cues["street"]:
        return True
    around = (
        said.folded[max(0, mention.start - 1) : mention.start] + said.folded[mention.end : mention.end + 2]
    )
    if "@" in around or (around[-2:-1] == "." and around[-1:].isalpha()):
        return True
    if mention.start and said.folded[mention.start - 1] in "./@":
        return True
    if one == "van" and mention.first >= 2:
        before = mention.first - 2
        if two in cues["title"]:
            return True
        typed = said.text[said.starts[before] : said.ends[before]]
        return (
            typed[:1].isupper() and two not in cues["here"] | cues["in"] | cues["moved"] | classes()["staff"]
        )
    return two in cues["title"] and one not in cues["in"] and one not in cues["here"]


def find(said: Words, gazetteer: Gazetteer, *, asked: bool, blocked: Blocked | None = None) -> Finding | None:
    """The location that this text names, or None. `asked`: it is the answer to "where?"."""
    weighed: list[tuple[int, _Mention]] = []
    for mention in _mentions(said, gazetteer, asked):
        if blocked is not None and blocked(mention.start, mention.end):
            continue
        weight = _weigh(said, mention)
        if asked and weight == 1:
            weight = 3
        if weight:
            weighed.append((weight, mention))
    if asked and not weighed:
        return _cut_short(said, gazetteer)
    if not weighed:
        return None
    return _decide(said, weighed)


def _beside(said: Words, one: _Mention, other: _Mention) -> bool:
    """Whether `other` only says where the longer name `one` is: "veilig thuis in almere"."""
    first, second = (one, other) if one.first < other.first else (other, one)
    between = said.words[first.last + 1 : second.first]
    longer = one.last - one.first > other.last - other.first
    return (
        longer
        and len(between) < 3
        and all(word in _cues()["in"] or word in ("de", "het") for word in between)
    )


def _decide(said: Words, weighed: list[tuple[int, _Mention]]) -> Finding:
    weighed = [
        pair
        for at, pair in enumerate(weighed)
        if not any(_beside(said, other, pair[1]) for _, other in weighed[max(0, at - 1) : at + 2])
    ]
    most = max((weight, mention.own) for weight, mention in weighed)
    kept = [mention for weight, mention in weighed if (weight, mention.own) == most]
    locations = tuple(dict.fromkeys(id for mention in kept for id in mention.locations))
    single = [mention for mention in kept if len(mention.locations) == 1]
    named = {mention.locations[0] for mention in single}
    if len(named) == 1 and all(named <= set(mention.locations) for mention in kept):
        locations = tuple(named)
        kept = single
    first = kept[0]
    words = said.said(first.start, first.end)
    span = (first.start, first.end)
    if len(locations) > 1:
        return Finding("location", locations[0], words, span, False, locations, "ambiguous")
    return Finding("location", locations[0], words, span, most[0] > 1)


def _cut_short(said: Words, gazetteer: Gazetteer) -> Finding | None:
    """The answer to "where?" in a few letters: the names that begin with it."""
    written = [index for index, word in enumerate(said.words) if word not in STOPS]
    if len(written) != 1 or len(said.words[written[0]]) < 3:
        return None
    word = said.words[written[0]]
    found = [value for name, value in gazetteer.names.items() if "".join(name).startswith(word)]
    own = [value for value in found if value[0]] or found
    locations = tuple(dict.fromkeys(id for _, ids in own for id in ids))
    if not locations:
        return None
    span = (said.starts[written[0]], said.ends[written[0]])
    words = said.said(*span)
    if len(locations) > 1:
        return Finding("location", locations[0], words, span, False, locations, "ambiguous")
    return Finding("location", locations[0], words, span)
