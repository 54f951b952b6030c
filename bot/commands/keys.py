"""``gehoord keys``, ``purge``, ``backup``, ``restore``, ``doctor``: keeping, forgetting, starting again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.office import data_there, in_store
from bot.commands.options import Data, SchemeFolder, data_of, database_of, fail, schemes_of

if TYPE_CHECKING:
    from storage.examination import Finding
    from storage.records import Purged
    from storage.sqlite import SqliteStore

app = typer.Typer(help="The keys of the program itself.", no_args_is_help=True)

KeyCopy = Annotated[
    Path, typer.Option("--keys", metavar="DIR", help="The copy of the keys: only the newest, kept elsewhere.")
]

_WAITS = {
    "hold": "a hold",
    "unread": "a reply that nobody has read",
    "term": "the client asked for the dossier",
}
"""Why a case is kept whose time has come."""


@app.command("rotate")
def rotate(ctx: typer.Context, schemes: SchemeFolder = None, data: Data = None) -> None:
    """Take a new process key into use. Nothing has to stop for it."""
    from bot import clock

    async def rotating(store: "SqliteStore") -> int:
        return await store.rotate_process_key(clock.now())

    typer.echo(f"A new process key is in use; {in_store(ctx, data, schemes, rotating)} conversations moved to it. "
               "Copy the keys now: gehoord backup.")  # fmt: skip


def purge(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be destroyed.")] = False,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Destroy what is due: drafts over 72 hours, and cases and lines whose time of keeping is over."""
    from bot import clock

    async def purging(store: "SqliteStore") -> "Purged":
        return await store.purge(clock.now(), dry=dry_run)

    done = in_store(ctx, data, schemes, purging)
    would = "would be " if done.dry else ""
    typer.echo(
        f"cases {would}destroyed: {len(done.cases)}" + (f" ({', '.join(done.cases)})" if done.cases else "")
    )
    typer.echo(f"drafts {would}wiped: {done.drafts}")
    typer.echo(f"day keys {would}destroyed: {len(done.days)}")
    for number, why in done.waiting:
        typer.echo(f"{number} waits: {_WAITS.get(why, why)}")


