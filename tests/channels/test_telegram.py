"""Telegram over real HTTP: a whole complaint, buttons, files, commands, and everything that is not text."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bot.channels.webhook import HEADER, secret
from flows.messages import Message, Phrase
from locales import render, text
from storage.records import Address
from tests.channels.running import SCHEME, Running, paragraphs, running
from tests.telegram_emulator import Emulator, Person

STORY = "Een medewerker lachte mij uit waar iedereen bij was, dat was gisteren in Haarlem, ik ben client."
ANSWERS = ("send", "yes", "skip", "nobody", "no")
FILES = ("photo", "document", "voice", "audio")


def words(id: str) -> str:
    return render(Message(id), "nl").text


def label(option: str) -> str:
    return text(Phrase(f"option.{option}"), "nl")


async def told(bot: Running, person: Person, what: str) -> None:
    """Wait until this stands on the screen, and all that comes with it."""
    await bot.telegram.until(lambda: what in paragraphs(person), f"{what!r} on the screen")
    await bot.quiet()


async def test_a_whole_complaint_by_buttons_and_typing(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person("Samira")
    samira.start()
    await bot.quiet()
    greeting = paragraphs(samira)
    samira.types(STORY)
    for _ in range(25):
        await bot.quiet()
        if await bot.dossiers():
            break
        here = [button for stored in samira.screen() for button in samira.buttons(stored)]
        option = next((one for one in ANSWERS if label(one) in here), None)
        samira.presses(label(option)) if option else samira.types("Het gebeurde voor de tweede keer.")
    await bot.quiet()
    (dossier,) = await bot.dossiers()

    assert words("platform.sees.telegram") in greeting
    assert dossier.intake.platform == "telegram"
    assert dossier.intake.said[0] == STORY
    assert any(dossier.line.number in said for said in paragraphs(samira))
    assert [query["answer"] for query in telegram.world.callbacks.values() if query["answer"] is None] == []
    address = Address("telegram", str(samira.chat.id), SCHEME)
    assert await bot.services.store.undelivered(address) == ()
    assert telegram.updates.waiting == []


async def test_buttons_go_when_one_was_pressed_and_the_choice_counts(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    asked = next(stored for stored in samira.screen() if samira.buttons(stored))
    samira.presses(label("human"), on=asked)
    await bot.quiet()

    assert samira.buttons(asked) == []
    assert telegram.called("sendMessage")[-1].code == 200
    assert words("stale") not in paragraphs(samira)


async def test_button_of_an_earlier_question_is_answered_kindly(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    asked = next(stored for stored in samira.screen() if samira.buttons(stored))
    samira.types(STORY)
    await bot.quiet()
    query = samira.presses(label("who_reads"), on=asked)
    await samira.answer_to(query)

    await told(bot, samira, words("stale"))


@pytest.mark.parametrize("data", ["yes", "c" + "A" * 16, "d", "s" + "A" * 16, "w", "x" * 64, " "])
async def test_button_that_was_forged_is_answered_as_an_earlier_one(
    bot: Running, telegram: Emulator, data: str
) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    said = len(samira.received())
    query = samira.presses_data(data, on=samira.received()[0])
    await samira.answer_to(query)
    await bot.quiet()

    assert len(samira.received()) > said
    assert (words("stale") in paragraphs(samira)) == (data != "w")


async def test_buttons_carry_little_and_say_nothing(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    data = [
        button["callback_data"]
        for stored in samira.screen()
        for row in stored.json.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
    ]

    assert len(data) > 2
    assert {len(one.encode()) for one in data} == {17}
    assert len(set(data)) == len(data)


async def test_update_that_comes_twice_counts_once(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    sent = samira.types(STORY)
    await bot.quiet()
    said = len(samira.received())
    telegram.send("message", sent.json)
    await bot.quiet()
    address = Address("telegram", str(samira.chat.id), SCHEME)
    session = await bot.services.conversations.session(address)

    assert session is not None
    assert session.said == (STORY,)
    assert len(samira.received()) == said


@pytest.mark.parametrize("pushed", [False, True], ids=["polling", "webhook"])
async def test_ten_quick_messages_are_all_kept_in_order_while_others_write(
    telegram: Emulator, tmp_path: Path, pushed: bool
) -> None:
    typed = [f"Er was iets met de sleutel van kamer {number}." for number in range(1, 11)]
    crowd = [telegram.person(name) for name in ("Samira", "Tom", "Noor", "Bram")]
    async with running(tmp_path / "data", telegram, pushed=pushed) as bot:
        telegram.webhook.doubles = len(crowd) * len(typed)  # each comes twice, at the same time
        for person in crowd:
            person.start()
        for one in typed:
            for person in crowd:
                person.types(one)
        await bot.quiet()
        addresses = [Address("telegram", str(person.chat.id), SCHEME) for person in crowd]
        sessions = [await bot.services.conversations.session(address) for address in addresses]

    assert ["\n".join(session.said).split("\n") for session in sessions if session] == [typed] * len(crowd)


async def test_ten_messages_pushed_at_the_same_moment_are_all_kept_once(
    telegram: Emulator, tmp_path: Path
) -> None:
    samira = telegram.person()
    async with running(tmp_path / "data", telegram, pushed=True) as bot:
        samira.start()
        await bot.quiet()
        url, headers = telegram.webhook.url, {HEADER: secret(telegram.token)}
        typed = [f"Er was iets met de sleutel van kamer {number}." for number in range(1, 11)]
        bodies = [
            {"update_id": 900_000 + number, "message": {**samira.types(one).json, "text": one}}
            for number, one in enumerate(typed)
        ]
        async with aiohttp.ClientSession() as client:
            answers = await asyncio.gather(
                *(client.post(url, json=body, headers=headers) for body in bodies * 2)
            )
        await bot.quiet()
        address = Address("telegram", str(samira.chat.id), SCHEME)
        session = await bot.services.conversations.session(address)

    assert {answer.status for answer in answers} == {200}
    assert session is not None
    assert sorted("\n".join(session.said).split("\n")) == sorted(typed)


async def test_number_of_somebody_else_is_not_kept(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    said = len(samira.received())
    samira.posts({"contact": {"phone_number": "+31687654321", "first_name": "Tom", "user_id": 99}})
    await bot.quiet()

    assert paragraphs(samira, said)[0] == words("sent.contact")


async def test_update_of_an_unknown_shape_is_answered_and_holds_up_nothing(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    said = len(samira.received())
    telegram.send("message", {"message_id": "?", "chat": dict(samira.chat.json), "hologram": {}})
    telegram.send("message_from_mars", {"chat": dict(samira.chat.json)})
    samira.types("hoi")
    await bot.quiet()

    assert paragraphs(samira, said)[0] == words("sent.other")
    assert telegram.updates.waiting == []


async def test_wiping_takes_both_sides_messages_away(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    samira.types(STORY)
    await bot.quiet()
    before = samira.screen()
    samira.types("/wis")
    await bot.quiet()

    assert {stored.deleted for stored in before} == {True}
    assert [stored.text for stored in samira.screen()] == [
        "\n\n".join(words(id) for id in ("wiped", "wiped.platform", "wiped.options"))
    ]


async def test_wiping_by_plain_words_survives_that_telegram_asks_to_wait(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    samira.start()
    for number in range(60):
        samira.types(f"Er was iets met kamer {number}.")
    await bot.quiet()
    before = samira.screen()
    telegram.faults.next("too_many", "deleteMessages", seconds=1)
    samira.types("wis alles")
    await bot.quiet()
    calls = telegram.called("deleteMessages")

    assert len(before) > 100
    assert {stored.deleted for stored in before} == {True}
    assert calls[0].code == 429
    assert {call.code for call in calls[1:]} == {200}


async def test_what_cannot_be_taken_away_is_told(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    samira.sends("dice")
    await bot.quiet()
    samira.types("/wis")
    await bot.quiet()

    assert words("telegram.not_deleted") in paragraphs(samira)
    assert len([stored for stored in samira.screen() if not stored.by_bot]) == 1
    samira.types("/wis")  # which takes what was told of the first away, too
    await bot.quiet()
    assert paragraphs(samira) == [words(id) for id in ("wiped", "wiped.platform", "wiped.options")]


async def test_a_voice_is_kept_as_the_story(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    samira.sends("voice", data=b"OggS" + b"\0" * 100)
    await told(bot, samira, words("kept.voice"))
    address = Address("telegram", str(samira.chat.id), SCHEME)
    session = await bot.services.conversations.session(address)

    assert session is not None
    assert len(session.attachments) == 1


async def test_edited_message_offers_what_it_says_now(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    sent = samira.types(STORY)
    await bot.quiet()
    said = len(samira.received())
    samira.edits(sent, "Een medewerker lachte mij uit in Amsterdam.")
    await bot.quiet()

    assert "Amsterdam" in "\n".join(paragraphs(samira, said))


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/stop", "stop.options"),
        ("/wis", "wiped"),
        ("/terug", "back.first"),
        ("/privacy", "reads.nobody_yet"),
        ("/taal", "language.changed"),
        ("/mens@gehoord_bot", None),
    ],
)
async def test_commands_are_known_in_the_middle_of_a_conversation(
    bot: Running, telegram: Emulator, command: str, answer: str | None
) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    said = len(samira.received())
    samira.types(command)
    await bot.quiet()
    new = paragraphs(samira, said)

    assert len(new) > 0
    assert answer is None or {words(answer), render(Message(answer), "en").text} & set(new) != set()
    assert words("sent.other") not in new


async def test_group_and_channel_are_left(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    group, channel = telegram.group(), telegram.group("Kanaal", "channel")
    group.adds_bot(samira)
    channel.adds_bot(samira, "administrator")
    await telegram.until(lambda: not group.bot_is_in and not channel.bot_is_in, "the bot leaves")

    assert (group.texts(), channel.texts()) == ([], [])


async def test_bot_for_several_organisations_asks_which_and_remembers(
    telegram: Emulator, tmp_path: Path
) -> None:
    samira = telegram.person()
    async with running(tmp_path / "data", telegram, scheme=None) as bot:
        samira.types("hoi")
        await samira.sees(words("telegram.which"))
        name = bot.services.schemes.load(SCHEME).name
        samira.presses(name)
        await bot.quiet()
        assert words("platform.sees.telegram") in paragraphs(samira)
    async with running(tmp_path / "data", telegram, scheme=None) as bot:
        samira.types(STORY)
        await bot.quiet()
        session = await bot.services.conversations.session(Address("telegram", str(samira.chat.id), SCHEME))

    assert session is not None
    assert session.said == (STORY,)


async def test_link_with_an_organisation_starts_there(telegram: Emulator, tmp_path: Path) -> None:
    samira = telegram.person()
    async with running(tmp_path / "data", telegram, scheme=None) as bot:
        samira.start(SCHEME)
        await bot.quiet()
        session = await bot.services.conversations.session(Address("telegram", str(samira.chat.id), SCHEME))

    assert session is not None
    assert words("telegram.which") not in paragraphs(samira)


async def test_no_message_shows_a_preview_of_a_link(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.start()
    await bot.quiet()

    assert {stored.json["link_preview_options"]["is_disabled"] for stored in samira.received()} == {True}
