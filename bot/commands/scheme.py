"""``gehoord scheme``: begin a new scheme, or see one as a picture."""

import typer

app = typer.Typer(help="Begin a scheme, or see one as a diagram.", no_args_is_help=True)
