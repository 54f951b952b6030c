"""``gehoord due``: the deadlines that begin on a day."""

from datetime import date
from typing import Annotated

import typer

from bot.commands.options import Data, SchemeFolder, SchemeId, fail, scheme_of, schemes_of


def due(
    ctx: typer.Context,
    scheme: SchemeId,
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help="The day of the event, such as 2026-05-20.")
    ],
    event: Annotated[str, typer.Option("--event", metavar="ID", help="What happened that day.")] = "received",
    regime: Annotated[
        str | None, typer.Option("--regime", metavar="ID", help="The law that applies, when it is known.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON: [{id, date, why}].")] = False,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Every deadline that begins with an event on a day, and why it is that day."""
    import msgspec

    from flows import terms
    from locales import reason

    rules = scheme_of(schemes_of(ctx, schemes), scheme)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        fail(f"--on: '{on}' is not a day. Write it as 2026-05-20.", 2)
    try:
        found = terms.due(rules, day, event, regime=regime)
    except ValueError as error:
        fail(f"{error}.", 2)
    lines = [{"id": item.id, "date": item.date, "why": reason(item.why, "nl")} for item in found]
    if json:
        typer.echo(msgspec.json.encode(lines).decode())
    elif not lines:
        typer.echo(f"{rules.name}: no term begins with '{event}'.")
    for line in () if json else lines:
        typer.echo(f"{line['date']}  {line['id']}\n            {line['why']}")
