"""``kill -9`` in mid-line: ``make lines``. People write on lines over HTTP, their confidant answers at the desk.

All of it over real pages, with a browser without script and a bad connection: what is not answered is pressed again.
Counted from both sides, after every answer and once more when it is over:

- *lost*: a message that was answered, and that is no longer there, on either side;
- *doubled*: a message that is there twice;
- *disordered*: messages of one side that stand in another order than they were said in.

``python -m tests.line.killing [--kills 200] [--people 8] [--seed 1]``
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
import time
from html import unescape
from pathlib import Path

import msgspec

from bot import clock
from bot.kept_talk import keeping
from bot.schemes import Schemes
from storage.opening import open_practice
from tests.line.conftest import PASSWORD, SCHEME
from tests.torture.browser import Browser
from tests.torture.progress import killed
from tests.torture.site import Site

CONFIDANT = f"{SCHEME}/aileen"
_MARK = re.compile(r"\b(?:feit|raad)\d+x\d+\b")


class Count(msgspec.Struct):
    """What was counted."""

    kills: int = 0
    said: int = 0
    answered: int = 0
    returned: int = 0
    again: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills · {self.said} messages of clients · {self.answered} of their confidant · "
            f"came back by the words {self.returned} times · pressed again {self.again} times\n"
            f"lost {self.lost} · doubled {self.doubled} · out of order {self.disordered}"
        )

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or disordered."""
        return self.lost == self.doubled == self.disordered == 0

    def compare(self, there: list[str], expected: list[str]) -> None:
        """Lay what is there beside what must be; there may be more."""
        self.lost += len(set(expected) - set(there))
        self.doubled += len(there) - len(set(there))
        known = [mark for mark in there if mark in expected]
        self.disordered += known != [mark for mark in expected if mark in there]


class Screen:
    """What one side sees: pages fetched until there is an answer."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.html = ""

    async def get(self, path: str) -> None:
        """Open a page."""
        self.html = await self.browser.until_answered("GET", path)

    async def post(self, path: str, **given: str) -> None:
        """Post a form with the page's hidden fields; pressed again, it is the very same form."""
        hidden = {name: self.field(name) for name in ("form", "once", "held") if self.field(name)}
        self.html = await self.browser.until_answered("POST", path, hidden | given)

    def field(self, name: str) -> str:
        """A hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.html)
        return unescape(found[1]) if found else ""

    def marks(self, kind: str) -> list[str]:
        """The marks in what was said, in the order they stand in."""
        return [
            mark for mark in _MARK.findall(self.html.partition('<div id="nu"')[0]) if mark.startswith(kind)
        ]


class Writer:
    """Somebody on a line. `said`: the marks of what was answered."""

    def __init__(self, site: str, number: int, count: Count, chance: random.Random) -> None:
        self.number, self._count, self._chance = number, count, chance
        self.screen = Screen(Browser(site, f"/{SCHEME}/praten", number))
        self.said: list[str] = []
        self._words = ""

    async def live(self, over: asyncio.Event) -> None:
        """Open a line, and write on it until it is over; now and then leave, and come back by the words."""
        await self.screen.get("")
        await self.screen.post("/woorden")
        self._words = " ".join(re.findall(r"<li>(\w+)</li>", self.screen.html)[:8])
        await self.screen.post("/typ")
        await self.screen.post("/open", words=self._words)
        while not over.is_set():
            if self._chance.random() < 0.1:
                await self.screen.post("/klaar", do="out")
                await self.back()
            mark = f"feit{self.number}x{len(self.said)}"
            await self.screen.post("/zeg", say=f"Er is nog een {mark}.")
            self.said.append(mark)
            self._count.said += 1
            self._count.compare(self.screen.marks("feit"), self.said)
        self._count.again += self.screen.browser.again

    async def back(self) -> None:
        """Come back by the words."""
        await self.screen.post("/in", words=self._words)
        self._count.returned += 1
        self._count.compare(self.screen.marks("feit"), self.said)


class Confidant:
    """The confidant at the desk. `said`: for each line what was answered."""

    def __init__(self, site: str, count: Count) -> None:
        self._count = count
        self.screen = Screen(Browser(site, "/bureau", 240))
        self.said: dict[str, list[str]] = {}

    async def live(self, over: asyncio.Event) -> None:
        """Log in, read what is unread, and answer it."""
        await self.screen.get("/in")
        await self.screen.post("/in", name=CONFIDANT, password=PASSWORD)
        while not over.is_set():
            for number, ref in enumerate(await self.refs()):
                if over.is_set():
                    break
                mark = f"raad{number}x{sum(map(len, self.said.values()))}"
                await self.screen.get(f"/lijnen/{ref}")
                await self.screen.post(f"/lijnen/{ref}", say=f"Goed dat je dat zegt, {mark}.")
                self.said.setdefault(ref, []).append(mark)
                self._count.answered += 1
                self._count.compare(self.screen.marks("raad"), self.said[ref])
        self._count.again += self.screen.browser.again

    async def refs(self) -> list[str]:
        """All lines in the inbox."""
        await self.screen.get("/lijnen")
        return list(dict.fromkeys(re.findall(r'href="/bureau/lijnen/(\w+)"', self.screen.html)))


async def kill_lines(folder: Path, *, kills: int, people: int, seed: int) -> Count:
    """Let people write on lines of a site that is killed so many times, and count."""
    chance, count, over = random.Random(seed), Count(), asyncio.Event()
    schemes = Schemes()
    async with open_practice(folder / "data", schemes.ids(), lambda id: keeping(schemes, id)) as store:
        await store.add_confidant(SCHEME, "Aileen", PASSWORD, now=clock.now())
    site = Site(folder / "data")
    async with site:
        crowd = [Writer(site.url, number, count, chance) for number in range(people)]
        confidant = Confidant(site.url, count)
        living = [asyncio.ensure_future(one.live(over)) for one in (*crowd, confidant)]
        for _ in range(kills):
            enough, until = count.said + count.answered + chance.randint(1, 2 * people), time.monotonic() + 30
            while count.said + count.answered < enough and time.monotonic() < until:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await asyncio.sleep(chance.uniform(0, 0.2))
            await site.kill()
            killed(count)
            await site.start()
        while count.said < 2 * people or count.answered < people:  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # on a busy machine the kills leave little time
        over.set()
        await asyncio.gather(*living)
        await _look_over(crowd, confidant, count)
    return count


async def _look_over(crowd: list[Writer], confidant: Confidant, count: Count) -> None:
    """Once more, when nothing is killed any more: every line, from both sides."""
    talks = {}
    for ref in await confidant.refs():
        await confidant.screen.get(f"/lijnen/{ref}")
        heard, said = confidant.screen.marks("feit"), confidant.said.get(ref, [])
        count.compare(confidant.screen.marks("raad"), said)
        talks[heard[0].partition("x")[0] if heard else ""] = (heard, said)
    for one in crowd:
        await one.back()
        heard, answers = talks.get(f"feit{one.number}", ([], []))
        count.compare(heard, one.said)
        count.compare(one.screen.marks("raad"), answers)
        await one.screen.browser.close()
    await confidant.screen.browser.close()


def main() -> int:
    """The full run, or as much of it as was asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lines-") as folder:
        count = asyncio.run(kill_lines(Path(folder), kills=asked.kills, people=asked.people, seed=asked.seed))
    print(count)
    return 0 if count.clean else 1


if __name__ == "__main__":
    sys.exit(main())
