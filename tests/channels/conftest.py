"""A Telegram with one bot, and the bot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.running import Running, running
from tests.telegram_emulator import Emulator


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    """A Telegram with one bot."""
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
async def bot(telegram: Emulator, tmp_path: Path) -> AsyncIterator[Running]:
    """The bot of Blijf Groep."""
    async with running(tmp_path / "data", telegram) as up:
        yield up
