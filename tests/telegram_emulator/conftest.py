"""A running emulator, a plain caller of it, and what the independent clients need under strict warnings."""

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest

from tests.telegram_emulator import Emulator
from tests.telegram_emulator.wire import Json

Ask = Callable[..., Awaitable[Json]]
"""Calls a method with parameters as JSON and gives the body of the answer."""


@pytest.fixture(autouse=True)
def durations_as_python_telegram_bot_will_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its version 22 warns at every duration unless it may give a timedelta, as its next version always does."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    """A Telegram with one bot."""
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
async def ask(telegram: Emulator) -> AsyncIterator[Ask]:
    """A plain caller; it also checks that the HTTP status is the one in the body."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **params: object) -> Json:
            url = f"{telegram.url}/bot{telegram.token}/{method}"
            async with session.post(url, json=params) as answer:
                body: Json = await answer.json()
                assert answer.status == (200 if body["ok"] else body["error_code"])
                return body

        yield call


def said(body: Json) -> str:
    """What an answer says of a refusal."""
    return str(body.get("description"))
