"""The command line: ``gehoord COMMAND``. Only the command that was asked for is loaded, and it imports what it needs.

A name of `COMMANDS` leads to the module and the function, or the group of commands, that it stands for. All are
loaded where all are shown: by ``--help``, and where a name is not known and the nearest is suggested.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cache
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup

from bot.commands.options import Chosen, Data, SchemeFolder

COMMANDS = {
    "serve": "serve:serve",
    "chat": "chat:chat",
    "play": "play:play",
    "check": "check:check",
    "understand": "understand:understand",
    "due": "due:due",
    "remind": "remind:remind",
    "purge": "keys:purge",
    "backup": "keys:backup",
    "restore": "keys:restore",
    "doctor": "keys:doctor",
    "migrate-store": "migrate_store:migrate_store",
    "cases": "cases:app",
    "officer": "officers:app",
    "recovery": "officers:recovery",
    "keys": "keys:app",
    "line": "line:app",
    "scheme": "scheme:app",
}


class _Loaded(Mapping[str, Any]):
    """The commands by name as Typer makes them, of a type of its own; each is made when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        return _made(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Commands(TyperGroup):
    """All commands. Typer itself would load and make every one of them for any one that is run (15 ms)."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast(MutableMapping[str, Any], _Loaded())


def _typer(help: str | None = None) -> typer.Typer:
    return typer.Typer(
        name="gehoord",
        cls=_Commands if help else None,
        help=help,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


@cache
def _made(name: str) -> Any:
    module, _, attribute = COMMANDS[name].partition(":")
    found = getattr(import_module(f"bot.commands.{module}"), attribute)
    alone = _typer()
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name)
    else:
        alone.command(name)(found)
    return typer.main.get_group(alone).commands[name]


app = _typer("Hear what is wrong, in a chat; and never miss a term.")


@app.callback()
def everywhere(ctx: typer.Context, schemes: SchemeFolder = None, data: Data = None) -> None:
    """Gehoord: hear what is wrong, in a chat; and never miss a term."""
    ctx.obj = Chosen(schemes, data)


def main() -> None:
    """Run the command line."""
    app(prog_name="gehoord")


if __name__ == "__main__":
    main()
