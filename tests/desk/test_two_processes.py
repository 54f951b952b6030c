"""A session is kept by no process: what was begun at one goes on at another, and ends at both."""

from pathlib import Path

from tests.desk.site import desk_site, visitor


async def test_session_begun_at_one_process_goes_on_and_ends_at_another(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as one, desk_site(tmp_path) as other, visitor(one) as officer:
        saskia = await one.staff("blijf-groep")
        number = await one.file("blijf-groep", "BG-1")
        await officer.enter(saskia.id)
        officer.site = other
        there = number in await officer.get("/bureau")
        await officer.open(number)
        await officer.step(number, "contact_made")
        officer.site = one
        done = (await one.store.filed(number)).done
        await officer.get("/bureau")
        await officer.post("/bureau/uit")
        officer.site = other
        await officer.get("/bureau")
        assert (there, done[-1], officer.path) == (True, "contact_made", "/bureau/in")
