"""Reminders as a part of the site: a sweep every minute, off with its reason when no mail can go out."""

import asyncio
import importlib
import os

import structlog

from bot.channels.bots import bots
from bot.reminders import post
from bot.web.services import Part, Services

MINUTE = 60.0

LOG = structlog.get_logger("gehoord.reminders")


def part(of: Services) -> Part:
    """The part of `gehoord serve` that reminds officers."""
    if of.site.demo:
        return Part("reminders", on=False, why="a demonstration: no mail goes out", state="demo")
    try:
        by = post.setting(os.environ)
    except post.Wrong as error:
        return Part("reminders", on=False, why=str(error), state="wrong")
    chosen = bots(os.environ, of.schemes.ids())
    if by is None and not chosen:
        why = f"{post.HOST} is not set, so nobody is reminded by mail"
        return Part("reminders", on=False, why=why, state="unset")
    if of.site.origin is None:
        why = "--origin is not set, so mails could not link to the desk"
        return Part("reminders", on=False, why=why, state="no_origin")
    origin = of.site.origin

    async def run() -> None:
        # aiogram takes seconds to load, in which the site goes on.
        loaded = await asyncio.to_thread(importlib.import_module, "bot.reminders.messenger")
        from bot.reminders.round import one_round  # noqa: PLC0415 (jinja2 and aiosmtplib, when they are needed)

        async with loaded.Messenger(chosen) as messenger:
            while True:
                try:
                    done = await one_round(of.store, of.schemes, by, origin, of.clock, messenger)
                except Exception as error:  # whatever it is, what is due in a minute is still looked for
                    LOG.error("sweep failed", error=type(error).__name__)
                else:
                    if done.posted or done.sent:
                        LOG.info("swept", posted=done.posted, sent=done.sent)
                await asyncio.sleep(MINUTE)

    ways = [f"by mail through {by.host}"] if by is not None else []
    ways += ["by Telegram to who linked it"] if chosen else []
    return Part("reminders", on=True, why=f"{' and '.join(ways)}, every minute what is due", run=run)
