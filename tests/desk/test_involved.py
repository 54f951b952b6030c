"""Who had a part in what a case is about hands it over, and reads it no more."""

from pathlib import Path

import pytest

from tests.desk.site import STORY, desk_site, visitor


@pytest.mark.clause("BB-3c")
async def test_handler_who_was_involved_hands_the_case_to_a_colleague(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as colleague:
        saskia = await site.staff("ben-in-de-buurt")
        number = await site.file("ben-in-de-buurt", "BB-1")
        karel = "ben-in-de-buurt/karel-bos"
        await officer.enter(saskia.id)
        await officer.open(number)
        await officer.post(f"/bureau/zaak/{number}/geven", to=saskia.id)
        said = await officer.post(f"/bureau/zaak/{number}/verklaring", involved="yes")
        today = await officer.get("/bureau")
        await officer.get(f"/bureau/zaak/{number}")
        assert (STORY in said, number in today, officer.status) == (False, False, 404)
        assert [(one.role, one.what) for one in await site.store.notices()][-1] == (
            "manager",
            "handler_needed",
        )
        assert f"assigned:{karel}" in [mark.what for mark in await site.store.timeline(number)]
        await colleague.enter(karel)
        assert STORY in await colleague.open(number)


@pytest.mark.clause("BB-3c")
async def test_when_nobody_is_left_the_address_of_the_scheme_is_told(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("ben-in-de-buurt")
        number = await site.file("ben-in-de-buurt", "BB-1", refused=("Karel Bos",))
        await officer.enter(saskia.id)
        await officer.get(f"/bureau/zaak/{number}")
        await officer.post(f"/bureau/zaak/{number}/verklaring", involved="yes")
        assert [(one.role, one.what) for one in await site.store.notices()][-1] == (
            "officer",
            "handler_needed",
        )
