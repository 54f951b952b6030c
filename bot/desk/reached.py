"""How an officer is reached now, as their own page shows it."""

import os

import msgspec

from bot.channels.bots import bot_of
from bot.desk import reach
from bot.reminders import post
from bot.web.services import Services
from storage.records import Officer


class Reached(msgspec.Struct, frozen=True):
    """How an officer is reached now, for their own page.

    `address` is where mail goes, `awaited` the one that waits for a yes; `mails`: whether mail can go out at all.
    `telegram`: whether there is a bot, `linked` whether their account is, `asks` who waits for a yes there.
    """

    language: str
    address: str
    awaited: str
    mails: bool
    telegram: bool
    linked: bool
    asks: str | None


async def reached(of: Services, officer: Officer) -> Reached:
    """How this officer is reached now."""
    now, store = of.clock(), of.store
    asked = await reach.asked(store, officer.id, now=now)
    return Reached(
        await reach.language(store, officer.id, now=now) or "nl",
        officer.contact if "@" in officer.contact else "",
        await reach.awaited(store, officer.id, now=now),
        mails=not of.site.demo and post.is_set(os.environ),
        telegram=bot_of(officer.scheme, os.environ, of.schemes.ids()) is not None,
        linked=await reach.account(store, officer.id, now=now) is not None,
        asks=asked.name if asked is not None else None,
    )
