"""Who comes in and who does not, and what everyone else gets to see: nothing."""

import asyncio
import re
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter

import pytest

from bot.kept_talk import keeping
from bot.schemes import Schemes
from bot.web import limits
from bot.web.limits import RATES
from storage.errors import Refused
from storage.opening import open_store
from tests.conversing import WEDNESDAY
from tests.desk.site import PASSWORD, STORY, DeskSite, Visitor, desk_site, visitor

OPEN = ("/bureau/in", "/bureau/uit")
"""Pages that are there for everyone."""


ROOMS = {"{number}": "BG-7K4Q92AB", "{token}": "x"}
"""What stands for a part of a path that varies; one that is not named here makes the crawl fail."""


def filled_in(path: str, ref: str) -> str:
    """The path with what varies in it filled in."""
    for room, value in (*ROOMS.items(), ("{ref}", ref)):
        path = path.replace(room, value)
    assert "{" not in path, f"say what stands in {path}, so that the crawl asks it"
    return path


async def crawl(who: Visitor, number: str, ref: str) -> list[tuple[str, str, int, str]]:
    """Ask every route with the number of this case; returns those that answered with something of it."""
    leaks = []
    for method, path in who.site.routes:
        if path in OPEN:
            continue
        filled = filled_in(path, ref)
        if method == "GET":
            await who.get(filled)
        else:
            await who.get("/bureau")
            await who.post(
                filled, involved="no", step="contact_made", to="x", text="x", do="hold", officer="x"
            )
        if STORY in who.page or number in who.page.replace(f"/{number}", ""):
            leaks.append((method, path, who.status, who.path))
    return leaks


async def filed(site: DeskSite) -> tuple[str, str]:
    """A case with a file; returns its number and the file's."""
    number = await site.file(
        "blijf-groep", "BG-7K4Q92AB", attachment=("photo", "gang.jpg", b"\xff\xd8\xffJPEG")
    )
    key = site.keys["blijf-groep"]
    dossier = await site.store.open_case(number, key, now=site.now)
    return number, dossier.attachments[0]


