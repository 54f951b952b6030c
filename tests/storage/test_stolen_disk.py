"""The stolen disk: what a thief reads who has every file and uses every key found (docs/security.md)."""

import base64
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from flows.answers import FIELDS, Answer
from flows.effects import Forget, Intake, PassOn
from flows.events import Filed, Happened
from flows.session import Doubt, Session, Turn
from storage.officers import Unlocked
from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Address
from storage.sqlite import SqliteStore
from storage.sqlite.backup import back_up, restore
from tests.storage.made import (
    DAY,
    HOUR,
    NOW,
    PASSWORD,
    SAMIRA,
    SCHEME,
    STAND_IN_PASSWORD,
    TOM,
    deadline,
    file,
    keeping,
    order,
    staff,
    turn,
)
from tests.storage.thief import Thief

PLACES = (*FIELDS, "said", "doubt", "flagless", "caption", "page", "message", "code", "refused", "file", "file-name",
          "added", "note", "hold", "attachment-later")  # fmt: skip


def canary(who: str, place: str) -> str:
    """A word that stands nowhere else, in this person's words in this place."""
    return f"Kanarie{who}{place.title().replace('_', '').replace('-', '')}Vogel"


def told(who: str, *, refs: tuple[str, ...] = ()) -> Session:
    """A conversation with a canary in everything a client can say."""
    answers = {
        field: Answer(canary(who, field), canary(who, field), was=canary(who, field), how="corrected")
        for field in FIELDS
    }
    said = (canary(who, "said"), canary(who, "caption"))
    doubt = Doubt("date", (canary(who, "doubt"),), canary(who, "doubt"))
    return Session(SCHEME, "v1", "telegram", answers=answers, said=said, doubt=doubt, attachments=refs)


def filing(who: str, number: str, session: Session) -> Turn:
    """The turn that files it."""
    intake = Intake("complaint", SCHEME, "v1", "nl", "telegram", NOW.isoformat(), session.answers, session.said,
                    attachments=session.attachments)  # fmt: skip
    effect = order(number, claim_code=canary(who, "code"), intake=intake, refused=(canary(who, "refused"),))
    filed = Filed(number, "received", (deadline(),), "2026-05-20")
    return Turn(replace(session, case=filed, claim_code=canary(who, "code")), effects=(effect,))


async def tell(store: SqliteStore, who: str, now=NOW) -> tuple[Address, Session, int]:  # type: ignore[no-untyped-def]
    """Someone tells all they have, with a file, and gets answers that quote them."""
    address = Address("web", f"cookie-{who}", SCHEME)
    ref = await store.keep(address, "photo", canary(who, "file-name"), canary(who, "file").encode(), now=now)
    session = told(who, refs=(ref,))
    page, message = canary(who, "page").encode(), canary(who, "message").encode()
    kept = await store.commit(address, 0, Turn(session), [message], "m1", now=now, beside=page)
    assert kept.first is not None
    await store.delivered(kept.first, now=now)
    return address, session, kept.version


async def submit(store: SqliteStore, who: str, number: str, saskia: Unlocked) -> None:
    """Someone tells all, files it, adds to it; the officer reads, notes and holds."""
    address, session, version = await tell(store, who)
    kept = await store.commit(address, version, filing(who, number, session), [b"verstuurd"], "m2", now=NOW)
    ref = await store.keep(address, "photo", "x", canary(who, "attachment-later").encode(), now=NOW)
    added = PassOn(number, "add", canary(who, "added"), (ref,))
    after = Session(SCHEME, "v1", "telegram", case=Filed(number, "received"))
    await store.commit(address, kept.version, Turn(after, effects=(added,)), [], "m3", now=NOW)
    await store.open_case(number, saskia, now=NOW)
    await store.act(number, saskia, step=Happened("contact_made"), text=canary(who, "note"), now=NOW)
    await store.hold(number, saskia.id, canary(who, "hold"), now=NOW)


