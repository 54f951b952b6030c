"""Sealing cases again: for a new reader, for a reader's new key, and away from someone who left."""

from collections.abc import Sequence

import msgspec

from storage.errors import NoAccess
from storage.officers import CaseKey, Unlocked, meant
from storage.records import EVERY_ROLE
from storage.sealing import Pair, fresh_pair, seal_for
from storage.sqlite.cases import involved, open_key
from storage.sqlite.correspondence import move_correspondent
from storage.sqlite.effects import json_text, next_slot, seal_case_key
from storage.sqlite.engine import Engine, Row
from storage.sqlite.listing import list_case
from storage.sqlite.writer import Transaction


def share_cases(engine: Engine, tx: Transaction, officer: Row, by: Unlocked, *, known: bool) -> int:
    """Seal for `officer` what `by` can open: the cases of their role, or with `known` those they could read before.

    Whoever the client refused by name stays out. Returns how many cases were shared.
    """
    shared = 0
    for row in tx.all("cases_of_scheme", scheme=officer["scheme"]):
        readers = msgspec.json.decode(row["sealed_to"], type=list[str])
        roles = msgspec.json.decode(row["roles"], type=list[str])
        theirs = officer["id"] in readers if known else officer["role"] in (*roles, EVERY_ROLE)
        if not theirs or involved(tx, row["number"], officer["id"]):
            continue
        try:
            key, _ = open_key(engine, row, by)
        except NoAccess:
            continue
        if any(meant(officer["name"], name) for name in key.refused):
            continue
        _share(engine, tx, row, key, sorted({*readers, officer["id"]}))
        shared += 1
    return shared


def _share(
    engine: Engine, tx: Transaction, row: Row, key: CaseKey, readers: Sequence[str], slot: int | None = None
) -> None:
    """Seal the key of a case to these readers and the scheme's recovery key."""
    place = row["slot"] if slot is None else slot
    publics = {one["id"]: one["public"] for one in tx.all("recipients", scheme=row["scheme"])}
    recovery = tx.one("recovery", scheme=row["scheme"])
    able = [id for id in readers if id in publics]
    sealed = seal_case_key(
        engine, key, place, [*(publics[id] for id in able), *([recovery["public"]] if recovery else [])]
    )
    move_correspondent(engine, tx, row["number"], row["slot"], place)
    tx.run(
        "share_case",
        number=row["number"],
        sealed_key=sealed,
        sealed_to=json_text(able),
        public=Pair(key.secret).public,
        slot=place,
        rotate=row["rotate"] if slot is None else 0,
    )
    list_case(tx, row["number"])


async def rotate_cases(engine: Engine, by: Unlocked) -> int:
    """Give every case that waits for it a new key, without those who left; returns how many.

    The old shred keys are destroyed once the new ones are durable, so that a key somebody took along opens nothing
    here, nor in any backup.
    """
    if not await engine.ask(lambda tx: tx.all("to_rotate", scheme=by.scheme)):
        return 0

    def rotating(tx: Transaction) -> tuple[int, ...]:
        old: list[int] = []
        for row in tx.all("to_rotate", scheme=by.scheme):
            try:
                key, pair = open_key(engine, row, by)
            except NoAccess:
                continue
            renew(engine, tx, row, key, pair)
            old.append(row["slot"])
        tx.settle()
        return tuple(old)

    slots = await engine.write(rotating)
    await engine.shred_keys()
    return len(slots)


def renew(engine: Engine, tx: Transaction, row: Row, key: CaseKey, pair: Pair) -> None:
    """Give a case a new key and a new shred key, for its readers as they are now; the old one waits to be shredded."""
    fresh = fresh_pair()
    _seal_again(tx, row["number"], pair, fresh)
    readers = msgspec.json.decode(row["sealed_to"], type=list[str])
    _share(engine, tx, row, CaseKey(key.number, fresh.secret, key.refused), readers, next_slot(engine, tx))
    tx.run("shred_later", slot=row["slot"])
    tx.settle()


def _seal_again(tx: Transaction, number: str, old: Pair, new: Pair) -> None:
    """Move all content of a case from one key pair to another."""
    for row in tx.all("entries", number=number):
        bound = f"entry|{number}|{row['id']}"
        tx.run(
            "replace_entry", id=row["id"], body=seal_for([new.public], old.open(row["body"], bound), bound)
        )
    for file in tx.all("attachments", number=number):
        body = tx.one("attachment", number=number, ref=file["ref"])
        assert body is not None
        bound = f"attachment|{number}|{file['ref']}"
        tx.run("replace_attachment", ref=file["ref"],
               body=seal_for([new.public], old.open(body["body"], bound), bound))  # fmt: skip
