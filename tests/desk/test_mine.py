"""The list of today, narrowed to what is one's own: just the cases that say so, with counts and pages of their own."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from flows.effects import Note
from tests.desk.site import DeskSite, Visitor, desk_site, visitor

SCHEME = "blijf-groep"
SASKIA, KAREL = f"{SCHEME}/saskia-de-vries", f"{SCHEME}/karel-bos"
MINE = "/bureau?van=mij"


class Two:
    """Saskia and Karel at their desks, and the cases of both."""

    def __init__(self, site: DeskSite, saskia: Visitor, karel: Visitor) -> None:
        self.site, self.saskia, self.karel = site, saskia, karel

    async def file(self, *numbers: str, to: str = "") -> None:
        """Complaints come in, and are given to somebody."""
        for number in numbers:
            await self.site.file(SCHEME, number)
            if to:
                await self.note(number, f"assigned:{to}")

    async def note(self, number: str, what: str) -> None:
        """Something stands on the timeline of a case."""
        await self.site.store.act(number, self.site.keys[SCHEME], (Note(number, what),), now=self.site.now)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    """Both are logged in."""
    async with desk_site(tmp_path) as site, visitor(site) as saskia, visitor(site) as karel:
        await site.staff(SCHEME)
        await saskia.enter(SASKIA)
        await karel.enter(KAREL)
        yield Two(site, saskia, karel)


def rows(page: str) -> list[tuple[str, bool]]:
    """The numbers on a list, and whether each says that it is one's own."""
    found = re.findall(r'<li class="[a-z]*">\s*<a href="/bureau/zaak/([\w-]+)">(.*?)</li>', page, re.DOTALL)
    return [(number, "<b>van mij" in rest) for number, rest in found]


def counts(page: str) -> list[int]:
    """The piles: all, late, this week, new, waiting."""
    return [int(count) for count in re.findall(r'class="pile-\w+"><b>(\d+)</b>', page)]


async def narrowed(who: Visitor) -> list[str]:
    """What stands on the narrowed list: those that say so on the whole list, and no others."""
    whole, own = await who.get("/bureau"), await who.get(MINE)
    assert rows(own) == [row for row in rows(whole) if row[1]]
    assert counts(own)[0] == len(rows(own))
    return [number for number, _ in rows(own)]


async def test_own_cases_are_those_that_were_given_to_one_last(two: Two) -> None:
    await two.file("BG-1", "BG-2", to=SASKIA)
    await two.file("BG-3", to=KAREL)
    assert (await narrowed(two.saskia), await narrowed(two.karel)) == (["BG-1", "BG-2"], ["BG-3"])
    await two.note("BG-2", f"assigned:{KAREL}")
    assert (await narrowed(two.saskia), await narrowed(two.karel)) == (["BG-1"], ["BG-2", "BG-3"])


async def test_case_that_nobody_was_given_is_of_who_said_to_have_no_part_in_it_else_of_the_first(
    two: Two,
) -> None:
    await two.file("BG-1", "BG-2")
    assert (await narrowed(two.saskia), await narrowed(two.karel)) == ([], ["BG-1", "BG-2"])
    await two.saskia.open("BG-2")
    assert (await narrowed(two.saskia), await narrowed(two.karel)) == (["BG-2"], ["BG-1"])


async def test_own_are_also_those_of_whom_one_stands_in_for_today(two: Two) -> None:
    await two.file("BG-1", to=SASKIA)
    await two.file("BG-2", to=KAREL)
    await two.saskia.get("/bureau/ik")
    await two.saskia.post("/bureau/ik/afwezig", stand_in=KAREL, first="2026-06-01", last="2026-06-12")
    shown = []
    for day in (31, 1, 12, 13):
        two.site.now = two.site.now.replace(month=5 if day == 31 else 6, day=day)
        await two.saskia.enter(SASKIA)
        await two.karel.enter(KAREL)
        shown.append((await narrowed(two.saskia), await narrowed(two.karel)))
    assert shown == [
        (["BG-1"], ["BG-2"]),
        ([], ["BG-1", "BG-2"]),
        ([], ["BG-1", "BG-2"]),
        (["BG-1"], ["BG-2"]),
    ]


async def test_it_goes_together_with_piles_and_other_filters_and_stays_while_one_pages(two: Two) -> None:
    await two.file(*(f"BG-{number}" for number in range(100, 160)), to=SASKIA)
    await two.file("BG-900", to=KAREL)
    page = await two.saskia.get(MINE)
    assert (counts(page)[0], len(rows(page)), 'name="van" value="mij" checked' in page) == (60, 50, True)
    assert 'href="?van=mij&amp;stapel=new"' in page
    after = await two.saskia.get("/bureau?van=mij&stapel=all&vanaf=50")
    assert [number for number, _ in rows(after)] == [f"BG-{number}" for number in range(150, 160)]
    assert 'href="?van=mij&amp;stapel=all&amp;vanaf=50"' in page
    await two.site.store.act("BG-100", two.site.keys[SCHEME], status="in_progress", now=two.site.now)
    begun = await two.saskia.get("/bureau?van=mij&status=in_progress")
    assert (rows(begun), counts(begun)[0]) == ([("BG-100", True)], 1)
    assert rows(await two.karel.get("/bureau?van=mij&status=in_progress")) == []


async def test_closed_cases_can_be_narrowed_too_and_an_unknown_wish_narrows_nothing(two: Two) -> None:
    await two.file("BG-1", to=SASKIA)
    await two.file("BG-2", to=KAREL)
    for number in ("BG-1", "BG-2"):
        await two.site.store.act(number, two.site.keys[SCHEME], status="closed", now=two.site.now)
    pages = [
        await two.saskia.get(f"/bureau?{wish}")
        for wish in ("dicht=1", "dicht=1&van=mij", "dicht=1&van=karel")
    ]
    assert [[number for number, _ in rows(page)] for page in pages] == [
        ["BG-1", "BG-2"],
        ["BG-1"],
        ["BG-1", "BG-2"],
    ]