def found(thief: Thief, who: str) -> list[str]:
    """The places of this person whose canary the thief finds."""
    return [place for place in PLACES if thief.finds(canary(who, place))]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where everything is kept."""
    return tmp_path / "data"


async def test_thief_reads_nothing_that_was_submitted(tmp_path: Path, data: Path) -> None:
    async with open_store(data, keeping, cost=QUICK) as store:
        saskia = await staff(store)
        await submit(store, "Samira", "BG-AAAA-AA", saskia)
        back_up(data, tmp_path / "copies", tmp_path / "key-copy", NOW)
        thief = Thief(tmp_path)
    assert found(thief, "Samira") == []
    assert found(Thief(tmp_path), "Samira") == []


async def test_thief_reads_live_drafts_as_is_said_truthfully(tmp_path: Path, data: Path) -> None:
    async with open_store(data, keeping, cost=QUICK) as store:
        await tell(store, "Tom")
        thief = Thief(tmp_path)
        back_up(data, tmp_path / "copies", tmp_path / "key-copy", NOW)
    assert found(thief, "Tom") == [
        *FIELDS,
        "said",
        "doubt",
        "caption",
        "page",
        "message",
        "file",
        "file-name",
    ]
    assert found(Thief(tmp_path / "copies", data / "keys", tmp_path / "key-copy"), "Tom") == []


async def test_thief_finds_nothing_of_a_draft_older_than_72_hours(tmp_path: Path, data: Path) -> None:
    async with open_store(data, keeping, cost=QUICK) as store:
        await tell(store, "Tom")
        kept = shutil.copytree(data, tmp_path / "while-it-lived")
        await store.purge(NOW + 72 * HOUR)
        assert found(Thief(data), "Tom") == []
        await store.purge(NOW + 5 * DAY)
        assert found(Thief(data, kept / "gehoord.db", kept / "gehoord.db-wal"), "Tom") == []


async def test_thief_finds_nothing_of_a_wiped_conversation(tmp_path: Path, data: Path) -> None:
    async with open_store(data, keeping, cost=QUICK) as store:
        address, _, version = await tell(store, "Tom")
        empty = Session(SCHEME, "v1", "telegram", state="done")
        await store.commit(address, version, Turn(empty, effects=(Forget(),)), [b"gewist"], "m9", now=NOW)
        await store.purge(NOW)
        assert found(Thief(tmp_path), "Tom") == []


async def test_thief_with_every_password_reads_what_was_submitted_so_could_have_before(
    tmp_path: Path, data: Path
) -> None:
    async with open_store(data, keeping, cost=QUICK) as store:
        await submit(store, "Samira", "BG-AAAA-AA", await staff(store))
    thief = Thief(tmp_path, passwords=(PASSWORD,))
    assert found(thief, "Samira") == [*FIELDS, "said", "caption", "refused", "file", "file-name", "added", "note",
                                      "hold", "attachment-later"]  # fmt: skip


async def test_purged_case_is_gone_for_good_even_from_old_backups_and_for_every_password(
    tmp_path: Path, data: Path
) -> None:
    end = NOW.replace(year=2032)
    async with open_store(data, keeping, cost=QUICK) as store:
        saskia = await staff(store)
        await submit(store, "Samira", "BG-AAAA-AA", saskia)
        back_up(data, tmp_path / "copies", tmp_path / "key-copy", NOW)
        await store.release("BG-AAAA-AA", saskia.id, now=NOW)
        await store.act("BG-AAAA-AA", saskia, status="closed", now=NOW)
        assert (await store.purge(end)).cases == ("BG-AAAA-AA",)
        back_up(data, tmp_path / "copies", tmp_path / "key-copy", end)
        everyone = (PASSWORD, STAND_IN_PASSWORD)
        assert found(Thief(tmp_path, passwords=everyone), "Samira") == []


async def test_restored_old_backup_does_not_bring_a_purged_case_back(tmp_path: Path, data: Path) -> None:
    end = NOW.replace(year=2032)
    copies, keys = tmp_path / "copies", tmp_path / "key-copy"
    async with open_store(data, keeping, cost=QUICK) as store:
        saskia = await staff(store)
        await submit(store, "Samira", "BG-AAAA-AA", saskia)
        await submit(store, "Mona", "BG-BBBB-BB", saskia)
        old = back_up(data, copies, keys, NOW)
        await store.release("BG-AAAA-AA", saskia.id, now=NOW)
        await store.act("BG-AAAA-AA", saskia, status="closed", now=NOW)
        await store.purge(end)
        back_up(data, copies, keys, end)
    assert restore(old, keys, tmp_path / "again", end) == ("BG-AAAA-AA",)
    async with open_store(tmp_path / "again", keeping, cost=QUICK) as store:
        assert [line.number for line in await store.cases()] == ["BG-BBBB-BB"]
        assert [stone.number for stone in await store.tombstones()] == ["BG-AAAA-AA"]
        again = await store.unlock(saskia.id, PASSWORD, now=end)
        assert (await store.open_case("BG-BBBB-BB", again, now=end)).intake.said[0] == canary("Mona", "said")
    assert found(Thief(tmp_path / "again", passwords=(PASSWORD,)), "Samira") == []


async def test_backup_that_is_brought_back_the_same_day_names_no_message_that_nobody_can_read(
    tmp_path: Path, data: Path
) -> None:
    async with open_store(data, keeping, cost=QUICK) as store:
        await staff(store)
        await file(store)
        draft = await store.load(SAMIRA)
        await store.commit(
            SAMIRA,
            draft.version,
            turn("nog iets", case=draft.session and draft.session.case),
            [b"1"],
            now=NOW,
        )
        sent = await store.claim(NOW + HOUR)
        assert sent is not None
        await store.delivered(sent, now=NOW, mark=b"a name")
        assert b"a name" in await store.marks(SAMIRA)
        old = back_up(data, tmp_path / "copies", tmp_path / "key-copy", NOW)
    restore(old, tmp_path / "key-copy", tmp_path / "again", NOW)
    async with open_store(tmp_path / "again", keeping, cost=QUICK) as store:
        await store.commit(TOM, 0, turn("een"), now=NOW)  # makes a key of the same day
        assert await store.marks(SAMIRA) == ()


async def test_officer_who_left_reads_nothing_of_what_is_kept_now(tmp_path: Path, data: Path) -> None:
    async with open_store(data, keeping, cost=QUICK) as store:
        saskia = await staff(store)
        await submit(store, "Samira", "BG-AAAA-AA", saskia)
        taken = shutil.copytree(data, tmp_path / "taken")
        await store.disable(f"{SCHEME}/karel-bos", by=saskia, now=NOW)
        await store.purge(NOW)
    shutil.rmtree(taken / "keys")
    thief = Thief(data, taken, passwords=(STAND_IN_PASSWORD,))
    assert found(thief, "Samira") == []


def test_thief_finds_words_in_every_disguise(tmp_path: Path) -> None:
    word = "KanarieVogel"
    disguises = [
        word.encode(),
        word[::-1].encode(),
        word.upper().encode(),
        word.lower().encode(),
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        word.encode().hex().encode(),
        base64.b64encode(b"a" + word.encode() + b"zz"),
        base64.urlsafe_b64encode(b"ab" + word.encode()),
        base64.b64encode(word.encode("utf-16-le")),
    ]
    for number, disguise in enumerate(disguises):
        place = tmp_path / str(number)
        place.mkdir()
        (place / "loot").write_bytes(b"\x00before" + disguise + b"after\xff")
        assert Thief(place).finds(word), disguise
        assert not Thief(place).finds("AndereVogel")
