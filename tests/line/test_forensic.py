"""A thief with the whole disk looks for those who wrote on lines, while others complained by name.

One real site, at debug level, behind a proxy that passes addresses on. Everybody brings words, a name, a number, an
address, a browser and a network of their own. Of the line's people nothing is found, in no disguise and as no hash
that a key on the disk makes; of the named ones what `docs/security.md` says is kept, by the same search.
"""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import aiohttp
import msgspec
import pytest

from bot import clock
from bot.kept_talk import keeping
from bot.line.codes import heard
from bot.schemes import Schemes
from storage.opening import open_practice
from tests.line.client import Client
from tests.line.conftest import PASSWORD, SCHEME
from tests.storage.test_stolen_site import without_practice_keys
from tests.storage.thief import Thief
from tests.torture.browser import Browser
from tests.torture.run import ANSWERS
from tests.torture.site import Site

NAMED = "blijf-groep"
LOUD = (
    "import logging, os, runpy, sys; os.environ['TMPDIR'] = sys.argv.pop(1); logging.basicConfig(level=0); "
    "runpy.run_module('bot', run_name='__main__')"
)
"""The program with every log there is, written to the site's log."""

BIRDS = ("Kwikstaart", "Wielewaal", "Zanglijster", "Roodborst", "Putterveer", "Boomklever")


class Person(msgspec.Struct, frozen=True):
    """What somebody brings along: canaries, each of which occurs nowhere else."""

    bird: str
    number: int

    @property
    def told(self) -> dict[str, str]:
        """What they write, by kind."""
        return {
            "word": f"{self.bird}geheim",
            "name": f"Janneke {self.bird}sma",
            "phone": f"06-4827{self.number}951",
            "mail": f"{self.bird}@{self.bird}huis.example",
            "street": f"{self.bird}laan 4{self.number}7",
        }

    @property
    def headers(self) -> dict[str, str]:
        """What their browser and the proxy tell."""
        return {"User-Agent": f"{self.bird}Browser/7", "X-Forwarded-For": f"203.117.24{self.number}.199"}

    @property
    def story(self) -> str:
        """All of it in one message."""
        return (
            "Mijn begeleider lachte mij gisteren in Haarlem uit, ik ben client. Het ging over {word}. "
            "Ik heet {name}, bel {phone}, mail {mail}, ik woon op de {street}."
        ).format(**self.told)


async def on_the_line(person: Person, url: str, way: str) -> tuple[str, ...]:
    """Write on a line and leave, come back, or wipe; returns all else that is theirs: cookies and the code."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, headers=person.headers) as session:
        client = Client(session, url)
        assert "Klopt. Schrijf maar." in await client.begin()
        assert person.told["word"] in await client.post("zeg", say=person.story)
        held = {cookie.value[:80] for cookie in jar}
        if way == "back":
            await client.post("klaar", do="out")
            assert person.told["word"] in await client.post("in", words=client.code)
            held |= {cookie.value[:80] for cookie in jar}
        elif way == "wipe":
            assert "Alles is weg." in await client.post("klaar", do="wipe")
    code = heard(client.code)
    assert code is not None
    return (*held, client.code, client.code.replace(" ", "-"), code.secret)


async def by_name(person: Person, url: str, sends: bool) -> tuple[str, ...]:
    """Complain with all of it, and send or leave it open; returns the cookie's secret."""
    browser = Browser(url, f"/{NAMED}", person.number, person.headers)
    page = await browser.say(await browser.begin(), person.story)
    while sends and not page.filed:
        page = await browser.choose(page, next(one for one in ANSWERS if one in page.options))
    held = browser.cookies
    await browser.close()
    return held


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


def found(thief: Thief, canaries: dict[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """By whom: which canaries turn up as they are, and which as a hash (with ``#`` before it)."""
    everything = [word for words in canaries.values() for word in words]
    needles = thief.words(*everything)
    for word in everything:
        for scheme in (SCHEME, NAMED):
            needles |= {shape: f"#{name}" for shape, name in thief.hashes(word, "web", scheme).items()}
    seen = thief.search(needles)
    return {who: {word for word in (*words, *(f"#{one}" for one in words)) if word in seen}
            for who, words in canaries.items()}  # fmt: skip


@pytest.mark.clause("IB-4b")
async def test_of_who_wrote_on_a_line_the_disk_keeps_nothing_and_of_who_complained_what_is_documented(
    tmp_path: Path,
) -> None:
    data, temporary, copies = tmp_path / "data", tmp_path / "temporary", tmp_path / "copies"
    temporary.mkdir()
    await a_confidant(data)
    command = (
        "-c",
        LOUD,
        str(temporary),
        "--data",
        "{data}",
        "serve",
        "--demo",
        "--proxied",
        "--port",
        "{port}",
    )
    site = Site(data, command)
    await site.start()
    people = [Person(bird, number) for number, bird in enumerate(BIRDS)]
    line, named = people[:3], people[3:]
    held = await asyncio.gather(
        *(on_the_line(one, site.url, way) for one, way in zip(line, ("stay", "back", "wipe"), strict=True)),
        *(by_name(one, site.url, sends) for one, sends in zip(named, (True, False, False), strict=True)),
    )
    backed_up(data, copies)
    everything = (*without_practice_keys(data), tmp_path / "site.log", temporary, copies)
    at_work = Thief(*everything)
    await site.stop()
    vacuumed(data)
    after = Thief(*without_practice_keys(data), tmp_path / "site.log", temporary, copies)

    canaries = {
        one.bird: (*one.told.values(), *one.headers.values(), *more)
        for one, more in zip(people, held, strict=True)
    }
    secrets = [f"#{more[0]}" for more in held[3:]]
    documented = {
        **{one.bird: set[str]() for one in line},
        named[0].bird: {secrets[0]},
        named[1].bird: {*named[1].told.values(), secrets[1]},
        named[2].bird: {*named[2].told.values(), secrets[2]},
    }
    assert found(at_work, canaries) == documented
    assert found(after, canaries) == documented
    reader = Thief(*without_practice_keys(data), passwords=(PASSWORD,))
    assert [one.bird for one in line if reader.finds(one.told["word"])] == [one.bird for one in line[:2]]
