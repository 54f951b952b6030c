"""The named queries of ``queries.sql``. Each begins with ``-- name: purpose``."""

import re
from functools import cache
from importlib.resources import files


@cache
def queries() -> dict[str, str]:
    """All queries by name."""
    text = files("storage").joinpath("sqlite/queries.sql").read_text(encoding="utf-8")
    parts = re.split(r"^-- (\w+): .*$", text, flags=re.MULTILINE)
    return {name: sql.strip().rstrip(";") for name, sql in zip(parts[1::2], parts[2::2], strict=True)}


@cache
def schema() -> str:
    """The schema that a new database gets."""
    return files("storage").joinpath("sqlite/schema.sql").read_text(encoding="utf-8")
