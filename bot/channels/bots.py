"""Which bot serves which organisation, and what it is called on Telegram."""

from collections.abc import Mapping

from bot.channels.part import Setting, Wrong, settings


def bots(environment: Mapping[str, str], schemes: tuple[str, ...]) -> dict[str, Setting]:
    """The bots that are set up, by their number: what stands before the colon of a token. Empty when set wrongly."""
    try:
        found = settings(environment, schemes)
    except Wrong:
        return {}
    return {one.token.partition(":")[0]: one for one in found}


def bot_of(scheme: str, environment: Mapping[str, str], schemes: tuple[str, ...]) -> Setting | None:
    """The bot with which officers of an organisation link their account: its own, or the one for all."""
    found = bots(environment, schemes).values()
    return next((one for one in found if scheme in one.organisations(schemes)), None)


async def link_to(bot: Setting, start: str) -> str | None:
    """The address that opens a chat with this bot and starts it with these letters; None when Telegram is not there."""
    from aiogram import Bot  # noqa: PLC0415 (half a second, and only where somebody links)
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.exceptions import AiogramError  # noqa: PLC0415

    one = Bot(bot.token, AiohttpSession(api=TelegramAPIServer.from_base(bot.api), timeout=15))
    try:
        me = await one.get_me()
    except AiogramError:
        return None
    finally:
        await one.session.close()
    return f"https://t.me/{me.username}?start={start}"
