"""``gehoord understand``: what a text is understood to hold."""

from typing import Annotated

import typer

from bot.commands.options import Data, Locale, Now, SchemeFolder, SchemeId, moment, scheme_of, schemes_of


def understand(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What a client might say.")],
    scheme: SchemeId,
    now: Now = None,
    locale: Locale = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """What is understood in a text, as JSON: fields with their place in the text, intent and danger."""
    import msgspec

    from flows import understand as understanding
    from flows.understand.findings import Context

    context = Context(
        scheme_of(schemes_of(ctx, schemes), scheme), moment(now), (locale or "nl").partition("@")[0]
    )
    report = understanding.report(understanding.understand(text, context))
    typer.echo(msgspec.json.encode(report).decode())
