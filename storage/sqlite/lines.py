"""Anonymous lines, on rows that say nothing by where they lie (`storage.sqlite.pool`)."""

import asyncio
import base64
import binascii
import secrets
from collections.abc import Sequence
from datetime import datetime

import msgspec

from storage.engine import Part, Transaction, seconds
from storage.errors import AlreadyThere, Broken, NoRecipient, StrangerKeys, UnknownLine, WrongPassword
from storage.lines import CONFIDANT, Holder, Line, LineCode, Notice
from storage.officers import Unlocked, new_identity
from storage.passwords import stretch, unwrap, wrap
from storage.records import Officer
from storage.sealing import Pair, fresh_pair
from storage.sqlite import line_changes
from storage.sqlite.cases import log
from storage.sqlite.line_rows import (
    Kept,
    add_message,
    all_rows,
    empty_log,
    empty_pages,
    free_row,
    is_alive,
    kept_in,
    line_keys,
    mark_read,
    moment,
    owner_of,
    publics_of,
    renew_keys,
    row_at,
    row_by_ref,
    row_of,
    shown,
    slot_of,
    write_row,
)
from storage.sqlite.office import slug


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
            empty_log(engine, tx)
            return free_row(engine, tx)

        return await engine.write(drawing)

    async def open_line(
        self, scheme: str, code: LineCode, readers: Sequence[str], *, now: datetime
    ) -> Holder:
        """A new line to these confidants."""
        engine, pair = self._engine, fresh_pair()
        wrapped = await asyncio.to_thread(
            wrap, pair.secret, code.secret, owner_of(scheme, code.locator), engine.cost
        )

        def opening(tx: Transaction) -> bool:
            kept = row_at(engine, tx, code.locator)
            if kept.scheme:
                return False
            if not publics_of(tx, scheme, readers):
                raise NoRecipient
            slot, at = slot_of(engine, tx, kept), moment(engine, now)
            key = line_keys(engine).key(slot)
            new = Kept(slot, scheme, key.fingerprint, pair.public, wrapped, tuple(sorted(readers)), at, at)
            write_row(engine, tx, code.locator, new)
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
        owner = owner_of(scheme, code.locator)

        def looking(tx: Transaction) -> Kept | None:
            row = tx.one("line_row", id=code.locator + 1)
            return kept_in(engine, tx, row) if row is not None else None

        kept = await engine.ask(looking)
        if kept is None or kept.scheme != scheme or kept.gone or not is_alive(engine, kept):
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
            kept = row_of(engine, tx, who)
            return shown(engine, tx, who.locator, kept, pair), any(m.by and not m.read for m in kept.marks)

        line, unread = await engine.ask(reading)
        if unread:
            await engine.write(lambda tx: mark_read(engine, tx, who.locator, row_of(engine, tx, who), ""))
        return line

    async def say_on_line(self, who: Holder, body: bytes, once: str, *, now: datetime) -> bool:
        """The client says something."""
        engine = self._engine
        return await engine.write(
            lambda tx: add_message(
                engine, tx, who.locator, row_of(engine, tx, who), "", body, once, now, last=False
            )
        )

    async def close_line(self, who: Holder, *, now: datetime) -> None:
        """The client ends the talk."""
        engine = self._engine

        def closing(tx: Transaction) -> None:
            kept = row_of(engine, tx, who)
            write_row(
                engine,
                tx,
                who.locator,
                msgspec.structs.replace(kept, closed="client", touched=moment(engine, now)),
            )

        await engine.write(closing)

    async def wipe_line(self, who: Holder, *, now: datetime) -> None:
        """The client destroys it: its key first, so that no copy opens from here on."""
        engine = self._engine

        def wiping(tx: Transaction) -> None:
            kept = row_of(engine, tx, who)
            renew_keys(engine, (kept.slot,), now)
            empty_pages(engine, tx, kept)
            left = Kept(
                kept.slot,
                kept.scheme,
                readers=kept.readers,
                opened=kept.opened,
                touched=moment(engine, now),
                gone=True,
            )
            write_row(engine, tx, who.locator, left)

        await engine.write(wiping)

    async def share_line(self, who: Holder, readers: Sequence[str], *, now: datetime) -> None:
        """The client chooses who reads it from here on."""
        engine = self._engine
        await engine.write(lambda tx: line_changes.share(engine, tx, who, readers, now))

    async def notify_line(self, who: Holder, address: str) -> None:
        """Where the client wishes to hear of an answer; empty: nowhere."""
        engine = self._engine
        await engine.write(lambda tx: line_changes.set_notice(engine, tx, who, address))

    async def line_notices(self) -> tuple[Notice, ...]:
        """Those who asked for it and have something new."""
        engine = self._engine
        return tuple(await engine.scan(lambda tx: line_changes.notices(engine, tx)))

    async def line_noticed(self, notice: Notice) -> None:
        """They were told."""
        engine = self._engine
        await engine.write(lambda tx: line_changes.noticed(engine, tx, notice))

    async def lines_of(self, who: Unlocked) -> tuple[Line, ...]:
        """All lines of this confidant."""
        engine = self._engine

        def listing(tx: Transaction) -> list[Line]:
            found = []
            for row, head in all_rows(engine, tx):
                if head.scheme == who.scheme and who.id in head.readers:
                    kept = kept_in(engine, tx, row)
                    found.append(shown(engine, tx, row["id"] - 1, kept, who.pair, unread_only=True))
            return found

        lines = await engine.scan(listing)
        return tuple(sorted(lines, key=lambda line: (all(w.read or w.by for w in line.words), line.ref)))

    async def take_line(self, who: Unlocked, ref: str, *, now: datetime) -> Line:
        """The line as this confidant reads it."""
        engine = self._engine

        def taking(tx: Transaction) -> Line:
            locator, kept = row_by_ref(engine, tx, who, ref)
            line = shown(engine, tx, locator, kept, who.pair)
            if any(not mark.by and not mark.read for mark in kept.marks):
                mark_read(engine, tx, locator, kept, who.id)
            return line

        return await engine.write(taking)

    async def answer_on_line(
        self, who: Unlocked, ref: str, body: bytes, once: str, *, now: datetime, last: bool = False
    ) -> bool:
        """The confidant says something."""
        engine = self._engine

        def answering(tx: Transaction) -> bool:
            locator, kept = row_by_ref(engine, tx, who, ref)
            if kept.gone:
                raise UnknownLine
            return add_message(engine, tx, locator, kept, who.id, body, once, now, last=last)

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
