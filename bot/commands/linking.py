"""``gehoord officer link``: where an officer gets notices, by a link that the officer uses."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.office import in_store
from bot.commands.options import Data, SchemeFolder, fail, schemes_of

if TYPE_CHECKING:
    from bot.channels.part import Setting as Bot
    from bot.reminders.post import Setting as Post
    from bot.schemes import Schemes
    from storage.records import Officer
    from storage.sqlite import SqliteStore

OfficerId = Annotated[
    str, typer.Argument(metavar="ID", help="The officer, as `gehoord officer list` names them.")
]
Address = Annotated[
    str | None, typer.Argument(metavar="ADDRESS", help="A mail address; without one it is Telegram.")
]
Confirmed = Annotated[
    bool, typer.Option("--confirmed", help="For setting up: the address is right, and no link is sent.")
]
Origin = Annotated[
    str | None,
    typer.Option("--origin", envvar="GEHOORD_ORIGIN", metavar="URL", help="The address of the desk."),
]


def link(
    ctx: typer.Context,
    officer: OfficerId,
    address: Address = None,
    confirmed: Confirmed = False,
    origin: Origin = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Print a link to Telegram that works once, or send one to a mail ADDRESS. Notices are without content."""
    from bot import addresses, clock
    from bot.desk import reach

    kept = addresses.read(address) if address is not None else None
    if address is not None and kept is None:
        fail(f"'{address}' is no mail address.", 2)
    by, bot = _post(address, confirmed, origin), _bot(address, officer, schemes_of(ctx, schemes))

    async def linking(store: "SqliteStore") -> str:
        who = await _officer(store, officer)
        if kept is None:
            assert bot is not None
            return await _telegram(store, who, bot)
        if by is None or origin is None:
            await reach.move(store, who, kept, now=clock.now())
            return f"Notices for {officer} go to {kept}."
        return await _mail(store, who, kept, by, origin)

    typer.echo(in_store(ctx, data, schemes, linking))


def _post(address: str | None, confirmed: bool, origin: str | None) -> "Post | None":
    """The mail server that sends the link, where one is to be sent; else the end of the command."""
    import os

    from bot.reminders import post

    if address is None or confirmed:
        return None
    try:
        by = post.setting(os.environ)
    except post.Wrong as error:
        fail(str(error), 2)
    if by is None or origin is None:
        missing = post.HOST if by is None else "--origin URL (or GEHOORD_ORIGIN)"
        fail(f"no link can be sent: set {missing}. Is the address surely right? Then add --confirmed.", 2)
    return by


def _bot(address: str | None, officer: str, schemes: "Schemes") -> "Bot | None":
    """The bot that the link leads to, where it is Telegram; else the end of the command."""
    import os

    from bot.channels.bots import bot_of
    from bot.channels.part import TOKEN

    if address is not None:
        return None
    bot = bot_of(officer.partition("/")[0], os.environ, schemes.ids())
    if bot is None:
        fail(f"there is no Telegram bot for this organisation: set {TOKEN}, or name a mail address.", 2)
    return bot


async def _officer(store: "SqliteStore", id: str) -> "Officer":
    from storage.errors import UnknownOfficer

    found = next((one for one in await store.officers() if one.id == id and one.state == "active"), None)
    if found is None:
        raise UnknownOfficer
    return found


async def _telegram(store: "SqliteStore", who: "Officer", bot: "Bot") -> str:
    from bot import clock
    from bot.channels.bots import link_to
    from bot.desk import reach

    found = await link_to(bot, await reach.ticket(store, who, now=clock.now()))
    if found is None:
        fail("Telegram cannot be reached. Try again later.")
    return f"Give this to {who.name}. It works once, for 15 minutes:\n\n    {found}\n"


async def _mail(store: "SqliteStore", who: "Officer", address: str, by: "Post", origin: str) -> str:
    from bot import clock
    from bot.delivery import Later, Never
    from bot.reminders.confirming import ask

    try:
        await ask(store, who, address, by, origin.rstrip("/"), clock.now())
    except (Later, Never):
        fail(f"the mail server did not take the mail to {address}. Nothing changed.")
    return f"A mail with a link went to {address}. It works once, for a day; until then nothing changes."