def backup(
    ctx: typer.Context,
    copies: Annotated[Path, typer.Argument(metavar="DIR", help="Where copies of the database go.")],
    keys: KeyCopy,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Copy the database while everything runs, and the keys over their last copy. Drafts are never in it."""
    from bot import clock
    from storage.errors import StoreError
    from storage.practice import is_practice
    from storage.sqlite.backup import back_up, copy_keys

    if copies.resolve() == keys.resolve():
        fail("keep the copy of the keys elsewhere than the copies of the database.", 2)
    chosen = data_there(ctx, data)
    try:
        if database_of() is not None and not is_practice(chosen):
            copy_keys(chosen / "keys", keys)
            typer.echo(
                f"keys: {keys}. The database is copied by PostgreSQL's own tools, before this command."
            )
            return
        copy = back_up(chosen, copies, keys, clock.now())
    except StoreError as error:
        fail(str(error))
    typer.echo(f"{copy} ({copy.stat().st_size // 1024} KiB); keys: {keys}")


def restore(
    ctx: typer.Context,
    keys: KeyCopy,
    copy: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A copy of the database.", exists=True, dir_okay=False),
    ] = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Start again from a backup in an empty data directory. What was destroyed since is destroyed again."""
    from bot import clock
    from storage.errors import NoDriver, StoreError
    from storage.sqlite.backup import restore as restore_copy

    chosen = data_of(ctx, data)
    if chosen is None:
        fail("into which data directory? Add --data DIR (or set GEHOORD_DATA).", 2)
    if not (keys / "shred.keys").exists():
        fail(f"--keys: {keys} holds no copy of the keys, and without it no case opens.", 2)
    database = database_of()
    if (copy is None) == (database is None):
        fail("name the copy of a SQLite database, or only the PostgreSQL database in GEHOORD_DATABASE.", 2)
    try:
        if copy is not None:
            gone = restore_copy(copy, keys, chosen, clock.now())
        else:
            try:
                from storage.postgres.restoring import restore as restore_server
            except ImportError:
                fail(str(NoDriver()))
            gone = restore_server(str(database), keys, chosen, clock.now())
    except StoreError as error:
        fail(str(error))
    typer.echo(f"Restored into {chosen}; destroyed again: {len(gone)} cases.")


def doctor(ctx: typer.Context, schemes: SchemeFolder = None, data: Data = None) -> None:
    """Look everything over: database, keys, forgetting, who can read. Exit 1 when something is wrong."""
    from bot import clock
    from flows import line
    from storage.examination import examine
    from storage.opening import keeping_of
    from storage.practice import is_practice

    async def nothing(store: "SqliteStore") -> None:
        """Opening it is the first thing to look at."""

    chosen = data_there(ctx, data)
    in_store(ctx, data, schemes, nothing)
    known = schemes_of(ctx, schemes)
    with_readers = [id for id in known.ids() if known.load(id).recipient is not None]
    with_lines = [id for id in known.ids() if line.own(known.load(id)) is not None]
    database = None if is_practice(chosen) else database_of()
    findings = examine(
        chosen,
        with_readers,
        clock.now(),
        lambda id: keeping_of(known.load(id)),
        database=database,
        lined=with_lines,
    )
    for finding in findings:
        typer.echo(f"{finding.level:<8} {_said(finding)}")
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(1)


def _said(finding: "Finding") -> str:
    """What a finding is, in a sentence."""
    details = ", ".join(finding.details)
    fine = finding.level == "fine"
    match finding.about:
        case "practice":
            return "real data" if fine else "this directory is for practice: its keys lie in the clear"
        case "database":
            return (
                "the database is whole" if fine else f"the database is damaged ({details}): restore a backup"
            )
        case "shred_keys":
            return (
                "every case has its shred key"
                if fine
                else f"no shred key, so these never open again: {details}"
            )
        case "forgetting":
            return (
                "forgetting is up to date"
                if fine
                else f"keys of {details} are overdue: run gehoord purge daily"
            )
        case "day_key":
            return f"today's key is of {details} (universal time)"
        case "scheme":
            scheme, *missing = finding.details
            return (
                f"{scheme} takes complaints"
                if fine
                else f"{scheme}: missing {', '.join(missing).replace('_', '-')}"
            )
        case "line":
            return (
                f"{details}: a confidant reads its line"
                if fine
                else f"{details} offers no line, for no confidant of it can read: gehoord line add --scheme {details}"
            )
        case "line_order":
            return (
                f"{details}: the log of PostgreSQL shows in which order people wrote on the line, which beside who "
                "chatted when can tell whose it is; unless it has one, give the line an installation of its own with "
                "SQLite (docs/operators.md)"
            )
        case "parked":
            return (
                "every message could be delivered"
                if fine
                else f"messages that cannot be delivered: {details}"
            )
        case "notices":
            return "every notice was sent" if fine else f"notices that wait for over an hour: {details}"
        case "server":
            return (
                "the server keeps what it says it keeps"
                if fine
                else f"the server may lose what it kept, or not see that its disk did: {details} is off"
            )
        case "statements":
            return (
                "PostgreSQL writes no statement in its log"
                if fine
                else f"PostgreSQL can write statements in its log, with what is kept: set {details}"
            )
        case "overwriting":
            return (
                f"keys are overwritten where they stand ({details})"
                if fine
                else f"keys are on {details}, which writes elsewhere than where they stood: use ext4 or xfs"
            )
        case "permissions":
            return (
                "keys are readable by their owner only" if fine else f"others can read these keys: {details}"
            )
        case other:
            return f"{other} {details}"
