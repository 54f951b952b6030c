"""Turns of clients: loading a conversation, keeping a turn, and what waits for it from our own side."""

import asyncio
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import msgspec

from flows.effects import OpenCase
from flows.events import Happened, TimePassed, Written
from flows.session import Turn, decode
from storage.errors import Broken, KeyGone
from storage.records import Address, Committed, Draft, Due
from storage.sqlite.effects import hash_claims
from storage.sqlite.engine import Part, Row, instant, seconds
from storage.sqlite.turns import STEP, WAKE, ToKeep, is_brief, keep_turn, standing, start_conversation
from storage.sqlite.writer import Transaction


class ConversationPart(Part):
    """`storage.store.Conversations` on SQLite."""

    async def load(self, address: Address, *, recent: bool = False) -> Draft:
        """The conversation at this address."""
        if recent and (known := self._engine.recent.get(address)) is not None:
            return known
        row = await self._row(address)
        while row is not None:
            try:
                return self._draft(row)
            except KeyGone:
                before, row = row, await self._row(address)
                if row is not None and row["version"] == before["version"]:  # its three days are over
                    return self._remains(row)
                # else another process filed or wiped it just now, and destroyed the key that it had
        return Draft(None, 0)

    def _draft(self, row: Row) -> Draft:
        """A conversation as it stood when this row was read. Raises `KeyGone`."""
        if row["draft"] is None:
            return self._remains(row)
        plain = self._engine.days.of(row["day"]).open(row["draft"], f"draft|{row['id']}|{row['version']}")
        session, beside = msgspec.msgpack.decode(plain, type=tuple[bytes, bytes])
        return Draft(decode(session), row["version"], beside)

    def _remains(self, row: Row) -> Draft:
        """What outlives the draft of a conversation."""
        if row["remains"] is None:
            return Draft(None, row["version"])
        key = self._engine.ring.key(row["process_key"])
        plain = key.open(row["remains"], f"remains|{row['id']}|{row['version']}")
        return Draft(decode(plain), row["version"])

    async def _row(self, address: Address) -> Row | None:
        engine = self._engine

        def find(tx: Transaction) -> Row | None:
            row = tx.one("load", hash=engine.row_hash(address))
            assert row is not None
            if row["newest"] != engine.ring.current:  # another process rotated the keys
                engine.ring.use(row["newest"])
                return find(tx)
            for number in engine.ring.numbers[1:]:
                if row is not None and row["id"] is not None:
                    break
                row = tx.one("load", hash=engine.row_hash(address, number))
            return row if row is not None and row["id"] is not None else None

        return await engine.ask(find)

    async def commit(
        self,
        address: Address,
        version: int,
        turn: Turn,
        outgoing: Sequence[bytes] = (),
        inbound: str | None = None,
        *,
        now: datetime,
        beside: bytes = b"",
    ) -> Committed:
        """Keep a whole turn, in one transaction."""
        engine = self._engine
        files = [effect for effect in turn.effects if isinstance(effect, OpenCase)]
        claims = await asyncio.to_thread(hash_claims, engine, files) if files else {}
        kept = ToKeep(address, version, turn, outgoing, inbound, now, beside, claims)
        brief = is_brief(turn)
        engine.recent.drop(address)
        done = await engine.write(lambda tx: keep_turn(engine, tx, kept), alone=False, brief=brief)
        if brief:  # any other leaves less than the turn had
            engine.recent.put(address, Draft(turn.session, done.version, beside))
        return done

    async def keep(self, address: Address, kind: str, name: str, data: bytes, *, now: datetime) -> str:
        """Keep a file the client sent, as a draft."""
        engine, ref = self._engine, secrets.token_hex(12)
        plain = msgspec.msgpack.encode((kind, name, data))

        def keeping(tx: Transaction) -> str:
            row = standing(engine, tx, address) or start_conversation(engine, tx, address, now)
            conversation = row["id"]
            day, key = engine.draft_key(now, row)
            body = key.seal(plain, f"attachment|{ref}")
            tx.run("keep_attachment", ref=ref, conversation=conversation, day=day, at=seconds(now), body=body)
            return ref

        return await engine.write(keeping, alone=False)

    async def stirred(self, longest: float) -> None:
        """Returns when something came, after `longest` seconds at the latest."""
        await self._engine.stirred(longest)

    async def wakes(self, now: datetime, limit: int = 100) -> tuple[Due, ...]:
        """What waits for conversations from our own side: officers' steps, then times that came."""
        engine = self._engine

        def find(tx: Transaction) -> tuple[Due, ...]:
            steps: list[Due] = []
            for row in tx.all("due_steps", limit=limit):
                with suppress(Broken):  # it holds up nobody else, and goes with its day
                    steps.append(Due(engine.address(row), self._step(row), f"{STEP}{row['id']}"))
            times = [
                Due(engine.address(row), TimePassed(), f"{WAKE}{row['wake']}", instant(row["wake"]))
                for row in tx.all("due_wakes", now=seconds(now), limit=limit)
            ]
            return (*steps, *times)[:limit]

        return await engine.ask(find)

    def _step(self, row: Row) -> Happened | Written:
        plain = self._engine.days.of(row["day"]).open(row["event"], f"step|{row['conversation']}")
        return msgspec.json.decode(plain, type=Happened | Written)
