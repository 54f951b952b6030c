"""``gehoord line``: a confidant's inbox, without a browser."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.office import in_store
from bot.commands.options import Data, SchemeFolder, fail

if TYPE_CHECKING:
    from storage.officers import Unlocked
    from storage.sqlite import SqliteStore

app = typer.Typer(help="The anonymous line: a confidant reads and answers.", no_args_is_help=True)

Confidant = Annotated[
    str, typer.Option("--officer", metavar="ID", help="The confidant; asks for their password.")
]


@app.command("add")
def add(
    ctx: typer.Context,
    scheme: Annotated[str, typer.Option("--scheme", metavar="ID", help="The organisation's scheme.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The name as clients know it.")],
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Add a confidant with a password of their own. They read lines, and no case."""
    from bot import clock
    from bot.commands.office import scheme_known
    from flows import line as lines

    if lines.own(scheme_known(ctx, schemes, scheme)) is None:
        fail(f"the scheme {scheme} names no confidant of its own with a line.", 2)
    password = typer.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True)

    async def adding(store: "SqliteStore") -> str:
        officer = await store.add_confidant(scheme, name, password, now=clock.now())
        return f"{officer.id} can read lines that are opened from now on."

    typer.echo(in_store(ctx, data, schemes, adding, make=True))


@app.command("inbox")
def inbox(ctx: typer.Context, officer: Confidant, schemes: SchemeFolder = None, data: Data = None) -> None:
    """The confidant's lines: danger first, then what is unread."""
    from bot.line.inbox import dangerous
    from bot.line.words import unread

    async def listing(store: "SqliteStore") -> list[str]:
        found = await store.lines_of(await _who(store, officer))
        ordered = sorted(found, key=lambda line: (not dangerous(line), not unread(line), line.ref))
        return [
            f"{line.ref}  {unread(line):>3} unread  {'danger' if dangerous(line) else '':<6}  "
            f"{'wiped' if line.gone else 'closed' if line.closed else ''}".rstrip()
            for line in ordered
        ]

    for row in in_store(ctx, data, schemes, listing) or ["There are no lines."]:
        typer.echo(row)


@app.command("reply")
def reply(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="LINE", help="The line, as the inbox names it.")],
    officer: Confidant,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="The answer; without it, the line is read.")
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="It is the last word: the talk ends.")] = False,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Read a line, which then counts as read; with --text, answer on it."""
    import secrets

    import msgspec

    from bot import clock
    from bot.line.words import content
    from flows.line import Said

    async def reading(store: "SqliteStore") -> list[str]:
        who = await _who(store, officer)
        if text is not None and text.strip():
            body = msgspec.json.encode(Said(text.strip()))
            await store.answer_on_line(who, ref, body, secrets.token_hex(8), now=clock.now(), last=last)
        line = await store.take_line(who, ref, now=clock.now())
        said = [(word, content(word)) for word in line.words]
        return [
            f"{word.at:%Y-%m-%d %H}h  {word.by or 'client'}: {told.text or (f'[{told.file}]' if told.file else '')}"
            for word, told in said
        ]

    for row in in_store(ctx, data, schemes, reading):
        typer.echo(row)


async def _who(store: "SqliteStore", officer: str) -> "Unlocked":
    from bot import clock

    password = typer.prompt(f"Password of {officer}", hide_input=True, err=True)
    return await store.unlock(officer, password, now=clock.now())
