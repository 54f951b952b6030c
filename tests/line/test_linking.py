"""A thief with the whole disk and the list of people cannot say whose line it is; ``make linking`` for many rounds."""

import random
import statistics

import pytest

from tests.line.attackers import ATTACKERS, Attacker
from tests.line.linking import in_the_log, interval, protected, unprotected

pytestmark = pytest.mark.timeout(400)

SURE = 0.9999
"""Chance is the store's own, and cannot be repeated: once in a thousand runs one of nine is off by chance alone."""


@pytest.mark.parametrize("attacker", ATTACKERS, ids=[one.name for one in ATTACKERS])
async def test_an_attacker_wins_without_what_is_to_stop_it(attacker: Attacker) -> None:
    assert statistics.fmean(await unprotected(random.Random(), attacker, 2)) > 0.9


@pytest.mark.clause("IB-4b")
async def test_nobody_does_better_than_guessing_with_all_protections() -> None:
    found = await protected(random.Random(), 8)

    seen = {name: interval(values, SURE) for name, values in found.items()}
    assert {name: str(one) for name, one in seen.items() if not one.holds(0.5)} == {}
    assert {name: str(one) for name, one in seen.items() if name != "file times" and one.off > 0.2} == {}


async def test_the_log_tells_who_was_on_a_line_only_where_requests_are_logged() -> None:
    chance = random.Random()

    assert await in_the_log(chance, nosy=False) == {"log names": 0.5, "log is busy": 0.5}
    assert min((await in_the_log(chance, nosy=True)).values()) > 0.9
