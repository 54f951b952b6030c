"""From a line to a complaint goes only what the client sends on; nothing stored tells that one came of the other."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.line.codes import heard
from flows import schemes
from storage.sqlite.line_rows import Kept, all_rows
from tests.desk.site import PASSWORD, DeskSite, desk_site
from tests.line.client import Client
from tests.storage.thief import Thief
from tests.torture.browser import Browser, Page
from tests.torture.run import ANSWERS

SCHEME = "proef"
FIRST = "Mijn begeleider Kwikstaart lachte mij gisteren in Haarlem uit, ik ben client."
SECOND = "En mijn zus Wielewaal weet hiervan."
LINE = ("lines", "line_pages")


def with_a_line(folder: Path) -> Path:
    """Blijf Groep's scheme under another name, whose source names a confidant of its own (BG-7a)."""
    text = schemes.text("blijf-groep")
    text = text.replace("id: blijf-groep\n", f"id: {SCHEME}\n", 1)
    before = "    role: {nl: de cliëntvertrouwenspersoon, en: the client confidant}\n"
    assert before in text
    folder.mkdir()
    named = text.replace(before, f"{before}    line: true\n    anonymous: true\n", 1)
    (folder / f"{SCHEME}.yaml").write_text(named, "utf-8")
    return folder


def rows(data: Path) -> list[tuple[object, ...]]:
    """All that is stored of lines, byte for byte."""
    with closing(sqlite3.connect(data / "gehoord.db")) as connection:
        return [row for table in LINE for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]


def apart(data: Path, to: Path) -> tuple[Path, Path]:
    """What is stored of lines, and all the rest: each with the keys of the program."""
    parts = to / "line", to / "rest"
    for part in parts:
        shutil.copytree(data, part)
        with closing(sqlite3.connect(part / "gehoord.db")) as connection:
            tables = [
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            for table in tables:
                if (table in LINE) == (part.name == "rest") and not table.startswith("sqlite_"):
                    connection.execute(f"DROP TABLE {table}")
            connection.commit()
            connection.execute("VACUUM")
    (parts[1] / "keys" / "lines.keys").unlink()
    return parts


async def kept(site: DeskSite) -> Kept:
    """The row of the one line there is."""
    engine = site.store._engine
    found = await engine.ask(lambda tx: [row for _, row in all_rows(engine, tx) if row.scheme])
    return found[0]


def numbers(part: Path) -> set[int]:
    """Every whole number in the clear."""
    with closing(sqlite3.connect(part / "gehoord.db")) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            value
            for table in tables
            for row in connection.execute(f"SELECT * FROM {table}")
            for value in row
            if isinstance(value, int)
        }


@pytest.mark.clause("BG-7a", "IB-4b")
@pytest.mark.parametrize(
    ("sent", "told", "left"),
    [
        ("", (), ("Kwikstaart", "Wielewaal")),
        (FIRST, ("Kwikstaart",), ("Wielewaal",)),
        (f"{FIRST}\n\n{SECOND}", ("Kwikstaart", "Wielewaal"), ()),
    ],
    ids=["nothing", "a part", "all"],
)
async def test_a_complaint_and_the_line_it_came_of_share_only_what_the_client_sent_on(
    tmp_path: Path, sent: str, told: tuple[str, ...], left: tuple[str, ...]
) -> None:
    data = tmp_path / "data"
    async with desk_site(tmp_path, schemes=with_a_line(tmp_path / "schemes")) as site:
        await site.staff(SCHEME)
        await site.store.add_confidant(SCHEME, "Iris", "iris haar woorden", now=site.now)
        site.later(hours=1, minutes=7)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            client = Client(session, site.url, SCHEME)
            await client.begin()
            for words in (FIRST, SECOND):
                await client.post("zeg", say=words)
            offered = client.html
            pass_ = [cookie.value for cookie in session.cookie_jar]
            before, line = rows(data), await kept(site)
            site.later(hours=2, minutes=13)
            browser = Browser(site.url, f"/{SCHEME}", 1)
            page = Page(await browser.until_answered("POST", "/begin", {"taal": "nl", "again": sent}))
            if not sent:
                page = await browser.say(page, "De verwarming was gisteren stuk in Haarlem, ik ben client.")
            while not page.filed:
                page = await browser.choose(page, next(one for one in ANSWERS if one in page.options))
            cookie = browser.cookies[0]
            await browser.close()
        (case,) = await site.store.cases(SCHEME)
        after = rows(data)
    ours, rest = apart(data, tmp_path / "apart")
    of_line, of_rest = Thief(ours, passwords=("iris haar woorden",)), Thief(rest, passwords=(PASSWORD,))
    in_row = (line.public, line.key, *(mark.once for mark in line.marks))
    assert [one for one in in_row if not of_line.finds(one)] == []  # the search finds them where they are
    code = heard(client.code)
    assert code is not None

    assert (f"{FIRST}\n\n{SECOND}</textarea>" in offered, before == after) == (True, True)
    identifiers = (*in_row, line.wrapped.hex(), code.secret, client.code, pass_[0][:60])
    assert [one for one in identifiers if of_rest.finds(one)] == []
    assert [one for one in (case.number, cookie) if of_line.finds(one)] == []
    assert {line.opened, line.touched, *(mark.at for mark in line.marks)} & numbers(rest) == set()
    assert [word for word in told if not of_rest.finds(word)] == []
    assert [word for word in left if of_rest.finds(word)] == []
    assert of_rest.finds(case.number)
