"""``gehoord scheme``: begin a new scheme, or see one as a picture."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import Data, SchemeFolder, fail, scheme_of, schemes_of

app = typer.Typer(help="Begin a scheme, or see one as a diagram.", no_args_is_help=True)


@app.command("new")
def new(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to write it; without: on the screen.")
    ] = None,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """A commented template of a scheme, that passes the check as it is."""
    from importlib.resources import files

    template = files("bot").joinpath("scheme_template.yaml").read_text(encoding="utf-8")
    if file is None:
        typer.echo(template, nl=False)
        return
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(template)
    except FileExistsError:
        fail(f"{file} exists. Name a new file.", 2)
    except OSError as error:
        fail(f"{file} cannot be written ({error.strerror}).", 2)
    typer.echo(f"Fill in {file}, then run: gehoord check {file}")


@app.command("diagram")
def diagram(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="The scheme.")],
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """The scheme's ladder and agenda as Mermaid, for a page that draws it."""
    from flows.diagrams import agenda, ladder

    rules = scheme_of(schemes_of(ctx, schemes), id)
    for picture in (ladder(rules), agenda(rules)):
        typer.echo(f"```mermaid\n{picture.rstrip()}\n```\n")
