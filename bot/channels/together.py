"""All bots of this process beside each other: one that has trouble holds up no other, and one outbox serves them."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from bot.channels import webhook
from bot.channels.part import Setting
from bot.channels.telegram import CHANNEL, Telegram
from bot.delivering import Delivering
from bot.web.services import Services

PAUSE = 5.0
"""Seconds before a bot that ended by a mistake begins again."""

LOG = structlog.get_logger("gehoord.telegram")


async def run(of: Services, settings: Sequence[Setting], up: Mapping[str, list[webhook.Taker]]) -> None:
    """Run every bot until cancelled. `up` holds, by token, those to whom a webhook may hand updates."""
    delivering = Delivering(of, CHANNEL)
    elsewhere: dict[str, str] = {}
    async with asyncio.TaskGroup() as group:
        group.create_task(delivering.run())
        for setting in settings:
            group.create_task(_kept_up(of, setting, delivering, elsewhere, up[setting.token]))


async def _kept_up(
    of: Services, setting: Setting, delivering: Delivering, elsewhere: dict[str, str], up: list[webhook.Taker]
) -> None:
    while True:
        bot = Telegram(of, setting, delivering=delivering, elsewhere=elsewhere)
        up.append(bot)
        try:
            await bot.run()
        except Exception as error:
            LOG.error("ended", error=type(error).__name__)
            await asyncio.sleep(PAUSE)
        finally:
            up.remove(bot)
