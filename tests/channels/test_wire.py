"""What Telegram answers to a message: an id, an error that says what to do, or something that cannot be meant."""

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.channels.updates import SaidThere, Say
from bot.channels.wire import Wire
from tests.channels.in_process import TOKEN


class Answering(Wire):
    """A session to which this is answered; `sent` is what was asked."""

    def __init__(self, status: int, content: bytes) -> None:
        super().__init__()
        self._answer = status, content
        self.sent = b""

    async def post(self, url: str, body: bytes, within: float | None) -> tuple[int, bytes]:
        self.sent = body
        return self._answer


async def said(session: Wire) -> SaidThere:
    return await Bot(TOKEN, session)(Say(chat_id="42", text="hoi"))


async def test_message_that_was_taken_is_known_by_its_id_and_time() -> None:
    session = Answering(
        200, b'{"ok":true,"result":{"message_id":7,"date":1779271200,"chat":{"id":42},"text":"hoi"}}'
    )

    assert await said(session) == SaidThere(7, 1779271200)
    assert session.sent == b'{"chat_id":"42","text":"hoi","link_preview_options":{"is_disabled":true}}'


@pytest.mark.parametrize(
    ("status", "content", "error"),
    [
        (429, b'{"ok":false,"description":"x","parameters":{"retry_after":3}}', TelegramRetryAfter),
        (403, b'{"ok":false,"description":"x"}', TelegramForbiddenError),
        (400, b'{"ok":false,"description":"x"}', TelegramBadRequest),
        (500, b'{"ok":false,"description":"x"}', TelegramServerError),
        (200, b'{"ok":false,"description":"x"}', AiogramError),
        (200, b'{"ok":true,"result":true}', AiogramError),
        (200, b"<html>", ClientDecodeError),
        (502, b"\xff\xfe", ClientDecodeError),
        (200, b"", ClientDecodeError),
    ],
)
async def test_anything_else_is_one_of_the_errors(
    status: int, content: bytes, error: type[AiogramError]
) -> None:
    with pytest.raises(error):
        await said(Answering(status, content))


async def test_connection_that_is_refused_is_an_error_without_the_token() -> None:
    session = Wire()
    session.api = type(session.api)(base="http://127.0.0.1:9/bot{token}/{method}", file="x")
    with pytest.raises(TelegramNetworkError) as raised:
        await said(session)
    await session.close()
    assert TOKEN.partition(":")[2] not in str(raised.value)
