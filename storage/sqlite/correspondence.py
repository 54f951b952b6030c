"""What officers write to clients: sealed for the client of a case, whose key opens only with the claim code."""

import asyncio
from datetime import datetime

import msgspec

from flows.events import Writing, Written
from storage.correspondence import Reach
from storage.errors import Broken, WrongPassword
from storage.officers import Unlocked
from storage.passwords import unwrap
from storage.sealing import Pair, seal_for
from storage.sqlite.cases import log, open_key
from storage.sqlite.effects import add_entry, case_row, mark, plain_code
from storage.sqlite.engine import Engine, Part, instant, later_id, seconds
from storage.sqlite.writer import Transaction

WRITTEN = "written"
"""What an entry and a line of the timeline are called by which an officer wrote to the client."""


class CorrespondencePart(Part):
    """`storage.correspondence.Correspondence` on SQLite."""

    async def reach(self, number: str) -> Reach:
        """How what is written would come to the client."""

        def find(tx: Transaction) -> Reach:
            case_row(tx, number)
            channels = tuple(row["channel"] for row in tx.all("following", number=number))
            return Reach(channels, tx.one("correspondent", number=number) is not None)

        return await self._engine.ask(find)

    async def write(self, number: str, who: Unlocked, text: str, *, open: bool, now: datetime) -> None:
        """Write to the client."""
        engine, at = self._engine, seconds(now)

        def writing(tx: Transaction) -> None:
            open_key(engine, case_row(tx, number), who)
            add_entry(tx, number, WRITTEN, text.encode(), at, who.id)
            mark(tx, number, at, "note", WRITTEN, who.id)
            box = tx.one("correspondent", number=number)
            if box is not None:
                newest = tx.one("newest_writing", number=number, at=at)
                id = later_id(newest["id"] if newest is not None else None)
                body = seal_for([box["public"]], text.encode(), f"writing|{number}|{id}")
                tx.run("add_writing", id=id, number=number, at=at, body=body)
            event = msgspec.json.encode(Written(text if open else ""))
            for row in tx.all("followers", number=number):
                day, key = engine.draft_key(now, row)
                sealed = key.seal(event, f"step|{row['id']}")
                tx.run("add_step", conversation=row["id"], day=day, event=sealed, at=at)
            log(tx, at, who.id, WRITTEN, number)

        await engine.write(writing)

    async def writings(self, number: str, claim_code: str) -> tuple[Writing, ...]:
        """What was written to the client, for who has the code."""
        engine = self._engine

        def find(tx: Transaction) -> tuple[bytes, list[tuple[int, int, bytes]]] | None:
            row, box = case_row(tx, number), tx.one("correspondent", number=number)
            if box is None:
                return None
            wrapped = engine.shred.key(row["slot"]).open(box["wrapped"], f"correspondent|{number}")
            return wrapped, [(one["id"], one["at"], one["body"]) for one in tx.all("writings", number=number)]

        found = await engine.ask(find)
        if found is None or not found[1]:
            return ()
        try:
            secret = await asyncio.to_thread(
                unwrap, found[0], plain_code(claim_code), f"correspondent|{number}"
            )
        except (WrongPassword, Broken):
            return ()
        pair = Pair(secret)
        return tuple(
            Writing(instant(at).isoformat(), pair.open(body, f"writing|{number}|{id}").decode())
            for id, at, body in found[1]
        )


def move_correspondent(engine: Engine, tx: Transaction, number: str, old: int, new: int) -> None:
    """Seal the client's key of a case under another shred key."""
    box = tx.one("correspondent", number=number)
    if box is not None and old != new:
        wrapped = engine.shred.key(old).open(box["wrapped"], f"correspondent|{number}")
        sealed = engine.shred.key(new).seal(wrapped, f"correspondent|{number}")
        tx.run("move_correspondent", number=number, wrapped=sealed)
