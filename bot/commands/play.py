"""``gehoord play``: run transcripts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Data, Locale, Now, SchemeFolder, fail, moment, scheme_of, schemes_of

if TYPE_CHECKING:
    from bot.playing import Difference
    from bot.schemes import Schemes
    from bot.transcripts import Transcript

NOON = "2026-05-20T12:00"
"""When a transcript happens that does not say so: a Wednesday."""


def play(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Transcripts, folders of them (*.txt), or Markdown that holds some."
        ),
    ],
    scheme: Annotated[
        str | None, typer.Option("--scheme", metavar="ID", help="For files that name no scheme.")
    ] = None,
    now: Now = None,
    locale: Locale = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Write what came into the files, to be read before it is kept.")
    ] = False,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Run transcripts: conversations written as text. Exit 1, with a diff, when one goes otherwise."""
    import asyncio

    from bot.playing import accepted
    from bot.transcripts import Unplayable

    known = schemes_of(ctx, schemes)
    played = failed = 0
    for file in _files(files):
        text = _text(file)
        differences: tuple[Difference, ...] = ()
        try:
            for transcript in _transcripts(text, file):
                played += 1
                found = asyncio.run(_differences(transcript, known, scheme, now, locale))
                failed += bool(found)
                differences += found
        except Unplayable as error:
            fail(str(error), 2)
        for difference in differences:
            typer.echo(str(difference))
        if accept and differences:
            file.write_text(accepted(text, differences), encoding="utf-8")
    count = f"{played} transcript{'' if played == 1 else 's'}"
    typer.echo(f"{count} played, {failed} went otherwise." if failed else f"{count} played, all as written.")
    raise typer.Exit(1 if failed else 0)


def _files(given: list[Path]) -> list[Path]:
    return [path for one in given for path in (sorted(one.rglob("*.txt")) if one.is_dir() else [one])]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} cannot be read ({error}). Name a transcript, a UTF-8 text file.", 2)


def _transcripts(text: str, file: Path) -> "list[Transcript]":
    from bot.transcripts import fenced, read

    return [read(part, str(file)) for part in (fenced(text) if file.suffix == ".md" else (text,))]


async def _differences(
    transcript: "Transcript", schemes: "Schemes", scheme: str | None, now: str | None, locale: str | None
) -> "tuple[Difference, ...]":
    from bot.chance import seeded
    from bot.playing import Player
    from bot.transcripts import Unplayable

    id = transcript.headers.get("scheme") or scheme
    if id is None:
        raise Unplayable(f"{transcript.name}: no scheme. Begin with 'scheme: blijf-groep', or add --scheme.")
    player = Player(
        transcript,
        scheme_of(schemes, id),
        moment(transcript.headers.get("now") or now or NOON),
        seeded(transcript.name),
        platform=transcript.headers.get("platform", "terminal"),
        locale=transcript.headers.get("locale") or locale,
    )
    return await player.play()
