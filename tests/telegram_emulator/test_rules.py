"""The rules of the Bot API on messages and profiles, asked by plain HTTP: what is taken, what is refused."""

import aiohttp
import pytest

from tests.telegram_emulator import Emulator
from tests.telegram_emulator.conftest import Ask, said
from tests.telegram_emulator.wire import Json


def data(count: int) -> Json:
    return {"inline_keyboard": [[{"text": "knop", "callback_data": "é" * count}]]}


async def test_a_wrong_token_and_an_unknown_method_are_refused(telegram: Emulator, ask: Ask) -> None:
    assert (await ask("geenMethode"))["error_code"] == 404
    async with aiohttp.ClientSession() as session, session.get(f"{telegram.url}/bot1:x/getMe") as answer:
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_a_call_may_come_as_a_query_a_form_or_json_and_in_any_case(telegram: Emulator) -> None:
    chat = telegram.person().types("hoi")
    url = f"{telegram.url}/bot{telegram.token}"
    id = str(chat.json["chat"]["id"])
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{url}/SENDMESSAGE", params={"chat_id": id, "text": "een"}) as answer:
            assert (await answer.json())["ok"]
        async with session.post(f"{url}/sendMessage", data={"chat_id": id, "text": "twee"}) as answer:
            assert (await answer.json())["ok"]
    assert [call.code for call in telegram.called("sendMessage")] == [200, 200]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": "   "}, "Bad Request: message text is empty"),
        ({"text": "a" * 4097}, "Bad Request: message is too long"),
        ({"text": "a", "reply_markup": data(33)}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": data(0)}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "a", "chat_id": 99}, "Bad Request: chat not found"),
        (
            {"text": "a", "reply_parameters": {"message_id": 99}},
            "Bad Request: message to be replied not found",
        ),
        (
            {"text": "<b>a", "parse_mode": "HTML"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
    ],
)
async def test_a_message_that_telegram_would_not_take(
    telegram: Emulator, ask: Ask, more: Json, refusal: str
) -> None:
    samira = telegram.person()
    samira.start()
    body = await ask("sendMessage", **{"chat_id": samira.chat.id, **more})
    assert (body["ok"], said(body)) == (False, refusal)


async def test_the_longest_that_is_taken(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    samira.start()
    body = await ask("sendMessage", chat_id=samira.chat.id, text="a" * 4096, reply_markup=data(32))
    assert body["ok"]
    assert samira.buttons() == ["knop"]


async def test_html_becomes_text_with_entities(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    samira.start()
    await ask("sendMessage", chat_id=samira.chat.id, text="👋 <b>dag</b> &amp; <i>hoi</i>", parse_mode="HTML")
    assert samira.last().json["text"] == "👋 dag & hoi"
    assert samira.last().json["entities"] == [
        {"type": "bold", "offset": 3, "length": 3},
        {"type": "italic", "offset": 9, "length": 3},
    ]


async def test_nobody_is_written_to_first(telegram: Emulator, ask: Ask) -> None:
    body = await ask("sendMessage", chat_id=telegram.person().chat.id, text="hoi")
    assert (body["error_code"], said(body)) == (403, "Forbidden: bot can't initiate conversation with a user")


# Edits and deletes.


async def test_the_same_text_again_is_no_edit(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    samira.start()
    sent = (await ask("sendMessage", chat_id=samira.chat.id, text="een", reply_markup=data(1)))["result"]
    here = {"chat_id": samira.chat.id, "message_id": sent["message_id"]}
    assert "message is not modified" in said(
        await ask("editMessageText", **here, text="een", reply_markup=data(1))
    )
    assert (await ask("editMessageReplyMarkup", **here))["ok"]
    assert samira.buttons() == []
    assert "message is not modified" in said(await ask("editMessageReplyMarkup", **here))


async def test_only_own_messages_are_edited(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    theirs = samira.start()
    body = await ask("editMessageText", chat_id=samira.chat.id, message_id=theirs.id, text="anders")
    assert said(body) == "Bad Request: message can't be edited"
    gone = await ask("editMessageText", chat_id=samira.chat.id, message_id=12345, text="anders")
    assert said(gone) == "Bad Request: message to edit not found"


@pytest.mark.parametrize(("seconds", "taken"), [(48 * 3600 - 5, True), (48 * 3600, False)])
async def test_messages_of_both_sides_can_be_deleted_for_48_hours(
    telegram: Emulator, ask: Ask, seconds: float, taken: bool
) -> None:
    telegram.clock.stop()
    samira = telegram.person()
    theirs = samira.start()
    mine = (await ask("sendMessage", chat_id=samira.chat.id, text="hoi"))["result"]["message_id"]
    telegram.clock.advance(seconds=seconds)
    body = await ask("deleteMessages", chat_id=samira.chat.id, message_ids=[theirs.id, mine, 999])
    assert body["ok"] is taken
    assert len(samira.screen()) == (0 if taken else 2)
    if not taken:
        assert said(body) == "Bad Request: message can't be deleted for everyone"


@pytest.mark.parametrize("ids", [[], list(range(1, 102))])
async def test_one_to_a_hundred_messages_are_deleted_at_once(
    telegram: Emulator, ask: Ask, ids: list[int]
) -> None:
    samira = telegram.person()
    samira.start()
    assert not (await ask("deleteMessages", chat_id=samira.chat.id, message_ids=ids))["ok"]


async def test_a_young_dice_stays(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    dice = samira.sends("dice")
    assert not (await ask("deleteMessage", chat_id=samira.chat.id, message_id=dice.id))["ok"]
    telegram.clock.advance(hours=25)
    assert (await ask("deleteMessage", chat_id=samira.chat.id, message_id=dice.id))["ok"]
    again = await ask("deleteMessage", chat_id=samira.chat.id, message_id=dice.id)
    assert said(again) == "Bad Request: message to delete not found"


# Buttons.


async def test_a_press_can_be_answered_only_when_it_exists_and_in_time(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    samira.start()
    old = samira.presses_data("vervalst")
    telegram.clock.advance(hours=1)
    too_late = await ask("answerCallbackQuery", callback_query_id=old)
    assert said(too_late).startswith("Bad Request: query is too old")
    assert not (await ask("answerCallbackQuery", callback_query_id="1"))["ok"]
    fresh = samira.presses_data("vervalst")
    assert (await ask("answerCallbackQuery", callback_query_id=fresh, text="goed"))["ok"]
    assert await samira.answer_to(fresh) == {"text": "goed", "alert": False}


async def test_a_press_that_nobody_fetched_is_gone_after_150_seconds(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    samira.start()
    samira.presses_data("ja")
    telegram.clock.advance(seconds=151)
    kinds = [update.keys() - {"update_id"} for update in (await ask("getUpdates"))["result"]]
    assert kinds == [{"message"}]


async def test_a_press_on_a_deleted_message_comes_without_its_content(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    samira.start()
    await ask("sendMessage", chat_id=samira.chat.id, text="kies", reply_markup=data(1))
    holder = samira.last()
    samira.deletes(holder)
    samira.presses("knop", on=holder)
    message = (await ask("getUpdates", offset=-1))["result"][0]["callback_query"]["message"]
    assert (message["date"], "text" in message) == (0, False)


async def test_a_reply_keyboard_types_and_can_be_taken_away(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person()
    samira.start()
    rows = {"keyboard": [["Stop"], [{"text": "Mijn nummer", "request_contact": True}]]}
    await ask("sendMessage", chat_id=samira.chat.id, text="kies", reply_markup=rows)
    assert samira.keyboard() == ["Stop", "Mijn nummer"]
    samira.presses("Stop")
    assert samira.screen()[-1].text == "Stop"
    await ask("sendMessage", chat_id=samira.chat.id, text="weg", reply_markup={"remove_keyboard": True})
    assert samira.keyboard() == []


# About itself.


async def test_names_descriptions_and_commands_are_kept_per_language(telegram: Emulator, ask: Ask) -> None:
    assert (await ask("setMyName", name="Gehoord"))["ok"]
    assert (await ask("setMyName", name="Heard", language_code="en"))["ok"]
    assert (await ask("getMyName", language_code="en"))["result"] == {"name": "Heard"}
    assert (await ask("getMyName", language_code="pl"))["result"] == {"name": "Gehoord"}
    assert not (await ask("setMyShortDescription", short_description="x" * 121))["ok"]
    wis = [{"command": "wis", "description": "Wis dit gesprek"}]
    assert (await ask("setMyCommands", commands=wis))["ok"]
    assert (await ask("getMyCommands"))["result"] == wis
    assert not (await ask("setMyCommands", commands=[{"command": "Wis!", "description": "x"}]))["ok"]


async def test_a_chat_can_be_asked_about(telegram: Emulator, ask: Ask) -> None:
    samira = telegram.person(username="samira")
    found = (await ask("getChat", chat_id=samira.chat.id))["result"]
    assert (found["type"], found["username"]) == ("private", "samira")
    assert (await ask("getUserProfilePhotos", user_id=samira.chat.id))["result"]["total_count"] == 0
    assert (await ask("sendChatAction", chat_id=samira.chat.id, action="typing"))["error_code"] == 403
    samira.start()
    assert (await ask("sendChatAction", chat_id=samira.chat.id, action="typing"))["ok"]
    assert telegram.world.actions == [(samira.chat.id, "typing")]
    assert not (await ask("sendChatAction", chat_id=samira.chat.id, action="dansen"))["ok"]


async def test_after_logging_out_nothing_is_done(ask: Ask) -> None:
    assert (await ask("close"))["ok"]
    assert (await ask("logOut"))["ok"]
    assert said(await ask("getMe")) == "Bad Request: Logged out"


async def test_a_bot_in_privacy_mode_hears_only_what_is_for_it(telegram: Emulator, ask: Ask) -> None:
    group, samira = telegram.group(), telegram.person()
    group.adds_bot(samira)
    group.types(samira, "praten onder elkaar")
    group.types(samira, "/help")
    group.types(samira, "hé @gehoord_bot")
    updates = (await ask("getUpdates"))["result"]
    heard = [update["message"].get("text", "erbij") for update in updates if "message" in update]
    assert heard == ["erbij", "/help", "hé @gehoord_bot"]
    assert (await ask("leaveChat", chat_id=group.chat.id))["ok"]
    assert (await ask("sendMessage", chat_id=group.chat.id, text="hoi"))["error_code"] == 403
    assert not (await ask("leaveChat", chat_id=samira.chat.id))["ok"]


async def test_a_file_is_downloaded_by_its_path(telegram: Emulator, ask: Ask) -> None:
    photo = telegram.person().sends("photo", data=b"pixels").json["photo"]
    found = (await ask("getFile", file_id=photo[-1]["file_id"]))["result"]
    async with aiohttp.ClientSession() as session:
        url = f"{telegram.url}/file/bot{telegram.token}/{found['file_path']}"
        async with session.get(url) as answer:
            assert await answer.read() == b"pixels"
        async with session.get(f"{url}x") as answer:
            assert answer.status == 404
