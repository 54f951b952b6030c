"""The data files that ship inside the package: word lists, tables and schemes.

This is the one module of `flows` that reads anything, and it reads only what belongs to the program itself. By
`pkgutil`, not `importlib.resources`: that loads archives and temporary files, which costs every start 8 ms.
"""

import pkgutil
from functools import cache


@cache
def text(name: str) -> str:
    """The text of the package file `name`, a path relative to `flows/` such as ``understand/words/months.tsv``.

    Raises `FileNotFoundError` when the package does not hold it.
    """
    data = pkgutil.get_data("flows", name)
    if data is None:
        raise FileNotFoundError(name)  # said only by an importer that holds no data at all
    return data.decode()


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated package file; empty lines and lines that begin with ``#`` are left out."""
    return tuple(
        tuple(cell.strip() for cell in line.split("\t"))
        for line in text(name).splitlines()
        if line.strip() and not line.startswith("#")
    )
