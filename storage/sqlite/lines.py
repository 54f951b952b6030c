"""Anonymous lines, on rows that say nothing by where they lie (`storage.sqlite.pool`)."""

import asyncio
import base64
import binascii
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from storage.engine import Engine, Part, Row, Transaction, hour, instant, seconds
from storage.errors import (
    AlreadyThere,
    Broken,
    LineClosed,
    NoRecipient,
    StoreError,
    StrangerKeys,
    UnknownLine,
    WrongKey,
    WrongPassword,
)
from storage.lines import CONFIDANT, LOCATORS, ClosedBy, Holder, Line, LineCode, Word
from storage.months import months_after
from storage.officers import Unlocked, new_identity
from storage.passwords import stretch, unwrap, wrap
from storage.records import Officer
from storage.sealing import Key, Pair, fresh_pair, seal_for
from storage.shred import ShredFile
from storage.sqlite.cases import log
from storage.sqlite.office import slug
from storage.sqlite.pool import SIZE, Pages, opened, sealed

FIRST = 256
"""So many lines there is room for at first."""


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """One message: its page, by whom, in which hour, whether the other side saw it, what it was posted with."""

    page: int
    by: str
    at: int
    read: bool
    once: str


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What a row of ``lines`` holds. `slot` is its key's in ``lines.keys``, `key` that key's fingerprint.

    Without a `scheme` the row is free. `page` holds the `marks` where they are too many for a row.
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


