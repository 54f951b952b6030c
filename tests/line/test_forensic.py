"""A thief with the whole disk looks for those who wrote on lines, while others complained by name.

One real site, at debug level, behind a proxy that passes addresses on, with a web chat and Telegram. Everybody brings
words, a name, a number, an address, a browser, a network and an account of their own (`tests.line.people`). Of what
the line's people brought to their line nothing is found, in no disguise and as no hash that a key on the disk makes;
of the named ones what `docs/security.md` says is kept, by the same search.
"""

import asyncio
import itertools
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot import clock
from bot.kept_talk import keeping
from bot.schemes import Schemes
from storage.opening import open_practice
from tests.line.conftest import PASSWORD, SCHEME
from tests.line.disk import Disk
from tests.line.people import NAMED, Person, by_account, by_name, from_an_account, on_the_line
from tests.storage.test_stolen_site import without_practice_keys
from tests.storage.thief import Thief, turned_up
from tests.telegram_emulator import Emulator
from tests.torture.site import Site

LOUD = (
    "import logging, os, runpy, sys; os.environ.update(pair.split('=', 1) for pair in sys.argv.pop(1).split()); "
    "logging.basicConfig(level=0); runpy.run_module('bot', run_name='__main__')"
)
"""The program with every log there is, written to the site's log, and with these settings."""

BIRDS = (
    "Kwikstaart", "Wielewaal", "Zanglijster", "IJsvogeltje",
    "Roodborst", "Putterveer", "Boomklever", "Goudhaantje", "Tapuitnest",
)  # fmt: skip
PLACES = (("web", SCHEME), ("web", NAMED), ("telegram", SCHEME), ("telegram", NAMED))
"""Every channel with every organisation: what the program hashes together with an address."""

SERVE = ("--data", "{data}", "serve", "--demo", "--proxied", "--port", "{port}")


async def a_confidant(data: Path) -> None:
    """The confidant of the line, with a password of their own."""
    schemes = Schemes()
    store = open_practice(data, schemes.ids(), lambda id: keeping(schemes, id))
    async with store:
        await store.add_confidant(SCHEME, "Aileen Kivits", PASSWORD, now=clock.now())


def backed_up(data: Path, to: Path) -> None:
    """A backup as an operator makes it."""
    command = [
        sys.executable,
        "-m",
        "bot",
        "--data",
        str(data),
        "backup",
        str(to),
        "--keys",
        str(to / "keys"),
    ]
    subprocess.run(command, check=True, capture_output=True)


def vacuumed(data: Path) -> None:
    """The database written anew."""
    connection = sqlite3.connect(data / "gehoord.db")
    connection.execute("VACUUM")
    connection.close()


def needles(thief: Thief, canaries: dict[str, tuple[str, ...]]) -> dict[bytes, str]:
    """All that is searched for: every canary, and every hash of it (told with ``#`` before it)."""
    everything = [word for words in canaries.values() for word in words]
    found = thief.words(*everything)
    for word in everything:
        found |= {shape: f"#{name}" for shape, name in thief.hashes(word, *PLACES).items()}
    return found


def by_whom(seen: set[str], canaries: dict[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """What turned up, by whose it is."""
    return {who: {word for word in (*words, *(f"#{one}" for one in words)) if word in seen}
            for who, words in canaries.items()}  # fmt: skip


def in_lines(disk: Disk) -> list[bytes]:
    """What the rows of lines hold, opened with the keys that lie there."""
    return [disk.opened(table, cell) for table in ("lines", "line_pages") for _, cell in disk.rows(table)]


@pytest.mark.clause("IB-4b")
async def test_of_who_wrote_on_a_line_the_disk_keeps_nothing_and_of_who_complained_what_is_documented(
    tmp_path: Path,
) -> None:
    data, temporary, copies = tmp_path / "data", tmp_path / "temporary", tmp_path / "copies"
    temporary.mkdir()
    await a_confidant(data)
    people = [Person(bird, number) for number, bird in enumerate(BIRDS)]
    async with Emulator() as telegram:
        telegram.world._people = itertools.count(58_301_120_017, 991_337)  # as long as Telegram's are now
        settings = {
            "TMPDIR": temporary, "GEHOORD_TELEGRAM_TOKEN": telegram.token, "GEHOORD_TELEGRAM_API": telegram.url,
            "GEHOORD_TELEGRAM_SCHEME": SCHEME,
        }  # fmt: skip
        site = Site(
            data, ("-c", LOUD, " ".join(f"{name}={value}" for name, value in settings.items()), *SERVE)
        )
        async with site:
            held = await asyncio.gather(
                *(on_the_line(one, site.url, way) for one, way in zip(people, ("stay", "back", "wipe"), strict=False)),
                from_an_account(people[3], site.url, telegram),
                *(by_name(one, site.url, sends=one is people[4]) for one in people[4:7]),
                by_account(people[7], telegram, wipes=False),
                by_account(people[8], telegram, wipes=True),
            )  # fmt: skip
            backed_up(data, copies)
            places = (tmp_path / "site.log", temporary, copies)
            at_work = Thief(*without_practice_keys(data), *places)
            rows = in_lines(Disk(data, tmp_path / "stolen"))
    vacuumed(data)
    after = Thief(*without_practice_keys(data), *places)

    canaries = {
        one.bird: (*one.told.values(), *one.headers.values(), *more)
        for one, more in zip(people, held, strict=True)
    }
    accounts = {bird: {words[7], f"#{words[7]}"} for bird, words in canaries.items()}
    documented = {
        **{one.bird: set[str]() for one in people[:3]},
        people[3].bird: accounts[people[3].bird],
        people[4].bird: {f"#{held[4][0]}"},
        people[5].bird: {*people[5].told.values(), f"#{held[5][0]}"},
        people[6].bird: {*people[6].told.values(), f"#{held[6][0]}"},
        people[7].bird: {*people[7].told.values(), *accounts[people[7].bird]},
        people[8].bird: accounts[people[8].bird],
    }
    wanted = needles(at_work, canaries)
    assert by_whom(at_work.search(wanted), canaries) == documented
    assert by_whom(after.search(wanted), canaries) == documented
    assert turned_up(wanted, rows) == set()
    reader = Thief(*without_practice_keys(data), passwords=(PASSWORD,))
    words = [one.told["word"] for one in people]
    assert reader.search(reader.words(*words[:4])) == {words[0], words[1], words[3]}
