"""The command line: ``gehoord COMMAND``. Each command imports what it needs when it runs, and nothing before."""

import typer

from bot.commands import (
    cases,
    chat,
    check,
    dossiers,
    due,
    keys,
    line,
    migrate_store,
    officers,
    play,
    remind,
    scheme,
    serve,
    understand,
)
from bot.commands.options import Chosen, Data, SchemeFolder

app = typer.Typer(
    name="gehoord",
    help="Hear what is wrong, in a chat; and never miss a term.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command()(serve.serve)
app.command()(chat.chat)
app.command()(play.play)
app.command()(check.check)
app.command()(understand.understand)
app.command()(due.due)
app.command()(remind.remind)
app.command()(keys.purge)
app.command()(keys.backup)
app.command()(keys.restore)
app.command()(keys.doctor)
app.command("migrate-store")(migrate_store.migrate_store)
cases.app.command()(dossiers.hold)
cases.app.command()(dossiers.release)
cases.app.command()(dossiers.export)
app.add_typer(cases.app, name="cases")
app.add_typer(officers.app, name="officer")
app.add_typer(officers.recovery, name="recovery")
app.add_typer(keys.app, name="keys")
app.add_typer(line.app, name="line")
app.add_typer(scheme.app, name="scheme")


@app.callback()
def everywhere(ctx: typer.Context, schemes: SchemeFolder = None, data: Data = None) -> None:
    """Gehoord: hear what is wrong, in a chat; and never miss a term."""
    ctx.obj = Chosen(schemes, data)


def main() -> None:
    """Run the command line."""
    app(prog_name="gehoord")


if __name__ == "__main__":
    main()
