"""``gehoord check``: validate schemes before they talk with anybody."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Data, SchemeFolder, fail, schemes_of

if TYPE_CHECKING:
    from flows.problems import Problem


def check(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE...]", help="Scheme files, or folders of them. Without: all schemes in use."
        ),
    ] = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Validate schemes: each problem with file, line and what to do. Exit 1 when one cannot be used."""
    from flows.checking import clashes, errors, examine

    texts = _named(files) if files else schemes_of(ctx, schemes).texts()
    if not texts:
        fail("there is no scheme file (*.yaml) there. Begin one with: gehoord scheme new.", 2)
    problems: list[Problem] = []
    unsigned: list[Problem] = []
    sound = []
    for name, text in texts:
        found = examine(text, name)
        problems += found.problems
        unsigned += found.unsigned
        if found.scheme is not None:
            sound.append((name, found.scheme))
    problems += clashes(sound)
    for problem in problems:
        typer.echo(f"{'warning: ' if problem.severity == 'warning' else ''}{problem}")
    for problem in unsigned:
        typer.echo(f"to sign off: {problem.file}:{problem.line}: {problem.what}")
    wrong = len(errors(problems))
    count = f"{len(texts)} scheme{'s' if len(texts) != 1 else ''}"
    typer.echo(
        f"{count} checked: {wrong} error{'s' if wrong != 1 else ''}, {len(problems) - wrong} warnings, "
        f"{len(unsigned)} to sign off."
    )
    raise typer.Exit(1 if wrong else 0)


def _named(files: list[Path]) -> tuple[tuple[str, bytes], ...]:
    """The named files, and those in the named folders, with their content."""
    found = [
        path for given in files for path in (sorted(given.glob("*.yaml")) if given.is_dir() else [given])
    ]
    read = []
    for path in found:
        try:
            read.append((str(path), path.read_bytes()))
        except OSError as error:
            fail(f"{path} cannot be read ({error.strerror}). Name a scheme file (*.yaml).")
    return tuple(read)
