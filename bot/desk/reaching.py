"""How one is reached, at the desk: the language, Telegram, and a mail address, both by a link that works once."""

import os

from aiohttp import web

from bot import addresses
from bot.channels.bots import bot_of, link_to
from bot.delivery import Later, Never
from bot.desk import account, reach, session
from bot.desk.session import PATH
from bot.reminders import post
from bot.reminders.confirming import CONFIRM, ask, tell_left
from bot.web import guard, pages
from bot.web.services import Services, services


async def language(request: web.Request) -> web.StreamResponse:
    """In which language one is written to."""
    desk = await session.required(request)
    given = await guard.form(request, desk.secret)
    if given.get("language") not in reach.LANGUAGES:
        return await account.own(request, wrong="language", status=400)
    await reach.speak(services(request).store, desk.officer, given["language"])
    return await account.own(request, done="language")


async def telegram(request: web.Request) -> web.StreamResponse:
    """A link to Telegram that works once; a yes or no to who opened it; or nothing on Telegram any more."""
    desk = await session.reader(request)
    given = await guard.form(request, desk.secret)
    of, officer, now = services(request), desk.officer, services(request).clock()
    match given.get("do"):
        case "stop":
            await reach.unlink(of.store, officer.id, now=now)
        case "no":
            await reach.refuse(of.store, officer.id, now=now)
        case "yes":
            waits = await reach.asked(of.store, officer.id, now=now)
            if waits is None or not await reach.agree(of.store, officer.id, waits.account, now=now):
                return await account.own(request, wrong="telegram", status=409)
        case _:
            return await _linking(request, desk)
    return await account.own(request, done="telegram")


async def _linking(request: web.Request, desk: session.Desk) -> web.Response:
    guard.allow(request, "account", desk.officer.id)
    of = services(request)
    bot = bot_of(desk.officer.scheme, os.environ, of.schemes.ids())
    token = await reach.ticket(of.store, desk.officer, now=of.clock())
    link = await link_to(bot, token) if bot is not None else None
    if link is None:
        return await account.own(request, wrong="no_telegram", status=503)
    return await account.own(request, link=link)


async def address(request: web.Request) -> web.StreamResponse:
    """Another mail address: a link is sent there, and nothing changes before it is used."""
    desk = await session.reader(request)
    given = await guard.form(request, desk.secret)
    guard.allow(request, "account", desk.officer.id)
    of, wanted = services(request), addresses.read(given.get("address", ""))
    if wanted is None or len(wanted) > 200:
        return await account.own(request, wrong="address", status=400)
    origin = of.site.origin or str(request.url.origin())
    if (by := _post(of)) is None:
        return await account.own(request, wrong="no_mail", status=503)
    try:
        await ask(of.store, desk.officer, wanted, by, origin, of.clock())
    except (Later, Never):
        return await account.own(request, wrong="no_mail", status=503)
    return await account.own(request, done="address")


def _post(of: Services) -> post.Setting | None:
    """How mail goes out of this site; None where it does not."""
    return post.setting(os.environ) if not of.site.demo and post.is_set(os.environ) else None


async def door(request: web.Request) -> web.Response:
    """The page behind the link in a mail: the address and one button; nobody's name. Opening it does nothing."""
    of, token = services(request), request.match_info["token"]
    guard.allow(request, "door", guard.client(request))
    found = await reach.wished(of.store, token, now=of.clock())
    if found is None:
        return await _page(request, "over", status=404)
    officer, to = found
    locale = await reach.language(of.store, officer.id, now=of.clock())
    return await _page(request, "", locale=locale, form=guard.token(token), token=token, address=to)


async def confirmed(request: web.Request) -> web.Response:
    """The button was pressed: notices go to that address."""
    of, token = services(request), request.match_info["token"]
    guard.allow(request, "door", guard.client(request))
    if await reach.wished(of.store, token, now=of.clock()) is None:
        return await _page(request, "over", status=404)
    await guard.form(request, token)
    officer = await reach.confirm(of.store, token, now=of.clock())
    if officer is None:
        return await _page(request, "over", status=404)
    if (by := _post(of)) is not None:  # what does not go now goes with the next reminders
        await tell_left(of.store, by, of.clock())
    locale = await reach.language(of.store, officer.id, now=of.clock())
    return await _page(request, "done", locale=locale)


async def _page(
    request: web.Request, said: str, *, locale: str | None = None, status: int = 200, **names: object
) -> web.Response:
    chosen = locale or session.locale(request)
    return await pages.page(
        request, "desk/address.html", locale=chosen, status=status, desk=None, said=said, **names
    )


ROUTES = (
    web.post(f"{PATH}/ik/taal", language),
    web.post(f"{PATH}/ik/telegram", telegram),
    web.post(f"{PATH}/ik/adres", address),
    web.get(f"{CONFIRM}/{{token}}", door),
    web.post(f"{CONFIRM}/{{token}}", confirmed),
)
