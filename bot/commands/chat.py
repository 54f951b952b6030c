"""``gehoord chat``: the conversation in the terminal."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import (
    Data,
    Locale,
    MaybeSchemeId,
    Now,
    SchemeFolder,
    fail,
    moment,
    scheme_of,
    schemes_of,
)

if TYPE_CHECKING:
    from bot.schemes import Schemes
    from flows.scheme import Scheme


def chat(
    ctx: typer.Context,
    scheme: MaybeSchemeId = None,
    locale: Locale = None,
    now: Now = None,
    json: Annotated[bool, typer.Option("--json", help="One line in, one line out, as JSON.")] = False,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="Write the conversation as a transcript test."),
    ] = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Talk in the terminal. Time stands still there, but for /later 3d."""
    import asyncio

    known = schemes_of(ctx, schemes)
    if scheme is None and json:
        fail(f"--json needs a scheme: add --scheme ID, one of {', '.join(known.ids())}.", 2)
    rules = scheme_of(known, scheme) if scheme else _choose(known)
    at = moment(now)
    asyncio.run(_json(rules, at, locale) if json else _chat(rules, at, locale, record))


def _choose(schemes: "Schemes") -> "Scheme":
    """Let the person at the terminal choose the organisation."""
    from flows.messages import Message
    from locales import render

    names = [scheme_of(schemes, id) for id in schemes.ids()]
    for number, scheme in enumerate(names, 1):
        typer.echo(f"  {number} {scheme.name}")
    while True:
        try:
            given = input(render(Message("terminal.which"), "nl").text + " ").strip()
        except (EOFError, KeyboardInterrupt):
            raise typer.Exit(0) from None
        if given.isdigit() and 1 <= int(given) <= len(names):
            return names[int(given) - 1]
        found = [scheme for scheme in names if given and given.lower() in (scheme.id, scheme.name.lower())]
        if found:
            return found[0]
        typer.echo(render(Message("terminal.which.again", (("last", len(names)),)), "nl").text)


async def _json(scheme: "Scheme", now: datetime, locale: str | None) -> None:
    import sys

    from bot import json_chat
    from bot.chance import fresh
    from bot.talk import Rehearsal
    from flows.events import Started

    talk = Rehearsal(scheme, now, fresh, locale=locale)
    opening = await talk.handle(Started("terminal", locale))
    await json_chat.run(talk, opening, json_chat.stdin(), sys.stdout)


async def _chat(scheme: "Scheme", now: datetime, locale: str | None, record: Path | None) -> None:
    from rich.console import Console

    from bot.chance import fresh
    from bot.recording import Recorder
    from bot.talk import Rehearsal
    from bot.terminal import Terminal, keyboard
    from flows.events import Started

    try:
        recorder = Recorder(record, scheme, now, locale) if record else None
    except OSError as error:
        fail(f"--record: {record} cannot be written ({error.strerror}).", 2)
    talk = Rehearsal(scheme, now, fresh, locale=locale)
    opening = await talk.handle(Started("terminal", locale))
    await Terminal(talk, Console(highlight=False), keyboard(), recorder=recorder).run(opening)
