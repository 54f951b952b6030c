"""A mail to an officer as Telegram shows it: the same lines without content, and two buttons below each that is due."""

from collections.abc import Sequence
from datetime import datetime

from bot.channels.showing import OFFICE, Button, Rows
from bot.desk.afar import Links
from bot.reminders.mail import Line, lines_of
from flows.messages import Phrase
from flows.scheme import Scheme
from locales import text
from storage.reminding import Mail

PRESS = f"{OFFICE}p"
"""What the data of a button begins with that says 'done' or 'later'; a token stands behind it (`bot.desk.afar`)."""

TOGETHER = 10
"""So many lines go in one message: it stays far below what Telegram takes, and fits a screen or two."""

Note = tuple[str, Rows]
"""The words of one message, and its buttons."""


def notes(
    mail: Mail, scheme: Scheme, origin: str, now: datetime, links: Sequence[Links], locale: str
) -> list[Note]:
    """The messages that tell this; `links` are what the buttons of its items carry (`bot.desk.afar.buttons`)."""
    lines = lines_of(mail, scheme, origin, now.date(), locale)
    several = len(lines) > 1
    blocks = [_block(line, at if several else 0) for at, line in enumerate(lines, 1)]
    rows = [_row(link, at if several else 0, locale) for at, link in enumerate(links, 1)]
    lead = text(Phrase("mail.urgent" if mail.kind == "urgent" else "mail.lead"), locale)
    foot = [text(Phrase("mail.telegram.foot"), locale)]
    if any(link.done for link in links):
        foot.append(text(Phrase("mail.telegram.uninvolved"), locale))
    made = []
    for at in range(0, len(blocks), TOGETHER):
        last = at + TOGETHER >= len(blocks)
        words = [
            *([lead] if at == 0 else []),
            *blocks[at : at + TOGETHER],
            *([" ".join(foot)] if last else []),
        ]
        made.append(("\n\n".join(words), tuple(row for row in rows[at : at + TOGETHER] if row)))
    return made


def _block(line: Line, place: int) -> str:
    head = f"{place}. {line.number}" if place else line.number
    return "\n".join(part for part in (head, line.what, line.when, line.link) if part)


def _row(link: Links, place: int, locale: str) -> tuple[Button, ...]:
    acts = (("done", link.done), ("later", link.later))
    return tuple(Button(_label(act, place, locale), f"{PRESS}{token}") for act, token in acts if token)


def _label(act: str, place: int, locale: str) -> str:
    label = text(Phrase(f"mail.{act}"), locale)
    return f"{place}. {label}" if place else label


def settled(words: str, place: int, said: str) -> str:
    """The message after a button was pressed: below the line that it was about stands what was done.

    `place` is that of the line, or 0 where there is one line only.
    """
    blocks = words.split("\n\n")
    about = [at for at, block in enumerate(blocks) if block.startswith(f"{place}. ")] if place else [1]
    if about and about[0] < len(blocks):
        blocks[about[0]] += f"\n{said}"
    return "\n\n".join(blocks)
