"""Rendered messages as plain text, for every channel that has no cards: the terminal's JSON, a text message."""

from locales import Line, Rendered


def plain(message: Rendered) -> str:
    """All that a person reads of a message, options aside: its text, the lines of its card, the text to copy."""
    return "\n".join(part for part in (message.text, *map(line, message.rows), message.body) if part)


def addressed(message: Rendered) -> str:
    """The same, with the address behind its door, where nothing can be pressed."""
    return f"{plain(message)}\n…{message.door.id}" if message.door else plain(message)


def line(row: Line) -> str:
    """One line of a card: "wanneer: maandag 11 mei 2026 (je zei: vorige week)"."""
    value = f"{row.label}: {row.value}" if row.label else row.value
    return f"{value} {row.words}" if row.words else value
