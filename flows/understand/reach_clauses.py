"""The clauses of a text in which people say how and when they want to be reached, and what each of them says.

A clause runs between marks and buts. In it stand channels, times and words of negation; the list is
``words/contact_reach.tsv``. Pure.
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import NamedTuple

from flows.resources import table
from flows.understand import hours
from flows.understand.clauses import around
from flows.understand.sayings import Sayings, Words, is_mark, words
from flows.understand.text import fold
from flows.understand.whose import persons

_SPLITS = frozenset({"maar", "but", "ale", "але", "но", "ama", "لكن"})
_LONGEST = 40
"""Words: what goes on longer without a mark is read in pieces, so that time stays linear."""

_NOUNS = frozenset({"talk", "post", "writing"})
"""Channels whose words stand in many stories: they need a word of wishing beside them."""

_NO_ONE_ELSE = frozenset({"haar", "hem", "school", "werk", "opvang"})
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SILENT = frozenset({"reach", "at_work"})
"""What is understood and has no id of its own: "bereikbaar", "niet op mijn werk"."""


class Target(NamedTuple):
    """A channel (``how``), a time (``when``), a no (``neg``), an only (``wel``) or a ``than``, and its words."""

    kind: str
    id: str
    first: int
    last: int


@cache
def _targets() -> Sayings[tuple[str, str]]:
    rows = table("understand/words/contact_reach.tsv")
    said = [(saying, (kind, id)) for kind, id, saying in rows if kind in _SAID]
    return Sayings(said)


_SAID = frozenset({"how", "asked", "when", "neg", "wel", "than"})


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one class of the list that is no saying: ``lead``, ``stray``, ``someone`` …"""
    rows = table("understand/words/contact_reach.tsv")
    return frozenset(key for kind, _, written in rows if kind == name for key in words(fold(written)).keys)


def _single(kind: str) -> Iterator[str]:
    """The words of every saying of this kind."""
    for named, _, saying in table("understand/words/contact_reach.tsv"):
        if named == kind:
            for choice in saying.replace("(", "").replace(")", "").replace("/", " ").split():
                yield from words(fold(choice.replace("_", " "))).keys


@cache
def channels() -> frozenset[str]:
    """Words that can tell of a channel: without one a story holds nothing to be read here."""
    return frozenset(_single("how")) - listed("lead") | {"bereikbaar", "bereiken", "beschikbaar"}


@cache
def times() -> frozenset[str]:
    """Words that can tell of a time behind a clause that speaks."""
    return frozenset(_single("when")) | hours.HOUR_LEADS


