"""Options that every command has, and how a command says that it cannot go on."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import msgspec
import typer

if TYPE_CHECKING:
    from bot.schemes import Schemes
    from flows.scheme import Scheme

SchemeFolder = Annotated[
    Path | None,
    typer.Option(
        "--schemes", envvar="GEHOORD_SCHEMES", metavar="DIR", help="More schemes: a folder with YAML files."
    ),
]
Data = Annotated[
    Path | None,
    typer.Option("--data", envvar="GEHOORD_DATA", metavar="DIR", help="Where everything is kept."),
]
SchemeId = Annotated[str, typer.Option("--scheme", metavar="ID", help="The organisation's scheme.")]
MaybeSchemeId = Annotated[
    str | None, typer.Option("--scheme", metavar="ID", help="The organisation's scheme.")
]
Locale = Annotated[
    str | None,
    typer.Option("--locale", metavar="LOCALE", help="Language and register: nl, nl@u, nl@kind, en."),
]
Now = Annotated[
    str | None,
    typer.Option("--now", metavar="ISO", help="The time it is, such as 2026-05-20T12:00 (Amsterdam)."),
]


class Chosen(msgspec.Struct, frozen=True):
    """What was chosen before the command's name: ``gehoord --data DIR cases list``."""

    schemes: Path | None = None
    data: Path | None = None


def fail(what: str, code: int = 1) -> NoReturn:
    """End the command with a sentence on what is wrong and what to do."""
    typer.echo(f"gehoord: {what}", err=True)
    raise typer.Exit(code)


def schemes_of(ctx: typer.Context, folder: Path | None) -> "Schemes":
    """The schemes of this run: those that ship, and those in the chosen folder."""
    from bot.schemes import Schemes

    chosen = folder or _before(ctx).schemes
    if chosen is not None and not chosen.is_dir():
        fail(f"--schemes: there is no folder {chosen}. Name a folder with scheme files (*.yaml).", 2)
    return Schemes(chosen)


def data_of(ctx: typer.Context, folder: Path | None) -> Path | None:
    """The data directory of this run, or None when none was chosen."""
    return folder or _before(ctx).data


def database_of() -> str | None:
    """Where the database is, if not in the data directory. It holds a password, so nothing repeats it."""
    import os

    chosen = os.environ.get("GEHOORD_DATABASE") or None
    if chosen is not None and not chosen.startswith(("postgresql://", "postgres://")):
        fail(
            "GEHOORD_DATABASE begins with postgresql://. Without it everything is kept in the data directory.",
            2,
        )
    return chosen


def scheme_of(schemes: "Schemes", id: str) -> "Scheme":
    """The scheme with this id; ends the command when there is none or its file is wrong."""
    from bot.schemes import UnknownScheme
    from flows.problems import SchemeError

    try:
        return schemes.load(id)
    except UnknownScheme as error:
        fail(str(error), 2)
    except SchemeError as error:
        fail("\n  ".join(["this scheme cannot be used:", *map(str, error.problems)]))


def moment(given: str | None) -> datetime:
    """The time that was given, or the time it is; in Amsterdam."""
    from bot.clock import Unreadable, instant, now

    if given is None:
        return now()
    try:
        return instant(given)
    except Unreadable as error:
        fail(f"--now: {error}", 2)


def _before(ctx: typer.Context) -> Chosen:
    found = ctx.find_object(Chosen)
    return found if found is not None else Chosen()
