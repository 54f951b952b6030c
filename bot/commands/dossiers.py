"""``gehoord cases hold``, ``release`` and ``export``: deferring destruction, and handing a dossier over."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.office import data_there, in_store
from bot.commands.options import Data, SchemeFolder, fail

if TYPE_CHECKING:
    from storage.sqlite import SqliteStore

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The case's number, such as BG-7K4Q-92.")]


def hold(
    ctx: typer.Context,
    number: Number,
    name: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decided it.")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; sealed for who can read the case.")
    ],
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Keep a case longer than its time, with a name and a reason."""
    from bot import clock

    if not name.strip() or not reason.strip():
        fail("a hold needs a name (--by) and a reason (--reason).", 2)

    async def holding(store: "SqliteStore") -> None:
        await store.hold(number.upper(), name, reason, now=clock.now())

    in_store(ctx, data, schemes, holding)
    typer.echo(f"{number.upper()} is kept until: gehoord cases release {number.upper()} --by NAME")


def release(
    ctx: typer.Context,
    number: Number,
    name: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decided it.")],
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """End a hold: the case goes when its time is over."""
    from bot import clock

    async def releasing(store: "SqliteStore") -> None:
        await store.release(number.upper(), name, now=clock.now())

    in_store(ctx, data, schemes, releasing)
    typer.echo(f"{number.upper()} is no longer held.")


def export(
    ctx: typer.Context,
    number: Number,
    folder: Annotated[Path, typer.Option("--to", metavar="DIR", help="An empty folder for the files.")],
    officer: Annotated[
        str | None, typer.Option("--officer", metavar="ID", help="Who exports; asks for their password.")
    ] = None,
    redacted: Annotated[
        bool,
        typer.Option(
            "--redacted", help="Only what someone needs to respond: not who or where the client is."
        ),
    ] = False,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Write a dossier as JSON with its files, for a person to hand over. It is logged."""
    import msgspec

    from bot import clock
    from storage.dossiers import copy_of, extract_of
    from storage.practice import is_practice, practice_officer

    if folder.exists() and any(folder.iterdir()):
        fail(f"--to: {folder} is not empty.", 2)
    chosen = data_there(ctx, data)

    async def exporting(store: "SqliteStore") -> dict[str, bytes]:
        line = await store.case(number.upper())
        if is_practice(chosen):
            who = practice_officer(chosen, line.scheme)
        elif officer is None:
            fail("a case is sealed: add --officer ID, and type that officer's password.", 2)
        else:
            who = await store.unlock(
                officer, typer.prompt(f"Password of {officer}", hide_input=True), now=clock.now()
            )
        why = "exported_extract" if redacted else "exported"
        dossier = await store.open_case(line.number, who, now=clock.now(), why=why)
        if redacted:
            return {f"{line.number}-extract.json": _json(extract_of(dossier))}
        files: dict[str, bytes] = {}
        for position, ref in enumerate(dossier.attachments, 1):
            found = await store.open_attachment(line.number, ref, who, now=clock.now())
            files[f"{line.number}-{position}{_ending(found.name)}"] = found.data
        return {f"{line.number}.json": _json(copy_of(dossier, list(files))), **files}

    def _json(value: object) -> bytes:
        return msgspec.json.format(msgspec.json.encode(value), indent=2)

    files = in_store(ctx, data, schemes, exporting)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in files.items():
        (folder / name).write_bytes(content)
        typer.echo(str(folder / name))


def _ending(name: str) -> str:
    """The ending of a client's file name, if it is a plain one."""
    ending = Path(name).suffix.lower()
    return ending if ending[1:].isalnum() and len(ending) <= 6 else ""
