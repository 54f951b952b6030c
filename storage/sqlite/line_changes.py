"""What the client changes of their line beside writing: who reads it, and where they hear of an answer."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from storage.engine import Engine, Transaction
from storage.errors import NoRecipient
from storage.lines import Holder, Notice
from storage.sealing import Pair
from storage.sqlite.line_rows import (
    all_rows,
    is_alive,
    moment,
    opened_message,
    own_key,
    publics_of,
    ref_of,
    row_at,
    row_of,
    sealed_message,
    write_row,
)
from storage.sqlite.pool import Pages


def share(engine: Engine, tx: Transaction, who: Holder, readers: Sequence[str], now: datetime) -> None:
    """Seal all that was said anew to these readers. Raises `NoRecipient`, `UnknownLine`."""
    kept, pair = row_of(engine, tx, who), Pair(who.secret)
    publics = publics_of(tx, kept.scheme, readers)
    if not publics:
        raise NoRecipient
    pages, marks = Pages(engine, tx), []
    for mark in kept.marks:
        body = opened_message(engine, tx, who.locator, kept, mark, pair)
        if body is None:
            marks.append(mark)
            continue
        pages.drop(mark.page)
        page = sealed_message(engine, tx, who.locator, kept, publics, body, mark.once)
        marks.append(msgspec.structs.replace(mark, page=page))
    changed = msgspec.structs.replace(
        kept, readers=tuple(sorted(readers)), marks=tuple(marks), touched=moment(engine, now)
    )
    write_row(engine, tx, who.locator, changed)


def set_notice(engine: Engine, tx: Transaction, who: Holder, address: str) -> None:
    """Keep where the client hears of an answer, under the line's own key; an empty address forgets it."""
    kept = row_of(engine, tx, who)
    blob = own_key(engine, kept).seal(address.encode(), _bound(who.locator)) if address else b""
    write_row(engine, tx, who.locator, msgspec.structs.replace(kept, notice=blob, due=False))


def notices(engine: Engine, tx: Transaction) -> list[Notice]:
    """Those who asked for it and have something new."""
    found = []
    for row, head in all_rows(engine, tx):
        if head.due and head.notice and not head.gone and is_alive(engine, head):
            locator = row["id"] - 1
            address = own_key(engine, head).open(head.notice, _bound(locator)).decode()
            found.append(Notice(ref_of(engine, locator), head.scheme, locator, address))
    return found


def noticed(engine: Engine, tx: Transaction, notice: Notice) -> None:
    """They were told; the next answer counts anew."""
    kept = row_at(engine, tx, notice.locator)
    if kept.due:
        write_row(engine, tx, notice.locator, msgspec.structs.replace(kept, due=False))


def _bound(locator: int) -> str:
    return f"line notice|{locator}"
