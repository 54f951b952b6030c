"""Thieves who want to know whose line it is, each with a way of their own to look at the disk.

An attacker gives every pair of a line and somebody on the list a number: the higher, the more it looks as if it is
theirs. How well that does is the area under its curve (AUC): how often somebody's own line gets a higher number than
another's does with them. 1 is certain, 0.5 is guessing.
"""

import math
import statistics
from collections.abc import Callable, Mapping

import msgspec

from storage.protections import Protections
from tests.line.crowd import BEGIN, Loot, Somebody

_TICK = 0.01
"""Seconds that the time of a file may lie behind the clock: the system's own tick."""

Scores = list[tuple[bool, float]]
"""Of each pair: whether it is true, and its number."""


class Attacker(msgspec.Struct, frozen=True):
    """`against`: the protection that is to stop it."""

    name: str
    looks_at: str
    against: str
    attack: Callable[[Loot], list[Scores]]
    """What it makes of the loot: one list for each line that it looks at."""

    @property
    def without(self) -> Protections:
        """Everything but what is to stop it."""
        return msgspec.structs.replace(Protections(), **{self.against: False})


def by_order(
    loot: Loot, order: Mapping[int, float], when: Callable[[Somebody], float | None]
) -> list[Scores]:
    """Lay the order of lines (by locator) beside the order of people: who has the same place in it?"""
    asked = [one for one in loot.people if when(one) is not None]
    people = sorted(asked, key=lambda one: when(one) or 0.0)
    seen = [one for one in asked if one.locator in order]
    lines = sorted(seen, key=lambda one: order[one.locator])
    scale = len(people) / max(1, len(lines))
    found = []
    for line in seen:
        same = [at for at, one in enumerate(lines) if order[one.locator] == order[line.locator]]
        place = scale * (sum(same) / len(same) + 0.5)
        found.append([(one is line, -abs(place - at - 0.5)) for at, one in enumerate(people)])
    return found


def _came(one: Somebody) -> float:
    return one.at


def _first_pages(loot: Loot) -> dict[int, int]:
    """The first message of every line, when the disk was copied: nobody had wiped anything yet."""
    return {locator: kept.marks[0].page for locator, kept in loot.copy.lines.items() if kept.marks}


def row_numbers(loot: Loot) -> list[Scores]:
    """The numbers of lines' rows."""
    return by_order(loot, {locator: locator for locator in loot.disk.lines}, _came)


def message_numbers(loot: Loot) -> list[Scores]:
    """The numbers of messages' rows."""
    return by_order(loot, _first_pages(loot), _came)


def places(loot: Loot) -> list[Scores]:
    """Where in the file the rows of messages lie."""
    return by_order(loot, {line: loot.copy.places[page] for line, page in _first_pages(loot).items()}, _came)


def free_pages(loot: Loot) -> list[Scores]:
    """In which order pages became free just behind those where a copy of the file has messages.

    When a page is emptied its neighbour mostly moves into it, and the neighbour's page becomes free.
    """
    freed = {page: at for at, page in enumerate(loot.disk.free)}
    last = {one.locator for one in loot.people if one.last_wiped}
    order = {}
    for locator, kept in loot.copy.lines.items():
        if loot.disk.lines[locator].gone and locator not in last:
            pages = [loot.copy.places[mark.page] for mark in kept.marks]
            ranks = [freed[page + 1] for page in pages if page + 1 in freed]
            order[locator] = statistics.median(ranks or [freed.get(page, 0) for page in pages])
    return by_order(loot, order, lambda one: one.back if one.wiped else None)


def slots(loot: Loot) -> list[Scores]:
    """Counters: which slot of the key file a line has."""
    return by_order(loot, {locator: kept.slot for locator, kept in loot.disk.lines.items()}, _came)


def times(loot: Loot) -> list[Scores]:
    """When it was opened: who was there then, or else how long before or after?"""
    found = []
    for line in (one for one in loot.people if one.locator in loot.disk.lines):
        opened = loot.disk.lines[line.locator].opened
        begin, width = opened - BEGIN.timestamp(), 3600 if opened % 3600 == 0 else 1
        found.append([(one is line, min(0.0, one.at - begin, begin + width - one.at)) for one in loot.people])
    return found


def sizes(loot: Loot) -> list[Scores]:
    """How long its first message is, beside how much somebody told."""
    long = {locator: loot.copy.length(page) for locator, page in _first_pages(loot).items()}
    return by_order(loot, long, lambda one: one.length)


def log_order(loot: Loot) -> list[Scores]:
    """The log: who wrote for the first time, and which line was opened, in the order of what it holds."""
    disk, people, order = loot.copy, dict[str, int](), dict[int, float]()
    for at, (table, id) in enumerate(disk.logged):
        if table == "lines":
            order[id - 1] = at
        else:
            people[disk.accounts[id]] = at
    return by_order(loot, order, lambda one: people.get(one.account))


def file_time(loot: Loot) -> list[Scores]:
    """When the file with the lines' keys was changed last: who was there just before?"""
    changed = loot.disk.key_file_changed
    late = [(one.last_wiped, one.last - changed) for one in loot.people if one.last is not None]
    return [[(wiped, after if after <= _TICK else -math.inf) for wiped, after in late]]


ATTACKERS = (
    Attacker("row numbers", "the ids of lines", "chance", row_numbers),
    Attacker("message numbers", "the ids of messages", "chance", message_numbers),
    Attacker("places", "where messages lie in the file", "place", places),
    Attacker("free pages", "the list of free pages, and a backup", "place", free_pages),
    Attacker("slots", "counters: the slot of a line's key", "slots", slots),
    Attacker("times", "when a line was opened", "hours", times),
    Attacker("sizes", "how long messages are", "sizes", sizes),
    Attacker("log", "the write-ahead log", "log", log_order),
    Attacker("file times", "when the key file was changed", "files", file_time),
)


def auc(found: list[Scores]) -> float | None:
    """How often a true pair has a higher number than a false one of the same line; None without any pair."""
    shares = []
    for scores in found:
        true = [score for yes, score in scores if yes]
        false = [score for yes, score in scores if not yes]
        if true and false:
            won = sum((own > other) + (own == other) / 2 for own in true for other in false)
            shares.append(won / (len(true) * len(false)))
    return sum(shares) / len(shares) if shares else None


def right(scores: Scores) -> float:
    """How often the thief is right who says that it is the one with the highest number, or one of them by chance."""
    best = max(score for _, score in scores)
    picked = [yes for yes, score in scores if score == best]
    return sum(picked) / len(picked)
