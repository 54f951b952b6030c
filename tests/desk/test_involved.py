"""Who had a part in what a case is about hands it over, and reads it no more."""

from pathlib import Path

import pytest

from storage.errors import NoAccess
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
        warned = "Er is nu geen collega die mag lezen." in await officer.open(number)
        said = await officer.post(f"/bureau/zaak/{number}/verklaring", involved="yes")
        assert (warned, "Er is nu geen collega die mag lezen." in said) == (True, True)
        assert [(one.role, one.what) for one in await site.store.notices()][-1] == (
            "officer",
            "handler_needed",
        )


@pytest.mark.clause("BB-3c")
async def test_officer_who_sees_it_only_after_reading_is_out_at_once_by_a_button(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as colleague:
        saskia = await site.staff("ben-in-de-buurt")
        number = await site.file("ben-in-de-buurt", "BB-1", attachment=("photo", "gang.jpg", b"\xff\xd8\xff"))
        taken = site.keys["ben-in-de-buurt"]
        (ref,) = (await site.store.open_case(number, taken, now=site.now)).attachments
        await officer.enter(saskia.id)
        page = await officer.open(number)
        await officer.post(f"/bureau/zaak/{number}/notitie", text="Ik was er zelf bij.")
        said = await officer.post(f"/bureau/zaak/{number}/verklaring", involved="yes")
        assert ("Ik ben hier toch bij betrokken" in page, "Deze zaak blijft dicht" in said) == (True, True)
        answers = set()
        for part in ("", "/pdf", "/tekst", "/json", f"/bestand/{ref}"):
            await officer.get(f"/bureau/zaak/{number}{part}")
            answers.add(officer.status)
        await officer.get("/bureau")
        for part in ("stap", "notitie", "bericht", "geven", "bewaren", "verklaring"):
            await officer.post(f"/bureau/zaak/{number}/{part}", step="contact_made", text="x", involved="no")
            answers.add(officer.status)
        assert answers == {404}
        with pytest.raises(NoAccess):
            await site.store.open_case(number, taken, now=site.now)
        await colleague.enter("ben-in-de-buurt/karel-bos")
        read = await colleague.open(number)
        assert (STORY in read, "Ik was er zelf bij." in read) == (True, True)
        timeline = read.partition('class="timeline')[2]
        assert ("Was er wel bij, leest niet mee" in timeline, STORY in timeline) == (True, False)


@pytest.mark.clause("BB-3c")
async def test_who_was_involved_does_not_get_the_case_back_by_standing_in(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as colleague:
        saskia = await site.staff("ben-in-de-buurt")
        number = await site.file("ben-in-de-buurt", "BB-1")
        await colleague.enter("ben-in-de-buurt/karel-bos")
        await colleague.open(number)
        await colleague.post(f"/bureau/zaak/{number}/verklaring", involved="yes")
        await officer.enter(saskia.id)
        await officer.get("/bureau/ik")
        page = await officer.post(
            "/bureau/ik/afwezig", first="2026-05-20", last="2026-05-30", stand_in="ben-in-de-buurt/karel-bos"
        )
        assert "1 zaak mag Karel Bos niet lezen." in page
        assert number not in await colleague.get("/bureau")
