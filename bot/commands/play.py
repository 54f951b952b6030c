"""``gehoord play``: run transcripts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Data, Locale, Now, SchemeFolder, fail, moment, scheme_of, schemes_of

if TYPE_CHECKING:
    from bot.playing import Difference
    from bot.transcripts import Transcript

NOON = "2026-05-20T12:00"
"""When a transcript happens that does not say so: a Wednesday."""


def play(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Transcripts, or folders that hold them.")
    ],
    scheme: Annotated[
        str | None, typer.Option("--scheme", metavar="ID", help="For files that name no scheme.")
    ] = None,
    now: Now = None,
    locale: Locale = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Run transcripts: conversations written as text. Exit 1, with a diff, when one goes otherwise."""
    import asyncio

    from bot.transcripts import Unplayable, read

    found = [
        path for given in files for path in (sorted(given.rglob("*.txt")) if given.is_dir() else [given])
    ]
    failed = 0
    for file in found:
        try:
            transcript = read(file.read_text(encoding="utf-8"), str(file))
            differences = asyncio.run(_differences(ctx, transcript, scheme, now, locale, schemes))
        except (OSError, UnicodeDecodeError) as error:
            fail(f"{file} cannot be read ({error}). Name a transcript, a UTF-8 text file.", 2)
        except Unplayable as error:
            fail(str(error), 2)
        failed += bool(differences)
        for difference in differences:
            typer.echo(str(difference))
    count = f"{len(found)} transcript{'s' if len(found) != 1 else ''}"
    typer.echo(f"{count} played, {failed} went otherwise." if failed else f"{count} played, all as written.")
    raise typer.Exit(1 if failed else 0)


async def _differences(
    ctx: typer.Context,
    transcript: "Transcript",
    scheme: str | None,
    now: str | None,
    locale: str | None,
    folder: Path | None,
) -> "tuple[Difference, ...]":
    from bot.chance import seeded
    from bot.playing import Player
    from bot.transcripts import Unplayable

    id = transcript.headers.get("scheme") or scheme
    if id is None:
        raise Unplayable(f"{transcript.name}: no scheme. Begin with 'scheme: blijf-groep', or add --scheme.")
    player = Player(
        transcript,
        scheme_of(schemes_of(ctx, folder), id),
        moment(transcript.headers.get("now") or now or NOON),
        seeded(transcript.name),
        platform=transcript.headers.get("platform", "terminal"),
        locale=transcript.headers.get("locale") or locale,
    )
    return await player.play()
