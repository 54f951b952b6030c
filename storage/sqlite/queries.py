"""The named queries of ``queries/*.sql``, a file for each audience. Each begins with ``-- name: purpose``."""

import re
from functools import cache
from importlib.resources import files


@cache
def queries() -> dict[str, str]:
    """All queries by name; a name is given once."""
    found: dict[str, str] = {}
    for file in sorted(files("storage").joinpath("sqlite/queries").iterdir(), key=lambda file: file.name):
        parts = re.split(r"^-- (\w+): .*$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for name, sql in zip(parts[1::2], parts[2::2], strict=True):
            assert name not in found, f"two queries are called {name}"
            found[name] = sql.strip().rstrip(";")
    return found


@cache
def script(migration: str) -> str:
    """What a migration runs."""
    return files("storage").joinpath(f"sqlite/migrations/{migration}.sql").read_text(encoding="utf-8")
