"""An SQL script as single statements."""

import sqlite3


def statements(script: str) -> list[str]:
    """The statements of a script, in order; `executescript` would end the transaction that they belong in."""
    found: list[str] = []
    buffer = ""
    for line in script.splitlines():
        if not buffer and (not line.strip() or line.startswith("--")):
            continue
        buffer += line + "\n"
        if sqlite3.complete_statement(buffer):
            found.append(buffer.strip().rstrip(";"))
            buffer = ""
    return found
