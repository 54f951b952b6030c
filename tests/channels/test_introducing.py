"""What is seen of the bot before anybody talks with it."""

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from structlog.testing import capture_logs

from bot.channels.introducing import introduce, tells
from bot.channels.updates import COMMANDS
from flows.messages import Phrase
from locales import text
from tests.telegram_emulator import Emulator


async def introduced(telegram: Emulator) -> list[tuple[str, str | None]]:
    """Introduce it; returns what it warned of."""
    server = TelegramAPIServer.from_base(telegram.url)
    async with Bot(telegram.token, AiohttpSession(api=server)) as bot:
        with capture_logs() as logs:
            await introduce(bot)
    return [(log["log_level"], log.get("holds")) for log in logs]


async def test_menu_and_descriptions_are_set_in_both_languages(telegram: Emulator) -> None:
    warned = await introduced(telegram)
    profile = telegram.world.profile

    assert warned == []
    for language, ending in (("nl", ""), ("en", ":en")):
        menu = profile["commands"][f"default:::{ending.removeprefix(':')}"]
        assert [(one["command"], one["description"]) for one in menu] == [
            (name, text(Phrase(f"telegram.command.{name}"), language)) for name in COMMANDS
        ]
        assert profile[f"description{ending}"] == text(Phrase("telegram.description"), language)
        assert profile[f"short_description{ending}"] == text(Phrase("telegram.about"), language)
    assert profile["description"] != profile["description:en"]


async def test_name_that_tells_is_warned_of(telegram: Emulator) -> None:
    telegram.world.bot["first_name"] = "Klachten Blijf Groep"

    assert await introduced(telegram) == [("warning", "klacht")]


async def test_telegram_that_is_broken_holds_up_nothing(telegram: Emulator) -> None:
    telegram.faults.next("server_error", "setMyDescription")
    telegram.faults.next("server_error", "getMe")

    assert await introduced(telegram) == [("info", None), ("info", None)]


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("Gehoord", None), ("Sam", None), ("KLACHTENBOT", "klacht"), ("De Vrouwenopvang", "opvang"),
        ("veilig_thuis_bot", "veilig thuis"), ("Women's Shelter", "shelter"),
    ],
)  # fmt: skip
def test_a_name_is_neutral_or_tells(name: str, piece: str | None) -> None:
    assert tells(name, None) == piece
