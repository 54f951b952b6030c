"""``gehoord cases``: filed cases, without a browser."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands import dossiers
from bot.commands.options import (
    Data,
    MaybeSchemeId,
    SchemeFolder,
    data_of,
    database_of,
    fail,
    schemes_of,
)

if TYPE_CHECKING:
    from bot.schemes import Schemes
    from storage.officers import Unlocked
    from storage.records import CaseLine
    from storage.sqlite import SqliteStore

app = typer.Typer(help="Filed cases: which there are, and what an officer reads.", no_args_is_help=True)


@app.command("list")
def list_cases(
    ctx: typer.Context,
    scheme: MaybeSchemeId = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="open|closed", help="Only these; without: all.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON, one array.")] = False,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Cases without content, the newest first: number, kind, when received, and what is due."""
    import asyncio

    import msgspec

    standing: Literal["open", "closed"] | None
    match status:
        case None | "open" | "closed":
            standing = status
        case _:
            fail(f"--status: '{status}' is neither open nor closed.", 2)
    known = schemes_of(ctx, schemes)

    async def read() -> "tuple[CaseLine, ...]":
        async with _store(ctx, data, known) as store:
            return await store.cases(scheme, standing)

    lines = asyncio.run(read())
    if json:
        typer.echo(msgspec.json.encode([_plain(line) for line in lines]).decode())
        return
    for line in lines:
        due = ", ".join(
            f"{term.deadline.id} {term.deadline.date}" for term in line.terms if term.state == "running"
        )
        typer.echo(f"{line.number:<12} {line.scheme:<18} {line.kind:<11} {line.status:<7} "
                   f"{line.received:%Y-%m-%d}  {due}".rstrip())  # fmt: skip
    if not lines:
        typer.echo("There are no cases.")


@app.command("show")
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The case's number, such as BG-7K4Q-92.")],
    officer: Annotated[
        str | None, typer.Option("--officer", metavar="ID", help="Who reads it; asks for their password.")
    ] = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """The intake summary of a case, opened with an officer's key. It is logged."""
    import asyncio

    from bot import clock
    from bot.summaries import plain, summary
    from flows.messages import Phrase
    from locales import text

    known = schemes_of(ctx, schemes)

    async def read() -> str:
        async with _store(ctx, data, known) as store:
            line = await store.case(number.upper())
            who = await _unlocked(store, line, officer, _data(ctx, data))
            dossier = await store.open_case(line.number, who, now=clock.now())
            page = summary(dossier, known.load(line.scheme))
            return plain(page, text(Phrase("office.words"), "nl"))

    from storage.errors import Broken, Refused

    try:
        typer.echo(asyncio.run(read()))
    except (Refused, Broken) as error:
        fail(f"{error} See: gehoord cases list.")


async def _unlocked(store: "SqliteStore", line: "CaseLine", officer: str | None, data: Path) -> "Unlocked":
    """The key that opens the case: the practice officer's, or the named officer's by password."""
    from bot import clock
    from storage.practice import is_practice, practice_officer

    if is_practice(data):
        return practice_officer(data, line.scheme)
    if officer is None:
        fail("a case is sealed: add --officer ID, and type that officer's password.", 2)
    password = typer.prompt(f"Password of {officer}", hide_input=True)
    return await store.unlock(officer, password, now=clock.now())


def _data(ctx: typer.Context, folder: Path | None) -> Path:
    from storage.opening import is_kept

    chosen = data_of(ctx, folder)
    if chosen is None:
        fail("where are the cases? Add --data DIR (or set GEHOORD_DATA).", 2)
    if not is_kept(chosen, database_of()):
        fail(f"--data: there is nothing kept in {chosen}.", 2)
    return chosen


def _store(ctx: typer.Context, folder: Path | None, schemes: "Schemes") -> "SqliteStore":
    from bot.kept_talk import open_data
    from storage.errors import Unready

    try:
        return open_data(_data(ctx, folder), schemes, database_of())
    except Unready as error:
        fail(str(error))


def _plain(line: "CaseLine") -> dict[str, object]:
    return {
        "number": line.number,
        "scheme": line.scheme,
        "kind": line.kind,
        "status": line.status,
        "received": line.received.isoformat(),
        "deadlines": [
            {"id": term.deadline.id, "date": term.deadline.date, "state": term.state} for term in line.terms
        ],
    }


app.command()(dossiers.hold)
app.command()(dossiers.release)
app.command()(dossiers.export)