class LinePart(Part):
    """`storage.lines.Lines`."""

    async def add_confidant(
        self, scheme: str, name: str, password: str, contact: str = "", *, now: datetime
    ) -> Officer:
        """A confidant with a key of their own."""
        engine, id = self._engine, f"{scheme}/{slug(name)}"
        public, wrapped = await asyncio.to_thread(new_identity, id, password, engine.cost)

        def adding(tx: Transaction) -> Officer:
            number = engine.ring.current
            contacts = engine.ring.key(number).seal(contact.encode(), f"contact|{id}")
            if not tx.run("add_officer", id=id, scheme=scheme, role=CONFIDANT, name=name, state="active",
                          public=public, wrapped=wrapped, contact=contacts, process_key=number,
                          since=seconds(now)):  # fmt: skip
                raise AlreadyThere
            log(tx, seconds(now), id, "added")
            return Officer(id, scheme, CONFIDANT, name, public, "active", contact)

        return await engine.write(adding)

    async def draw_locator(self) -> int:
        """A locator that no line has."""
        engine = self._engine

        def drawing(tx: Transaction) -> int:
            free = [row["id"] for row, kept in _rows(engine, tx) if not kept.scheme]
            if len(free) < FIRST // 4:
                free += _grow(engine, tx)
            tx.settle()
            return int(secrets.choice(free)) - 1

        return await engine.write(drawing)

    async def open_line(
        self, scheme: str, code: LineCode, readers: Sequence[str], *, now: datetime
    ) -> Holder:
        """A new line to these confidants."""
        engine, pair = self._engine, fresh_pair()
        wrapped = await asyncio.to_thread(
            wrap, pair.secret, code.secret, _owner(scheme, code.locator), engine.cost
        )

        def opening(tx: Transaction) -> bool:
            row = tx.one("line_row", id=code.locator + 1)
            if row is None:
                raise UnknownLine
            kept = _kept(engine, tx, row)
            if kept.scheme:
                return False
            if not _publics(tx, scheme, readers):
                raise NoRecipient
            key, at = _keys(engine).key(kept.slot), hour(now)
            new = Kept(
                kept.slot, scheme, key.fingerprint, pair.public, wrapped, tuple(sorted(readers)), at, at
            )
            _write(engine, tx, code.locator, new)
            return True

        if await engine.write(opening):
            return Holder(scheme, code.locator, pair.secret)
        again = await self.enter_line(scheme, code)
        if again is None:
            raise AlreadyThere
        return again

    async def enter_line(self, scheme: str, code: LineCode) -> Holder | None:
        """The line behind this code, or None; as slow either way."""
        engine = self._engine
        owner = _owner(scheme, code.locator)

        def looking(tx: Transaction) -> Kept | None:
            row = tx.one("line_row", id=code.locator + 1)
            return _kept(engine, tx, row) if row is not None else None

        kept = await engine.ask(looking)
        if kept is None or kept.scheme != scheme or kept.gone or not _alive(engine, kept):
            await asyncio.to_thread(stretch, code.secret, secrets.token_bytes(16), engine.cost)
            return None
        try:
            return Holder(
                scheme, code.locator, await asyncio.to_thread(unwrap, kept.wrapped, code.secret, owner)
            )
        except WrongPassword:
            return None

    async def read_line(self, who: Holder, *, now: datetime) -> Line:
        """The line as its client reads it."""
        engine, pair = self._engine, Pair(who.secret)

        def reading(tx: Transaction) -> tuple[Line, bool]:
            kept = _of(engine, tx, who)
            return _line(engine, tx, who.locator, kept, pair), any(m.by and not m.read for m in kept.marks)

        line, unread = await engine.ask(reading)
        if unread:
            await engine.write(lambda tx: _seen(engine, tx, who.locator, _of(engine, tx, who), ""))
        return line

    async def say_on_line(self, who: Holder, body: bytes, once: str, *, now: datetime) -> bool:
        """The client says something."""
        engine = self._engine
        return await engine.write(
            lambda tx: _say(engine, tx, who.locator, _of(engine, tx, who), "", body, once, now, last=False)
        )

    async def close_line(self, who: Holder, *, now: datetime) -> None:
        """The client ends the talk."""
        engine = self._engine

        def closing(tx: Transaction) -> None:
            kept = _of(engine, tx, who)
            _write(engine, tx, who.locator, msgspec.structs.replace(kept, closed="client", touched=hour(now)))

        await engine.write(closing)

    async def wipe_line(self, who: Holder, *, now: datetime) -> None:
        """The client destroys it: its key first, so that no copy opens from here on."""
        engine = self._engine
        kept = await engine.ask(lambda tx: _of(engine, tx, who))
        await asyncio.to_thread(_keys(engine).renew, (kept.slot,))

        def wiping(tx: Transaction) -> None:
            row = tx.one("line_row", id=who.locator + 1)
            assert row is not None
            kept = _kept(engine, tx, row)
            _empty(engine, tx, kept)
            left = Kept(
                kept.slot, kept.scheme, readers=kept.readers, opened=kept.opened, touched=hour(now), gone=True
            )
            _write(engine, tx, who.locator, left)

        await engine.write(wiping)

    async def lines_of(self, who: Unlocked) -> tuple[Line, ...]:
        """All lines of this confidant."""
        engine = self._engine

        def listing(tx: Transaction) -> list[Line]:
            found = []
            for row, head in _rows(engine, tx):
                if head.scheme == who.scheme and who.id in head.readers:
                    kept = _kept(engine, tx, row)
                    found.append(_line(engine, tx, row["id"] - 1, kept, who.pair, unread_only=True))
            return found

        lines = await engine.scan(listing)
        return tuple(sorted(lines, key=lambda line: (all(w.read or w.by for w in line.words), line.ref)))

    async def take_line(self, who: Unlocked, ref: str, *, now: datetime) -> Line:
        """The line as this confidant reads it."""
        engine = self._engine

        def taking(tx: Transaction) -> Line:
            locator, kept = _by_ref(engine, tx, who, ref)
            line = _line(engine, tx, locator, kept, who.pair)
            if any(not mark.by and not mark.read for mark in kept.marks):
                _seen(engine, tx, locator, kept, who.id)
            return line

        return await engine.write(taking)

    async def answer_on_line(
        self, who: Unlocked, ref: str, body: bytes, once: str, *, now: datetime, last: bool = False
    ) -> bool:
        """The confidant says something."""
        engine = self._engine

        def answering(tx: Transaction) -> bool:
            locator, kept = _by_ref(engine, tx, who, ref)
            if kept.gone:
                raise UnknownLine
            return _say(engine, tx, locator, kept, who.id, body, once, now, last=last)

        return await engine.write(answering)

    async def lend(self, kind: str, body: bytes) -> str:
        """Something for a browser to hold for us."""
        number = self._engine.ring.current
        blob = self._engine.ring.key(number).seal(body, f"lent|{kind}")
        return f"{number}.{base64.urlsafe_b64encode(blob).decode().rstrip('=')}"

    async def lent(self, kind: str, held: str) -> bytes | None:
        """What a browser held for us, or None when it is not ours."""
        number, _, text = held.partition(".")
        if not (number.isascii() and number.isdecimal() and len(number) < 5 and text.isascii()):
            return None
        try:
            blob = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            return self._engine.ring.key(int(number)).open(blob, f"lent|{kind}")
        except (Broken, StrangerKeys, ValueError, binascii.Error):
            return None

    async def purge_lines(self, now: datetime, *, dry: bool = False) -> int:
        """Destroy the lines whose time is over."""
        engine = self._engine

        def over(tx: Transaction) -> list[tuple[int, Kept]]:
            return [(row["id"] - 1, _kept(engine, tx, row)) for row, kept in _rows(engine, tx)
                    if kept.scheme and _over(engine, kept, now)]  # fmt: skip

        due = await engine.scan(over)
        if dry or not due:
            return len(due)
        await asyncio.to_thread(_keys(engine).renew, tuple(kept.slot for _, kept in due))

        def destroying(tx: Transaction) -> None:
            for locator, kept in due:
                _empty(engine, tx, kept)
                _write(engine, tx, locator, Kept(kept.slot))

        await engine.write(destroying)
        return len(due)


