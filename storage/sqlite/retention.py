"""Forgetting on time, and what defers it."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from flows.regimes import outlasts
from storage.errors import Held, NoHold
from storage.files import append
from storage.keys import DRAFT_LIFE
from storage.months import months_after
from storage.records import Purged, Tombstone
from storage.sqlite.cases import log
from storage.sqlite.drawers import move_drawers
from storage.sqlite.effects import add_entry, case_row, mark
from storage.sqlite.engine import Engine, Part, Row, day_number, instant, seconds
from storage.sqlite.ladders import destroy_ladders
from storage.sqlite.line_rows import purge_lines
from storage.sqlite.listing import unlist
from storage.sqlite.pool import move_pages
from storage.sqlite.turns import INBOUND_DAYS
from storage.sqlite.writer import Transaction

LOG_LIFE = timedelta(days=5 * 366)
"""An access log of health care is kept for at least five years (NEN 7513; Stcrt. 2019, 38007)."""

PURGE_EVERY = 3600
"""Seconds between two looks for what is over; one of all processes takes each."""

SHORT = timedelta(days=3)
"""So much at most may some months be shorter than 30.4 days each, which is how cases are sought whose time may be over:
two months from New Year's Day are 59 days, and not 60.8."""

_BATCH = 500


class RetentionPart(Part):
    """`storage.store.Retention` on SQLite."""

    async def purge(self, now: datetime, *, dry: bool = False) -> Purged:
        """Destroy all whose time has come; with `dry`, only say what."""
        engine = self._engine
        days = engine.days.overdue(now)
        if dry:
            due, drafts, waiting = await engine.scan(lambda tx: _find(tx, now))
            return Purged(due, drafts, 0, 0, days, waiting, dry=True)
        drafts, waiting = await engine.write(lambda tx: _begin(tx, now))
        engine.recent.clear()
        cases = await engine.ask(lambda tx: tuple(row["number"] for row in tx.all("purging")))
        append(engine.tombstones, [f"case {number}" for number in cases])
        await engine.shred_keys()  # first the key: from here on no copy of the case opens
        inbound, expired = await engine.write(lambda tx: _destroy(engine, tx, cases, days, now))
        for day in days:
            engine.days.destroy(day)
        await purge_lines(engine, now)
        await self._retire()
        await engine.settle()
        return Purged(cases, drafts, inbound, expired, days, waiting, dry=False)

    async def purge_in_turn(self, now: datetime) -> Purged | None:
        """Destroy all whose time has come, unless another process did within the hour."""
        engine, at = self._engine, seconds(now)
        await engine.take_over()
        right, until = engine.living.right(), at + PURGE_EVERY - PURGE_EVERY // 60
        if not await engine.write(
            lambda tx: tx.run("begin_sweep", name="purge", lease=right, until=until, now=at)
        ):
            return None
        return await self.purge(now)

    async def hold(self, number: str, who: str, reason: str, *, now: datetime) -> None:
        """Defer the destruction of a case; the reason is sealed for its readers."""
        engine = self._engine

        def holding(tx: Transaction) -> None:
            if not engine.keeping(case_row(tx, number)["scheme"]).hold:
                raise NoHold
            if not tx.run("hold", number=number, who=who):
                raise Held
            add_entry(tx, number, "hold", reason.encode(), seconds(now), who)
            mark(tx, number, seconds(now), "case", "hold", who)
            log(tx, seconds(now), who, "hold", number)

        await engine.write(holding)

    async def tombstones(self) -> tuple[Tombstone, ...]:
        """The cases that were destroyed."""
        return await self._engine.ask(
            lambda tx: tuple(
                Tombstone(row["number"], row["scheme"], instant(row["at"])) for row in tx.all("tombstones")
            )
        )

    async def release(self, number: str, who: str, *, now: datetime) -> None:
        """End a hold."""

        def releasing(tx: Transaction) -> None:
            case_row(tx, number)
            tx.run("release", number=number)
            mark(tx, number, seconds(now), "case", "release", who)
            log(tx, seconds(now), who, "release", number)

        await self._engine.write(releasing)

    async def rotate_process_key(self, now: datetime) -> int:
        """Take a new process key into use and move every row to it, some at a time."""
        engine = self._engine
        number = engine.ring.add()
        fingerprint = engine.ring.key(number).fingerprint

        def begin(tx: Transaction) -> None:
            tx.run("add_process_key", id=number, fingerprint=fingerprint, since=seconds(now))
            engine.ring.use(number)
            for row in tx.all("officers", scheme=None):
                plain = engine.ring.key(row["process_key"]).open(row["contact"], f"contact|{row['id']}")
                sealed = engine.ring.key(number).seal(plain, f"contact|{row['id']}")
                tx.run("set_contact", id=row["id"], contact=sealed, process_key=number)
            move_drawers(engine, tx, number)
            move_pages(engine, tx)

        await engine.write(begin)
        moved = 0
        while batch := await engine.write(lambda tx: _move(engine, tx, number)):
            moved += batch
        await self._retire()
        return moved

    async def _retire(self) -> None:
        """Destroy process keys that no row names any more."""
        engine = self._engine

        def forget(tx: Transaction) -> list[int]:
            idle = [row["id"] for row in tx.all("idle_process_keys")]
            for id in idle:
                tx.run("forget_process_key", id=id)
            return idle

        if await engine.ask(lambda tx: tx.all("idle_process_keys")):
            for number in await engine.write(forget):
                engine.ring.retire(number)