async def test_every_route_keeps_the_case_from_all_who_have_nothing_to_do_with_it(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site:
        await site.staff("blijf-groep")
        await site.staff("bij-elkaar")
        number, ref = await filed(site)
        before = await site.store.timeline(number)
        for who in (None, "blijf-groep/ad-beheer", "blijf-groep/vera-vertrouw", "bij-elkaar/saskia-de-vries",
                    "bij-elkaar/ad-beheer"):  # fmt: skip
            async with visitor(site) as stranger:
                if who is not None:
                    await stranger.enter(who)
                assert await crawl(stranger, number, ref) == []
        assert await site.store.timeline(number) == before
        async with visitor(site) as handler:
            await handler.enter("blijf-groep/saskia-de-vries")
            await handler.open(number)
            assert len(await crawl(handler, number, ref)) > 3


async def test_without_a_session_every_route_leads_to_the_door_or_is_not_there(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as nobody:
        await site.staff("blijf-groep")
        _, ref = await filed(site)
        ends = set()
        for method, path in site.routes:
            if path not in OPEN and method == "GET":
                await nobody.get(filled_in(path, ref))
                ends.add((nobody.path, nobody.status) if nobody.status == 200 else nobody.status)
        assert ends == {("/bureau/in", 200), 404}


async def test_administrators_and_handlers_do_not_see_that_there_are_lines(tmp_path: Path) -> None:
    async with (
        desk_site(tmp_path) as site,
        visitor(site) as handler,
        visitor(site) as keeper,
        visitor(site) as vera,
    ):
        saskia = await site.staff("blijf-groep")
        await handler.enter(saskia.id)
        await keeper.enter("blijf-groep/ad-beheer")
        assert "Vera" not in keeper.page
        for one in (handler, keeper):
            await one.get("/bureau/lijnen")
            assert one.status == 404
        await vera.enter("blijf-groep/vera-vertrouw")
        assert vera.path == "/bureau/lijnen"


async def test_second_key_is_made_at_first_entrance_and_each_code_works_once(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as other:
        saskia = await site.staff("blijf-groep")
        await officer.post("/bureau/in", name=saskia.id, password=PASSWORD)
        printed = re.findall(r"<code>(\d{8})</code>", officer.page)
        await officer.get("/bureau")
        assert officer.path == "/bureau/code"
        picture = await officer.get("/bureau/code.svg")
        assert (picture[:4], len(printed)) == ("<svg", 8)
        await officer.get("/bureau/code")
        code = await officer.code(saskia.id)
        await officer.post("/bureau/code", code=code)
        assert officer.path == "/bureau"
        await other.post("/bureau/in", name=saskia.id, password=PASSWORD)
        outcomes = []
        for one in (code, printed[0]):
            await other.post("/bureau/code", code=one)
            outcomes.append(other.status)
        assert (outcomes, other.path) == ([403, 200], "/bureau")
        await other.post("/bureau/uit")
        await other.post("/bureau/in", name=saskia.id, password=PASSWORD)
        await other.post("/bureau/code", code=printed[0])
        assert other.status == 403


async def test_code_shown_twice_at_the_same_moment_lets_one_in(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        await officer.post("/bureau/in", name=saskia.id, password=PASSWORD)
        printed = re.findall(r"<code>(\d{8})</code>", officer.page)
        await officer.post("/bureau/code", code=await officer.code(saskia.id))
        site.later(minutes=2)
        outcomes = []
        for code in (await officer.code(saskia.id), printed[0]):
            async with AsyncExitStack() as stack:
                tries = [await stack.enter_async_context(visitor(site)) for _ in range(4)]
                for one in tries:
                    await one.post("/bureau/in", name=saskia.id, password=PASSWORD)
                await asyncio.gather(*(one.post("/bureau/code", code=code) for one in tries))
                outcomes.append(sorted(one.path for one in tries))
        assert outcomes == [["/bureau", *["/bureau/code"] * 3]] * 2


async def test_another_password_ends_every_session_but_the_one_in_which_it_was_chosen(tmp_path: Path) -> None:
    async with desk_site(tmp_path, demo=True) as site, visitor(site) as officer, visitor(site) as thief:
        saskia = await site.staff("blijf-groep")
        await officer.enter(saskia.id)
        await thief.enter(saskia.id)
        site.later(minutes=1)
        await officer.get("/bureau/ik")
        new = "een heel ander lang wachtwoord"
        await officer.post("/bureau/ik/wachtwoord", old=PASSWORD, password=new, again=new)
        said = "Dit is bewaard." in officer.page
        for one in (officer, thief):
            await one.get("/bureau")
        assert (said, officer.path, thief.path) == (True, "/bureau", "/bureau/in")
        await thief.enter(saskia.id)
        assert thief.status == 403


async def test_how_long_a_wrong_password_takes_does_not_tell_who_works_here(tmp_path: Path) -> None:
    """In turns, at the cost that is real: a wrong name is stretched as long as a wrong password."""
    schemes = Schemes()
    async with open_store(tmp_path / "data", lambda id: keeping(schemes, id)) as store:
        known = await store.add_officer(
            "blijf-groep", "complaints_officer", "Saskia", PASSWORD, now=WEDNESDAY
        )
        taken: dict[str, list[float]] = {known.id: [], "blijf-groep/niemand": []}
        ratio = 0.0
        for turns in range(20):  # a busy machine makes single ones longer: then it is measured more often
            for id, times in taken.items():
                begun = perf_counter()
                with pytest.raises(Refused):
                    await store.unlock(id, "fout", now=WEDNESDAY)
                times.append(perf_counter() - begun)
            here, nobody = (min(times) for times in taken.values())
            ratio = nobody / here
            if turns >= 3 and 1 / 3 < ratio < 3:
                break
        assert 1 / 3 < ratio < 3


async def test_session_ends_by_idling_by_the_day_and_by_leaving(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        ends = []
        await officer.enter(saskia.id)
        site.later(minutes=16)
        await officer.get("/bureau")
        ends.append(officer.path)
        await officer.enter(saskia.id)
        for _ in range(50):
            site.later(minutes=10)
            await officer.get("/bureau")
        ends.append(officer.path)
        await officer.enter(saskia.id)
        cookie = next(one.value for one in officer.client.cookie_jar if one.key == "bureau")
        await officer.post("/bureau/uit")
        await officer.get("/bureau", headers={"Cookie": f"bureau={cookie}"})
        assert (*ends, officer.path) == ("/bureau/in",) * 3


async def test_closed_account_is_out_at_once(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as keeper:
        saskia = await site.staff("blijf-groep")
        await officer.enter(saskia.id)
        await keeper.enter("blijf-groep/ad-beheer")
        await keeper.post("/bureau/beheer/sluiten", officer=saskia.id)
        await officer.get("/bureau")
        assert officer.path == "/bureau/in"


async def test_invitation_works_once_and_the_new_one_waits_for_a_colleague(tmp_path: Path) -> None:
    async with (
        desk_site(tmp_path) as site,
        visitor(site) as keeper,
        visitor(site) as new,
        visitor(site) as saskia,
    ):
        first = await site.staff("blijf-groep")
        await keeper.enter("blijf-groep/ad-beheer")
        page = await keeper.post("/bureau/beheer/uitnodigen", name="Nora Nieuw", role=first.role)
        found = re.search(r"/bureau/uitnodiging/[\w-]+", page)
        assert found is not None
        await new.get(found[0])
        await new.post(found[0], password="kort", again="kort")
        short = new.status
        await new.post(found[0], password=PASSWORD, again=PASSWORD)
        made = "blijf-groep/nora-nieuw" in new.page
        await new.post(found[0], password=PASSWORD, again=PASSWORD)
        again = new.status
        await new.enter("blijf-groep/nora-nieuw")
        waiting = new.path
        await saskia.enter(first.id)
        await saskia.get("/bureau/collega")
        await saskia.post("/bureau/collega", officer="blijf-groep/nora-nieuw")
        await new.enter("blijf-groep/nora-nieuw")
        assert (short, made, again, waiting, new.path) == (400, True, 404, "/bureau/in", "/bureau")


async def test_guessing_a_password_is_slowed_down_by_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "monotonic", lambda: 0.0)  # all at once, on a busy machine too
    async with desk_site(tmp_path, calm=False) as site, visitor(site) as thief:
        saskia = await site.staff("blijf-groep")
        answers = []
        for _ in range(RATES["account"].burst + 1):
            await thief.post("/bureau/in", name=saskia.id, password="fout")
            answers.append(thief.status)
        assert answers == [403] * RATES["account"].burst + [429]


async def test_who_guesses_elsewhere_does_not_lock_the_owner_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "monotonic", lambda: 0.0)
    async with desk_site(tmp_path, calm=False) as site, visitor(site) as thief:
        saskia = await site.staff("blijf-groep")
        for _ in range(RATES["account"].burst + 1):
            await thief.post("/bureau/in", name=saskia.id, password="fout")
        assert thief.status == 429
        assert site.limits.wait("account", f"{saskia.id}|192.0.2.7") == 0
        assert site.limits.wait("accounts", saskia.id) == 0


async def test_form_of_another_session_changes_nothing(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        number, _ = await filed(site)
        await officer.enter(saskia.id)
        await officer.open(number)
        await officer.step(number, "contact_made", form="0" * 32)
        assert (officer.status, (await site.store.case(number)).status) == (403, "received")


async def test_cookie_is_kept_from_scripts_and_other_sites_and_no_page_is_kept(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        url = f"{site.url}/bureau/in"
        async with officer.client.post(
            url, data={"name": saskia.id, "password": PASSWORD}, allow_redirects=False
        ) as answer:
            cookie = answer.headers["Set-Cookie"]
        await officer.get("/bureau/code")
        assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/bureau"))
        assert officer.headers["Cache-Control"] == "no-store"
