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

TOKENS = "GEHOORD_TELEGRAM_TOKENS"
"""Organisations with a bot of their own: ``blijf-groep=TOKEN bij-elkaar=TOKEN``."""

WEBHOOK = "GEHOORD_TELEGRAM_WEBHOOK"

DECIDE = "decide first: DPIA, and that Telegram can read along (docs/telegram.md)"

_TOKEN = re.compile(r"\d+:[\w-]{30,}")


class Wrong(ValueError):
    """A setting cannot be used; the message says which and why, and never shows a token."""


class Setting(msgspec.Struct, frozen=True):
    """How one bot is set. `api` is the address of the Bot API. `scheme`: the one organisation the bot is for.

    `webhook`: the address at which Telegram reaches this site; without it the bot asks for its updates itself.
    `others` have a bot of their own, so this one is not for them.
    """

    token: str
    api: str = "https://api.telegram.org"
    scheme: str | None = None
    webhook: str | None = None
    others: tuple[str, ...] = ()

    def organisations(self, all: tuple[str, ...]) -> tuple[str, ...]:
        """Whom this bot is for, of all organisations there are."""
        return (self.scheme,) if self.scheme else tuple(id for id in all if id not in self.others)


def settings(environment: Mapping[str, str], schemes: tuple[str, ...]) -> tuple[Setting, ...]:
    """Every bot that the environment sets: those of one organisation, and the one for the rest. Raises `Wrong`."""
    first = setting(environment, schemes)
    own: dict[str, Setting] = {}
    for pair in environment.get(TOKENS, "").replace(",", " ").split():
        scheme, _, token = pair.partition("=")
        if scheme not in schemes:  # which may be a token: it is not shown
            raise Wrong(f"{TOKENS}: one stands there for no scheme; write SCHEME=TOKEN SCHEME=TOKEN")
        if scheme in own or (first is not None and first.scheme == scheme):
            raise Wrong(f"{TOKENS}: '{scheme}' has two bots; a client would not know which of them answers")
        own[scheme] = _setting(environment, TOKENS, token, scheme)
    found = (*own.values(), *((msgspec.structs.replace(first, others=tuple(own)),) if first else ()))
    if len({one.token for one in found}) < len(found):
        raise Wrong(f"{TOKENS}: one token stands there twice; each bot has a token of its own")
    if first is not None and not found[-1].organisations(schemes):
        raise Wrong(f"{TOKEN}: every organisation has a bot of its own, so this one is for nobody")
    return found


def setting(environment: Mapping[str, str], schemes: tuple[str, ...]) -> Setting | None:
    """The bot of `TOKEN`, or None when there is none. Raises `Wrong`."""
    token = environment.get(TOKEN, "").strip()
    if not token:
        return None
    scheme = environment.get(SCHEME, "").strip() or None
    if scheme is not None and scheme not in schemes:
        raise Wrong(f"{SCHEME}: there is no scheme '{scheme}'")
    return _setting(environment, TOKEN, token, scheme)


def _setting(environment: Mapping[str, str], name: str, token: str, scheme: str | None) -> Setting:
    if not _TOKEN.fullmatch(token):
        raise Wrong(f"{name} is no token of a bot: @BotFather gives one")
    api = environment.get(API, "").strip().rstrip("/") or Setting("").api
    if not api.startswith(("https://", "http://")):
        raise Wrong(f"{API} is no web address: write it with https:// before it")
    hook = environment.get(WEBHOOK, "").strip().rstrip("/") or None
    if hook is not None and not hook.startswith(("https://", "http://127.0.0.1:")):
        raise Wrong(f"{WEBHOOK} is no address that Telegram can reach: write it with https:// before it")
    return Setting(token, api, scheme, hook)


def telegram(of: Services) -> Part:
    """Telegram, by long polling or a webhook, and the delivery of what is said there."""
    ids = of.schemes.ids()
    try:
        found = settings(os.environ, ids)
    except Wrong as error:
        return Part("telegram", on=False, why=str(error), state="wrong")
    if not found:
        return Part("telegram", on=False, why=f"{TOKEN} is not set", state="unset")
    up: dict[str, list[webhook.Taker]] = {one.token: [] for one in found}

    async def run() -> None:
        # aiogram builds some hundreds of models when it is loaded: seconds, in which the site goes on.
        made = await asyncio.to_thread(importlib.import_module, "bot.channels.together")
        await made.run(of, found, up)

    routes = tuple(
        route for one in found if one.webhook for route in webhook.routes(one.token, up[one.token])
    )
    how = "by webhook" if routes else "by polling"
    why = f"{'; '.join(_whose(one, ids) for one in found)}; {how}; {DECIDE}"
    return Part("telegram", on=True, why=why, routes=routes, run=run)


def _whose(one: Setting, ids: tuple[str, ...]) -> str:
    """Whom a bot is for, as it is told at start."""
    if one.scheme:
        return f"for {one.scheme}"
    rest = one.organisations(ids)
    whom = "every organisation" if rest == ids else ", ".join(rest)
    return f"for {whom} (/start NAME, or by choice)"