def _keys(engine: Engine) -> ShredFile:
    return ShredFile(engine.tombstones.with_name("lines.keys"))


def _owner(scheme: str, locator: int) -> str:
    return f"line|{scheme}|{locator}"


def _over(engine: Engine, kept: Kept, now: datetime) -> bool:
    months = engine.keeping(kept.scheme).months
    return months is not None and months_after(instant(kept.touched), months) <= now.astimezone(UTC)


def _rows(engine: Engine, tx: Transaction) -> list[tuple[Row, Kept]]:
    """All rows with what stands in them; longer lists of messages are left where they are."""
    return [(row, _decoded(engine, row)) for row in tx.all("line_rows")]


def _decoded(engine: Engine, row: Row) -> Kept:
    plain = opened(engine, row, "lines")
    size = int.from_bytes(plain[:2], "big")
    return msgspec.msgpack.decode(plain[2 : 2 + size], type=Kept)


def _kept(engine: Engine, tx: Transaction, row: Row) -> Kept:
    kept = _decoded(engine, row)
    if not kept.page:
        return kept
    marks = msgspec.msgpack.decode(Pages(engine, tx).get(kept.page), type=tuple[Mark, ...])
    return msgspec.structs.replace(kept, marks=marks)


def _write(engine: Engine, tx: Transaction, locator: int, kept: Kept) -> None:
    pages = Pages(engine, tx)
    if kept.page:
        pages.drop(kept.page)
        kept = msgspec.structs.replace(kept, page=0)
    body = msgspec.msgpack.encode(kept)
    if len(body) > SIZE - 2:
        page = pages.put(msgspec.msgpack.encode(kept.marks))
        body = msgspec.msgpack.encode(msgspec.structs.replace(kept, page=page, marks=()))
    plain = len(body).to_bytes(2, "big") + body
    tx.run("put_line_row", **sealed(engine, locator + 1, plain, "lines"))
    tx.settle()


def _grow(engine: Engine, tx: Transaction) -> list[int]:
    """Twice as many rows, all written anew in the order of their ids; returns the new ids."""
    old = {row["id"]: opened(engine, row, "lines") for row in tx.all("line_rows")}
    wanted = max(len(old), FIRST)
    fresh: set[int] = set()
    while len(fresh) < wanted:
        id = secrets.randbelow(LOCATORS) + 1
        if id not in old:
            fresh.add(id)
    slots = list(range(len(old), len(old) + wanted))
    _keys(engine).reserve(slots[-1])
    for id in fresh:
        body = msgspec.msgpack.encode(Kept(slots.pop(secrets.randbelow(len(slots)))))
        old[id] = len(body).to_bytes(2, "big") + body
    tx.run("empty_lines")
    tx.run_many("add_line_row", [sealed(engine, id, old[id], "lines") for id in sorted(old)])
    return sorted(fresh)


