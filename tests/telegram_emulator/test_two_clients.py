"""The same scenarios through two unrelated clients of the Bot API, polling and webhook, over real HTTP."""

from collections.abc import AsyncIterator

import pytest

from tests.telegram_emulator import Emulator, kinds
from tests.telegram_emulator.clients import RUN
from tests.telegram_emulator.reference_bot import ReferenceBot
from tests.telegram_emulator.tally import Tally, tally


@pytest.fixture(params=["polling", "webhook"])
def how(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=list(RUN))
async def bot(request: pytest.FixtureRequest, telegram: Emulator, how: str) -> AsyncIterator[ReferenceBot]:
    async with RUN[request.param](telegram, how) as running:
        yield running


async def test_a_text_is_answered(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    samira.start("blijf-groep")
    samira.types("hoi 👋")
    assert await samira.reads(2) == ["/start blijf-groep", "hoi 👋"]


async def test_a_button_is_pressed_answered_and_taken_away(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    samira.types("knoppen")
    assert await samira.reads() == ["Klopt dit?"]
    assert samira.buttons() == ["Ja", "Nee"]
    query = samira.presses("Ja")
    assert await samira.answer_to(query) == {"text": "gekozen: yes", "alert": False}
    await samira.sees("Je koos yes")
    assert samira.buttons() == []
    assert [(line.who, line.text, line.edited) for line in samira.transcript()] == [
        ("Samira", "knoppen", False),
        ("bot", "Je koos yes", True),
    ]


async def test_an_edit_is_heard(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    sent = samira.types("dinsdag")
    await samira.sees("dinsdag")
    samira.edits(sent, "maandag")
    await samira.sees("gewijzigd: maandag")


async def test_both_sides_are_deleted(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    samira.types("een")
    await samira.reads()
    samira.types("wis")
    await telegram.until(lambda: samira.screen() == [], "an empty screen")
    assert [line.deleted for line in samira.transcript()] == [True, True, True]


async def test_a_message_that_is_too_old_to_delete_keeps_all(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    samira.types("oud")
    await samira.reads()
    telegram.clock.advance(hours=48)
    samira.types("wis")
    await telegram.until(lambda: bot.refused != [], "a refusal")
    assert bot.refused[0].lower().endswith("message can't be deleted for everyone")
    assert len(samira.screen()) == 3


@pytest.mark.parametrize("kind", ["photo", "document", "voice"])
async def test_a_file_is_fetched(telegram: Emulator, bot: ReferenceBot, kind: str) -> None:
    samira = telegram.person()
    samira.sends(kind, data=b"inhoud", caption="kijk")
    assert await samira.reads() == ["ontvangen: inhoud"]


async def test_a_file_is_sent(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    samira.types("bestand")
    await samira.reads()
    document = samira.last().json["document"]
    assert document["file_name"] == "brief.txt"
    assert telegram.world.files[document["file_id"]].data == b"Beste lezer"


async def test_a_file_over_twenty_megabytes_cannot_be_fetched(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    file = telegram.world.add_file(b"x", "groot.bin", size=20 * 2**20 + 1)
    samira.posts({"document": {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}})
    await telegram.until(lambda: bot.refused != [], "a refusal")
    assert bot.refused[0].lower().endswith("file is too big")


async def test_a_person_who_blocked_the_bot_gets_nothing(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    samira.types("hoi")
    await samira.reads()
    samira.blocks()
    await telegram.until(lambda: "my_chat_member" in bot.seen, "the change of member")
    with pytest.raises(Exception, match="bot was blocked by the user"):
        await bot.client.send(samira.chat.id, "nog iets")
    samira.unblocks()
    await bot.client.send(samira.chat.id, "daar ben je weer")
    assert await samira.reads() == ["daar ben je weer"]


async def test_a_refusal_for_speed_says_when_to_come_back(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    samira.types("hoi")
    await samira.reads()
    telegram.faults.next("too_many", "sendMessage", seconds=7)
    with pytest.raises(Exception) as refused:
        await bot.client.send(samira.chat.id, "te snel")
    assert getattr(refused.value, "seconds", None) == 7
    await bot.client.send(samira.chat.id, "op tijd")
    assert await samira.reads() == ["op tijd"]


@pytest.mark.parametrize("what", ["server_error", "cut_before", "cut_after"])
async def test_trouble_on_the_way_is_heard_as_trouble(
    telegram: Emulator, bot: ReferenceBot, what: str
) -> None:
    samira = telegram.person()
    samira.types("hoi")
    await samira.reads()
    telegram.faults.next(what, "sendMessage")  # type: ignore[arg-type]
    with pytest.raises(Exception) as refused:
        await bot.client.send(samira.chat.id, "onderweg")
    assert type(refused.value).__name__ == "Broken"
    assert samira.texts() == (["hoi", "onderweg"] if what == "cut_after" else ["hoi"])


async def test_a_bot_leaves_the_group_it_was_put_in(telegram: Emulator, bot: ReferenceBot) -> None:
    group = telegram.group("Klachten")
    group.adds_bot(telegram.person())
    await telegram.until(lambda: not group.bot_is_in, "the bot leaves")
    await telegram.until(lambda: bot.seen.count("my_chat_member") == 2, "both changes of member")


async def test_ten_quick_messages_of_one_person_are_all_answered(
    telegram: Emulator, bot: ReferenceBot
) -> None:
    samira = telegram.person()
    sent = [samira.types(f"bericht {n}").text for n in range(10)]
    seen = await samira.reads(10)
    counted = tally(sent, seen)
    assert (counted.lost, counted.repeated) == (0, 0)


async def test_ids_that_begin_again_lose_nothing(telegram: Emulator, bot: ReferenceBot, how: str) -> None:
    samira = telegram.person()
    samira.types("voor")
    await samira.reads()
    await telegram.until(lambda: telegram.updates.fresh() == [], "the update is confirmed")
    telegram.updates.restart_ids(at=500)
    samira.types("na")
    samira.types("daarna")
    assert sorted(await samira.reads(2)) == ["daarna", "na"]
    assert [update.id for update in telegram.updates.made[-2:]] == [500, 501]


async def test_every_kind_of_message_can_be_read(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    for kind in kinds.MESSAGE_KINDS:
        samira.sends(kind)
    await telegram.until(lambda: len(bot.seen) == len(kinds.MESSAGE_KINDS), "all kinds of message")
    assert set(bot.seen) == {"message"}
    assert len(await samira.reads(len(kinds.MESSAGE_KINDS))) == len(kinds.MESSAGE_KINDS)


async def test_every_other_kind_of_update_can_be_read(telegram: Emulator, bot: ReferenceBot) -> None:
    samira = telegram.person()
    for kind in kinds.OTHER_UPDATES:
        samira.causes(kind)
    await telegram.until(lambda: len(bot.seen) == len(kinds.OTHER_UPDATES), f"all kinds, not only {bot.seen}")
    assert sorted(bot.seen) == sorted(kinds.OTHER_UPDATES)


async def test_channel_posts_and_their_edits_can_be_read(telegram: Emulator, bot: ReferenceBot) -> None:
    channel = telegram.group("Nieuws", "channel")
    editor = telegram.person("Redacteur")
    channel.adds_bot(editor, "administrator")
    post = channel.types(editor, "hallo kanaal")
    telegram.send("edited_channel_post", {**post.json, "edit_date": telegram.clock.date()})
    await telegram.until(lambda: len(bot.seen) == 3, "three updates")
    assert sorted(bot.seen) == ["channel_post", "edited_channel_post", "my_chat_member"]


def test_a_tally_counts_what_was_lost_repeated_and_out_of_order() -> None:
    assert tally("abcde", "abcde") == Tally(0, 0, 0)
    assert tally("abcde", "abbde") == Tally(1, 1, 0)
    assert tally("abcde", "baced") == Tally(0, 0, 2)
    assert tally("abc", "xaxb") == Tally(1, 0, 0)
