"""``gehoord remind``: one sweep now, as `gehoord serve` makes one every minute."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.office import in_store
from bot.commands.options import Data, SchemeFolder, fail, schemes_of

if TYPE_CHECKING:
    from storage.sqlite import SqliteStore

Dry = Annotated[bool, typer.Option("--dry", help="Only say what is due; nothing is sent.")]
Origin = Annotated[
    str | None,
    typer.Option(
        "--origin", envvar="GEHOORD_ORIGIN", metavar="URL", help="The address of the desk, with https."
    ),
]


def remind(
    ctx: typer.Context,
    dry: Dry = False,
    origin: Origin = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Remind officers now of what is due, by mail or Telegram and in their office hours. Without content."""
    import os

    from bot import clock
    from bot.channels.bots import bots
    from bot.reminders import post
    from bot.reminders.round import one_round

    known = schemes_of(ctx, schemes)
    try:
        by = post.setting(os.environ)
    except post.Wrong as error:
        fail(str(error), 2)

    async def due(store: "SqliteStore") -> list[str]:
        rungs = await store.due_rungs(clock.now())
        lines = [f"{one.number}  {one.term:<24} {one.rung:<9} {one.date}" for one in rungs]
        return lines or ["Nothing is due."]

    async def reminding(store: "SqliteStore") -> list[str]:
        from bot.reminders.messenger import Messenger

        assert origin is not None
        async with Messenger(chosen) as messenger:
            done = await one_round(store, known, by, origin.rstrip("/"), clock.now, messenger)
        return [f"{done.posted} mails put on their way, {done.sent} sent."]

    chosen = bots(os.environ, known.ids())
    if not dry and by is None and not chosen:
        fail(f"no mail can go out: set {post.HOST}, or look with --dry.", 2)
    if not dry and origin is None:
        fail("mails link to the desk: add --origin URL (or set GEHOORD_ORIGIN).", 2)
    for line in in_store(ctx, data, schemes, due if dry else reminding):
        typer.echo(line)
