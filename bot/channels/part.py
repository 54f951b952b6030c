"""Telegram as a part of the site (`bot.web.services.Part`): on when there is a bot's token.

aiogram is loaded when the part begins to run, so that nobody else waits for it.
"""

import asyncio
import importlib
import os
import re
from collections.abc import Mapping

import msgspec

from bot.channels import webhook
from bot.web.services import Part, Services

TOKEN, API, SCHEME = "GEHOORD_TELEGRAM_TOKEN", "GEHOORD_TELEGRAM_API", "GEHOORD_TELEGRAM_SCHEME"

WEBHOOK = "GEHOORD_TELEGRAM_WEBHOOK"

DECIDE = "decide first: DPIA, and that Telegram can read along (docs/telegram.md)"

_TOKEN = re.compile(r"\d+:[\w-]{30,}")


class Wrong(ValueError):
    """A setting cannot be used; the message says which and why, and never shows a token."""


class Setting(msgspec.Struct, frozen=True):
    """How the bot is set. `api` is the address of the Bot API. `scheme`: the one organisation the bot is for.

    `webhook`: the address at which Telegram reaches this site; without it the bot asks for its updates itself.
    """

    token: str
    api: str = "https://api.telegram.org"
    scheme: str | None = None
    webhook: str | None = None


def setting(environment: Mapping[str, str], schemes: tuple[str, ...]) -> Setting | None:
    """What the environment says, or None when there is no token. Raises `Wrong`."""
    token = environment.get(TOKEN, "").strip()
    if not token:
        return None
    if not _TOKEN.fullmatch(token):
        raise Wrong(f"{TOKEN} is no token of a bot: @BotFather gives one")
    api = environment.get(API, "").strip().rstrip("/") or Setting("").api
    if not api.startswith(("https://", "http://")):
        raise Wrong(f"{API} is no web address: write it with https:// before it")
    scheme = environment.get(SCHEME, "").strip() or None
    if scheme is not None and scheme not in schemes:
        raise Wrong(f"{SCHEME}: there is no scheme '{scheme}'")
    hook = environment.get(WEBHOOK, "").strip().rstrip("/") or None
    if hook is not None and not hook.startswith(("https://", "http://127.0.0.1:")):
        raise Wrong(f"{WEBHOOK} is no address that Telegram can reach: write it with https:// before it")
    return Setting(token, api, scheme, hook)


def telegram(of: Services) -> Part:
    """Telegram, by long polling or a webhook, and the delivery of what is said there."""
    try:
        found = setting(os.environ, of.schemes.ids())
    except Wrong as error:
        return Part("telegram", on=False, why=str(error), state="wrong")
    if found is None:
        return Part("telegram", on=False, why=f"{TOKEN} is not set", state="unset")
    chosen = found
    up: list[webhook.Taker] = []

    async def run() -> None:
        # aiogram builds some hundreds of models when it is loaded: seconds, in which the site goes on.
        made = await asyncio.to_thread(importlib.import_module, "bot.channels.telegram")
        bot = made.Telegram(of, chosen)
        up.append(bot)
        try:
            await bot.run()
        finally:
            up.remove(bot)

    whose = chosen.scheme or "every organisation (/start NAME, or by choice)"
    how = "by webhook" if chosen.webhook else "by polling"
    routes = webhook.routes(chosen.token, up) if chosen.webhook else ()
    return Part("telegram", on=True, why=f"for {whose}, {how}; {DECIDE}", routes=routes, run=run)
