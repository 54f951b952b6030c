"""Real processes, real clients, and ``kill -9`` at random instants: ``python -m tests.torture.run --help``.

People talk over HTTP and count what they see. Each says marked texts, answers what is asked, and sends the complaint
in, again and again, while the site is killed and started again. Counted from their side:

- *lost*: a text the site had answered, and that is no longer there; or a case that was confirmed and is not there;
- *doubled*: a text that stands there twice, a second answer to one text, or a complaint that was filed twice;
- *disordered*: texts that stand in another order than they were said in.
"""

import argparse
import asyncio
import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from storage.officers import Unlocked
from storage.opening import open_practice
from storage.practice import practice_officer
from storage.store import Store
from tests.storage.made import keeping
from tests.torture.browser import Browser, Page
from tests.torture.progress import killed
from tests.torture.site import GEHOORD, PLAIN_BOT, Site

SCHEME = "blijf-groep"
ANSWERS = ("send", "yes", "skip", "nobody", "no")
"""What is chosen first where it is offered, on the way to having sent it."""

STORY = "Een medewerker lachte mij uit waar iedereen bij was, dat was gisteren in Haarlem, ik ben client."


class Count(msgspec.Struct):
    """What was counted."""

    kills: int = 0
    turns: int = 0
    filed: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    pressed_again: int = 0
    slowest: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills · {self.turns} turns answered · {self.filed} complaints filed · "
            f"pressed again {self.pressed_again} times\n"
            f"lost {self.lost} · doubled {self.doubled} · out of order {self.disordered}"
        )

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or disordered."""
        return self.lost == self.doubled == self.disordered == 0


def look_over(page: Page, said: list[str], count: Count) -> None:
    """Compare what stands on the page with what was said and answered."""
    marked = [text.split()[-1] for text in page.mine if text.split()[-1].startswith("feit")]
    expected = [text.split()[-1] for text in said]
    count.lost += len(set(expected) - set(marked))
    count.doubled += len(marked) - len(set(marked))
    count.doubled += max(0, len(page.said) - len(page.mine) - 1)  # the greeting is said to nothing
    if [text for text in marked if text in expected] != expected and not set(expected) - set(marked):
        count.disordered += 1


class Person:
    """Someone who files complaint after complaint. `confirmed` are, per complaint, the texts that were answered.

    With several processes in `sites` each press comes to another one.
    """

    def __init__(self, site: str, number: int, count: Count, sites: Sequence[str] = ()) -> None:
        self._sites = list(sites)
        self._browser = Browser(site, f"/{SCHEME}", number)
        self._number = number
        self._count = count
        self._said = 0
        self.confirmed: list[list[str]] = []

    async def live(self, over: asyncio.Event) -> None:
        """File complaints until it is over; the last one is finished."""
        try:
            while not over.is_set():
                await self._file()
        finally:
            self._count.pressed_again += self._browser.again
            await self._browser.close()

    def _words(self, text: str) -> str:
        self._said += 1
        return f"{text} feit{self._number}x{self._said}"

    async def _file(self) -> None:
        page = await self._browser.begin()
        said: list[str] = []
        for step in range(40):
            if self._sites:
                self._sites.append(self._sites.pop(0))
                self._browser.go_to(*self._sites)
            option = next((one for one in ANSWERS if one in page.options), None)
            if step < 2 or option is None:
                words = self._words(STORY if step == 0 else "Het gebeurde voor de tweede keer.")
                page = await self._browser.say(page, words)
                said.append(words)
            else:
                page = await self._browser.choose(page, option)
            self._count.turns += 1
            if page.filed:
                self.confirmed.append(said)
                self._count.filed += 1
                return
            look_over(page, said, self._count)
            if not page.open:  # the conversation is gone: counted as lost, and begun again
                return


class Plain:
    """Someone who talks with the plain bot."""

    def __init__(self, site: str, number: int, count: Count) -> None:
        self._browser = Browser(site, "/plain", number)
        self._number = number
        self._count = count
        self.confirmed: list[list[str]] = []

    async def live(self, over: asyncio.Event) -> None:
        """Say marked texts until it is over, counting each loss once."""
        page, said, seen = await self._browser.begin(), [], 0
        while not over.is_set():
            seen += 1
            said.append(f"tekst feit{self._number}x{seen}")
            page = await self._browser.say(page, said[-1])
            self._count.turns += 1
            before = self._count.lost
            look_over(page, said, self._count)
            if self._count.lost > before:
                said = [text for text in said if any(text in mine for mine in page.mine)]
        self._count.pressed_again += self._browser.again
        await self._browser.close()


async def torture(
    folder: Path,
    *,
    kills: int,
    people: int,
    seed: int,
    preload: Path | None = None,
    full: bool = False,
    plain: bool = False,
) -> Count:
    """Let people talk with a site that is killed so many times, and count."""
    chance, count, over = random.Random(seed), Count(), asyncio.Event()
    data = folder / "data"
    site = Site(data, PLAIN_BOT if plain else GEHOORD, preload)
    await site.start()
    kind = Plain if plain else Person
    crowd = [kind(site.url, number, count) for number in range(people)]
    talking = [asyncio.ensure_future(person.live(over)) for person in crowd]
    while count.turns < people:  # noqa: ASYNC110 (the first kill has something to take)
        await asyncio.sleep(0.02)
    for _ in range(kills):
        await asyncio.sleep(
            chance.uniform(0.05, 4.0)
        )  # a fresh process needs a second to hear its first word
        if full and chance.random() < 0.3:
            log = data / "gehoord.db-wal"
            site.fill_disk(max(log.stat().st_size if log.exists() else 0, 4096))
            await asyncio.sleep(0.3)
            site.fill_disk(None)
        await site.kill()
        killed(count)
        await site.start()
    over.set()
    await asyncio.gather(*talking)
    await site.stop()
    if not plain:
        await count_cases(data, [said for person in crowd for said in person.confirmed], count)
    return count


async def count_cases(data: Path, confirmed: list[list[str]], count: Count) -> None:
    """Open every case as its officer does, and compare with what people were told."""
    async with open_practice(data, [SCHEME], keeping) as store:
        count_confirmed(await filed_texts(store, practice_officer(data, SCHEME)), confirmed, count)


async def filed_texts(store: Store, who: Unlocked) -> list[list[str]]:
    """The marked texts of every case, as its officer reads it."""
    found = []
    for line in await store.cases(SCHEME, limit=100_000):
        dossier = await store.open_case(line.number, who, now=line.received)
        found.append([text for text in dossier.intake.said if "feit" in text])
    return found


def count_confirmed(found: list[list[str]], confirmed: list[list[str]], count: Count) -> None:
    """Compare the texts of cases with what people were told."""
    for said in confirmed:
        matching = [case for case in found if case and case[0] == said[0]]
        count.lost += not matching
        count.doubled += max(0, len(matching) - 1)
        for case in matching[:1]:
            count.lost += len(set(said) - set(case))
            count.disordered += [text for text in case if text in said] != [
                text for text in said if text in case
            ]
    count.doubled += max(0, len(found) - len(confirmed))


def slow_library(folder: Path) -> Path:
    """The library that makes each fsync 5 ms slower, compiled here. Raises `FileNotFoundError` without a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise FileNotFoundError("a C compiler (cc) is needed to slow fsync down")
    library = folder / "slow_fsync.so"
    source = Path(__file__).with_name("slow_fsync.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


def main() -> int:
    """The full run, or as much of it as was asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slow-fsync", action="store_true", help="each fsync takes 5 ms longer")
    parser.add_argument("--full-disk", action="store_true", help="now and then the disk is full for a while")
    parser.add_argument(
        "--plain", action="store_true", help="hold the harness against a plain aiogram FSM bot"
    )
    parser.add_argument(
        "--postgres",
        action="store_true",
        help="three processes on PostgreSQL; processes, connections, the server and the primary are killed",
    )
    asked = parser.parse_args()
    from tests.torture.postgres import on_postgres  # noqa: PLC0415  (it imports what stands here)

    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        folder = Path(name)
        preload = slow_library(folder) if asked.slow_fsync else None
        count = asyncio.run(
            on_postgres(folder, kills=asked.kills, people=asked.people, seed=asked.seed)
            if asked.postgres
            else torture(folder, kills=asked.kills, people=asked.people, seed=asked.seed, preload=preload,
                    full=asked.full_disk, plain=asked.plain)
        )  # fmt: skip
    print(count)
    return 0 if count.clean else 1


if __name__ == "__main__":
    raise SystemExit(main())
