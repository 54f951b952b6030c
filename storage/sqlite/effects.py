"""Carrying out the orders of a turn, inside its transaction."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, assert_never

import msgspec

from flows.effects import Effect, EndTerm, Forget, Intake, Note, Notify, OpenCase, PassOn, SetTerm, Wake
from flows.events import Deadline
from storage.errors import NoRecipient, NoRecovery, NumberTaken, UnknownCase
from storage.officers import CaseKey, meant
from storage.passwords import stretch, wrap
from storage.records import APART, EVERY_ROLE, Keeping, Reader
from storage.sealing import fresh_pair, seal_for
from storage.sqlite.drawers import absences_in
from storage.sqlite.engine import Engine, Row, later_id, seconds
from storage.sqlite.ladders import drop_term, keep_out, plan_term
from storage.sqlite.listing import list_case
from storage.sqlite.readiness import with_stand_ins
from storage.sqlite.writer import Transaction


class Claim(NamedTuple):
    """What is kept of a claim code: its stretched hash, the process key that salted it, and the client's key pair,
    of which the secret half lies wrapped under the code."""

    hash: bytes
    key: int
    public: str
    wrapped: bytes


Hashes = Mapping[str, Claim]
"""Per case number what is kept of its claim code."""


CODED = ("role", "location", "subject", "party")
"""Answers that are ids of the scheme, which reports count."""


def claim_hash(engine: Engine, scheme: str, code: str, number: int) -> bytes:
    """The stretched hash of a claim code under process key `number`. Slow: not on the event loop, nor while writing."""
    salt = engine.ring.key(number).hash("claim", scheme)
    return stretch(plain_code(code), salt, engine.cost)[:16]


def plain_code(code: str) -> str:
    """A claim code as it is compared: its letters and digits, whatever stood between them."""
    return "".join(c for c in unicodedata.normalize("NFKC", code).casefold() if c.isalnum())


def hash_claims(engine: Engine, files: Sequence[OpenCase]) -> Hashes:
    """What is kept of the claim codes of these cases, made before the transaction that files them."""
    return {file.number: _claim(engine, file) for file in files if file.claim_code}


def _claim(engine: Engine, file: OpenCase) -> Claim:
    number, pair = engine.ring.current, fresh_pair()
    code = plain_code(file.claim_code)
    wrapped = wrap(pair.secret, code, f"correspondent|{file.number}", engine.cost)
    hash = claim_hash(engine, file.intake.scheme, file.claim_code, number)
    return Claim(hash, number, pair.public, wrapped)


def readers(
    engine: Engine,
    tx: Transaction,
    scheme: str,
    roles: Sequence[str],
    refused: Sequence[str],
    now: datetime | None = None,
) -> dict[str, Reader]:
    """Who would read it, by public key: active officers in these roles, without those refused by name.

    With `now` also who stands in for one of them, in whatever role, but for what is refused to anybody: who refuses
    people may name them by what they do. Administrators and confidants read none, whatever roles are asked for.
    """
    active = {row["id"]: row for row in tx.all("recipients", scheme=scheme)}
    reading = [
        id
        for id, row in active.items()
        if row["role"] not in APART
        and (row["role"] in roles or (row["role"] == EVERY_ROLE and roles))
        and not any(meant(row["name"], name) for name in refused)
    ]
    if now is not None and not refused:
        away = absences_in(engine, tx, now)
        reading = [*with_stand_ins(reading, tuple(active.values()), away, engine.keeping(scheme))]
    return {active[id]["public"]: Reader(id, active[id]["role"], active[id]["name"]) for id in reading}


def recipients(engine: Engine, tx: Transaction, scheme: str) -> list[Row]:
    """The active officers whose role receives the complaints of a scheme, the longest there first."""
    keeping = engine.keeping(scheme)
    return [row for row in tx.all("recipients", scheme=scheme) if keeping.addressed(row["role"])]


def carry_out(
    engine: Engine,
    tx: Transaction,
    effects: Sequence[Effect],
    conversation: int,
    hashes: Hashes,
    now: datetime,
    by: str = "client",
) -> None:
    """Carry out all orders about cases. `Wake` and `Forget` are about the conversation and are its own part's."""
    at = seconds(now)
    for effect in effects:
        match effect:
            case OpenCase():
                tx.settle()  # the draft that it was stands in the log
                _file(engine, tx, effect, conversation, hashes.get(effect.number), now)
            case SetTerm(number, deadline, reason):
                _set_term(engine, tx, number, deadline, reason, at, by)
            case EndTerm(number, term, reason):
                case_row(tx, number)
                if tx.run("end_term", number=number, id=term, reason=reason):
                    drop_term(tx, number, term)
                    mark(tx, number, at, "term", f"{reason}:{term}", by)
            case Notify(number, role, what, urgent):
                scheme = case_row(tx, number)["scheme"]
                tx.run("notify", number=number, scheme=scheme, role=role, what=what, urgent=urgent, at=at)
            case PassOn(number, what, text, attachments):
                tx.settle()
                add_entry(tx, number, what, text.encode(), at, by)
                file_attachments(engine, tx, number, conversation, attachments, at)
                mark(tx, number, at, "passed_on", what, by)
            case Note(number, what):
                case_row(tx, number)
                mark(tx, number, at, "note", what, by)
            case Wake() | Forget():
                pass
            case _:
                assert_never(effect)
    for number in _listed(effects):
        list_case(tx, number)


def _listed(effects: Sequence[Effect]) -> tuple[str, ...]:
    """The cases whose place on a list these orders may change."""
    return tuple(
        dict.fromkeys(effect.number for effect in effects if isinstance(effect, OpenCase | SetTerm | EndTerm))
    )


