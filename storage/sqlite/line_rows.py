"""The rows of lines: what one holds, and how it is read, written, found and emptied within a transaction."""

import os
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from storage.engine import Engine, Row, Transaction, hour, instant, seconds
from storage.errors import LineClosed, NoRecipient, StoreError, UnknownLine, WrongKey
from storage.lines import CONFIDANT, LOCATORS, ClosedBy, Holder, Line, Word
from storage.months import months_after
from storage.officers import Unlocked
from storage.sealing import Key, Pair, seal_for
from storage.shred import ShredFile
from storage.sqlite.pool import SIZE, Pages, Pool, opened, sealed

FIRST = 256
"""So many lines there is room for at first."""

SIZES = tuple(3072 * 4**step for step in range(6))
"""Bytes that a message is filled up to before it is sealed. The least takes one row, with up to four confidants, and
holds some 3,000 letters; what a client may say at most (20,000 letters) is of the third; a photo of the last."""


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """One message: its page, by whom, in which hour, whether the other side saw it, what it was posted with."""

    page: int
    by: str
    at: int
    read: bool
    once: str


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What a row of ``lines`` holds. `slot` is its key's in ``lines.keys``, `key` that key's fingerprint.

    Without a `scheme` the row is free. `page` holds the `marks` where they are too many for a row. `notice` is where
    the client wishes to hear of an answer, under the line's own key; `due`: there is one that they were not told of.
    """

    slot: int
    scheme: str = ""
    key: str = ""
    public: str = ""
    wrapped: bytes = b""
    readers: tuple[str, ...] = ()
    opened: int = 0
    touched: int = 0
    closed: ClosedBy = ""
    gone: bool = False
    page: int = 0
    marks: tuple[Mark, ...] = ()
    notice: bytes = b""
    due: bool = False


def line_keys(engine: Engine) -> ShredFile:
    """The keys of lines, one slot a row: what is sealed under one dies with it, in every copy of the database."""
    return ShredFile(engine.tombstones.with_name("lines.keys"))


def renew_keys(engine: Engine, slots: tuple[int, ...], now: datetime) -> None:
    """Destroy the keys in these slots. The file shows the hour in which this was done, or was looked at last."""
    keys = line_keys(engine)
    if slots:
        keys.renew(slots)
    if engine.protections.files and keys.path.exists():
        os.utime(keys.path, (hour(now), hour(now)))


def moment(engine: Engine, now: datetime) -> int:
    """All that is kept of when something happened: the hour."""
    return hour(now) if engine.protections.hours else seconds(now)


def slot_of(engine: Engine, tx: Transaction, kept: Kept) -> int:
    """Where the key of a new line stands: the slot of its row."""
    if engine.protections.slots:
        return kept.slot
    return max((one.slot for _, one in all_rows(engine, tx) if one.scheme), default=-1) + 1


def owner_of(scheme: str, locator: int) -> str:
    """What a line's secret key under the code is bound to."""
    return f"line|{scheme}|{locator}"


def is_over(engine: Engine, kept: Kept, now: datetime) -> bool:
    """Whether the organisation's time for keeping this line has passed since anyone wrote."""
    months = engine.keeping(kept.scheme).months
    return months is not None and months_after(instant(kept.touched), months) <= now.astimezone(UTC)


