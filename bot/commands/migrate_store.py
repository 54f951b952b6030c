"""``gehoord migrate-store``: from SQLite to PostgreSQL."""

import typer

from bot.commands.options import Data, SchemeFolder, data_of, database_of, fail


def migrate_store(ctx: typer.Context, schemes: SchemeFolder = None, data: Data = None) -> None:
    """Move all that is kept from SQLite to the empty PostgreSQL database that GEHOORD_DATABASE names.

    Every row is compared; then the SQLite file is overwritten and removed. After a kill, run it again: it goes on.
    """
    from storage.errors import NoDriver, StoreError

    chosen, database = data_of(ctx, data), database_of()
    if chosen is None:
        fail("which data directory? Add --data DIR (or set GEHOORD_DATA).", 2)
    if database is None:
        fail("where to? Set GEHOORD_DATABASE to postgresql://USER:PASSWORD@HOST/NAME.", 2)
    try:
        from storage.postgres.moving import Moving
    except ImportError:
        fail(str(NoDriver()))
    try:
        rows = Moving(chosen, database).run(
            lambda table, done, whole: typer.echo(f"{table:<15} {done:>9} of {whole}")
        )
    except StoreError as error:
        fail(str(error))
    typer.echo(f"Moved {rows} rows, each compared. The SQLite file is gone; start gehoord serve.")
