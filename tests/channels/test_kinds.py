"""Every kind of message and update has its own answer: what is kept, and what can be done next; or none, and why."""

import pytest
from aiogram.enums import ContentType
from aiogram.types import Message as AiogramMessage
from aiogram.types import Poll, Update

from bot.channels import updates
from bot.channels.happenings import UNANSWERED
from storage.records import Address
from tests.channels.running import SCHEME, Running, begun, paragraphs, words
from tests.telegram_emulator import Emulator
from tests.telegram_emulator.kinds import MESSAGE_KINDS, OTHER_UPDATES

ANSWERS = {
    "photo": "photo", "document": "document", "voice": "voice", "audio": "voice", "video": "video",
    "video_note": "video_note", "animation": "animation", "sticker": "sticker", "location": "location",
    "live_location": "location", "venue": "location", "dice": "dice", "poll": "poll", "quiz": "quiz",
    "forwarded": "forwarded", "story": "story", "reply_to_story": "story", "game": "game",
    "web_app_data": "web_app_data", "users_shared": "contact", "chat_shared": "contact",
    "write_access_allowed": "notice", "pinned": "notice", "boost_added": "notice",
    "checklist_tasks_done": "notice", "topic": "notice", "auto_delete_timer": "timer", "empty": "other",
    "giveaway": "giveaway",
    "giveaway_created": "giveaway", "giveaway_winners": "giveaway", "giveaway_completed": "giveaway",
    "paid_media": "paid_media", "checklist": "checklist", "successful_payment": "payment",
    "passport_data": "passport",
}  # fmt: skip
"""What is answered to each kind of message, but for a text and one's own number."""

NO_CONTENT = {"unknown", "any", "text", "rich_message"}
"""Not a kind, or words, which are read."""

GROUPS = {
    "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "group_chat_created",
    "supergroup_chat_created", "channel_chat_created", "migrate_to_chat_id", "migrate_from_chat_id",
}  # fmt: skip
"""What only groups and channels have: they are left."""

HAPPENED = {"business_connection": "business", "purchased_paid_media": "payment", "poll_answer": "poll"}
"""What is said about updates that are no message, in the conversation of whom they concern."""


async def test_message_of_every_kind_has_its_own_answer_and_the_question_stands(
    bot: Running, telegram: Emulator
) -> None:
    samira, answers = await begun(bot, telegram), {}
    for kind in set(MESSAGE_KINDS) - {"text", "contact"}:
        said = len(samira.received())
        samira.sends(kind)
        await bot.quiet()
        answers[kind] = paragraphs(samira, said)

    assert answers == {
        kind: [words(f"sent.{answer}"), words("ask.story")] for kind, answer in ANSWERS.items()
    }


async def test_own_number_shared_by_choice_is_taken_as_typed(bot: Running, telegram: Emulator) -> None:
    samira = await begun(bot, telegram)
    samira.sends("contact")
    await bot.quiet()
    session = await bot.services.conversations.session(Address("telegram", str(samira.chat.id), SCHEME))

    assert session is not None
    assert [answer.value for field, answer in session.answers.items() if field == "phone"] == ["+31612345678"]


async def test_update_that_is_no_message_is_answered_to_whom_it_concerns_or_to_nobody(
    bot: Running, telegram: Emulator
) -> None:
    samira, answers = await begun(bot, telegram), {}
    tom = telegram.person("Tom")
    for kind in OTHER_UPDATES:
        said = len(samira.received())
        samira.causes(kind)
        tom.causes(kind)
        await bot.quiet()
        answers[kind] = paragraphs(samira, said)

    assert {kind: answer for kind, answer in answers.items() if answer} == {
        kind: [words(f"sent.{answer}"), words("ask.story")] for kind, answer in HAPPENED.items()
    }
    assert tom.received() == []
    assert telegram.updates.waiting == []


def test_every_kind_of_update_there_is_has_its_place() -> None:
    heard = {
        "message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query",
        "pre_checkout_query", "shipping_query", "chat_join_request", "my_chat_member", "chat_member", "chat_boost",
        "removed_chat_boost", *HAPPENED,
    }  # fmt: skip

    assert heard | UNANSWERED == set(Update.model_fields) - {"update_id"}
    assert heard & UNANSWERED == set()


