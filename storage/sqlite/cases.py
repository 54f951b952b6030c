"""Filed cases: what is known without a key, and what opens with one."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from flows.effects import Effect, Intake
from flows.events import Deadline, Filed, Happened
from storage.errors import NoAccess, UnknownAttachment, UnknownCase, WrongKey
from storage.months import months_after
from storage.officers import CaseKey, Unlocked
from storage.records import Attachment, CaseLine, Dossier, Entry, Mark, Notice, Standing, Status, Term
from storage.sealing import Pair
from storage.sqlite.effects import add_entry, carry_out, case_row, claim_hash, mark
from storage.sqlite.engine import Engine, Part, Row, instant, seconds
from storage.sqlite.listing import list_case
from storage.sqlite.writer import Transaction

INVOLVED = "involved_declared"
"""What stands on the timeline, by an officer, when they had a part in what the case is about."""

CLOSED = frozenset({"closed", "withdrawn", "refused"})
"""Statuses with which a case ends and its retention begins."""


def open_key(engine: Engine, row: Row, who: Unlocked) -> tuple[CaseKey, Pair]:
    """The key of a case. Raises `NoAccess`, `KeyGone` when it was shredded, `Broken`."""
    number = row["number"]
    inner = engine.shred.key(row["slot"]).open(row["sealed_key"], f"case|{number}")
    try:
        key = msgspec.json.decode(who.pair.open(inner, f"case|{number}"), type=CaseKey)
    except WrongKey:
        raise NoAccess from None
    return key, Pair(key.secret)


def involved(tx: Transaction, number: str, officer: str) -> bool:
    """Whether this officer had a part in what the case is about, and so reads it no more."""
    return any(row["what"] == INVOLVED and row["by"] == officer for row in tx.all("timeline", number=number))


def admit(tx: Transaction, number: str, who: Unlocked) -> None:
    """Raises `NoAccess` for who was involved, also while the key of the case still has to be changed."""
    if involved(tx, number, who.id):
        raise NoAccess


def log(tx: Transaction, at: int, officer: str, what: str, number: str = "") -> None:
    """A line in the access log."""
    tx.run("log_access", at=at, officer=officer, what=what, number=number)


def terms_of(tx: Transaction, number: str) -> tuple[Term, ...]:
    """The deadlines of a case."""
    return _terms(tx.all("terms", number=number))


def _terms(rows: Sequence[Row]) -> tuple[Term, ...]:
    return tuple(Term(msgspec.json.decode(row["deadline"], type=Deadline), row["state"]) for row in rows)


def lines_at(tx: Transaction, numbers: Sequence[str]) -> tuple[CaseLine, ...]:
    """These cases without their content, in three queries however many there are. Raises `UnknownCase`."""
    found = tx.each("case", [{"number": number} for number in numbers])
    if not all(found):
        raise UnknownCase
    return lines_of(tx, [rows[0] for rows in found])


def lines_of(tx: Transaction, cases: Sequence[Row]) -> tuple[CaseLine, ...]:
    """These cases without their content."""
    asked: list[dict[str, object]] = [{"number": row["number"]} for row in cases]
    unread, terms = tx.each("unread", asked), tx.each("terms", asked)
    return tuple(_line(row, unread[at][0]["unread"], _terms(terms[at])) for at, row in enumerate(cases))


def line_of(tx: Transaction, row: Row) -> CaseLine:
    """A case without its content."""
    return lines_of(tx, [row])[0]


def _line(row: Row, unread: int, terms: tuple[Term, ...]) -> CaseLine:
    closed = instant(row["closed"]) if row["closed"] is not None else None
    return CaseLine(
        number=row["number"],
        scheme=row["scheme"],
        scheme_version=row["scheme_version"],
        kind=row["kind"],
        status=row["status"],
        received=instant(row["received"]),
        coded=msgspec.json.decode(row["coded"], type=dict[str, tuple[str, ...]]),
        terms=terms,
        unread=unread,
        closed=closed,
        destroy_after=months_after(closed, row["keep_months"]) if closed and row["keep_months"] else None,
        hold=row["hold_by"],
    )


def filed_of(tx: Transaction, row: Row) -> Filed:
    """What a conversation may know of a case."""
    done = tuple(
        mark["what"] for mark in tx.all("timeline", number=row["number"]) if mark["kind"] in ("step", "note")
    )
    running = tuple(term.deadline for term in terms_of(tx, row["number"]) if term.state == "running")
    return Filed(row["number"], row["status"], running, row["filed_on"], done)


class CasePart(Part):
    """`storage.store.Cases` on SQLite."""

    async def case_for(self, scheme: str, claim_code: str) -> Filed | None:
        """The case that this claim code proves to be one's own."""
        engine = self._engine
        numbers = await engine.ask(lambda tx: [row["claim_key"] for row in tx.all("claim_keys")])
        for number in numbers:
            claim = await asyncio.to_thread(claim_hash, engine, scheme, claim_code, number)
            found = await engine.ask(lambda tx, claim=claim: self._claimed(tx, scheme, claim))  # type: ignore[misc]
            if found is not None:
                return found
        return None

    def _claimed(self, tx: Transaction, scheme: str, claim: bytes) -> Filed | None:
        row = tx.one("case_by_claim", claim=claim, scheme=scheme)
        return filed_of(tx, row) if row is not None else None

    async def filed(self, number: str) -> Filed:
        """Where a case stands."""
        return await self._engine.ask(lambda tx: filed_of(tx, case_row(tx, number)))

    async def cases(
        self, scheme: str | None = None, standing: Standing | None = None, limit: int = 1000
    ) -> tuple[CaseLine, ...]:
        """Cases without content, the newest first."""
        return await self._engine.scan(
            lambda tx: lines_of(tx, tx.all("cases", scheme=scheme, standing=standing, limit=limit))
        )

    async def case(self, number: str) -> CaseLine:
        """One case without content."""
        return await self._engine.ask(lambda tx: line_of(tx, case_row(tx, number)))

    async def timeline(self, number: str) -> tuple[Mark, ...]:
        """What happened on a case."""
        return await self._engine.ask(lambda tx: _timeline(tx, number))

    async def open_case(self, number: str, who: Unlocked, *, now: datetime, why: str = "opened") -> Dossier:
        """The whole case; logged, and what the client wrote counts as read."""
        engine = self._engine

        def opening(tx: Transaction) -> Dossier:
            row = case_row(tx, number)
            admit(tx, number, who)
            key, pair = open_key(engine, row, who)
            sealed = tx.all("entries", number=number)
            opened = {one["id"]: pair.open(one["body"], f"entry|{number}|{one['id']}") for one in sealed}
            intake = next(one for one in sealed if one["what"] == "intake")
            dossier = Dossier(
                line=line_of(tx, row),
                intake=msgspec.json.decode(opened[intake["id"]], type=Intake),
                refused=key.refused,
                entries=tuple(_entry(one, opened[one["id"]]) for one in sealed if one["id"] != intake["id"]),
                timeline=_timeline(tx, number),
                attachments=tuple(one["ref"] for one in tx.all("attachments", number=number)),
            )
            log(tx, seconds(now), who.id, why, number)
            tx.run("read_entries", number=number)
            return dossier

        return await engine.write(opening)

    async def open_attachment(self, number: str, ref: str, who: Unlocked, *, now: datetime) -> Attachment:
        """One file of a case; logged."""
        engine = self._engine

        def opening(tx: Transaction) -> Attachment:
            case = case_row(tx, number)
            admit(tx, number, who)
            _, pair = open_key(engine, case, who)
            row = tx.one("attachment", number=number, ref=ref)
            if row is None:
                raise UnknownAttachment
            plain = pair.open(row["body"], f"attachment|{number}|{ref}")
            kind, name, data = msgspec.msgpack.decode(plain, type=tuple[str, str, bytes])
            log(tx, seconds(now), who.id, "opened_attachment", number)
            return Attachment(ref, kind, name, data)

        return await engine.write(opening)

    async def act(
        self,
        number: str,
        who: Unlocked,
        effects: Sequence[Effect] = (),
        step: Happened | None = None,
        text: str = "",
        status: Status | None = None,
        *,
        now: datetime,
    ) -> None:
        """An officer's step on a case."""
        engine, at = self._engine, seconds(now)

        def acting(tx: Transaction) -> None:
            case = case_row(tx, number)
            admit(tx, number, who)
            open_key(engine, case, who)
            carry_out(engine, tx, effects, 0, {}, now, who.id)
            if step is not None:
                mark(tx, number, at, "step", step.id, who.id)
                for row in tx.all("followers", number=number):
                    day, key = engine.draft_key(now, row)
                    event = key.seal(msgspec.json.encode(step), f"step|{row['id']}")
                    tx.run("add_step", conversation=row["id"], day=day, event=event, at=at)
            if text:
                add_entry(tx, number, step.id if step else "note", text.encode(), at, who.id)
            if status is not None and status != case["status"]:
                tx.run("set_status", number=number, status=status, closed=at if status in CLOSED else None)
                mark(tx, number, at, "case", status, who.id)
                list_case(tx, number)
            log(tx, at, who.id, step.id if step else "noted", number)

        await engine.write(acting)

    async def notices(self, limit: int = 100, after: int = 0) -> tuple[Notice, ...]:
        """Notices that were not sent yet."""
        return await self._engine.ask(
            lambda tx: tuple(
                Notice(row["id"], row["number"], row["scheme"], row["role"], row["what"], bool(row["urgent"]),
                       instant(row["at"]))
                for row in tx.all("notices", limit=limit, after=after)
            )
        )  # fmt: skip

    async def noticed(self, notice: Notice) -> None:
        """This notice was sent."""
        await self._engine.write(lambda tx: tx.run("noticed", id=notice.id))


def _entry(row: Row, plain: bytes) -> Entry:
    return Entry(row["id"], row["what"], instant(row["at"]), row["by"], plain.decode())


def _timeline(tx: Transaction, number: str) -> tuple[Mark, ...]:
    case_row(tx, number)
    return tuple(
        Mark(instant(row["at"]), row["what"], row["by"]) for row in tx.all("timeline", number=number)
    )
