"""What the program's own log tells of who was on a line at all: 50 people chat, and some of them write on a line too.

The real program with every log there is. A thief who has the log, and the list of people with their network address,
their browser and the minute they were there, looks for them.
"""

import random
import time
from collections.abc import Callable
from pathlib import Path

import aiohttp
import msgspec

from bot import clock
from bot.kept_talk import keeping
from bot.schemes import Schemes
from storage.opening import open_practice
from tests.line.attackers import Scores
from tests.line.client import Client
from tests.line.conftest import PASSWORD, SCHEME
from tests.torture.browser import Browser
from tests.torture.site import Site

LOUD = (
    "import logging, os, runpy, sys; os.environ['TMPDIR'] = sys.argv.pop(1); "
    "logging.basicConfig(level=0, format='%(created)f %(name)s %(message)s'); {more}"
    "runpy.run_module('bot', run_name='__main__')"
)
"""The program with every log there is, each line with the second it was written."""

SERVE = ("--data", "{data}", "serve", "--demo", "--proxied", "--port", "{port}")

NOSY = (
    "from aiohttp import web; quiet = web.AppRunner; "
    "web.AppRunner = lambda app, access_log=None: quiet(app); "
)
"""Has every request logged, as web servers do where nobody forbids it."""


class Visitor(msgspec.Struct, frozen=True):
    """One on the list: network address, browser, from when to when, and what the thief wants to know."""

    network: str
    browser: str
    since: float
    until: float
    on_line: bool


async def visited(
    folder: Path, chance: random.Random, *, nosy: bool, people: int = 50
) -> tuple[list[Visitor], str]:
    """Let them come, one after the other; returns the list of people and the log."""
    data, temporary = folder / "data", folder / "temporary"
    temporary.mkdir(parents=True)
    schemes = Schemes()
    async with open_practice(data, schemes.ids(), lambda id: keeping(schemes, id)) as store:
        await store.add_confidant(SCHEME, "Aileen Kivits", PASSWORD, now=clock.now())
    site = Site(data, ("-c", LOUD.replace("{more}", NOSY if nosy else ""), str(temporary), *SERVE))
    lines = [True] * (people // 2) + [False] * (people - people // 2)
    chance.shuffle(lines)
    seen = []
    async with site:
        for number, on_line in enumerate(lines):
            network, browser = f"203.0.113.{number + 1}", f"Browser{chance.randrange(10**9):09}/7"
            since = time.time()
            headers = {"User-Agent": browser, "X-Forwarded-For": network}
            await _visit(site.url, number, headers, on_line=on_line)
            seen.append(Visitor(network, browser, since, time.time(), on_line))
    return seen, (folder / "site.log").read_text(encoding="utf-8", errors="replace")


async def _visit(url: str, number: int, headers: dict[str, str], *, on_line: bool) -> None:
    chat = Browser(url, f"/{SCHEME}", number, headers)
    page = await chat.begin()
    await chat.say(page, "Mijn begeleider lachte mij uit.")
    if on_line:
        async with aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers
        ) as session:
            client = Client(session, url)
            assert "Klopt. Schrijf maar." in await client.begin()
            await client.post("zeg", say="Ik durf het niet te zeggen.")
    await chat.close()


def named(one: Visitor, log: str) -> float:
    """How often the log has a page of the line beside somebody's address or browser."""
    pages = [line for line in log.splitlines() if "/praten" in line]
    return sum(one.network in line or one.browser in line for line in pages)


def busy(one: Visitor, log: str) -> float:
    """How much was written to the log while somebody was there."""
    times = [
        head for line in log.splitlines() if (head := line.partition(" ")[0]).replace(".", "").isdecimal()
    ]
    return sum(one.since <= float(time) <= one.until for time in times)


LOOKS: tuple[tuple[str, Callable[[Visitor, str], float]], ...] = (("log names", named), ("log is busy", busy))


def looked(seen: list[Visitor], log: str, look: Callable[[Visitor, str], float]) -> list[Scores]:
    """What an attacker makes of it."""
    return [[(one.on_line, look(one, log)) for one in seen]]
