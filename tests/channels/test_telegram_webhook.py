"""Telegram by webhook: behind its secret, kept before it is acknowledged, and once."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.channels import part, webhook
from flows.messages import Message
from locales import render
from storage.records import Address
from tests.channels.running import SCHEME, Running, paragraphs, running
from tests.telegram_emulator import Emulator

SEEN = "platform.sees.telegram"


@pytest.fixture
async def bot(telegram: Emulator, tmp_path: Path) -> AsyncIterator[Running]:
    """The bot of Blijf Groep, to which Telegram pushes."""
    async with running(tmp_path / "data", telegram, pushed=True) as up:
        yield up


async def test_conversation_by_webhook_counts_once_though_all_is_pushed_twice(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    telegram.webhook.doubles = 3
    samira.start()
    typed = [f"Er was iets met de sleutel van kamer {number}." for number in range(1, 4)]
    for one in typed:
        samira.types(one)
    await bot.quiet()
    session = await bot.services.conversations.session(Address("telegram", str(samira.chat.id), SCHEME))

    assert session is not None
    assert "\n".join(session.said).split("\n") == typed
    assert paragraphs(samira).count(render(Message(SEEN), "nl").text) == 1
    assert {status for _, status in telegram.webhook.answers} == {200}


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        ("", b'{"update_id": 1}', 403),
        ("wrong", b'{"update_id": 1}', 403),
        ("\xe9", b'{"update_id": 1}', 403),
        (None, b"{", 400),
        (None, b"[1]", 400),
        (None, b" " * (webhook.LARGEST + 1), 413),
        (None, b'{"update_id": 1, "from_the_future": {}}', 200),
    ],
)
async def test_only_telegram_may_push_and_only_updates(
    bot: Running, telegram: Emulator, secret: str | None, body: bytes, status: int
) -> None:
    given = webhook.secret(telegram.token) if secret is None else secret
    async with (
        aiohttp.ClientSession() as session,
        session.post(telegram.webhook.url, data=body, headers={webhook.HEADER: given}) as answer,
    ):
        assert answer.status == status


def test_path_and_secret_tell_nothing_of_the_token() -> None:
    token = "4200000001:AAE-test-token-of-the-emulator-000000001"

    assert not {piece for piece in token.split(":") if piece in webhook.path(token) + webhook.secret(token)}


@pytest.mark.parametrize("url", ["http://praten.example.nl", "praten.example.nl", "ftp://x"])
def test_webhook_without_https_is_refused(url: str) -> None:
    with pytest.raises(part.Wrong, match=part.WEBHOOK):
        part.setting({part.TOKEN: "4200000001:" + "A" * 35, part.WEBHOOK: url}, (SCHEME,))
