"""Messages on their way out: per conversation in order, one process at a time."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

import msgspec

from storage.errors import Broken, KeyGone
from storage.records import Address, Mouth, Parcel, Parked
from storage.sqlite.engine import Engine, Part, Row, instant, seconds
from storage.sqlite.writer import Transaction

LEASE = 30
"""Seconds for which a process may deliver to a conversation. When it ends the next on this machine takes over at
once (`storage.living`); one on another machine does after this long."""


def parcel(engine: Engine, row: Row, conversation: int, address: Address, lease: int) -> Parcel:
    """A message of the outbox, opened. Raises `KeyGone` when its day is over."""
    body = open_body(engine, row, conversation)
    return Parcel(row["id"], conversation, address, body, row["attempts"], lease)


def open_body(engine: Engine, row: Row, conversation: int) -> bytes:
    """The content of a message that waits. Raises `KeyGone`, `Misplaced`."""
    bound = f"outbox|{conversation}|{row['turn']}|{row['part']}"
    return engine.days.of(row["day"]).open(row["body"], bound)


def next_parcel(
    engine: Engine, tx: Transaction, conversation: Row, lease: int, now: datetime
) -> Parcel | None:
    """The next message of a conversation, if its lease is still ours; what can no longer be read is parked."""
    id = conversation["id"]
    while (row := tx.one("next_parcel", conversation=id)) is not None:
        address = engine.address(conversation)
        try:
            found = parcel(engine, row, id, address, lease)
        # raised, it would hold up everybody, and undo that the one before was delivered
        except Broken as error:
            _park(tx, conversation, row["id"], "expired" if isinstance(error, KeyGone) else "damaged", now)
            continue
        return found if tx.run("renew_lease", id=id, lease=lease, until=seconds(now) + LEASE) else None
    tx.tell("end_lease", id=id, lease=lease, not_before=0)
    tx.tell("drop_empty", id=id)
    return None


def _claimable(tx: Transaction, now: datetime, by: str | None) -> Row | None:
    if by is None:
        return tx.one("claimable", now=seconds(now))
    return tx.one("claimable_by", now=seconds(now), by=by)


def _park(tx: Transaction, conversation: Row, id: int, reason: str, now: datetime) -> None:
    tx.run("park", channel=conversation["channel"], scheme=conversation["scheme"], reason=reason,
           since=seconds(now))  # fmt: skip
    tx.tell("sent", id=id)


class OutboxPart(Part):
    """`storage.store.Outbox` on SQLite."""

    async def claim(self, now: datetime, by: Collection[Mouth] | None = None) -> Parcel | None:
        """The oldest message that is due and that nobody delivers."""
        engine = self._engine
        wanted = None if by is None else msgspec.json.encode(sorted(set(by))).decode()

        def claiming(tx: Transaction) -> Parcel | None:
            while (conversation := _claimable(tx, now, wanted)) is not None:
                lease = engine.living.right()
                tx.tell("lease", id=conversation["id"], lease=lease, until=seconds(now) + LEASE)
                found = next_parcel(engine, tx, conversation, lease, now)
                if found is not None:
                    return found
            return None

        await engine.take_over()
        if await engine.ask(lambda tx: _claimable(tx, now, wanted)) is None:
            return None
        return await engine.write(claiming, alone=False, brief=True)

    async def delivered(self, parcel: Parcel, *, now: datetime, mark: bytes = b"") -> Parcel | None:
        """The platform took it; what is next?"""
        engine = self._engine

        def delivering(tx: Transaction) -> Parcel | None:
            conversation = tx.one("recipient", id=parcel.conversation)
            if conversation is None:  # wiped meanwhile, and nothing is left to say
                return None
            if mark:
                day, key = engine.day_key(now)
                body = key.seal(mark, f"mark|{parcel.conversation}")
                tx.tell("mark_message", conversation=parcel.conversation, day=day, body=body)
            tx.tell("sent", id=parcel.id)
            return next_parcel(engine, tx, conversation, parcel.lease, now)

        return await engine.write(delivering, alone=False, brief=True)

    async def marks(self, address: Address) -> tuple[bytes, ...]:
        """What the platform called all that came here."""
        engine = self._engine

        def find(tx: Transaction) -> tuple[bytes, ...]:
            found = []
            for number in engine.ring.numbers:
                for row in tx.all("marked_messages", hash=engine.row_hash(address, number)):
                    with suppress(KeyGone):
                        found.append(
                            engine.days.of(row["day"]).open(row["body"], f"mark|{row['conversation']}")
                        )
            return tuple(found)

        return await engine.ask(find)

    async def unmark(self, address: Address) -> None:
        """Forget what the platform called them."""
        engine = self._engine

        def unmarking(tx: Transaction) -> None:
            for number in engine.ring.numbers:
                row = tx.one("conversation", hash=engine.row_hash(address, number))
                if row is not None and row["id"] is not None:
                    tx.run("unmark_messages", conversation=row["id"])

        await engine.write(unmarking, alone=False, brief=True)

    async def park(self, parcel: Parcel, reason: str, *, now: datetime) -> Parcel | None:
        """The platform refuses it for good; what is next?"""

        def parking(tx: Transaction) -> Parcel | None:
            conversation = tx.one("recipient", id=parcel.conversation)
            if conversation is None:
                return None
            _park(tx, conversation, parcel.id, reason, now)
            return next_parcel(self._engine, tx, conversation, parcel.lease, now)

        return await self._engine.write(parking, alone=False, brief=True)

    async def postpone(self, parcel: Parcel, until: datetime) -> None:
        """Not now, and what comes after it neither."""

        def postponing(tx: Transaction) -> None:
            if tx.run("postponed", id=parcel.id):
                tx.run("end_lease", id=parcel.conversation, lease=parcel.lease, not_before=seconds(until))

        await self._engine.write(postponing, alone=False, brief=True)

    async def undelivered(self, address: Address) -> tuple[bytes, ...]:
        """What still waits for this conversation, in order."""
        engine = self._engine

        def find(tx: Transaction) -> tuple[bytes, ...]:
            rows = [
                row
                for number in engine.ring.numbers
                for row in tx.all("waiting_parcels", hash=engine.row_hash(address, number))
            ]
            return tuple(open_body(engine, row, row["conversation"]) for row in rows)

        return await engine.ask(find)

    async def parked(self) -> tuple[Parked, ...]:
        """What will not be delivered."""
        return await self._engine.ask(
            lambda tx: tuple(
                Parked(row["id"], row["channel"], row["scheme"], row["reason"], instant(row["since"]))
                for row in tx.all("parked")
            )
        )
