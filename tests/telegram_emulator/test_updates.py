"""Fetching updates, and the limits on sending, asked by plain HTTP."""

import asyncio

import pytest

from tests.telegram_emulator import Emulator
from tests.telegram_emulator.conftest import Ask, said
from tests.telegram_emulator.wire import Json


async def test_an_update_comes_again_until_a_later_offset_confirms_it(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    for text in ("een", "twee", "drie"):
        samira.types(text)
    first = (await ask("getUpdates", limit=2))["result"]
    assert [update["message"]["text"] for update in first] == ["een", "twee"]
    assert (await ask("getUpdates", limit=2))["result"] == first
    rest = (await ask("getUpdates", offset=first[-1]["update_id"] + 1))["result"]
    assert [update["message"]["text"] for update in rest] == ["drie"]
    assert [telegram.updates.handed_out[update["update_id"]] for update in (*first, *rest)] == [2, 2, 1]


async def test_a_negative_offset_forgets_all_but_the_last(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    for text in ("een", "twee", "drie"):
        samira.types(text)
    last = (await ask("getUpdates", offset=-1))["result"]
    assert [update["message"]["text"] for update in last] == ["drie"]
    assert (await ask("getUpdates"))["result"] == last


async def test_updates_expire_after_a_day_and_ids_begin_again_after_a_week(
    telegram: Emulator, ask: Ask
) -> None:
    samira = telegram.person()
    samira.types("oud")
    before = telegram.updates.made[-1].id
    telegram.clock.advance(days=8)
    assert (await ask("getUpdates"))["result"] == []
    samira.types("nieuw")
    after = (await ask("getUpdates", offset=before + 100_000_000_000))["result"]
    assert [update["message"]["text"] for update in after] == ["nieuw"]
    assert after[0]["update_id"] != before + 1


async def test_only_the_kinds_that_were_asked_for_come(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    samira.causes("message_reaction")
    assert (await ask("getUpdates", allowed_updates=["message_reaction"]))["result"] == []
    samira.types("niet gevraagd")
    samira.causes("message_reaction")
    assert ["message_reaction" in update for update in (await ask("getUpdates"))["result"]] == [True]


async def test_two_polls_at_once_are_a_conflict(telegram: Emulator, ask: Ask) -> None:
    first = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.updates.polled, "a poll")
    assert (await ask("getUpdates"))["ok"]
    assert said(await first).startswith("Conflict: terminated by other getUpdates request")


async def test_polling_while_a_webhook_is_set_is_a_conflict(telegram: Emulator, ask: Ask) -> None:
    assert (await ask("setWebhook", url="http://127.0.0.1:9/x"))["ok"]
    assert (await ask("getUpdates"))["error_code"] == 409
    assert (await ask("getWebhookInfo"))["result"]["url"] == "http://127.0.0.1:9/x"
    assert (await ask("deleteWebhook"))["ok"]
    assert (await ask("getUpdates"))["ok"]


@pytest.mark.parametrize(
    "wrong", [{"url": "http://example.org/x"}, {"secret_token": "met spatie"}, {"secret_token": "x" * 257}]
)
async def test_a_wrong_webhook_is_refused(ask: Ask, wrong: Json) -> None:
    assert not (await ask("setWebhook", **{"url": "http://127.0.0.1:9/x", **wrong}))["ok"]


# Limits.


async def test_one_message_a_second_in_a_chat(telegram: Emulator, ask: Ask) -> None:
    telegram.limits.on = True
    telegram.clock.stop()
    samira, fatma = telegram.person(), telegram.person("Fatma")
    for person in (samira, fatma):
        person.start()
        assert (await ask("sendMessage", chat_id=person.chat.id, text="een"))["ok"]
    body = await ask("sendMessage", chat_id=samira.chat.id, text="twee")
    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 1})
    telegram.clock.advance(seconds=1)
    assert (await ask("sendMessage", chat_id=samira.chat.id, text="twee"))["ok"]


async def test_thirty_messages_a_second_in_all(telegram: Emulator, ask: Ask) -> None:
    telegram.limits.on = True
    telegram.clock.stop()
    codes = []
    for _ in range(31):
        person = telegram.person()
        person.start()
        codes.append((await ask("sendMessage", chat_id=person.chat.id, text="hoi"))["ok"])
    assert codes == [True] * 30 + [False]
    assert telegram.limits.refused == 1
