"""What the commands of the office share: an open store, a known scheme, and errors as sentences."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from bot.commands.options import data_of, database_of, fail, scheme_of, schemes_of

if TYPE_CHECKING:
    from flows.scheme import Scheme
    from storage.sqlite import SqliteStore

T = TypeVar("T")


def scheme_known(ctx: typer.Context, folder: Path | None, id: str) -> "Scheme":
    """The scheme with this id, or the end of the command."""
    return scheme_of(schemes_of(ctx, folder), id)


def data_there(ctx: typer.Context, folder: Path | None, *, make: bool = False) -> Path:
    """The data directory; ends the command when none was named, or nothing is kept there (unless `make`)."""
    from storage.opening import is_kept

    chosen = data_of(ctx, folder)
    if chosen is None:
        fail("which data directory? Add --data DIR (or set GEHOORD_DATA).", 2)
    if not make and not is_kept(chosen, database_of()):
        fail(f"--data: there is nothing kept in {chosen}.", 2)
    return chosen


def in_store(
    ctx: typer.Context,
    folder: Path | None,
    schemes: Path | None,
    work: "Callable[[SqliteStore], Awaitable[T]]",
    *,
    make: bool = False,
) -> T:
    """Do some work in the store of the data directory. Whatever is refused ends the command with a sentence."""
    import asyncio

    from storage.errors import StoreError
    from storage.opening import keeping_of, open_practice, open_store
    from storage.practice import is_practice

    data, known = data_there(ctx, folder, make=make), schemes_of(ctx, schemes)

    async def working() -> T:
        practising = is_practice(data)
        async with (
            open_practice(data, (), lambda id: keeping_of(known.load(id)))
            if practising
            else open_store(data, lambda id: keeping_of(known.load(id)), database=database_of())
        ) as store:
            return await work(store)

    try:
        return asyncio.run(working())
    except StoreError as error:
        fail(str(error))
