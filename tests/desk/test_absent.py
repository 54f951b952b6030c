"""Leave: who stands in reads before it begins, the officer sees that, and nobody takes over who cannot."""

from pathlib import Path

import pytest

from storage.records import Officer
from tests.desk.site import PASSWORD, STORY, DeskSite, Visitor, desk_site, visitor

SCHEME = "blijf-groep"
KAREL = f"{SCHEME}/karel-bos"
LEAVE = {"first": "2026-06-01", "last": "2026-06-12"}
"""Days that begin twelve days from now."""


async def boss(site: DeskSite) -> Officer:
    """A manager, to whom no complaint goes."""
    made = await site.store.add_officer(SCHEME, "manager", "Marga Baas", PASSWORD, now=site.now)
    await site.store.approve(made.id, site.keys[SCHEME], now=site.now)
    return made


async def announce(officer: Visitor, stand_in: str, **days: str) -> str:
    """Say on one's own page that one is away, and who takes over."""
    await officer.get("/bureau/ik")
    return await officer.post("/bureau/ik/afwezig", stand_in=stand_in, **(LEAVE | days))


async def test_manager_who_stands_in_reads_before_the_leave_begins_and_it_is_shown(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as manager:
        saskia, marga = await site.staff(SCHEME), await boss(site)
        await site.file(SCHEME, "BG-1")
        await site.file(SCHEME, "BG-2", refused=("de manager",))
        await manager.enter(marga.id)
        before = "BG-1" in manager.page
        await officer.enter(saskia.id)
        page = await announce(officer, marga.id)
        shown = [
            sentence in page
            for sentence in (
                "Weg van ma 1 jun 2026 tot en met vr 12 jun 2026. Marga Baas neemt het dan over.",
                "Marga Baas leest nu al 1 zaak mee.",
                "1 zaak mag Marga Baas niet lezen. Geef die aan een ander.",
            )
        ]
        await site.file(SCHEME, "BG-3")
        today = await manager.get("/bureau")
        listed = [number in today for number in ("BG-1", "BG-2", "BG-3")]
        assert (before, shown, listed) == (False, [True, True, True], [True, False, True])
        assert STORY in await manager.open("BG-3")
        await manager.get("/bureau/zaak/BG-2")
        assert manager.status == 404


async def test_withdrawn_leave_shares_nothing_more_and_says_what_stays_readable(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as manager:
        saskia, marga = await site.staff(SCHEME), await boss(site)
        for number in ("BG-1", "BG-2"):
            await site.file(SCHEME, number)
        await officer.enter(saskia.id)
        await announce(officer, marga.id)
        page = await officer.post("/bureau/ik/afwezig", do="back")
        await site.file(SCHEME, "BG-3")
        await manager.enter(marga.id)
        assert [number in manager.page for number in ("BG-1", "BG-2", "BG-3")] == [True, True, False]
        assert "Marga Baas krijgt er niets nieuws meer bij. Marga Baas kan 2 zaken nog steeds zien." in page
        assert "Weg van" not in page


async def test_colleague_in_the_same_role_goes_on_reading_and_that_is_said(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff(SCHEME)
        await officer.enter(saskia.id)
        await announce(officer, KAREL)
        page = await officer.post("/bureau/ik/afwezig", do="back")
        assert "Karel Bos heeft dezelfde rol, en leest dus ook gewoon mee." in page


async def test_stand_in_who_is_away_then_or_reads_no_cases_is_refused(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as colleague:
        saskia = await site.staff(SCHEME)
        await colleague.enter(KAREL)
        await announce(colleague, saskia.id, first="2026-06-12", last="2026-06-20")
        await officer.enter(saskia.id)
        away = "Die is dan zelf ook weg." in await announce(officer, KAREL)
        answers = [(officer.status, away)]
        for other in (f"{SCHEME}/ad-beheer", f"{SCHEME}/vera-vertrouw", "bij-elkaar/saskia-de-vries", ""):
            refused = "Kies eerst wie het werk overneemt." in await announce(officer, other)
            answers.append((officer.status, refused))
        free = await announce(officer, KAREL, last="2026-06-11")
        assert (answers, "Karel Bos neemt het dan over." in free) == ([(400, True)] * 5, True)


@pytest.mark.parametrize("last", ["2026-05-19", "2026-05-31", "nooit", "9999-12-31"])
async def test_days_that_cannot_be_are_refused(tmp_path: Path, last: str) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff(SCHEME)
        await officer.enter(saskia.id)
        await announce(officer, KAREL, last=last)
        assert (officer.status, await site.store.absences(SCHEME, now=site.now)) == (400, {})


async def test_stand_in_who_left_is_missing_on_every_page(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as keeper:
        saskia = await site.staff(SCHEME)
        await officer.enter(saskia.id)
        await announce(officer, KAREL, first="2026-05-20")
        there = "Karel Bos neemt het over." in await officer.get("/bureau")
        await site.store.disable(KAREL, now=site.now)
        today, own = await officer.get("/bureau"), await officer.get("/bureau/ik")
        await keeper.enter(f"{SCHEME}/ad-beheer")
        assert there
        assert ("Niemand neemt het over." in today, "Er is nu niemand die het werk overneemt." in today) == (
            True,
            True,
        )
        assert "Karel Bos kan het niet meer doen. Kies een ander." in own
        assert "Er is nu niemand die het werk overneemt." in own
        assert "Er is geen ander die leest." in keeper.page


async def test_who_reads_no_cases_announces_no_leave_and_nobody_sees_theirs(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as keeper, visitor(site) as vera:
        await site.staff(SCHEME)
        answers = []
        for one, id in ((keeper, f"{SCHEME}/ad-beheer"), (vera, f"{SCHEME}/vera-vertrouw")):
            await one.enter(id)
            offered = "/bureau/ik/afwezig" in await one.get("/bureau/ik")
            await one.post("/bureau/ik/afwezig", stand_in=KAREL, **LEAVE)
            answers.append((offered, one.status))
        assert answers == [(False, 404)] * 2


async def test_cases_are_the_stand_ins_on_the_days_of_absence_and_come_back_after(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as manager:
        saskia, marga = await site.staff(SCHEME), await boss(site)
        await site.file(SCHEME, "BG-1")
        await officer.enter(saskia.id)
        await officer.open("BG-1")
        await announce(officer, marga.id)
        whose = []
        for day in ("2026-05-31", "2026-06-01", "2026-06-12", "2026-06-13"):
            site.now = site.now.replace(month=int(day[5:7]), day=int(day[8:]))
            await officer.enter(saskia.id)
            await manager.enter(marga.id)
            whose.append((whose_on(officer.page), whose_on(manager.page)))
        assert whose == [
            ("<b>van mij</b>", "van Saskia de Vries"),
            ("van Marga Baas", "<b>van mij, voor Saskia de Vries</b>"),
            ("van Marga Baas", "<b>van mij, voor Saskia de Vries</b>"),
            ("<b>van mij</b>", "van Saskia de Vries"),
        ]


def whose_on(page: str) -> str:
    """Whose the only case on today's list is."""
    _, _, state = page.partition('<span class="state">')
    return state.partition("</span>")[0].rpartition(" · ")[2]


async def test_who_stands_in_reads_ahead_when_that_is(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as colleague:
        saskia = await site.staff(SCHEME)
        await officer.enter(saskia.id)
        await announce(officer, KAREL)
        await colleague.enter(KAREL)
        turn = "Saskia de Vries is weg van ma 1 jun 2026 tot en met vr 12 jun 2026. Dat werk komt dan hier."
        shown = [
            turn in await one.get(path) for one in (colleague, officer) for path in ("/bureau", "/bureau/ik")
        ]
        assert shown == [True, True, False, False]


async def test_page_of_a_case_says_who_sees_to_it_while_its_officer_is_away(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as colleague:
        saskia = await site.staff(SCHEME)
        await site.file(SCHEME, "BG-1")
        await officer.enter(saskia.id)
        await officer.open("BG-1")
        await announce(officer, KAREL, first="2026-05-20")
        await colleague.enter(KAREL)
        page = await colleague.open("BG-1")
        assert "Saskia de Vries is er niet tot en met vr 12 jun 2026. Karel Bos neemt het over." in page
        assert "Saskia de Vries (nu weg)</option>" in page


async def test_case_that_is_given_is_told_to_nobody_but_who_gets_it(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff(SCHEME)
        await site.file(SCHEME, "BG-1")
        await officer.enter(saskia.id)
        await officer.open("BG-1")
        for to in (saskia.id, KAREL, KAREL, f"{SCHEME}/ad-beheer"):
            await officer.post("/bureau/zaak/BG-1/geven", to=to)
        told = [(one.number, one.what) for one in await site.store.notices()]
        given = [mark.what for mark in await site.store.timeline("BG-1") if mark.what.startswith("assigned:")]
        assert (told, given) == ([("BG-1", "given")], [f"assigned:{saskia.id}", f"assigned:{KAREL}"])
