"""A text that somebody typed is read without aiogram's models, and says what they would have said."""

from typing import Any

import msgspec
import pytest
from aiogram import Bot
from aiogram.types import Message, Update
from hypothesis import given
from hypothesis import strategies as some

from bot.channels import updates
from bot.channels.updates import Typed
from tests.channels.in_process import TOKEN, update

BOT = Bot(TOKEN)

IDS = some.integers(1, 2**52)
NAMES = some.text(min_size=1, max_size=12)
MESSAGES = some.fixed_dictionaries(
    {
        "message_id": IDS,
        "date": some.integers(1, 2**31 - 1),
        "chat": some.fixed_dictionaries(
            {"id": IDS, "type": some.just("private")}, optional={"first_name": NAMES, "username": NAMES}
        ),
        "from": some.fixed_dictionaries(
            {"id": IDS, "is_bot": some.just(False), "first_name": NAMES},
            optional={"last_name": NAMES, "language_code": some.sampled_from(["nl", "nl-NL", "en", "tr"])},
        ),
        "text": some.text()
        | some.sampled_from(["/start", "/start blijf-groep", "/wis", "/TAAL@bot en", "/x"]),
    },
    optional={
        "entities": some.just([{"type": "url", "offset": 0, "length": 1}]),
        "link_preview_options": some.just({"is_disabled": True}),
    },
)


@given(IDS, MESSAGES)
def test_typed_text_is_read_as_the_models_read_it(number: int, message: dict[str, Any]) -> None:
    raw = {"update_id": number, "message": message}
    typed, model = updates.read(raw, BOT), Update.model_validate(raw, context={"bot": BOT})

    assert isinstance(typed, Typed)
    assert model.message is not None
    assert model.message.from_user is not None
    sender = typed.message.sender
    assert (
        typed.update_id, updates.lane(typed), updates.inbound(typed), typed.message.date,
        updates.typed(typed.message.text), sender.full_name, sender.language_code,
    ) == (
        model.update_id, updates.lane(model), updates.inbound(model), int(model.message.date.timestamp()),
        updates.event_of(model.message), model.message.from_user.full_name, model.message.from_user.language_code,
    )  # fmt: skip


OTHERS = sorted(
    {field.alias or name for name, field in Message.model_fields.items()}
    - {field.encode_name for field in msgspec.structs.fields(updates._Message)}
)


@pytest.mark.parametrize("field", OTHERS)
def test_message_with_anything_else_does_not_pass_for_a_typed_text(field: str) -> None:
    raw = update(1, 42, "hallo")
    raw["message"][field] = {}

    assert not isinstance(updates.read(raw, BOT), Typed)


@pytest.mark.parametrize("where", ["group", "supergroup", "channel"])
def test_a_text_that_others_can_read_is_none(where: str) -> None:
    raw = update(1, 42, "hallo")
    raw["message"]["chat"] = {"id": -42, "type": where, "title": "Huis"}

    assert not isinstance(updates.read(raw, BOT), Typed)
