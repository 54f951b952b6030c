"""Words that come in another way than by typing: changed messages, what is forwarded, headings and lists, commands."""

import pytest

from bot.channels import rich
from flows.events import Chose, Said
from flows.messages import Message
from locales import render
from storage.records import Address
from tests.channels.running import SCHEME, Running, begun, paragraphs, words
from tests.telegram_emulator import Emulator, Person, kinds
from tests.telegram_emulator.wire import Json

STORY = "Een medewerker lachte mij uit waar iedereen bij was."
DANGER = "Ik wil dood"


async def said(bot: Running, person: Person) -> tuple[str, ...]:
    """What is kept of what somebody told."""
    session = await bot.services.conversations.session(Address("telegram", str(person.chat.id), SCHEME))
    assert session is not None
    return session.said


async def test_message_that_is_changed_twice_in_a_second_says_what_it_says_last(
    bot: Running, telegram: Emulator
) -> None:
    samira = await begun(bot, telegram)
    sent = samira.types(STORY)
    await bot.quiet()
    samira.edits(sent, f"{STORY} Gisteren.")
    samira.edits(sent, f"{STORY} Gisteren en vandaag.")
    samira.edits(sent, f"{STORY} Gisteren en vandaag.")  # and the same once more
    await bot.quiet()

    assert await said(bot, samira) == (f"{STORY} Gisteren en vandaag.",)


async def test_place_that_moves_is_answered_once(bot: Running, telegram: Emulator) -> None:
    samira = await begun(bot, telegram)
    here = samira.sends("live_location")
    await bot.quiet()
    before = len(samira.received())
    for step in range(3):
        place = {**here.json["location"], "latitude": 52.4 + step / 100}
        telegram.send(
            "edited_message", {**here.json, "location": place, "edit_date": here.json["date"] + step}
        )
    await bot.quiet()

    assert len(samira.received()) == before
    assert telegram.updates.waiting == []


@pytest.mark.parametrize(
    "fields",
    [
        {"text": DANGER, "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Iemand"}},
        {"poll": {**kinds.poll({"persistent_id": "1", "text": "ja", "voter_count": 0}), "question": DANGER}},
        {"checklist": {"title": "Lijst", "tasks": [{"id": 1, "text": DANGER}]}},
    ],
    ids=["forwarded", "poll", "checklist"],
)
async def test_words_that_are_not_kept_are_heard_for_danger(
    bot: Running, telegram: Emulator, fields: Json
) -> None:
    samira = await begun(bot, telegram)
    before = len(samira.received())
    samira.posts(fields)
    await bot.quiet()

    assert paragraphs(samira, before)[0] == words("danger.sorry")
    assert await said(bot, samira) == ()


async def test_message_with_headings_and_lists_is_read_as_typed(bot: Running, telegram: Emulator) -> None:
    samira = await begun(bot, telegram)
    samira.posts(
        {
            "rich_message": {
                "blocks": [
                    {"type": "heading", "text": "Gisteren", "size": 1},
                    {"type": "paragraph", "text": ["Een medewerker ", {"type": "bold", "text": "lachte"}, " mij uit."]},
                ]
            }
        }
    )  # fmt: skip
    await bot.quiet()

    assert await said(bot, samira) == ("Gisteren\nEen medewerker lachte mij uit.",)


def test_words_of_blocks_within_blocks_stand_line_by_line() -> None:
    item = {"label": "•", "blocks": [{"type": "paragraph", "text": "drie"}]}
    message = {
        "blocks": [
            {"type": "details", "summary": "een", "blocks": [{"type": "pre", "text": "twee", "language": "nl"}]},
            {"type": "list", "items": [item]},
            {"type": "table", "cells": [[{"text": "vier", "align": "left"}, {"text": None}]], "caption": "vijf"},
            {"type": "photo", "caption": {"text": "zes", "credit": None}, "photo": [{"file_id": "A"}]},
            {"type": "divider"},
        ],
        "is_rtl": None,
    }  # fmt: skip

    assert rich.words(message).split("\n") == ["een", "twee", "drie", "vier", "vijf", "zes"]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/help", "help"), ("/settings", "help"), ("/taal", "language.changed"), ("/taal english", "language.changed"),
        ("/taal pools", "language.not_offered"), ("/language DE", "language.not_offered"),
        ("/taal hottentots", "language.which"), ("/terug", "back"), ("/stop", "stop.options"), ("/wis", "wiped"),
        ("/mens@gehoord_bot", None),
    ],
)  # fmt: skip
async def test_command_is_one_also_where_any_word_would_be_an_answer(
    bot: Running, telegram: Emulator, command: str, answer: str | None
) -> None:
    samira = await begun(bot, telegram)
    conversations = bot.services.conversations
    address = Address("telegram", str(samira.chat.id), SCHEME)
    samira.types(STORY)
    await bot.quiet()
    for _ in range(20):  # up to the question for a name, to which any word is an answer
        session = await conversations.session(address)
        assert session is not None
        if session.asking == "name":
            break
        event = Chose(("skip",)) if "skip" in session.offered else Said("ja")
        await conversations.handle(address, event, platform="telegram")
    before, answers = len(samira.received()), session.answers
    samira.types(command)
    await bot.quiet()
    after = await conversations.session(address)
    new = set(paragraphs(samira, before))

    assert session.asking == "name"
    assert after is not None
    assert "name" not in after.answers
    assert answer == "wiped" or after.said == (STORY,)
    assert set(after.answers) <= set(answers)
    assert (
        answer is None
        or {render(Message(answer), "nl").text, render(Message(answer), "en").text} & new != set()
    )


async def test_messages_without_a_number_of_their_own_are_each_taken(
    bot: Running, telegram: Emulator
) -> None:
    samira = await begun(bot, telegram)
    for text in (STORY, "Ook mocht ik de hele middag niet naar buiten."):
        telegram.send(
            "message",
            {
                "message_id": 0, "ephemeral_message_id": 1, "date": telegram.clock.date(),
                "chat": dict(samira.chat.json), "from": samira.user, "text": text,
            },
        )  # fmt: skip
    await bot.quiet()

    assert await said(bot, samira) == (STORY, "Ook mocht ik de hele middag niet naar buiten.")
    samira.types("/wis")
    await bot.quiet()
    assert words("telegram.not_deleted") not in paragraphs(samira)