Found = tuple[tuple[str, ...], int, tuple[tuple[str, str], ...]]
"""Cases to destroy, how many drafts to wipe, and cases that wait."""


def _begin(tx: Transaction, now: datetime) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Take what is due out of everyone's sight, and note its keys for destruction."""
    due, drafts, waiting = _find(tx, now)
    for number in due:
        tx.run("shred_later", slot=case_row(tx, number)["slot"])
        tx.run("begin_purge", number=number)
        unlist(tx, number)
    return drafts, waiting


def _find(tx: Transaction, now: datetime) -> Found:
    due: list[str] = []
    waiting: list[tuple[str, str]] = []
    finished = tx.all("finished_cases", before=seconds(now + SHORT))
    for row in sorted(finished, key=lambda row: str(row["number"])):
        if months_after(instant(row["closed"]), row["keep_months"]) > now.astimezone(UTC):
            continue
        why = deferred(tx, row)
        if why is None:
            due.append(row["number"])
        else:
            waiting.append((row["number"], why))
    drafts = len(tx.all("old_drafts", before=_draft_end(now)))
    return tuple(due), drafts, tuple(waiting)


def _draft_end(now: datetime) -> int:
    """Who last wrote in an hour that began at or before this has a draft that is over: it lives between 71 and 72
    hours, since only the hour is kept, and never longer."""
    return seconds(now - DRAFT_LIFE)


def deferred(tx: Transaction, row: Row) -> Literal["hold", "unread", "term"] | None:
    """What keeps a case whose time has come: a hold, a reply that nobody has read, or a term that goes on."""
    if row["hold_by"] is not None:
        return "hold"
    unread = tx.one("unread", number=row["number"])
    if unread is not None and unread["unread"]:
        return "unread"
    running = (term["id"] for term in tx.all("terms", number=row["number"]) if term["state"] == "running")
    return "term" if any(map(outlasts, running)) else None


def _destroy(
    engine: Engine, tx: Transaction, cases: tuple[str, ...], days: tuple[str, ...], now: datetime
) -> tuple[int, int]:
    for row in tx.all("purging"):
        if row["number"] in cases:
            for follower in tx.all("followers", number=row["number"]):
                engine.renew(tx, follower)
            destroy_case(tx, row["number"], row["scheme"], seconds(now))
    expired = 0
    for day in days:
        for row in tx.all("expired_parcels", day=day):
            tx.run("park", channel=row["channel"], scheme=row["scheme"], reason="expired",
                   since=seconds(now))  # fmt: skip
            tx.run("sent", id=row["id"])
            expired += 1
    for row in tx.all("old_drafts", before=_draft_end(now)):
        engine.renew(tx, row)
        tx.run("end_draft", id=row["id"])
        tx.run("forget_attachments", conversation=row["id"], but="")
        tx.run("drop_empty", id=row["id"])
    for day in days:
        tx.run("expired_steps", day=day)
        tx.run("expired_marks", day=day)
        _keep_longer(engine, tx, day, now)
    tx.run("old_drawers", now=seconds(now))
    tx.run("set_meta", name="access_kept_from", value=str(seconds(now - LOG_LIFE)))
    tx.run("old_access", before=seconds(now - LOG_LIFE))
    return tx.run("old_inbound", day=day_number(now) - INBOUND_DAYS), expired


def _keep_longer(engine: Engine, tx: Transaction, day: str, now: datetime) -> None:
    """Files in conversations that went on day after day come under today's key before theirs is destroyed."""
    for row in tx.all("ageing_attachments", day=day):
        bound = f"attachment|{row['ref']}"
        plain = engine.days.of(row["day"]).open(row["body"], bound)
        today, key = engine.day_later(row["day"], now)
        tx.run("keep_longer", ref=row["ref"], day=today, body=key.seal(plain, bound))


def destroy_case(tx: Transaction, number: str, scheme: str, at: int) -> None:
    """Take a case out of the database, and leave a tombstone."""
    tx.run("tombstone", number=number, scheme=scheme, at=at)
    unlist(tx, number)
    for name in ("purge_entries", "purge_attachments", "purge_timeline", "purge_terms", "purge_notices",
                 "purge_writings", "purge_correspondent", "purge_followers", "purge_case"):  # fmt: skip
        tx.run(name, number=number)
    destroy_ladders(tx, number)


def _move(engine: Engine, tx: Transaction, number: int) -> int:
    """Move some rows to a process key; returns how many."""
    rows = tx.all("old_rows", number=number, limit=_BATCH)
    for row in rows:
        id, old = row["id"], engine.ring.key(row["process_key"])
        bound = f"remains|{id}|{row['version']}"
        address = engine.address(row)
        remains = row["remains"]
        if remains is not None:
            remains = engine.ring.key(number).seal(old.open(remains, bound), bound)
        tx.run("move_row", id=id, version=row["version"], hash=engine.row_hash(address, number), process_key=number,
               address=engine.seal_address(address), remains=remains)  # fmt: skip
    return len(rows)