def all_rows(engine: Engine, tx: Transaction) -> Iterator[tuple[Row, Kept]]:
    """All rows with what stands in them, some at a time; longer lists of messages are left where they are."""
    for low in range(0, LOCATORS, LOCATORS // 16):
        for row in tx.all("lines_between", low=low, high=low + LOCATORS // 16):
            yield row, _decoded(opened(engine, row, "lines"))


def _decoded(plain: bytes) -> Kept:
    size = int.from_bytes(plain[:2], "big")
    return msgspec.msgpack.decode(plain[2 : 2 + size], type=Kept)


def _encoded(kept: Kept) -> bytes:
    body = msgspec.msgpack.encode(kept)
    return len(body).to_bytes(2, "big") + body


def kept_in(engine: Engine, tx: Transaction, row: Row) -> Kept:
    """What stands in a row, with all of its messages."""
    kept = _decoded(opened(engine, row, "lines"))
    if not kept.page:
        return kept
    marks = msgspec.msgpack.decode(Pages(engine, tx).get(kept.page), type=tuple[Mark, ...])
    return msgspec.structs.replace(kept, marks=marks)


def row_at(engine: Engine, tx: Transaction, locator: int) -> Kept:
    """What stands in the row with this locator. Raises `UnknownLine` when there is no row."""
    row = tx.one("line_row", id=locator + 1)
    if row is None:
        raise UnknownLine
    return kept_in(engine, tx, row)


def write_row(engine: Engine, tx: Transaction, locator: int, kept: Kept) -> None:
    """Write over a row in place; the log is emptied after it."""
    pages = Pages(engine, tx)
    if kept.page:
        pages.drop(kept.page)
        kept = msgspec.structs.replace(kept, page=0)
    plain = _encoded(kept)
    if len(plain) > SIZE:
        page = pages.put(msgspec.msgpack.encode(kept.marks))
        plain = _encoded(msgspec.structs.replace(kept, page=page, marks=()))
    tx.run("put_line_row", **sealed(engine, locator + 1, plain, "lines"))
    empty_log(engine, tx)


def empty_log(engine: Engine, tx: Transaction) -> None:
    """Have nothing of a line in the log after this commit: it would tell when which row was written."""
    if engine.protections.log:
        tx.settle()


def free_row(engine: Engine, tx: Transaction) -> int:
    """The locator of a free row, by chance; more are made when hardly any is free."""
    pool = Pool(engine, tx, "lines", LOCATORS, FIRST, lambda plain: not _decoded(plain).scheme,
                lambda count: _fresh(engine, tx, count))  # fmt: skip
    return pool.take() - 1


def _fresh(engine: Engine, tx: Transaction, count: int) -> list[bytes]:
    """What so many new rows hold: nothing, but each the slot of a key, by chance of those that no row has."""
    taken = {kept.slot for _, kept in all_rows(engine, tx)}
    keys = line_keys(engine)
    if keys.slots() < 2 * (len(taken) + count):
        keys.reserve(4 * (len(taken) + count) - 1)
    left = sorted(set(range(keys.slots())) - taken)
    secrets.SystemRandom().shuffle(left)
    return [_encoded(Kept(slot)) for slot in left[:count]]


def is_alive(engine: Engine, kept: Kept) -> bool:
    """Whether the line's own key is still there: not after a wipe, in whichever copy of the database."""
    return line_keys(engine).key(kept.slot).fingerprint == kept.key


def row_of(engine: Engine, tx: Transaction, who: Holder) -> Kept:
    """The line of somebody who opened it. Raises `UnknownLine` when it is gone."""
    kept = row_at(engine, tx, who.locator)
    if kept.gone or kept.scheme != who.scheme or kept.public != Pair(who.secret).public:
        raise UnknownLine
    if not is_alive(engine, kept):
        raise UnknownLine
    return kept


def ref_of(engine: Engine, locator: int) -> str:
    """What a confidant calls the line."""
    return engine.ring.key(engine.ring.current).name(locator)


def row_by_ref(engine: Engine, tx: Transaction, who: Unlocked, ref: str) -> tuple[int, Kept]:
    """The line that a confidant means. Raises `UnknownLine` when it is none of theirs."""
    for number in engine.ring.numbers:
        locator = engine.ring.key(number).number(ref)
        if locator is not None:
            kept = row_at(engine, tx, locator)
            if kept.scheme == who.scheme and who.id in kept.readers:
                return locator, kept
    raise UnknownLine


def publics_of(tx: Transaction, scheme: str, readers: Sequence[str]) -> list[str]:
    """The public keys of those among the readers who are confidants today."""
    return [row["public"] for row in tx.all("officers", scheme=scheme)
            if row["id"] in readers and row["role"] == CONFIDANT and row["state"] == "active"]  # fmt: skip


def _bound(locator: int, once: str) -> str:
    return f"line|{locator}|{once}"


def add_message(
    engine: Engine, tx: Transaction, locator: int, kept: Kept, by: str, body: bytes, once: str, now: datetime,
    *, last: bool,
) -> bool:  # fmt: skip
    """Say something by `by` (empty: the client), and with `last` end the talk; False when it was said already.

    Raises `LineClosed`, `NoRecipient`, `UnknownLine`.
    """
    if any(mark.once == once for mark in kept.marks):
        return False
    if kept.closed:
        raise LineClosed
    publics = publics_of(tx, kept.scheme, kept.readers)
    if not publics:
        raise NoRecipient
    page = sealed_message(engine, tx, locator, kept, publics, body, once)
    marks = (*kept.marks, Mark(page, by, moment(engine, now), False, once))
    closed: ClosedBy = "confidant" if last else kept.closed
    write_row(
        engine,
        tx,
        locator,
        msgspec.structs.replace(
            kept, marks=marks, touched=moment(engine, now), closed=closed, due=kept.due or bool(by)
        ),
    )
    return True


def sealed_message(
    engine: Engine, tx: Transaction, locator: int, kept: Kept, publics: Sequence[str], body: bytes, once: str
) -> int:
    """Seal a message to the line and these keys, and keep it; returns its page."""
    bound = _bound(locator, once)
    sizes = SIZES if engine.protections.sizes else ()
    whole = seal_for([*publics, kept.public], body, bound, sizes)
    return Pages(engine, tx).put(own_key(engine, kept).seal(whole, bound))


def own_key(engine: Engine, kept: Kept) -> Key:
    """The line's own key. Raises `UnknownLine` when it is gone."""
    key = line_keys(engine).key(kept.slot)
    if key.fingerprint != kept.key:
        raise UnknownLine
    return key


def mark_read(engine: Engine, tx: Transaction, locator: int, kept: Kept, by: str) -> None:
    """What the other side wrote counts as read: by the client (``""``), or by a confidant."""
    marks = tuple(
        msgspec.structs.replace(mark, read=True) if bool(mark.by) != bool(by) else mark for mark in kept.marks
    )
    due = kept.due and bool(by)
    write_row(engine, tx, locator, msgspec.structs.replace(kept, marks=marks, due=due))


def empty_pages(engine: Engine, tx: Transaction, kept: Kept) -> None:
    """Write over all that was said with nothing."""
    pages = Pages(engine, tx)
    for page in (*(mark.page for mark in kept.marks), kept.page):
        if page:
            pages.drop(page)


def shown(
    engine: Engine, tx: Transaction, locator: int, kept: Kept, pair: Pair, *, unread_only: bool = False
) -> Line:
    """The line as it is read with this pair; with `unread_only` nothing is opened that was read."""
    gone = kept.gone or not is_alive(engine, kept)
    words = []
    for mark in () if gone else kept.marks:
        wanted = not unread_only or (not mark.by and not mark.read)
        body = opened_message(engine, tx, locator, kept, mark, pair) if wanted else None
        words.append(Word(mark.by, instant(mark.at), mark.read, body))
    return Line(
        ref_of(engine, locator), kept.scheme, instant(kept.opened), instant(kept.touched), kept.readers,
        kept.closed, gone, tuple(words), bool(kept.notice),
    )  # fmt: skip


def opened_message(
    engine: Engine, tx: Transaction, locator: int, kept: Kept, mark: Mark, pair: Pair
) -> bytes | None:
    """A message with this pair; None where it was not sealed to it."""
    bound = _bound(locator, mark.once)
    try:
        return pair.open(own_key(engine, kept).open(Pages(engine, tx).get(mark.page), bound), bound)
    except (WrongKey, StoreError):
        return None


async def purge_lines(engine: Engine, now: datetime) -> None:
    """Destroy the lines whose time is over.

    Whether it is over is asked again where nobody else writes, so that what was said meanwhile keeps its line. The
    key goes before the rows are emptied: whatever a kill leaves half done opens to nobody, and is due again.
    """

    def due(tx: Transaction) -> list[int]:
        return [
            row["id"] - 1 for row, kept in all_rows(engine, tx) if kept.scheme and is_over(engine, kept, now)
        ]

    def destroying(tx: Transaction) -> None:
        rows = [(locator, row_at(engine, tx, locator)) for locator in found]
        over = [(locator, kept) for locator, kept in rows if kept.scheme and is_over(engine, kept, now)]
        renew_keys(engine, tuple(kept.slot for _, kept in over), now)
        for locator, kept in over:
            empty_pages(engine, tx, kept)
            write_row(engine, tx, locator, Kept(kept.slot))

    found = await engine.scan(due)
    await engine.write(destroying)
