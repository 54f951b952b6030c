"""Reminders: the queue of what is due, and mails on their way to officers (`storage.reminding`)."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

import msgspec

from flows.effects import Effect
from flows.events import Deadline, Happened
from flows.reminding import LATER
from storage.errors import Conflict, NoAccess
from storage.records import Notice, Status
from storage.reminding import Bearings, CaseTerm, DueRung, Item, Kind, Mail
from storage.sqlite.bearings import UNINVOLVED, bearings, several
from storage.sqlite.cases import CLOSED, log
from storage.sqlite.duties import replan_duties
from storage.sqlite.effects import carry_out, case_row, json_text, mark
from storage.sqlite.engine import Engine, Part, instant, seconds
from storage.sqlite.ladders import add_rungs
from storage.sqlite.listing import list_case
from storage.sqlite.writer import Transaction

SWEEP, LEASE = 120, 120
"""Seconds for which a process may sweep, and send a mail. When it ends the next on this machine takes over at once
(`storage.living`); one on another machine does after this long."""

_PAGE = 500
_NAME = "reminders"


class RemindersPart(Part):
    """`storage.reminding.Reminding` on every engine."""

    async def replan(self, scheme: str, now: datetime) -> int:
        """Put the reminders of all running terms where hours and ladder have them now."""
        engine = self._engine
        plan = engine.keeping(scheme).plan
        told = (plan.office, plan.ladder, sorted(plan.silent))
        name, digest = f"plan:{scheme}", hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:16]
        before = await engine.ask(lambda tx: tx.one("meta", name=name))
        if before is not None and before["value"] == digest:
            return 0
        at = seconds(now)
        count, after = await engine.write(lambda tx: replan_duties(engine, tx, scheme, at)), ""
        while True:
            more, after = await engine.write(partial(_replan, engine, _Page(scheme, after, seconds(now))))
            count += more
            if not after:
                break
        await engine.write(lambda tx: tx.run("set_meta", name=name, value=digest))
        return count

    async def stirring(self, now: datetime) -> bool:
        """Whether a sweep would find anything."""
        row = await self._engine.ask(lambda tx: tx.one("stirring", now=seconds(now)))
        return row is not None and bool(row["stirring"])

    async def begin_sweep(self, now: datetime) -> int | None:
        """The right to sweep; None while another process has it."""
        await self._engine.take_over()
        lease, at = self._engine.living.right(), seconds(now)
        began = await self._engine.write(
            lambda tx: tx.run("begin_sweep", name=_NAME, lease=lease, until=at + SWEEP, now=at)
        )
        return lease if began else None

    async def end_sweep(self, lease: int) -> None:
        """Give the right back."""
        await self._engine.write(lambda tx: tx.run("end_sweep", name=_NAME, lease=lease))

    async def due_rungs(self, now: datetime, limit: int = 1000) -> tuple[DueRung, ...]:
        """Reminders whose moment came, the oldest first."""
        rows = await self._engine.ask(lambda tx: tx.all("due_rungs", now=seconds(now), limit=limit))
        return tuple(
            DueRung(row["number"], row["scheme"], row["term"], row["rung"], row["date"], row["officer"],
                    instant(row["due"]))
            for row in rows
        )  # fmt: skip

    async def bearings(self, number: str) -> Bearings:
        """Who has to do with a case."""
        return await self._engine.ask(lambda tx: bearings(tx, number))

    async def bearings_of(self, numbers: Sequence[str]) -> dict[str, Bearings]:
        """Who has to do with each of these cases."""
        return await self._engine.ask(lambda tx: several(tx, numbers))

    async def post(
        self,
        lease: int,
        mails: Sequence[Mail],
        rungs: Sequence[DueRung] = (),
        notices: Sequence[Notice] = (),
        *,
        now: datetime,
    ) -> None:
        """Put mails on their way, and note what they tell as told."""

        def posting(tx: Transaction) -> None:
            if tx.one("sweeping", name=_NAME, lease=lease) is None:
                raise Conflict
            for rung in rungs:
                tx.run("tell", **_key(rung), now=seconds(now))
            for notice in notices:
                tx.run("noticed", id=notice.id)
            _add(tx, mails, now)

        await self._engine.write(posting)

    async def put_off(self, rungs: Sequence[DueRung], until: datetime) -> None:
        """Not now: these come again at `until`."""

        def putting(tx: Transaction) -> None:
            for rung in rungs:
                tx.run("put_off", **_key(rung), due=seconds(until))

        await self._engine.write(putting)

    async def claim_mail(self, now: datetime) -> Mail | None:
        """The next mail to send, without what is done or moved meanwhile."""
        await self._engine.take_over()
        at = seconds(now)
        if await self._engine.ask(lambda tx: tx.one("next_mail", now=at)) is None:
            return None
        return await self._engine.write(lambda tx: _claim(self._engine, tx, at))

    async def mailed(self, mail: Mail, *, now: datetime) -> None:
        """It was taken by the mail server."""

        def sent(tx: Transaction) -> None:
            if tx.run("drop_mail", id=mail.id, lease=mail.lease):
                _count(tx, "sent")

        await self._engine.write(sent)

    async def hold_mail(self, mail: Mail, until: datetime, *, failed: bool) -> None:
        """Not now: it is tried again at `until`."""

        def holding(tx: Transaction) -> None:
            tx.run("hold_mail", id=mail.id, lease=mail.lease, due=seconds(until), failed=int(failed))
            if failed:
                _count(tx, "held")

        await self._engine.write(holding)

    async def divert(self, mail: Mail, reason: str, instead: Sequence[Mail], *, now: datetime) -> None:
        """It cannot reach this officer: others get it instead; without any it is parked."""

        def diverting(tx: Transaction) -> None:
            if not tx.run("drop_mail", id=mail.id, lease=mail.lease):
                return
            _add(tx, instead, now)
            _count(tx, "diverted" if instead else "lost")
            if not instead:
                tx.run("park", channel="mail", scheme=mail.scheme, reason=reason, since=seconds(now))

        await self._engine.write(diverting)

    async def pass_on(
        self, mail: Mail, items: Sequence[Item], instead: Sequence[Mail], *, now: datetime
    ) -> Mail | None:
        """These lines are not for this officer any more: others get them."""
        left = tuple(item for item in mail.items if item not in items)

        def passing(tx: Transaction) -> bool:
            if left:
                ours = tx.run("keep_items", id=mail.id, lease=mail.lease, items=json_text(left))
            else:
                ours = tx.run("drop_mail", id=mail.id, lease=mail.lease)
            if ours:
                _add(tx, instead, now)
                _count(tx, "diverted" if instead else "dropped")
            return bool(ours)

        ours = await self._engine.write(passing)
        return msgspec.structs.replace(mail, items=left) if ours and left else None

    async def snooze(self, number: str, term: str, officer: str, until: datetime) -> bool:
        """Remind this officer once more at `until`."""

        def snoozing(tx: Transaction) -> bool:
            row = tx.one("runs", number=number, id=term)
            if row is None or _deadline(row["deadline"]).why.paused_since is not None:
                return False
            tx.run("snooze", number=number, term=term, rung=LATER, officer=officer,
                   scheme=case_row(tx, number)["scheme"], date=row["date"], due=seconds(until))  # fmt: skip
            return True

        return await self._engine.write(snoozing)

    async def settle_from_afar(
        self,
        number: str,
        term: str,
        officer: str,
        effects: Sequence[Effect],
        step: Happened,
        status: Status | None,
        *,
        now: datetime,
    ) -> bool:
        """Take a step without opening the case; logged."""
        engine, at = self._engine, seconds(now)

        def settling(tx: Transaction) -> bool:
            case, who = case_row(tx, number), bearings(tx, number)
            if officer not in who.readers or officer in who.out:
                raise NoAccess
            if tx.one("runs", number=number, id=term) is None:
                return False
            if officer not in who.declared:
                mark(tx, number, at, "note", UNINVOLVED, officer)
            carry_out(engine, tx, effects, 0, {}, now, officer)
            mark(tx, number, at, "step", step.id, officer)
            for row in tx.all("followers", number=number):
                day, key = engine.draft_key(now, row)
                event = key.seal(msgspec.json.encode(step), f"step|{row['id']}")
                tx.run("add_step", conversation=row["id"], day=day, event=event, at=at)
            if status is not None and status != case["status"]:
                tx.run("set_status", number=number, status=status, closed=at if status in CLOSED else None)
                mark(tx, number, at, "case", status, officer)
                list_case(tx, number)
            log(tx, at, officer, f"{step.id}:link", number)
            return True

        return await engine.write(settling)

    async def terms_for(self, scheme: str, officer: str) -> tuple[CaseTerm, ...]:
        """The terms that run on the cases of an officer, by date."""
        rows = await self._engine.ask(lambda tx: tx.all("terms_for", scheme=scheme, officer=officer))
        return tuple(CaseTerm(row["number"], _deadline(row["deadline"])) for row in rows)

    async def tally(self) -> Mapping[str, int]:
        """Counts since the beginning."""
        rows = await self._engine.ask(lambda tx: tx.all("mail_tally"))
        return {row["what"]: row["count"] for row in rows}


def _key(rung: DueRung) -> dict[str, str]:
    return {"number": rung.number, "term": rung.term, "rung": rung.rung, "officer": rung.officer}


def _deadline(text: str) -> Deadline:
    return msgspec.json.decode(text, type=Deadline)


class _Page(NamedTuple):
    """Some cases of a scheme, after the one with this number, as they are planned now."""

    scheme: str
    after: str
    now: int


def _replan(engine: Engine, page: _Page, tx: Transaction) -> tuple[int, str]:
    """Plan a page of terms anew; returns how many, and after which case to go on, if any."""
    scheme, after, now = page
    rows = tx.all("running_terms", scheme=scheme, after=after, limit=_PAGE)
    last = rows[-1]["number"] if len(rows) == _PAGE else None
    mine = [row for row in rows if row["number"] != last]  # the last case may have terms on the next page
    for row in mine:
        item = _deadline(row["deadline"])
        tx.run("drop_untold", number=row["number"], term=item.id, now=now)
        add_rungs(engine, tx, row["number"], scheme, item, now)
    return len(mine), mine[-1]["number"] if last is not None and mine else ""


def _add(tx: Transaction, mails: Sequence[Mail], now: datetime) -> None:
    for mail in mails:
        tx.run("add_mail", id=mail.id, scheme=mail.scheme, officer=mail.officer, kind=mail.kind,
               items=json_text(mail.items), past=json_text(mail.past), since=seconds(mail.since),
               due=seconds(now))  # fmt: skip
        _count(tx, "posted")


def _claim(engine: Engine, tx: Transaction, now: int) -> Mail | None:
    while (row := tx.one("next_mail", now=now)) is not None:
        items = msgspec.json.decode(row["items"], type=tuple[Item, ...])
        left = tuple(item for item in items if _holds(tx, item))
        lease, again = engine.living.right(), bool(row["begun"])
        tx.run("lease_mail", id=row["id"], lease=lease, until=now + LEASE, items=json_text(left))
        if not left:
            tx.run("drop_mail", id=row["id"], lease=lease)
            _count(tx, "dropped")
            continue
        if again:
            _count(tx, "again")
        kind = msgspec.convert(row["kind"], Kind)
        past = msgspec.json.decode(row["past"], type=tuple[str, ...])
        return Mail(row["id"], row["scheme"], row["officer"], kind, left, instant(row["since"]), past, row["tries"],
                    lease, again)  # fmt: skip
    return None


def _holds(tx: Transaction, item: Item) -> bool:
    """Whether there is still something to tell: the case is there, and its term runs on until that day."""
    if item.rung:
        row = tx.one("runs", number=item.number, id=item.what)
        if row is None or row["date"] != item.date:
            return False
        return _deadline(row["deadline"]).why.paused_since is None
    return tx.one("case", number=item.number) is not None


def _count(tx: Transaction, what: str) -> None:
    tx.run("count_mail", what=what, more=1)
