"""Officers: who they are, their keys, and which cases these open."""

import asyncio
import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import msgspec

from flows.effects import Effect
from storage.errors import (
    AlreadyThere,
    Disabled,
    LastRecipient,
    NoAccess,
    NotApproved,
    NotTheirs,
    UnknownOfficer,
    WrongKey,
    WrongRecovery,
)
from storage.officers import Unlocked, new_identity, open_identity
from storage.passwords import stretch, wrap
from storage.records import EVERY_ROLE, Access, Officer, OfficerState, Reader, Readiness
from storage.sealing import Pair
from storage.sqlite.absences import share_what_is_left
from storage.sqlite.cases import INVOLVED, involved, log, open_key
from storage.sqlite.drawers import absences_in
from storage.sqlite.effects import carry_out, case_row, json_text, mark, readers, recipients
from storage.sqlite.engine import Engine, Part, Row, instant, seconds
from storage.sqlite.listing import list_case
from storage.sqlite.readiness import lacking
from storage.sqlite.sharing import renew, rotate_cases, share_cases
from storage.sqlite.writer import Transaction


class OfficePart(Part):
    """`storage.store.Office` on SQLite."""

    async def readiness(self, scheme: str, *, now: datetime | None = None) -> Readiness:
        """Whether the scheme can take complaints, and what it lacks."""
        engine = self._engine

        def find(tx: Transaction) -> Readiness:
            active, recovery = tx.all("recipients", scheme=scheme), tx.one("recovery", scheme=scheme)
            away = absences_in(engine, tx, now) if now is not None else {}
            missing = lacking(active, recovery is not None, away, engine.keeping(scheme), now)
            return Readiness(not {"recipient", "recovery"} & set(missing), missing)

        return await engine.ask(find)

    async def readers(
        self, scheme: str, roles: Sequence[str], refused: Sequence[str] = (), *, now: datetime | None = None
    ) -> tuple[Reader, ...]:
        """Who would read a complaint to these roles."""
        engine = self._engine
        return await engine.ask(lambda tx: tuple(readers(engine, tx, scheme, roles, refused, now).values()))

    async def officers(self, scheme: str | None = None) -> tuple[Officer, ...]:
        """All officers."""
        return await self._engine.ask(
            lambda tx: tuple(self._officer(row) for row in tx.all("officers", scheme=scheme))
        )

    async def add_officer(
        self, scheme: str, role: str, name: str, password: str, contact: str = "", *, now: datetime
    ) -> Officer:
        """A new officer with a key of their own."""
        engine, id = self._engine, f"{scheme}/{slug(name)}"
        public, wrapped = await asyncio.to_thread(new_identity, id, password, engine.cost)

        def adding(tx: Transaction) -> Officer:
            keeping = engine.keeping(scheme)
            nobody = not tx.all("recipients", scheme=scheme)
            first = nobody or (keeping.addressed(role) and not recipients(engine, tx, scheme))
            number = engine.ring.current
            sealed = engine.ring.key(number).seal(contact.encode(), f"contact|{id}")
            state: OfficerState = "active" if first else "waiting"
            if not tx.run("add_officer", id=id, scheme=scheme, role=role, name=name, state=state, public=public,
                          wrapped=wrapped, contact=sealed, process_key=number, since=seconds(now)):  # fmt: skip
                raise AlreadyThere
            log(tx, seconds(now), id, "added")
            return Officer(id, scheme, role, name, public, state, contact)

        return await engine.write(adding)

    async def approve(self, officer: str, by: Unlocked, *, now: datetime) -> int:
        """Let a waiting officer in, and share the cases of their role."""
        engine = self._engine

        def approving(tx: Transaction) -> int:
            row = _row(tx, officer)
            if row["state"] != "waiting" or row["scheme"] != by.scheme:
                raise UnknownOfficer
            if by.role and not engine.keeping(by.scheme).addressed(by.role):  # the recovery key has none
                raise NotTheirs
            tx.run("set_officer_state", id=officer, state="active")
            log(tx, seconds(now), by.id, f"approved:{officer}")
            return share_cases(engine, tx, row, by, "role")

        return await engine.write(approving)

    async def disable(self, officer: str, *, now: datetime, by: Unlocked | None = None) -> int:
        """Close an officer's account, and change the keys of what they could read."""

        def disabling(tx: Transaction) -> None:
            row = _row(tx, officer)
            able = [one["id"] for one in recipients(self._engine, tx, row["scheme"])]
            if able == [officer]:
                raise LastRecipient
            tx.run("set_officer_state", id=officer, state="disabled")
            tx.run("forget_identity", id=officer)
            tx.run("drop_own", id=officer)
            tx.run("rotate_later", scheme=row["scheme"], officer=officer)
            log(tx, seconds(now), by.id if by else "operator", f"disabled:{officer}")

        await self._engine.write(disabling)
        return await rotate_cases(self._engine, by) if by else 0

    async def withdraw_reader(
        self,
        number: str,
        officer: str,
        by: Unlocked | None = None,
        effects: Sequence[Effect] = (),
        *,
        now: datetime,
    ) -> tuple[str, ...]:
        """This officer was involved: they read the case no more."""
        engine, at = self._engine, seconds(now)

        def withdrawing(tx: Transaction) -> tuple[str, ...]:
            row = case_row(tx, number)
            if _row(tx, officer)["scheme"] != row["scheme"]:
                raise UnknownOfficer
            left = [id for id in msgspec.json.decode(row["sealed_to"], type=list[str]) if id != officer]
            carry_out(engine, tx, effects, 0, {}, now, by.id if by else "operator")
            if not involved(tx, number, officer):
                mark(tx, number, at, "note", INVOLVED, officer)
            tx.run("withdraw_reader", number=number, sealed_to=json_text(left))
            list_case(tx, number)
            if by is not None:
                with suppress(NoAccess):  # then the key is changed when a reader next unlocks
                    renew(engine, tx, case_row(tx, number), *open_key(engine, row, by))
            log(tx, at, by.id if by else "operator", f"withdrew:{officer}", number)
            return tuple(left)

        left = await engine.write(withdrawing)
        await engine.shred_keys()
        return left

    async def reset_password(self, officer: str, password: str, by: Unlocked, *, now: datetime) -> int:
        """A new password and key for an officer."""
        public, wrapped = await asyncio.to_thread(new_identity, officer, password, self._engine.cost)

        def resetting(tx: Transaction) -> int:
            row = _row(tx, officer)
            if row["state"] == "disabled":
                raise Disabled
            if row["scheme"] != by.scheme or by.id == officer:
                raise UnknownOfficer
            tx.run("set_identity", id=officer, public=public, wrapped=wrapped)
            log(tx, seconds(now), by.id, f"reset:{officer}")
            return share_cases(self._engine, tx, _row(tx, officer), by, "known")

        return await self._engine.write(resetting)

    async def set_contact(self, officer: str, contact: str, *, now: datetime) -> None:
        """Where this officer gets notices."""
        engine = self._engine

        def setting(tx: Transaction) -> None:
            _row(tx, officer)
            number = engine.ring.current
            sealed = engine.ring.key(number).seal(contact.encode(), f"contact|{officer}")
            tx.run("set_contact", id=officer, contact=sealed, process_key=number)
            log(tx, seconds(now), officer, "contact_set")

        await engine.write(setting)

    async def change_password(self, who: Unlocked, password: str, *, now: datetime) -> None:
        """A new password for one's own key, which stays the same."""
        engine = self._engine
        wrapped = await asyncio.to_thread(wrap, who.pair.secret, password, who.id, engine.cost)

        def changing(tx: Transaction) -> None:
            _row(tx, who.id)
            tx.run("set_identity", id=who.id, public=who.pair.public, wrapped=wrapped)
            log(tx, seconds(now), who.id, "changed_password")

        await engine.write(changing)

    async def unlock(self, officer: str, password: str, *, now: datetime) -> Unlocked:
        """Open an officer's key; what waits for a change of keys gets it now."""
        row = await self._engine.ask(lambda tx: tx.one("officer", id=officer))
        if row is None or row["state"] == "disabled" or row["wrapped"] is None:
            # As long as for who is here: how long it takes must not tell who is.
            await asyncio.to_thread(stretch, password, bytes(16), self._engine.cost)
            raise UnknownOfficer if row is None else Disabled
        who = await asyncio.to_thread(open_identity, self._officer(row), row["wrapped"], password)
        if row["state"] == "waiting":
            raise NotApproved
        await self._engine.write(lambda tx: log(tx, seconds(now), officer, "unlocked"))
        await rotate_cases(self._engine, who)
        await share_what_is_left(self._engine, who, now)
        return who

    async def set_recovery(self, scheme: str, public: str, typed: str, *, now: datetime) -> None:
        """Take a new recovery key into use; an older one opens nothing any more once a colleague has unlocked."""
        if _pair(typed).public != public:
            raise WrongRecovery

        def setting(tx: Transaction) -> None:
            if tx.one("recovery", scheme=scheme) is not None:
                tx.run("rotate_all", scheme=scheme)
            tx.run("set_recovery", scheme=scheme, public=public, since=seconds(now))
            log(tx, seconds(now), f"recovery:{scheme}", "recovery_set")

        await self._engine.write(setting)

    async def unlock_recovery(self, scheme: str, typed: str, *, now: datetime) -> Unlocked:
        """Open the scheme's cases with the recovery key."""
        pair = _pair(typed)
        row = await self._engine.ask(lambda tx: tx.one("recovery", scheme=scheme))
        if row is None or row["public"] != pair.public:
            raise WrongRecovery
        who = Unlocked(f"recovery:{scheme}", scheme, pair)
        await self._engine.write(lambda tx: log(tx, seconds(now), who.id, "unlocked"))
        await rotate_cases(self._engine, who)
        return who

    async def logged(self, officer: str, what: str, *, now: datetime) -> None:
        """What an officer changed about their own account."""

        def logging(tx: Transaction) -> None:
            log(tx, seconds(now), officer, what)

        await self._engine.write(logging)

    async def access_log(self, number: str | None = None) -> tuple[Access, ...]:
        """Who opened and did what."""
        return await self._engine.scan(
            lambda tx: tuple(
                Access(instant(row["at"]), row["officer"], row["what"], row["number"])
                for row in tx.all("access_log", number=number)
            )
        )

    def _officer(self, row: Row) -> Officer:
        contact = self._engine.ring.key(row["process_key"]).open(row["contact"], f"contact|{row['id']}")
        return Officer(
            row["id"], row["scheme"], row["role"], row["name"], row["public"], row["state"], contact.decode()
        )


def add_practice_officers(engine: Engine, tx: Transaction, pairs: Mapping[str, Sequence[Pair]]) -> None:
    """Who receives complaints in practice, their stand-in, and the recovery key, per scheme (`storage.practice`)."""
    number = engine.ring.current
    for scheme, (reader, stand_in, recovery) in pairs.items():
        for name, pair in (("practice", reader), ("stand-in", stand_in)):
            id = f"{scheme}/{name}"
            contact = engine.ring.key(number).seal(b"", f"contact|{id}")
            tx.run("add_officer", id=id, scheme=scheme, role=EVERY_ROLE, name=name, state="active",
                   public=pair.public, wrapped=None, contact=contact, process_key=number, since=0)  # fmt: skip
        tx.run("set_recovery", scheme=scheme, public=recovery.public, since=0)


def _row(tx: Transaction, officer: str) -> Row:
    row = tx.one("officer", id=officer)
    if row is None:
        raise UnknownOfficer
    return row


def _pair(typed: str) -> Pair:
    try:
        return Pair("".join(typed.split()))
    except WrongKey:
        raise WrongRecovery from None


def slug(name: str) -> str:
    """A name as part of an id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "officer"