def _alive(engine: Engine, kept: Kept) -> bool:
    """Whether the line's own key is still there: not after a wipe, in whichever copy of the database."""
    return _keys(engine).key(kept.slot).fingerprint == kept.key


def _of(engine: Engine, tx: Transaction, who: Holder) -> Kept:
    row = tx.one("line_row", id=who.locator + 1)
    kept = _kept(engine, tx, row) if row is not None else None
    if kept is None or kept.gone or kept.scheme != who.scheme or kept.public != Pair(who.secret).public:
        raise UnknownLine
    if not _alive(engine, kept):
        raise UnknownLine
    return kept


def _ref(engine: Engine, locator: int) -> str:
    return engine.ring.key(engine.ring.current).hash("line", str(locator)).hex()[:12]


def _by_ref(engine: Engine, tx: Transaction, who: Unlocked, ref: str) -> tuple[int, Kept]:
    for row, kept in _rows(engine, tx):
        if kept.scheme == who.scheme and who.id in kept.readers and _ref(engine, row["id"] - 1) == ref:
            return row["id"] - 1, _kept(engine, tx, row)
    raise UnknownLine


def _publics(tx: Transaction, scheme: str, readers: Sequence[str]) -> list[str]:
    return [row["public"] for row in tx.all("officers", scheme=scheme)
            if row["id"] in readers and row["role"] == CONFIDANT and row["state"] == "active"]  # fmt: skip


def _bound(locator: int, once: str) -> str:
    return f"line|{locator}|{once}"


def _say(
    engine: Engine, tx: Transaction, locator: int, kept: Kept, by: str, body: bytes, once: str, now: datetime,
    *, last: bool,
) -> bool:  # fmt: skip
    if any(mark.once == once for mark in kept.marks):
        return False
    if kept.closed:
        raise LineClosed
    publics = _publics(tx, kept.scheme, kept.readers)
    if not publics:
        raise NoRecipient
    bound = _bound(locator, once)
    key = _own_key(engine, kept)
    page = Pages(engine, tx).put(key.seal(seal_for([*publics, kept.public], body, bound), bound))
    marks = (*kept.marks, Mark(page, by, hour(now), False, once))
    closed: ClosedBy = "confidant" if last else kept.closed
    _write(engine, tx, locator, msgspec.structs.replace(kept, marks=marks, touched=hour(now), closed=closed))
    return True


def _own_key(engine: Engine, kept: Kept) -> Key:
    key = _keys(engine).key(kept.slot)
    if key.fingerprint != kept.key:
        raise UnknownLine
    return key


def _seen(engine: Engine, tx: Transaction, locator: int, kept: Kept, by: str) -> None:
    """What the other side wrote counts as read: by the client (``""``), or by a confidant."""
    marks = tuple(
        msgspec.structs.replace(mark, read=True) if bool(mark.by) != bool(by) else mark for mark in kept.marks
    )
    _write(engine, tx, locator, msgspec.structs.replace(kept, marks=marks))


def _empty(engine: Engine, tx: Transaction, kept: Kept) -> None:
    pages = Pages(engine, tx)
    for page in (*(mark.page for mark in kept.marks), kept.page):
        if page:
            pages.drop(page)


def _line(
    engine: Engine, tx: Transaction, locator: int, kept: Kept, pair: Pair, *, unread_only: bool = False
) -> Line:
    gone = kept.gone or not _alive(engine, kept)
    words = []
    for mark in () if gone else kept.marks:
        wanted = not unread_only or (not mark.by and not mark.read)
        body = _opened(engine, tx, locator, kept, mark, pair) if wanted else None
        words.append(Word(mark.by, instant(mark.at), mark.read, body))
    return Line(
        _ref(engine, locator), kept.scheme, instant(kept.opened), instant(kept.touched), kept.readers,
        kept.closed, gone, tuple(words),
    )  # fmt: skip


def _opened(
    engine: Engine, tx: Transaction, locator: int, kept: Kept, mark: Mark, pair: Pair
) -> bytes | None:
    bound = _bound(locator, mark.once)
    try:
        return pair.open(_own_key(engine, kept).open(Pages(engine, tx).get(mark.page), bound), bound)
    except (WrongKey, StoreError):
        return None
