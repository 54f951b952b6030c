"""A thief with the whole disk and the list of people cannot say whose line it is; ``make linking`` for many rounds."""

import random
import statistics

import pytest

from tests.line.attackers import ATTACKERS, Attacker
from tests.line.linking import in_the_log, interval, protected, unprotected

ROUNDS, SURE = 8, 0.9999
MORE, SURER = 24, 0.999999
"""Chance is the store's own, and cannot be repeated: in some of a thousand runs one of nine is off, or too wide to say
anything, by chance alone. That one is measured anew in more rounds, and has to be off there too: less than once in a
hundred million runs."""

WIDEST = 0.2


@pytest.mark.parametrize("attacker", ATTACKERS, ids=[one.name for one in ATTACKERS])
async def test_an_attacker_wins_without_what_is_to_stop_it(attacker: Attacker) -> None:
    assert statistics.fmean(await unprotected(random.Random(), attacker, 2)) > 0.9


@pytest.mark.clause("IB-4b")
async def test_nobody_does_better_than_guessing_with_all_protections() -> None:
    off = await suspects(ROUNDS, SURE)
    again = await suspects(MORE, SURER) if off else {}

    assert {name: (once, again[name]) for name, once in off.items() if name in again} == {}


async def suspects(rounds: int, sure: float) -> dict[str, str]:
    """The attackers that do better or worse than guessing, or of which these rounds do not say it; how they do."""
    found = await protected(random.Random(), rounds)
    seen = {name: interval(values, sure) for name, values in found.items()}
    return {
        name: str(one)
        for name, one in seen.items()
        if not one.holds(0.5) or (name != "file times" and one.off > WIDEST)
    }


async def test_the_log_tells_who_was_on_a_line_only_where_requests_are_logged() -> None:
    chance = random.Random()

    assert await in_the_log(chance, nosy=False) == {"log names": 0.5, "log is busy": 0.5}
    assert min((await in_the_log(chance, nosy=True)).values()) > 0.9
