"""The data files that ship inside the package: word lists, tables and schemes.

This is the one module of `flows` that reads anything, and it reads only what belongs to the program itself.
"""

from functools import cache
from importlib.resources import files


@cache
def text(name: str) -> str:
    """The text of the package file `name`, a path relative to `flows/` such as ``understand/words/months.tsv``.

    Raises `FileNotFoundError` when the package does not hold it.
    """
    return files("flows").joinpath(name).read_text(encoding="utf-8")


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated package file; empty lines and lines that begin with ``#`` are left out."""
    return tuple(
        tuple(cell.strip() for cell in line.split("\t"))
        for line in text(name).splitlines()
        if line.strip() and not line.startswith("#")
    )
