"""``gehoord officer`` and ``gehoord recovery``: who can read complaints, and the key that is kept elsewhere."""

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.commands.linking import OfficerId, link
from bot.commands.office import in_store, scheme_known
from bot.commands.options import Data, MaybeSchemeId, SchemeFolder, SchemeId

if TYPE_CHECKING:
    from storage.officers import Unlocked
    from storage.sqlite import SqliteStore

T = TypeVar("T")
app = typer.Typer(help="Officers: who can read complaints.", no_args_is_help=True)
recovery = typer.Typer(help="The recovery key: printed once, and kept elsewhere.", no_args_is_help=True)

By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="ID", help="Who already has access, or 'recovery'; asks for their password."
    ),
]


@app.command("add")
def add(
    ctx: typer.Context,
    scheme: SchemeId,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="The role that the scheme names.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The name as clients know it.")],
    contact: Annotated[
        str, typer.Option("--contact", metavar="ADDRESS", help="Where notices without content go.")
    ] = "",
    by: By = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Add an officer with a password of their own. After the first of a scheme, a colleague lets them in (--by)."""
    from bot import clock

    found = scheme_known(ctx, schemes, scheme)
    roles = {found.recipient.role} if found.recipient else set()
    roles |= {confidant.id for confidant in found.confidants}
    if roles and role not in roles:
        typer.echo(f"Note: the scheme names no role '{role}', so no complaint goes to it. It names: "
                   f"{', '.join(sorted(roles))}.", err=True)  # fmt: skip
    password = _new_password(name)

    async def adding(store: "SqliteStore") -> str:
        officer = await store.add_officer(scheme, role, name, password, contact, now=clock.now())
        if officer.state == "active":
            return f"{officer.id} can read complaints now. Without a second officer there is no stand-in."
        if by is None:
            return f"{officer.id} waits. Let them in: gehoord officer approve {officer.id} --by ID"
        shared = await store.approve(officer.id, await _who(store, scheme, by), now=clock.now())
        return f"{officer.id} can read complaints now, {shared} of them from before."

    typer.echo(in_store(ctx, data, schemes, adding, make=True))


@app.command("approve")
def approve(
    ctx: typer.Context, officer: OfficerId, by: By = None, schemes: SchemeFolder = None, data: Data = None
) -> None:
    """Let a waiting officer in: someone who has access shares the cases of their role."""
    from bot import clock

    async def approving(store: "SqliteStore") -> str:
        who = await _who(store, officer.partition("/")[0], by)
        return f"{officer} can read complaints now, {await store.approve(officer, who, now=clock.now())} from before."

    typer.echo(in_store(ctx, data, schemes, approving))


@app.command("list")
def list_officers(
    ctx: typer.Context, scheme: MaybeSchemeId = None, schemes: SchemeFolder = None, data: Data = None
) -> None:
    """Who there is, per scheme, and what a scheme lacks to take complaints."""
    from bot import clock

    async def listing(store: "SqliteStore") -> list[str]:
        officers = await store.officers(scheme)
        lines = [f"{one.id:<40} {one.role:<24} {one.state:<9} {one.name}" for one in officers]
        for id in sorted({one.scheme for one in officers} | ({scheme} if scheme else set())):
            lacks = (await store.readiness(id, now=clock.now())).missing
            lines += [f"{id}: {', '.join(what.replace('_', '-') for what in lacks)} missing"] if lacks else []
        return lines

    for line in in_store(ctx, data, schemes, listing) or ["There are no officers."]:
        typer.echo(line)


@app.command("disable")
def disable(
    ctx: typer.Context, officer: OfficerId, by: By = None, schemes: SchemeFolder = None, data: Data = None
) -> None:
    """Close an officer's account. The keys of what they could read change now (--by), or when a colleague signs in."""
    from bot import clock

    async def disabling(store: "SqliteStore") -> str:
        who = await _who(store, officer.partition("/")[0], by) if by else None
        changed = await store.disable(officer, by=who, now=clock.now())
        rest = f"{changed} cases have new keys." if who else "Keys change when a colleague next signs in."
        return f"{officer} can no longer read anything. {rest}"

    typer.echo(in_store(ctx, data, schemes, disabling))


@app.command("reset")
def reset(
    ctx: typer.Context, officer: OfficerId, by: By = None, schemes: SchemeFolder = None, data: Data = None
) -> None:
    """A new password for an officer, by a colleague or the recovery key (--by recovery)."""
    from bot import clock

    async def resetting(store: "SqliteStore") -> str:
        who = await _who(store, officer.partition("/")[0], by)
        shared = await store.reset_password(officer, _new_password(officer), who, now=clock.now())
        return f"{officer} has a new password, and can read {shared} cases again."

    typer.echo(in_store(ctx, data, schemes, resetting))


app.command("link")(link)


@recovery.command("new")
def new_recovery_key(
    ctx: typer.Context, scheme: SchemeId, schemes: SchemeFolder = None, data: Data = None
) -> None:
    """Print a new recovery key once, and take it into use when it has been typed back."""
    from bot import clock
    from storage.errors import WrongRecovery
    from storage.officers import new_recovery

    scheme_known(ctx, schemes, scheme)
    public, secret = new_recovery()
    typer.echo("Write this key down, on paper, and keep it where the server is not. It is shown once.\n")
    typer.echo(f"    {' '.join(secret[at : at + 6] for at in range(0, len(secret), 6))}\n")

    async def setting(store: "SqliteStore") -> bool:
        for _ in range(3):
            typed = typer.prompt("Type it back from the paper")
            try:
                await store.set_recovery(scheme, public, typed, now=clock.now())
            except WrongRecovery:
                typer.echo("That is not the key. Look again.", err=True)
            else:
                return True
        return False

    if not in_store(ctx, data, schemes, setting, make=True):
        typer.echo("The key was not taken into use.", err=True)
        raise typer.Exit(1)
    typer.echo(f"The recovery key of {scheme} is in use.")


async def _who(store: "SqliteStore", scheme: str, by: str | None) -> "Unlocked":
    """Someone who has access, by their password or the recovery key."""
    from bot import clock

    if by is None:
        by = typer.prompt("Who has access? An officer's id, or 'recovery'")
    if by == "recovery":
        return await store.unlock_recovery(
            scheme, typer.prompt("Recovery key", hide_input=True), now=clock.now()
        )
    return await store.unlock(by, typer.prompt(f"Password of {by}", hide_input=True), now=clock.now())


def _new_password(name: str) -> str:
    """A password typed twice; three words or twelve characters at least."""
    while True:
        password: str = typer.prompt(f"New password of {name}", hide_input=True, confirmation_prompt=True)
        if len(password) >= 12:
            return password
        typer.echo("Too short: take at least twelve characters, four words for instance.", err=True)
