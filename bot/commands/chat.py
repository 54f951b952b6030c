"""``gehoord chat``: the conversation in the terminal."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot.commands.options import (
    Data,
    Locale,
    MaybeSchemeId,
    Now,
    SchemeFolder,
    data_of,
    database_of,
    fail,
    moment,
    scheme_of,
    schemes_of,
)

if TYPE_CHECKING:
    from bot.schemes import Schemes
    from bot.talk import Talk
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
    """Talk in the terminal. Time stands still there, but for /later 3d; without --data nothing is kept."""
    import asyncio
    import gc

    gc.disable()  # until the first prompt: what is loaded for it is no garbage, and to look takes 10 ms
    try:
        known = schemes_of(ctx, schemes)
        if scheme is None and json:
            fail(f"--json needs a scheme: add --scheme ID, one of {', '.join(known.ids())}.", 2)
        rules = scheme_of(known, scheme) if scheme else _choose(known)
        chosen = _Chosen(rules, known, moment(now), locale, data_of(ctx, data))
        asyncio.run(_talk(chosen, json=json, record=record))
    finally:
        gc.enable()


class _Chosen(NamedTuple):
    """What this conversation is about, when, in which language, and where it is kept (None: nowhere)."""

    scheme: "Scheme"
    schemes: "Schemes"
    now: datetime
    locale: str | None
    data: Path | None


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


async def _talk(chosen: _Chosen, *, json: bool, record: Path | None) -> None:
    """Hold the conversation, and close what it was kept in."""
    if chosen.data is None:
        nowhere = _nowhere(chosen)
        await (_json(nowhere, chosen) if json else _chat(nowhere, chosen, record))
        return

    from bot.kept_talk import KeptTalk, open_data
    from bot.line.stored import Stored, practice_confidant
    from bot.line.talking import Lined
    from storage.errors import Unready

    try:
        store = open_data(chosen.data, chosen.schemes, database_of())
    except Unready as error:
        fail(f"--data: {error}")
    async with store:
        confidant = await practice_confidant(store, chosen.data, chosen.scheme, chosen.now)
        kept = KeptTalk(store, chosen.schemes, chosen.scheme.id, chosen.now, chosen.locale)
        talk = Lined(kept, Stored(store, chosen.scheme, lambda: kept.now, confidant))
        await (_json(talk, chosen) if json else _chat(talk, chosen, record))


def _nowhere(chosen: _Chosen) -> "Talk":
    """A conversation that is kept nowhere; with lines where the organisation has them."""
    from bot.chance import fresh
    from bot.talk import Rehearsal
    from flows import line

    rehearsal = Rehearsal(chosen.scheme, chosen.now, fresh, locale=chosen.locale)
    if line.own(chosen.scheme) is None:
        return rehearsal

    from bot.line.ends import Rehearsed
    from bot.line.talking import Lined

    return Lined(rehearsal, Rehearsed(chosen.scheme, lambda: rehearsal.now))


async def _json(talk: "Talk", chosen: _Chosen) -> None:
    import gc
    import sys

    from bot import json_chat
    from flows.events import Started

    opening = await talk.handle(Started("terminal", chosen.locale))
    gc.enable()
    await json_chat.run(talk, opening, json_chat.stdin(), sys.stdout)


async def _chat(talk: "Talk", chosen: _Chosen, record: Path | None) -> None:
    import gc
    import threading

    from rich.console import Console

    from bot.recording import Recorder
    from bot.terminal import Terminal, keyboard
    from flows.events import Started

    try:
        recorder = Recorder(record, chosen.scheme, chosen.now, chosen.locale) if record else None
    except OSError as error:
        fail(f"--record: {record} cannot be written ({error.strerror}).", 2)
    opening = await talk.handle(Started("terminal", chosen.locale))
    terminal = Terminal(talk, Console(highlight=False), keyboard(), recorder=recorder)
    warming = threading.Timer(_READING, _warm, (chosen.scheme, opening.session.locale.partition("@")[0]))
    warming.daemon = True
    warming.start()
    gc.enable()
    try:
        await terminal.run(opening)
    finally:
        warming.cancel()


def _warm(scheme: "Scheme", language: str) -> None:
    """Read what the first answer needs."""
    import locales
    from flows import understand

    understand.warm(scheme, language)
    locales.warm(language)


_READING = 0.5
"""Seconds after which the word lists are read: the prompt stands there, and nobody types a first answer so soon."""