class Clause:
    """The words from `first` to `last` (excluded) of a text, between marks and buts."""

    def __init__(self, folded: str, said: Words, first: int, last: int) -> None:
        self.first, self.last, self.said = first, last, said
        self.keys = said.keys[first:last]
        self.start, self.end = said.starts[first], said.ends[last - 1]
        self.folded = folded[self.start : self.end]
        targets: list[Target] = []
        for match in sorted(_targets().find(self.keys), key=lambda match: (match.first, -match.last)):
            if not targets or match.first >= targets[-1].last or match[:2] == targets[-1][2:]:
                targets.append(Target(*match.label, match.first, match.last))
        self.targets = targets

    @cached_property
    def hours(self) -> list[re.Match[str]]:
        """The phrases about hours: looked for only in a clause that asks for something, or holds nothing but times."""
        return list(hours.HOURS.finditer(self.folded)) if hours.begins(self.folded) else []

    def of(self, kind: str) -> list[Target]:
        """The targets of this kind."""
        return [target for target in self.targets if target.kind == kind]

    def speaks(self) -> bool:
        """Whether the clause asks the organisation for something: only words of asking stand before the channel."""
        named = len(self.keys) == 1 and self.said.keys[self.last : self.last + 1] == [":"]
        found = self.of("how")
        if not found or named:
            return False
        channel = found[0]
        wished = not listed("wishing").isdisjoint(self.keys) or (
            channel.id == "post" and self.keys[0] in ("geen", "niet", "no")
        )
        if channel.id in _NOUNS and not wished:
            return False
        lead = self.keys[: channel.first]
        for at, key in enumerate(lead):
            if key not in listed("lead") and not key[0].isdigit() and not self._timed(at):
                return False
        if lead[-1:] == ["ik"] or ("ik" in lead and not {"mag", "kan", "moet"}.isdisjoint(lead)):
            return False
        return not self._narrates(channel)

    def _timed(self, at: int) -> bool:
        return any(target.kind == "when" and target.first <= at < target.last for target in self.targets)

    def _narrates(self, channel: Target) -> bool:
        """Whether someone else is called or writes: "bel mijn moeder", "bellen met de begeleider"."""
        behind = [key for key in self.keys[channel.last : channel.last + 6] if key not in around("filler")][
            :4
        ]
        if any(key in persons() and key not in _NO_ONE_ELSE for key in behind[:3]):
            return "thuis" not in self.keys and "als" not in behind
        if behind and channel.id != "reach" and behind[0] in listed("someone") and "nummer" not in behind:
            return True
        told = not listed("participle").isdisjoint(self.keys) and not listed("having").isdisjoint(self.keys)
        return told or behind[:1] == ["met"] or any(key in around("say") for key in self.keys[:2])

    def only_times(self) -> bool:
        """Whether the clause is a time and nothing else: "alleen na school"."""
        leads = listed("lead")
        for at, key in enumerate(self.keys):
            if not (key in leads or key[0].isdigit() or self._timed(at) or key in hours.HOUR_WORDS):
                return False
        return bool(self.of("when") or self.hours)

    def _place(self, at: int) -> int:
        """Where word `at` begins in the clause's text."""
        return self.said.starts[self.first + at] - self.start

    def _hours_behind(self, at: int) -> bool:
        return any(match.start() >= self._place(at) for match in self.hours)

    def negated(self, target: Target) -> bool:
        """Whether a no holds for `target`: the nearest before it, or right behind it and for nothing else.

        A no beside a time is for the time: "niet bellen in het weekend" does not forbid the telephone.
        """
        others = self.of("how") + self.of("when")
        for neg in reversed(self.of("neg")):
            if neg.last <= target.first:
                if any(
                    neg.last <= wel.first < target.first and self.keys[wel.first] == "wel"
                    for wel in self.of("wel")
                ):
                    return False
                return not (target.kind == "how" and (self.hours or self.of("when")))
            rivals = self.of("when") if target.kind == "when" else others
            behind = any(other.first >= neg.last for other in rivals) or self._hours_behind(neg.first)
            if neg.first >= target.last and not behind:
                same = [other for other in others if other.kind == target.kind and other != target]
                return not any(target.last <= other.first < neg.first for other in same)
        return False

    def how(self, *, asked: bool) -> list[str]:
        """The channels that the clause asks for or forbids; `asked`: that was the question."""
        found: list[str] = []
        than = self.of("than")
        timed = bool(self.of("when") or self.hours)
        for target in self.of("how") + (self.of("asked") if asked else []):
            if than and found and 0 <= target.first - than[0].last <= 1:
                continue
            negated = self.negated(target)
            if target.id in _SILENT or (not negated and timed and self.of("neg")):
                continue
            found.append(f"not_{target.id}" if negated else target.id)
        return [id for id in found if id != "sms" or "whatsapp" not in found]

    def when(self) -> list[str]:
        """The times that the clause asks for or forbids."""
        found: list[str] = []
        covered: list[tuple[int, int]] = []
        for match in self.hours:
            negated = any(self._place(neg.first) < match.start() for neg in self.of("neg"))
            ids = hours.ids(match, self.folded, negated)
            if ids:
                found += ids
                covered.append(match.span())
        for target in self.of("when"):
            start = self._place(target.first)
            if any(low <= start < high for low, high in covered) or (covered and target.id == "evening"):
                continue
            negated = self.negated(target)
            if target.id == "at_home":
                found += ["not_at_home"] if negated else []
            elif target.id not in _SILENT and not (target.id == "always" and negated):
                found += self._days(target, found) if target.id in _DAYS else []
                found.append(f"not_{target.id}" if negated else target.id)
        return found

    def _days(self, target: Target, found: list[str]) -> list[str]:
        """The days between the last one found and this one where they are a range: "maandag t/m woensdag"."""
        before = [day for day in self.of("when") if day.last <= target.first and day.id in _DAYS]
        if not before or not found or found[-1] != before[-1].id:
            return []
        between = self.keys[before[-1].last : target.first]
        if not between or between == ["en"] or not listed("to").issuperset(between):
            return []
        return list(_DAYS[_DAYS.index(before[-1].id) + 1 : _DAYS.index(target.id)])


def ranges(said: Words) -> Iterator[tuple[int, int]]:
    """The first word of every clause and the word behind it."""
    first = 0
    keys = said.keys
    for at, key in enumerate(keys):
        if (key in _SPLITS and _turns(keys, at)) or (is_mark(key) and not _inside(said, at)):
            if at > first:
                yield first, at
            first = at + 1
        elif at - first == _LONGEST:
            yield first, at
            first = at
    if first < len(keys):
        yield first, len(keys)


def _turns(keys: list[str], at: int) -> bool:
    """Whether this but begins a clause: not in "bel me maar op …", "stuur maar een brief"."""
    if keys[at] != "maar" or not at or keys[at - 1] not in listed("withmaar"):
        return True
    after = keys[at + 1 : at + 3]
    if after[:1] == ["niet"] and (len(after) == 1 or not after[1][0].isalnum()):
        return False  # "bel maar niet" is one wish: not to be called
    return not listed("afterbut").isdisjoint(after[:1])


def _inside(said: Words, at: int) -> bool:
    """Whether the mark at `at` stands inside an hour: "16.30"."""
    return (
        said.keys[at] in (".", ":")
        and 0 < at < len(said.keys) - 1
        and said.keys[at - 1][0].isdigit()
        and said.keys[at + 1][0].isdigit()
        and said.ends[at - 1] == said.starts[at]
        and said.ends[at] == said.starts[at + 1]
    )
