"""What is remembered of conversations: for minutes, of a thousand, and by nobody who looks later."""

import asyncio

import msgspec

from storage import recent
from storage.recent import Recent
from storage.records import Address, Draft
from tests.storage.made import SAMIRA, TOM, turn

DRAFT = Draft(turn("hoi").session, 1)


class Clock:
    """Seconds that a test counts."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_what_was_kept_is_known_for_some_minutes() -> None:
    clock = Clock()
    known = Recent(clock)
    known.put(SAMIRA, DRAFT)
    clock.now = recent.LONGEST - 1
    assert known.get(SAMIRA) == DRAFT
    clock.now = recent.LONGEST
    assert known.get(SAMIRA) is None


async def test_what_is_over_is_let_go_though_nobody_asks() -> None:
    clock = Clock()
    known = Recent(clock)
    known.put(SAMIRA, DRAFT)
    clock.now = 10
    known.put(TOM, DRAFT)
    clock.now = recent.LONGEST
    known._passes()
    assert list(known._known) == [TOM]
    timer = known._timer
    assert timer is not None
    assert round(timer.when() - asyncio.get_running_loop().time()) == 10
    known.clear()
    assert timer.cancelled()


async def test_who_was_longest_away_goes_first_where_there_are_many() -> None:
    known = Recent()
    for number in range(recent.MOST):
        known.put(Address("web", str(number), "blijf-groep"), DRAFT)
    known.put(Address("web", "0", "blijf-groep"), DRAFT)
    known.put(SAMIRA, DRAFT)
    assert known.get(Address("web", "0", "blijf-groep")) == DRAFT
    assert known.get(Address("web", "1", "blijf-groep")) is None
    assert len(known._known) == recent.MOST
    known.clear()


async def test_conversation_in_which_much_was_told_is_not_remembered() -> None:
    known = Recent()
    many = msgspec.structs.replace(turn().session, said=("x" * 1000,) * 64)
    known.put(SAMIRA, Draft(many, 1))
    assert known.get(SAMIRA) == Draft(many, 1)
    known.put(SAMIRA, Draft(msgspec.structs.replace(many, said=(*many.said, "x")), 2))
    assert known.get(SAMIRA) is None
    known.put(SAMIRA, Draft(many, 3, b"x"))
    assert known.get(SAMIRA) is None
    known.clear()