def case_row(tx: Transaction, number: str) -> Row:
    """The row of a case. Raises `UnknownCase`."""
    row = tx.one("case", number=number)
    if row is None:
        raise UnknownCase
    return row


def mark(tx: Transaction, number: str, at: int, kind: str, what: str, by: str) -> None:
    """A line on the timeline."""
    tx.run("mark", number=number, at=at, kind=kind, what=what, by=by)


def add_entry(tx: Transaction, number: str, what: str, body: bytes, at: int, by: str) -> int:
    """Seal something for the readers of a case and put it there; from anyone but an officer it is unread."""
    newest = tx.one("newest_entry", number=number, at=at)
    id = later_id(newest["id"] if newest is not None else None)
    sealed = seal_for([case_row(tx, number)["public"]], body, f"entry|{number}|{id}")
    tx.run("add_entry", id=id, number=number, what=what, by=by, at=at, unread=by == "client", body=sealed)
    return id


def _set_term(
    engine: Engine, tx: Transaction, number: str, deadline: Deadline, reason: str, at: int, by: str
) -> None:
    """Set a deadline with its reminders; the same one again leaves no second line on the timeline."""
    scheme = case_row(tx, number)["scheme"]
    text = msgspec.json.encode(deadline).decode()
    if tx.one("same_term", number=number, id=deadline.id, deadline=text) is None:
        tx.run("set_term", number=number, id=deadline.id, date=deadline.date, deadline=text)
        plan_term(engine, tx, number, scheme, deadline, at)
        mark(tx, number, at, "term", f"{reason}:{deadline.id}", by)


def _file(
    engine: Engine,
    tx: Transaction,
    order: OpenCase,
    conversation: int,
    claim: Claim | None,
    now: datetime,
) -> None:
    """File an intake: a key pair of its own, sealed to its readers and under its shred key."""
    intake, number, at = order.intake, order.number, seconds(now)
    recovery = tx.one("recovery", scheme=intake.scheme)
    who = readers(engine, tx, intake.scheme, order.recipients, order.refused, now)
    if not who:
        raise NoRecipient
    if recovery is None:
        raise NoRecovery
    pair = fresh_pair()
    slot = next_slot(engine, tx)
    keeping = engine.keeping(intake.scheme)
    added = tx.run(
        "open_case",
        number=number,
        scheme=intake.scheme,
        scheme_version=intake.scheme_version,
        kind=intake.kind,
        status="received",
        received=seconds(datetime.fromisoformat(intake.received)),
        filed_on=intake.received[:10],
        keep_months=keeping.months,
        roles=json_text(order.recipients),
        coded=json_text(coded(intake, keeping)),
        public=pair.public,
        slot=slot,
        sealed_key=seal_case_key(
            engine, CaseKey(number, pair.secret, order.refused), slot, [*who, recovery["public"]]
        ),
        sealed_to=json_text([reader.id for reader in who.values()]),
        claim=claim.hash if claim else None,
        claim_key=claim.key if claim else None,
    )
    if not added:
        raise NumberTaken
    if claim is not None:
        wrapped = engine.shred.key(slot).seal(claim.wrapped, f"correspondent|{number}")
        tx.run("add_correspondent", number=number, public=claim.public, wrapped=wrapped)
    add_entry(tx, number, "intake", msgspec.json.encode(intake), at, "client")
    file_attachments(engine, tx, number, conversation, intake.attachments, at)
    keep_out(tx, number, intake.scheme, order.refused)
    mark(tx, number, at, "case", "received", "client")
    for deadline in order.deadlines:
        _set_term(engine, tx, number, deadline, "started", at, "client")


def seal_case_key(engine: Engine, key: CaseKey, slot: int, publics: Sequence[str]) -> bytes:
    """A case's secret, sealed to its readers, and that again under its shred key."""
    inner = seal_for(publics, msgspec.json.encode(key), f"case|{key.number}")
    return engine.shred.key(slot).seal(inner, f"case|{key.number}")


def next_slot(engine: Engine, tx: Transaction) -> int:
    """A shred slot that no case has had."""
    row = tx.one("take_slot")
    assert row is not None
    slot: int = row["slot"]
    engine.shred.reserve(slot)
    return slot


def coded(intake: Intake, keeping: Keeping) -> dict[str, tuple[str, ...]]:
    """What may stand in the clear for reports: ids that the scheme itself gave, and flags; never a client's words."""
    if keeping.small:
        return {}
    found = {"flags": intake.flags, "locale": (intake.locale,), "platform": (intake.platform,)}
    for field in CODED:
        answer = intake.answers.get(field)
        values = answer.value if answer else ()
        chosen = (values,) if isinstance(values, str) else values if isinstance(values, tuple) else ()
        found[field] = tuple(value for value in chosen if value in keeping.coded)
    return {name: values for name, values in found.items() if values}


def file_attachments(
    engine: Engine, tx: Transaction, number: str, conversation: int, refs: Sequence[str], at: int
) -> None:
    """Move files of the conversation to the case: no longer under a day's key but for its readers only."""
    for ref in refs:
        row = tx.one("unfiled_attachment", ref=ref, conversation=conversation)
        if row is None:  # its three days were over; what was told is not held up for it
            mark(tx, number, at, "note", "attachment_gone", "client")
            continue
        plain = engine.days.of(row["day"]).open(row["body"], f"attachment|{ref}")
        body = seal_for([case_row(tx, number)["public"]], plain, f"attachment|{number}|{ref}")
        tx.run("file_attachment", ref=ref, number=number, body=body)


def json_text(value: object) -> str:
    """Coded data as JSON."""
    return msgspec.json.encode(value).decode()
