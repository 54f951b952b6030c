"""Keeping one turn, inside its transaction: what came in, what it did, what goes out, and the new session."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from flows.effects import Forget, OpenCase, PassOn, Wake
from flows.session import Session, Turn, encode
from storage.errors import Conflict, Duplicate
from storage.files import append
from storage.keys import DRAFT_LIFE
from storage.records import Address, Committed, Parcel
from storage.remains import after, without_content
from storage.sqlite.effects import Hashes, carry_out
from storage.sqlite.engine import Engine, Row, day_number, hour, random_id, seconds
from storage.sqlite.outbox import LEASE, parcel
from storage.sqlite.writer import Transaction

INBOUND_DAYS = 8
"""WhatsApp repeats a message for up to seven days; after that its id is of no use."""

WIPED = timedelta(hours=2)
"""How long a wiped conversation is still known (an hour less at least, since only the hour is kept): it is needed by
a button below its last message, by another wipe, which takes that message away, and by its own update, which after a
kill comes again and would be greeted."""

WAKE, STEP = "due:wake:", "due:step:"
"""What the inbound ids of our own events begin with."""


class ToKeep(NamedTuple):
    """A turn on its way into the store: the arguments of `Store.commit`, and the hashes of its claim codes."""

    address: Address
    version: int
    turn: Turn
    outgoing: Sequence[bytes]
    inbound: str | None
    now: datetime
    beside: bytes
    claims: Hashes


def is_brief(turn: Turn) -> bool:
    """Whether keeping this turn takes well under a millisecond: nothing is sealed for people, or wiped on the disk."""
    return not any(isinstance(effect, OpenCase | PassOn | Forget) for effect in turn.effects)


def keep_turn(engine: Engine, tx: Transaction, kept: ToKeep) -> Committed:
    """Keep all of it. Raises `Duplicate`, `Conflict` and what the effects raise; then nothing of it is kept."""
    ours = kept.inbound is not None and kept.inbound.startswith((WAKE, STEP))
    inbound = None if ours or kept.inbound is None else _Inbound(engine, tx, kept, kept.inbound)
    row = standing(engine, tx, kept.address)
    if inbound is not None:
        inbound.take(row)
    elif kept.inbound is not None:
        _take_own(tx, kept.inbound, row)
    if kept.version != (row["version"] if row else 0):
        raise Conflict
    if row is None:
        row = start_conversation(engine, tx, kept.address, kept.now)
    conversation = row["id"]
    forget = any(isinstance(effect, Forget) for effect in kept.turn.effects)
    if forget:
        _forget(engine, tx, row, after(kept.turn))
    carry_out(engine, tx, kept.turn.effects, conversation, kept.claims, kept.now)
    if forget or any(isinstance(effect, OpenCase | PassOn) for effect in kept.turn.effects):
        row = engine.renew(tx, row)
    version = row["version"] + 1 if row["version"] else random_id() >> 16
    _send(engine, tx, row, version, kept)
    lease, until = _lease(engine, row, kept)
    tx.tell(
        "continue_conversation",
        id=conversation,
        version=version,
        touched=row["touched"] if ours and row["alive"] else _touched(kept, forget),
        wake=_wake(kept, row, forget),
        lease=lease,
        leased_until=until,
        **_sealed(engine, row, kept, version, forget=forget),
    )
    return Committed(
        version, _first(engine, tx, kept, conversation, version, lease) if lease != row["lease"] else None
    )


def _touched(kept: ToKeep, forget: bool) -> int:
    """The hour from which a draft is counted: one in which a wipe left nothing goes after `WIPED`, with its account."""
    left = after(kept.turn)
    empty = left.route is None and left.case is None and not (left.answers or left.said)
    return hour(kept.now - DRAFT_LIFE + WIPED) if forget and empty else hour(kept.now)


def standing(engine: Engine, tx: Transaction, address: Address) -> Row | None:
    """Where the conversation at this address stands; None when it is new."""
    row = tx.one("conversation", hash=engine.row_hash(address))
    assert row is not None
    if row["newest"] != engine.ring.current:  # another process rotated the keys
        engine.ring.use(row["newest"])
        row = tx.one("conversation", hash=engine.row_hash(address))
    for number in engine.ring.numbers[1:]:
        if row is not None and row["id"] is not None:
            break
        row = tx.one("conversation", hash=engine.row_hash(address, number))
    return engine.mended(tx, row) if row is not None and row["id"] is not None else None


def start_conversation(engine: Engine, tx: Transaction, address: Address, now: datetime) -> Row:
    """A row for someone new, at version 0."""
    tx.insert(
        "start_conversation",
        hash=engine.row_hash(address),
        process_key=engine.ring.current,
        scheme=address.scheme,
        channel=address.channel,
        address=engine.seal_address(address),
        since=day_number(now),
        touched=hour(now),
        slot=engine.draft_slot(tx),
    )
    row = standing(engine, tx, address)
    assert row is not None
    return row


class _Inbound:
    """The id of a message as it is kept, from before anything is known of its conversation.

    Whether it had its effect is asked together with where the conversation stands, where the database is far.
    """

    def __init__(self, engine: Engine, tx: Transaction, kept: ToKeep, inbound: str) -> None:
        address = kept.address
        self._engine, self._tx = engine, tx
        self._parts = ("inbound", address.channel, address.scheme, address.key, inbound)
        self._today, self._number = day_number(kept.now), engine.ring.current
        self._hash = engine.ring.key(self._number).hash(*self._parts)
        first, last = self._today - INBOUND_DAYS, self._today + 1
        self._seen = tx.ahead("seen_lately", hash=self._hash, first=first, last=last)

    def take(self, row: Row | None) -> None:
        """It has its effect now. Raises `Duplicate` when it had it before, under whichever process key.

        Looked for from the day on which the conversation began; with a new one (an older may have been wiped) in
        all days that are kept; and a day ahead, since a clock may be set back.
        """
        ring, today = self._engine.ring, self._today
        begun = max(row["since"] if row else 0, today - INBOUND_DAYS)
        hashes = {number: self._hashed(number) for number in ring.numbers}
        for number, hash in hashes.items():
            if self._seen is not None and number == self._number:
                found = self._seen()
            else:
                days = [{"day": day, "hash": hash} for day in range(today + 1, begun - 1, -1)]
                found = self._tx.some("seen_inbound", days)
            if found:
                raise Duplicate
        self._tx.tell("take_inbound", hash=hashes[ring.current], day=today, process_key=ring.current)

    def _hashed(self, number: int) -> bytes:
        return self._hash if number == self._number else self._engine.ring.key(number).hash(*self._parts)


def _take_own(tx: Transaction, inbound: str, row: Row | None) -> None:
    """An event of our own has its effect now. Raises `Duplicate` when it had it, or no longer applies."""
    if row is None:
        raise Duplicate
    if inbound.startswith(WAKE):
        if str(row["wake"]) != inbound.removeprefix(WAKE):
            raise Duplicate
    elif not tx.run("take_step", id=int(inbound.removeprefix(STEP)), conversation=row["id"]):
        raise Duplicate


def _forget(engine: Engine, tx: Transaction, row: Row, left: Session) -> None:
    """Wipe what was kept of a conversation before this turn; its cases stay, and the file that came with it."""
    conversation = row["id"]
    tx.settle()
    if row["number"] is not None or row["wake"] is not None:  # then a backup may hold what remained of it
        append(engine.tombstones, [f"conversation {conversation} {row['version']}"])
    tx.run("unsend", conversation=conversation)
    tx.run("forget_attachments", conversation=conversation, but="".join(left.attachments[-1:]))
    tx.run("forget_steps", conversation=conversation)


def _send(engine: Engine, tx: Transaction, row: Row, version: int, kept: ToKeep) -> None:
    if kept.outgoing:
        conversation, (day, key) = row["id"], engine.draft_key(kept.now, row)
        for part, body in enumerate(kept.outgoing):
            sealed = key.seal(body, f"outbox|{conversation}|{version}|{part}")
            tx.tell("send", conversation=conversation, turn=version, part=part, day=day, body=sealed)


def _lease(engine: Engine, row: Row, kept: ToKeep) -> tuple[int, int]:
    """The right to deliver, for who commits; unless nothing goes out, or another process delivers, or all waits."""
    now = seconds(kept.now)
    if kept.outgoing and row["leased_until"] <= now and row["not_before"] <= now:
        return engine.living.right(), now + LEASE
    return row["lease"], row["leased_until"]


def _first(
    engine: Engine, tx: Transaction, kept: ToKeep, conversation: int, version: int, lease: int
) -> Parcel | None:
    row = tx.one("next_parcel", conversation=conversation)
    if row is None:
        return None
    if row["turn"] == version:  # nothing was left behind: what is sealed there need not be opened again
        body = kept.outgoing[row["part"]]
        return Parcel(row["id"], conversation, kept.address, body, row["attempts"], lease)
    return parcel(engine, row, conversation, kept.address, lease)


def _wake(kept: ToKeep, row: Row, forget: bool) -> int | None:
    """When time comes back to this conversation: the newest wish, or the one that stood and is not used up."""
    wishes = [effect.at for effect in kept.turn.effects if isinstance(effect, Wake)]
    if wishes:
        return seconds(datetime.fromisoformat(wishes[-1]))
    used = kept.inbound is not None and kept.inbound.startswith(WAKE)
    wake: int | None = None if used or forget else row["wake"]
    return wake


def _sealed(engine: Engine, row: Row, kept: ToKeep, version: int, *, forget: bool) -> dict[str, object]:
    """The new session as it is stored: the draft under the day's key, and what may outlive it under the process key."""
    session, conversation = after(kept.turn), row["id"]
    filed = [effect for effect in kept.turn.effects if isinstance(effect, OpenCase)]
    known = session.case.number or None if session.case else None
    before = None if forget else row["number"]
    number: str | None = known if session.case else filed[-1].number if filed else before
    day, key = engine.draft_key(kept.now, row)
    plain = msgspec.msgpack.encode((encode(session), kept.beside))
    remains = None
    if number is not None or _wake(kept, row, forget) is not None:
        remains = seal_remains(engine, row["process_key"], session, conversation, version)
    return {
        "day": day,
        "draft": key.seal(plain, f"draft|{conversation}|{version}"),
        "remains": remains,
        "number": number,
    }


def seal_remains(
    engine: Engine, process_key: int, session: Session, conversation: int, version: int
) -> bytes:
    """What outlives a draft, sealed."""
    plain = encode(without_content(session))
    return engine.ring.key(process_key).seal(plain, f"remains|{conversation}|{version}")