@pytest.mark.parametrize("name", sorted({kind.value for kind in ContentType} - NO_CONTENT - GROUPS))
def test_every_kind_of_message_that_the_library_knows_has_its_place(name: str) -> None:
    body = Poll.model_construct(type="regular", question="", options=[]) if name == "poll" else object()
    message = AiogramMessage.model_construct(**{name: body})

    assert updates._kind(message) != "other"


def test_notices_are_kinds_of_messages_that_there_are() -> None:
    assert set(updates.NOTICES) - set(AiogramMessage.model_fields) == set()


async def test_payment_is_refused_with_words(bot: Running, telegram: Emulator) -> None:
    samira = await begun(bot, telegram)
    samira.causes("pre_checkout_query")
    samira.causes("shipping_query")
    await bot.quiet()
    calls = telegram.called("answerPreCheckoutQuery") + telegram.called("answerShippingQuery")

    assert [call.values["error_message"] for call in calls] == [words("telegram.no_payment")] * 2


async def test_chat_of_others_is_not_read_kept_or_answered(bot: Running, telegram: Emulator) -> None:
    samira = await begun(bot, telegram)
    before = samira.texts()
    for kind in ("business_message", "edited_business_message", "deleted_business_messages"):
        samira.causes(kind)
    await bot.quiet()
    session = await bot.services.conversations.session(Address("telegram", str(samira.chat.id), SCHEME))

    assert samira.texts() == before
    assert session is not None
    assert session.said == ()


async def test_account_that_lets_us_out_again_needs_no_answer(bot: Running, telegram: Emulator) -> None:
    samira = await begun(bot, telegram)
    before = samira.texts()
    telegram.send(
        "business_connection",
        {
            "id": "B1",
            "user": samira.user,
            "user_chat_id": samira.chat.id,
            "date": telegram.clock.date(),
            "is_enabled": False,
        },
    )
    await bot.quiet()

    assert samira.texts() == before


async def test_who_lets_us_write_again_hears_what_is_missing_and_the_question(
    bot: Running, telegram: Emulator
) -> None:
    samira = await begun(bot, telegram)
    samira.blocks()
    await bot.quiet()
    said = len(samira.received())
    samira.unblocks()
    await bot.quiet()

    assert paragraphs(samira, said) == [words("sent.unblocked"), words("ask.story")]


async def test_who_blocks_is_sent_nothing(bot: Running, telegram: Emulator) -> None:
    samira = await begun(bot, telegram)
    said = len(telegram.called("sendMessage"))
    samira.blocks()
    await bot.quiet()

    assert len(telegram.called("sendMessage")) == said


@pytest.mark.parametrize("kind", ["chat_member", "chat_boost", "removed_chat_boost", "chat_join_request"])
async def test_group_or_channel_is_left_whatever_is_heard_of_it(
    bot: Running, telegram: Emulator, kind: str
) -> None:
    samira = telegram.person()
    channel = telegram.group("Kanaal", "channel")
    channel.adds_bot(samira, "administrator")
    await telegram.until(lambda: not channel.bot_is_in, "the bot leaves", 60)
    channel.chat.bot = "administrator"
    body = {"chat": dict(channel.chat.json), "from": samira.user, "date": telegram.clock.date()}
    me = {"user": telegram.world.bot, "status": "member"}
    boost = {"source": "premium", "user": samira.user}
    more = {
        "chat_member": {"old_chat_member": me, "new_chat_member": me},
        "chat_boost": {"boost": {"boost_id": "1", "add_date": 1, "expiration_date": 2, "source": boost}},
        "removed_chat_boost": {"boost_id": "1", "remove_date": 1, "source": boost},
        "chat_join_request": {"user_chat_id": samira.chat.id},
    }
    telegram.send(kind, {**body, **more[kind]})
    await telegram.until(lambda: not channel.bot_is_in, "the bot leaves", 60)

    assert channel.texts() == []
