"""The table of what is kept is complete, true, and what the document shows."""

import sqlite3
from pathlib import Path

from flows.events import Happened
from storage.lines import LineCode
from storage.opening import open_store
from storage.passwords import QUICK
from storage.sqlite.database import prepare
from storage.table import FIELDS, POSTGRES, as_markdown
from tests.storage.made import NOW, PASSWORD, SAMIRA, TOM, file, keeping, staff, turn


def columns_of(path: Path) -> list[tuple[str, str]]:
    """Every column of every table of ours."""
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT m.name, p.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS p"
        " WHERE m.type = 'table' AND m.name NOT LIKE '%sqlite%'"
    ).fetchall()
    connection.close()
    return sorted(found)


def test_every_column_stands_in_the_table_once(tmp_path: Path) -> None:
    prepare(tmp_path / "new.db")
    assert sorted((field.table, column) for field in FIELDS for column in field.columns) == columns_of(
        tmp_path / "new.db"
    )


def test_document_shows_the_table() -> None:
    document = Path("docs/security.md").read_text(encoding="utf-8")
    assert (as_markdown() in document, as_markdown(POSTGRES) in document) == (True, True)


async def test_what_the_table_calls_sealed_is_sealed(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        saskia = await staff(store)
        await file(store)
        await store.act("BG-7K4Q-92", saskia, step=Happened("extended", reason="Ziek."), now=NOW)
        await store.write("BG-7K4Q-92", saskia, "Bel me gerust.", open=True, now=NOW)
        await store.lay("absence", saskia.id, b"2026-06-01")
        code = LineCode(await store.draw_locator(), "1-2-3-4-5-6")
        vera = await store.add_confidant("blijf-groep", "Vera", PASSWORD, now=NOW)
        client = await store.open_line("blijf-groep", code, [vera.id], now=NOW)
        await store.say_on_line(client, b"hoi", "a", now=NOW)
        await store.keep(TOM, "photo", "gang.jpg", b"JPEG", now=NOW)
        kept = await store.commit(TOM, 0, turn("hoi"), [b"hoi", b"hallo"], "m1", now=NOW)
        assert kept.first is not None
        await store.delivered(kept.first, now=NOW, mark=b"17")
        await store.commit(SAMIRA, (await store.load(SAMIRA)).version, turn(), [], "m1", now=NOW)
    begins = {
        "day key": (b"G1",),
        "process key": (b"G1",),
        "readers": (b"G1",),
        "case key": (b"age-encryption.org/v1",),
        "client's key": (b"age-encryption.org/v1",),
        "claim code": (b"G1",),
        "password": (b'{"salt"',),
    }
    connection = sqlite3.connect(tmp_path / "gehoord.db")
    for field in FIELDS:
        if field.seal in begins:
            for column in field.columns:
                rows = connection.execute(
                    f"SELECT {column} FROM {field.table} WHERE {column} IS NOT NULL"
                ).fetchall()
                assert rows != [], (field.table, column)
                assert all(value.startswith(begins[field.seal]) for (value,) in rows)
    connection.close()
