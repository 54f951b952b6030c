"""What is said on Telegram when Telegram refuses, is busy, is broken or was blocked."""

import pytest

from bot.channels.pace import PATIENCE, Pace
from bot.delivery import Later
from flows.messages import Message
from locales import render
from tests.channels.running import Running, paragraphs
from tests.telegram_emulator import Emulator


async def greeting(bot: Running, telegram: Emulator) -> list[str]:
    """What somebody else reads first, without any trouble."""
    tom = telegram.person("Tom")
    tom.start()
    await bot.quiet()
    return tom.texts()


async def test_message_to_somebody_who_blocked_the_bot_is_parked(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    samira.types("hoi")
    samira.blocks()
    await bot.quiet()
    reasons = {parked.reason for parked in await bot.services.store.parked()}
    said = len(samira.received())
    samira.types("hoi")
    await bot.quiet()

    assert reasons == {"forbidden"}
    assert len(samira.received()) > said


async def test_when_telegram_asks_to_wait_nothing_is_lost_and_order_holds(
    bot: Running, telegram: Emulator
) -> None:
    expected = await greeting(bot, telegram)
    samira = telegram.person()
    telegram.faults.next("too_many", "sendMessage", seconds=3, chat_id=samira.chat.id)
    samira.start()
    await bot.quiet()
    calls = [
        call for call in telegram.called("sendMessage") if str(call.values["chat_id"]) == str(samira.chat.id)
    ]

    assert samira.texts() == expected
    assert [call.code for call in calls] == [429] + [200] * len(expected)
    assert round(calls[1].at - calls[0].at, 1) >= 3  # two clocks, which differ by a little


@pytest.mark.parametrize("trouble", ["server_error", "cut_before"])
async def test_when_telegram_is_broken_it_comes_later_and_once(
    bot: Running, telegram: Emulator, trouble: str
) -> None:
    expected = await greeting(bot, telegram)
    samira = telegram.person()
    telegram.faults.next(trouble, "sendMessage", chat_id=samira.chat.id)  # type: ignore[arg-type]
    samira.start()
    await bot.quiet()

    assert samira.texts() == expected


async def test_message_of_which_nobody_heard_that_it_came_comes_once_more(
    bot: Running, telegram: Emulator
) -> None:
    expected = await greeting(bot, telegram)
    samira = telegram.person()
    telegram.faults.next("cut_after", "sendMessage", chat_id=samira.chat.id)
    samira.start()
    await bot.quiet()

    assert samira.texts() == [expected[0], *expected]


async def test_update_that_was_handed_out_and_cut_comes_again_and_counts_once(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    telegram.faults.next("cut_after", "getUpdates", times=2)
    samira.start()
    await bot.quiet()

    assert samira.texts() == await greeting(bot, telegram)


async def test_ids_that_begin_anew_lose_nothing(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    telegram.updates.restart_ids(at=5_000)
    said = len(samira.received())
    samira.types("hoi")
    await bot.quiet()

    assert len(samira.received()) > said
    assert telegram.updates.waiting == []
    assert render(Message("stale"), "nl").text not in paragraphs(samira)


def test_one_message_a_second_in_a_chat_and_thirty_in_all() -> None:
    now = [100.0]
    pace = Pace(clock=lambda: now[0])

    assert [round(pace.turn("a"), 2) for _ in range(3)] == [0, 1, 2]
    assert round(pace.turn("b"), 2) == 0.1
    assert [round(pace.turn(f"c{n}"), 2) for n in range(30)][-1] == 1.1


def test_who_would_wait_too_long_goes_back_and_takes_no_place() -> None:
    now = [100.0]
    pace = Pace(clock=lambda: now[0])
    pace.hold("a", 60)
    with pytest.raises(Later) as raised:
        pace.turn("a")

    assert raised.value.after == 60
    assert pace.turn("b") == 0
    assert PATIENCE < 30
