"""Can a thief say whose line it is? ``make linking``: every attacker, with its protection and without.

Prints how well each does (AUC) without what is to stop it, and with all protections with the confidence interval of
the mean over the rounds. The people of each round are drawn anew. In every other round there is so little room for
lines and messages at first that it grows several times within the hour. Then: how often a thief guesses right who
knows the hours only, where few people come in a day.

``python -m tests.line.linking [ROUNDS]``
"""

import asyncio
import math
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import msgspec

from storage.protections import ALL, Protections
from storage.sqlite import line_rows
from storage.sqlite.pool import Pages
from tests.line.attackers import ATTACKERS, Attacker, auc, right, times
from tests.line.crowd import Loot, an_hour
from tests.line.logs import LOOKS, looked, visited

ROUNDS, WITHOUT = 100, 5
MEMORY = "/dev/shm"
FEW = (2, 3, 5, 10, 20, 50)
DAY = 8 * 3600
"""Seconds of a day in which people come."""


class Interval(msgspec.Struct, frozen=True):
    """The mean of some rounds, and how far it may be off."""

    mean: float
    off: float

    def holds(self, value: float) -> bool:
        """Whether this may be the true mean."""
        return abs(self.mean - value) <= self.off + 1e-9

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.mean - self.off:.3f} - {self.mean + self.off:.3f}]"


def interval(found: Sequence[float], sure: float) -> Interval:
    """The confidence interval of the mean, by Student's t (in Hill's expansion around the normal distribution)."""
    z, free = statistics.NormalDist().inv_cdf((1 + sure) / 2), len(found) - 1
    t = (
        z
        + (z**3 + z) / (4 * free)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    )
    return Interval(statistics.fmean(found), t * statistics.stdev(found) / math.sqrt(len(found)))


@contextmanager
def little_room() -> Iterator[None]:
    """Begin with so few rows that there must soon be more."""
    lines, pages = line_rows.FIRST, Pages.FIRST
    line_rows.FIRST, Pages.FIRST = 16, 32
    try:
        yield
    finally:
        line_rows.FIRST, Pages.FIRST = lines, pages


async def a_round(chance: random.Random, protections: Protections, number: int, **crowd: int) -> Loot:
    """One hour, in memory where the machine has a disk for that: nothing here depends on a real one."""
    room = little_room() if number % 2 else nullcontext()
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder, room:
        return await an_hour(Path(folder), chance, protections, **crowd)


async def protected(chance: random.Random, rounds: int) -> dict[str, list[float]]:
    """How each attacker does in every round with all protections; who finds nothing to go by has to guess."""
    found: dict[str, list[float]] = {one.name: [] for one in ATTACKERS}
    for number in range(rounds):
        loot = await a_round(chance, ALL, number)
        for one in ATTACKERS:
            value = auc(one.attack(loot))
            found[one.name].append(0.5 if value is None else value)
    return found


async def unprotected(chance: random.Random, one: Attacker, rounds: int) -> list[float]:
    """How an attacker does without what is to stop it."""
    found = [auc(one.attack(await a_round(chance, one.without, 0))) for _ in range(rounds)]
    return [0.5 if value is None else value for value in found]


async def few(chance: random.Random, people: int, rounds: int) -> float:
    """How often a thief who knows the hours guesses whose line it is, where so many people come in a day."""
    shares = []
    for number in range(rounds):
        loot = await a_round(chance, ALL, number, size=people, within=DAY)
        shares += [right(scores) for scores in times(loot)]
    return statistics.fmean(shares)


async def in_the_log(chance: random.Random, *, nosy: bool) -> dict[str, float]:
    """How well the program's log tells who was on a line at all; `nosy`: where requests are logged."""
    with tempfile.TemporaryDirectory() as folder:
        seen, log = await visited(Path(folder), chance, nosy=nosy)
    return {name: auc(looked(seen, log, look)) or 0.5 for name, look in LOOKS}


async def main(rounds: int) -> int:
    """Measure and print; returns how many attackers do other than they should."""
    chance, wrong = random.Random(), 0
    on = await protected(chance, rounds)
    print(f"{'attacker':<16} {'looks at':<38} {'without':>8}   with all protections ({rounds} rounds)")
    for one in ATTACKERS:
        off = statistics.fmean(await unprotected(chance, one, WITHOUT))
        usual, widest = interval(on[one.name], 0.95), interval(on[one.name], 0.9999)
        wrong += off <= 0.9 or not widest.holds(0.5)
        print(f"{one.name:<16} {one.looks_at:<38} {off:>8.3f}   {usual}", flush=True)
    without, usual_log = await in_the_log(chance, nosy=True), await in_the_log(chance, nosy=False)
    for name, looks_at in (
        ("log names", "addresses and browsers in the log"),
        ("log is busy", "when it was written"),
    ):
        wrong += without[name] <= 0.9 or usual_log[name] != 0.5
        print(
            f"{name:<16} {looks_at:<38} {without[name]:>8.3f}   {usual_log[name]:.3f} (who was on a line at all)"
        )
    print(f"\nWho knows the hours only, where people come within {DAY // 3600} hours, guesses right:")
    for people in FEW:
        print(f"{people:>4} people: {await few(chance, people, max(2, 400 // people)):.0%}", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)))
