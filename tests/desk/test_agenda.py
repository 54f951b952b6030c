"""An officer's calendar, read back by another program than the one that wrote it (vobject)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import vobject

from flows.effects import EndTerm, Note
from tests.desk.site import STORY, DeskSite, Visitor, desk_site, visitor

SCHEME, NUMBER = "blijf-groep", "BG-1"


async def made(who: Visitor) -> str:
    """Make a calendar on one's own page; returns its path as the page shows it."""
    await who.get("/bureau/ik")
    page = await who.post("/bureau/ik/agenda", do="make")
    return "/bureau/agenda/" + page.partition("/bureau/agenda/")[2].partition(".ics")[0] + ".ics"


async def entries(site: DeskSite, path: str) -> list[tuple[str, date, date]]:
    """What a calendar program reads there, without a session."""
    async with visitor(site) as program:
        whole = vobject.readOne(await program.get(path))
        assert (program.status, program.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        found = whole.contents.get("vevent", [])
        return [(one.summary.value, one.dtstart.value, one.dtend.value) for one in found]


async def test_calendar_has_number_term_and_day_and_no_content(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as saskia:
        await saskia.enter((await site.staff(SCHEME)).id)
        await site.file(SCHEME, NUMBER)
        path = await made(saskia)
        last = date(2026, 5, 28)
        assert (await entries(site, path))[0] == (
            "BG-1: De klachtenfunctionaris neemt contact op", last, last + timedelta(days=1),
        )  # fmt: skip
        page = await saskia.get(path)
        assert [word for word in (STORY, "Samira", "Saskia", "Blijf") if word in page] == []


async def test_term_that_is_met_leaves_the_calendar(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as saskia:
        await saskia.enter((await site.staff(SCHEME)).id)
        await site.file(SCHEME, NUMBER)
        path = await made(saskia)
        before = await entries(site, path)
        met = (EndTerm(NUMBER, "contact", "contact_made"),)
        await site.store.act(NUMBER, site.keys[SCHEME], met, now=site.now)
        assert await entries(site, path) == before[1:]


@pytest.mark.clause("BB-3c")
async def test_case_in_which_the_officer_had_a_part_is_not_in_the_calendar(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as saskia:
        await saskia.enter((await site.staff(SCHEME)).id)
        await site.file(SCHEME, NUMBER)
        path = await made(saskia)
        out = (Note(NUMBER, "involved_declared"),)
        await site.store.act(NUMBER, site.keys[SCHEME], out, now=site.now)
        assert await entries(site, path) == []


async def test_calendar_that_was_ended_or_renewed_or_whose_account_is_closed_is_not_there(
    tmp_path: Path,
) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as saskia, visitor(site) as program:
        officer = await site.staff(SCHEME)
        await saskia.enter(officer.id)
        first, second = await made(saskia), await made(saskia)
        assert (first != second, (await program.get(first), program.status)[1]) == (True, 404)
        await saskia.get("/bureau/ik")
        await saskia.post("/bureau/ik/agenda", do="stop")
        assert (await program.get(second), program.status)[1] == 404
        third = await made(saskia)
        assert (await program.get(third), program.status)[1] == 200
        await site.store.disable(officer.id, now=site.now)
        assert (await program.get(third), program.status)[1] == 404


async def test_address_of_a_calendar_is_shown_once(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as saskia:
        await saskia.enter((await site.staff(SCHEME)).id)
        path = await made(saskia)
        page = await saskia.get("/bureau/ik")
        assert (path in page, 'value="stop"' in page) == (False, True)
