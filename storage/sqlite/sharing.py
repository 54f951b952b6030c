"""Sealing cases again: for a new reader, for a reader's new key, and away from someone who left."""

from collections.abc import Sequence
from typing import Literal, assert_never

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

Which = Literal["role", "known", "open"]
"""Cases to share: those of a new reader's role, those that a reader with a new key could read before, or the open ones
of a colleague for whom they stand in."""

_PAGE = 50
"""So many cases are shared with who stands in before others have their turn: a tenth of a second."""


def share_cases(engine: Engine, tx: Transaction, officer: Row, by: Unlocked, which: Which) -> int:
    """Seal for `officer` what `by` can open of these cases; returns how many were shared.

    Who had a part in a case or was refused by the client stays out.
    """
    rows = tx.all("cases_of_scheme", scheme=officer["scheme"])
    return sum(_share_one(engine, tx, row, officer, by, which) for row in rows)


async def share_open(engine: Engine, stand_in: str, by: Unlocked) -> None:
    """Share all open cases of `by` with who stands in, some at a time.

    What a kill leaves undone is done when `by` next unlocks.
    """
    after, receives = "", engine.keeping(by.scheme).receives

    def sharing(tx: Transaction) -> str:
        rows = tx.all("open_cases_after", scheme=by.scheme, after=after, limit=_PAGE)
        officer = tx.one("officer", id=stand_in)
        if officer is None or officer["state"] != "active" or not receives(officer["role"]):
            return ""
        for row in rows:
            _share_one(engine, tx, row, officer, by, "open")
        return str(rows[-1]["number"]) if rows else ""

    while after := await engine.write(sharing):
        pass


def _share_one(engine: Engine, tx: Transaction, row: Row, officer: Row, by: Unlocked, which: Which) -> bool:
    readers = msgspec.json.decode(row["sealed_to"], type=list[str])
    if not _wanted(row, readers, officer, by, which) or involved(tx, row["number"], officer["id"]):
        return False
    try:
        key, _ = open_key(engine, row, by)
    except NoAccess:
        return False
    if _refused(row, officer, key):
        return False
    _share(engine, tx, row, key, sorted({*readers, officer["id"]}))
    return True


def _wanted(row: Row, readers: Sequence[str], officer: Row, by: Unlocked, which: Which) -> bool:
    match which:
        case "role":
            return _own_role(row, officer)
        case "known":
            return officer["id"] in readers
        case "open":
            return row["closed"] is None and by.id in readers and officer["id"] not in readers
        case _:
            assert_never(which)


def _own_role(row: Row, officer: Row) -> bool:
    return officer["role"] in (*msgspec.json.decode(row["roles"], type=list[str]), EVERY_ROLE)


def _refused(row: Row, officer: Row, key: CaseKey) -> bool:
    """Whether the client may have refused this officer: by name, or by what they do where it is not their own role."""
    if any(meant(officer["name"], name) for name in key.refused):
        return True
    return bool(key.refused) and not _own_role(row, officer)


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
