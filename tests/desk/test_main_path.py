"""The way that an officer goes every day: in, today, the case, the next step, closed with reasons."""

from pathlib import Path

import pytest

from tests.desk.site import RECEIVING, STORY, desk_site, visitor


async def test_case_is_opened_after_the_declaration_and_closed_with_reasons(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        number = await site.file("blijf-groep", "BG-7K4Q92AB", location="haarlem", subject=("treatment",))
        page = await officer.enter(saskia.id)
        assert (officer.path, number in page, STORY in page) == ("/bureau", True, False)
        page = await officer.get(f"/bureau/zaak/{number}")
        assert ("niet bij betrokken" in page, STORY in page) == (True, False)
        page = await officer.open(number)
        assert (STORY in page, "uiterlijk do 28 mei 2026" in page) == (True, True)
        await officer.step(number, "contact_made")
        assert (await site.store.filed(number)).deadlines == ()
        await officer.step(number, "closed", text="  ")
        assert (officer.status, (await site.store.case(number)).status) == (400, "in_progress")
        await officer.step(number, "closed", text="Samira kreeg excuses.")
        assert (officer.status, (await site.store.case(number)).status) == (200, "closed")
        log = [access.what for access in await site.store.access_log(number)]
        assert log[:2] == ["noted", "opened"]


@pytest.mark.parametrize("scheme", RECEIVING)
async def test_every_scheme_with_a_recipient_has_a_desk(tmp_path: Path, scheme: str) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff(scheme)
        number = await site.file(scheme, "XX-1")
        await officer.enter(saskia.id)
        assert STORY in await officer.open(number)
