"""How the bot shows itself before anybody talks with it: its menu, its descriptions, and whether its name is neutral.

A chat with the bot stands in the client's list of chats, where others in the house may see it.
"""

from collections.abc import Awaitable

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand

from bot.channels.updates import COMMANDS
from flows.messages import Phrase
from locales import text

LANGUAGES = (("nl", None), ("en", "en"))
"""In what words, and for whose apps: the Dutch ones for every app that is not set to another of these."""

TELLING = (
    "klacht", "klagen", "geweld", "opvang", "mishandel", "misbruik", "slachtoffer", "huiselijk", "veilig thuis",
    "complain", "violence", "abuse", "shelter", "victim", "refuge",
)  # fmt: skip
"""Pieces of a name that tell what somebody talks about."""

LOG = structlog.get_logger("gehoord.telegram")


def tells(*names: str | None) -> str | None:
    """The first piece of these names that tells what somebody talks about here; None when they are neutral."""
    whole = " ".join(name for name in names if name).lower().replace("_", " ")
    return next((piece for piece in TELLING if piece in whole or piece in whole.replace(" ", "")), None)


async def introduce(bot: Bot) -> str | None:
    """Set the menu and the descriptions in every language, and warn of a name that tells.

    Returns the bot's username, or None when Telegram did not say. Never raises for Telegram.
    """
    for words, language in LANGUAGES:
        menu = [
            BotCommand(command=name, description=text(Phrase(f"telegram.command.{name}"), words))
            for name in COMMANDS
        ]
        await _quietly(bot.set_my_commands(menu, language_code=language))
        await _quietly(
            bot.set_my_description(text(Phrase("telegram.description"), words), language_code=language)
        )
        await _quietly(
            bot.set_my_short_description(text(Phrase("telegram.about"), words), language_code=language)
        )
    try:
        me = await bot.get_me()
    except AiogramError as error:
        LOG.info("not done", error=type(error).__name__)
        return None
    if (piece := tells(me.first_name, me.username)) is not None:
        LOG.warning("the bot's name tells what clients talk about: see docs/telegram.md", holds=piece)
    await _look_at_picture(bot, me.id)
    return me.username


async def _look_at_picture(bot: Bot, me: int) -> None:
    """A picture stands beside the name: what is on it only a person can see, so a person is asked to look.

    Without one Telegram shows the first letter of the name, which is neutral.
    """
    try:
        shown = await bot.get_user_profile_photos(me, limit=1)
    except AiogramError:
        return
    if shown.total_count:
        LOG.warning(
            "the bot has a picture: look whether it tells what clients talk about", pictures=shown.total_count
        )


async def _quietly(call: Awaitable[object]) -> None:
    """A call that nobody depends on: when it fails, that is noted and nothing more."""
    try:
        await call
    except AiogramError as error:
        LOG.info("not done", error=type(error).__name__)
