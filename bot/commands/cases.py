"""``gehoord cases``: filed cases, without a browser."""

import typer

app = typer.Typer(help="Filed cases.", no_args_is_help=True)
