"""The list of an older database is made from the cases that lie in it."""

import shutil
from pathlib import Path

from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Address, Worklist
from storage.sqlite import SqliteStore
from tests.storage.made import NOW, SCHEME, deadline, file, intake, keeping, staff
from tests.storage.test_database import as_first_released


async def lists(store: SqliteStore) -> list[Worklist]:
    """All that the lists of both officers show, and what they can be narrowed to."""
    wishes: tuple[dict[str, object], ...] = (
        {}, {"closed": True}, {"term": "contact"}, {"subject": "respect"}, {"location": "haarlem"},
    )  # fmt: skip
    return [
        await store.worklist(SCHEME, f"{SCHEME}/{name}", today="2026-05-20", soon="2026-05-27", **wish)  # type: ignore[arg-type]
        for name in ("saskia-de-vries", "karel-bos")
        for wish in wishes
    ]


async def test_older_database_gets_its_lists(tmp_path: Path) -> None:
    async with open_store(tmp_path / "now", keeping, cost=QUICK) as store:
        saskia = await staff(store)
        late = (deadline("contact", "2026-05-19"),)
        await file(store, Address("web", "1", SCHEME), number="A", deadlines=late, refused=("Karel Bos",))
        await file(store, Address("web", "2", SCHEME), number="B", intake=intake(answers={}))
        await file(store, Address("web", "3", SCHEME), number="C", deadlines=())
        await file(store, Address("web", "4", SCHEME), number="D")
        await store.act("D", saskia, status="closed", now=NOW)
        expected = await lists(store)
    old = tmp_path / "old"
    shutil.copytree(tmp_path / "now", old)
    (old / "gehoord.db").unlink()
    as_first_released(tmp_path / "now" / "gehoord.db", old / "gehoord.db")
    async with open_store(old, keeping, cost=QUICK) as store:
        assert await lists(store) == expected
    assert [len(one.cases) for one in expected] == [3, 1, 2, 2, 0, 2, 1, 1, 1, 0]
