"""The help lines that are shown when someone is in danger: which ones, in which order, and whether they are open.

The lines are data in ``helplines.tsv``, each with its source and the day someone checked it. The order follows
what a person needs first: 112 when it cannot wait, 113 before all else when life itself is at stake, then those
who can act, then those who listen.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import msgspec

from flows import resources
from flows.scheme import Hours, Label, Weekday

ACUTE = frozenset({"now", "violence", "sexual_abuse", "suicide", "self_harm", "threat", "locked_up"})
"""Kinds for which 112 is named: what happens may not be over."""

_DAYS: tuple[Weekday, ...] = ("mo", "tu", "we", "th", "fr", "sa", "su")
_ZONE = ZoneInfo("Europe/Amsterdam")
_LIFE = frozenset({"suicide", "self_harm"})
_LIFE_ONLY = _LIFE | {"now"}


class Line(msgspec.Struct, frozen=True):
    """One help line: `phone` as people dial it, `chat` the address of its chat; None where no source gives it.

    `hours` say what is open when (``of`` ``phone`` or ``chat``); `open_now` whether any of it is, at the time
    asked about. `checked` is the day someone compared it with `source`; not `verified` means from memory.
    """

    id: str
    label: Label
    phone: str | None
    chat: str | None
    free: bool
    hours: tuple[Hours, ...]
    open_now: bool
    checked: date
    source: str
    verified: bool


def lines_for(
    kinds: tuple[str, ...], now: datetime, exclude: frozenset[str] = frozenset(), child: bool | None = None
) -> tuple[Line, ...]:
    """The lines for these kinds of danger, the most needed first; none when there are no kinds.

    `child` is None when the age is unknown. `exclude` are ids that are not named: nobody is told to call the
    organisation that they complain of. Raises `ValueError` when `now` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    local = now.astimezone(_ZONE)
    table = _table()
    wanted = [id for id in _wanted(frozenset(kinds), child) if id not in exclude]
    return tuple(msgspec.structs.replace(table[id], open_now=_open(table[id], local)) for id in wanted)


def every_line(now: datetime) -> tuple[Line, ...]:
    """All lines that may be in view where nobody reviewed the danger words of a language (law 5)."""
    return lines_for(("now", "suicide", "sexual_abuse"), now)


def _wanted(kinds: frozenset[str], child: bool | None) -> Iterator[str]:
    """The ids in order: 113 leads for suicide and self-harm, 112 for everything else that cannot wait."""
    if not kinds:
        return
    life = bool(kinds & _LIFE)
    if life and "now" not in kinds:
        yield "113"
    if kinds & ACUTE:
        yield "112"
    if life and "now" in kinds:
        yield "113"
    if "sexual_abuse" in kinds:
        yield "csg"
    if not kinds <= _LIFE_ONLY or kinds == {"now"}:
        yield "veilig_thuis"
    if child is not False:
        yield "kindertelefoon"


def _open(line: Line, local: datetime) -> bool:
    day, time = _DAYS[local.weekday()], local.strftime("%H:%M")
    return any(day in hours.days and hours.opens <= time < hours.closes for hours in line.hours)


@cache
def _table() -> dict[str, Line]:
    rows = (_line(row) for row in resources.table("helplines.tsv"))
    return {line.id: line for line in rows}


def _line(row: tuple[str, ...]) -> Line:
    id, label, phone, free, phone_hours, chat, chat_hours, checked, verified, source = row
    return Line(
        id=id,
        label=dict(words.split("=", 1) for words in label.split(";")),
        phone=phone or None,
        chat=chat or None,
        free=free == "yes",
        hours=(*_hours(phone_hours, "phone"), *_hours(chat_hours, "chat")),
        open_now=False,
        checked=date.fromisoformat(checked),
        source=source,
        verified=verified == "yes",
    )


def _hours(cell: str, of: str) -> Iterator[Hours]:
    for period in filter(None, cell.split(";")):
        days, opens, closes = period.split()
        first, _, last = days.partition("-")
        reach = _DAYS[_DAYS.index(first) : _DAYS.index(last or first) + 1]
        yield Hours(days=reach, opens=opens, closes=closes, of="chat" if of == "chat" else "phone")
