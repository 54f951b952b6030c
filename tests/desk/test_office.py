"""What an administrator keeps: who works here, what is signed off, what a client sees, and how it does. No content."""

import re
from html import unescape
from pathlib import Path

import pytest

from bot import serving
from bot.desk.office import roles
from bot.schemes import Schemes
from flows.checking import to_sign
from flows.greeting import locales
from flows.session import Session, Turn
from storage.records import Address
from tests.desk.site import PASSWORD, RECEIVING, STORY, Visitor, desk_site, visitor

KEEPER = "ad-beheer"


def read(page: str) -> str:
    """The page as it is read."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


async def invited(keeper: Visitor, new: Visitor, name: str, role: str) -> None:
    """Somebody is invited into a role, and takes the invitation."""
    page = await keeper.post("/bureau/beheer/uitnodigen", name=name, role=role)
    found = re.search(r"/bureau/uitnodiging/[\w-]+", page)
    assert found is not None, page
    await new.get(found[0])
    await new.post(found[0], password=PASSWORD, again=PASSWORD)


@pytest.mark.parametrize("scheme", RECEIVING)
async def test_every_role_of_a_scheme_can_be_invited_and_the_confidants_cannot(
    tmp_path: Path, scheme: str
) -> None:
    loaded = Schemes().load(scheme)
    assert loaded.recipient is not None
    wanted = {loaded.recipient.role, loaded.reminders.manager, "administrator"}
    async with desk_site(tmp_path) as site, visitor(site) as keeper:
        await site.staff(scheme)
        await keeper.enter(f"{scheme}/{KEEPER}")
        for role in sorted(wanted):
            async with visitor(site) as new:
                await invited(keeper, new, f"Nora {role}", role)
        await keeper.post("/bureau/beheer/uitnodigen", name="Vera", role="confidant")
        made = {one.role for one in await site.store.officers(scheme) if one.name.startswith("Nora")}
        assert (set(roles(loaded)), made, keeper.status) == (wanted, wanted, 400)


async def test_manager_who_only_hears_of_terms_reads_no_case_and_lets_nobody_in(tmp_path: Path) -> None:
    async with (
        desk_site(tmp_path) as site,
        visitor(site) as keeper,
        visitor(site) as saskia,
        visitor(site) as manager,
        visitor(site) as new,
    ):
        first = await site.staff("blijf-groep")
        number = await site.file("blijf-groep", "BG-1")
        await keeper.enter(f"blijf-groep/{KEEPER}")
        await invited(keeper, manager, "Mia Manager", "manager")
        await invited(keeper, new, "Nora Nieuw", first.role)
        await saskia.enter(first.id)
        await saskia.get("/bureau/collega")
        await saskia.post("/bureau/collega", officer="blijf-groep/mia-manager")
        today = await manager.enter("blijf-groep/mia-manager")
        assert (manager.path, number in today) == ("/bureau", False)
        await manager.get(f"/bureau/zaak/{number}")
        case = manager.status
        await manager.get("/bureau/collega")
        await manager.post("/bureau/collega", officer="blijf-groep/nora-nieuw")
        assert (case, manager.status) == (404, 404)
        states = {one.id: one.state for one in await site.store.officers("blijf-groep")}
        assert states["blijf-groep/nora-nieuw"] == "waiting"


@pytest.mark.parametrize("scheme", RECEIVING)
async def test_every_open_point_of_the_scheme_stands_there_in_dutch_with_its_line(
    tmp_path: Path, scheme: str
) -> None:
    schemes = Schemes()
    name, content = schemes.text(scheme)
    async with desk_site(tmp_path) as site, visitor(site) as keeper:
        await site.staff(scheme)
        await keeper.enter(f"{scheme}/{KEEPER}")
        page = read(await keeper.get("/bureau/beheer/regeling"))
    printed = to_sign(content, name)
    lines = [int(line) for line in re.findall(r"Deze vraag staat op regel (\d+)", page)]
    assert lines == [problem.line for problem in printed]
    for one in schemes.load(scheme).sign_off:
        assert one.nl in page
        assert " ".join(one.says.split()) in page
        assert one.what not in page


async def test_versions_in_use_stand_there_with_their_cases(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as keeper:
        saskia = await site.staff("blijf-groep")
        await keeper.enter(f"blijf-groep/{KEEPER}")
        before = read(await keeper.get("/bureau/beheer/regeling"))
        for number in ("BG-1", "BG-2"):
            await site.file("blijf-groep", number)
        key = await site.store.unlock(saskia.id, PASSWORD, now=site.now)
        await site.store.act("BG-1", key, status="closed", now=site.now)
        after = read(await keeper.get("/bureau/beheer/regeling"))
        hash = site.schemes.load("blijf-groep").hash
        assert (f"{hash} nu Er is nog geen zaak." in before, f"{hash} nu Open: 1. Dicht: 1." in after) == (
            True,
            True,
        )


async def test_preview_is_the_talk_itself_in_every_register_and_leaves_nothing_behind(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as keeper:
        await site.staff("cjg-kennemerland")
        await keeper.enter(f"cjg-kennemerland/{KEEPER}")
        seen = {}
        for locale in locales(site.schemes.load("cjg-kennemerland")):
            page = read(await keeper.get(f"/bureau/beheer/voorbeeld?taal={locale}"))
            seen[locale] = page
        assert await site.store.cases() == ()
        assert await site.store.wakes(site.now) == ()
    assert all("CJG Kennemerland" in page for page in seen.values())
    assert "What happened?" in seen["en"]
    assert "Wat is er gebeurd?" in seen["nl"]
    assert "Je klacht is verstuurd" in seen["nl"]
    assert len(set(seen.values())) == len(seen)
    rungs = [rung.label["nl"] for rung in Schemes().load("cjg-kennemerland").ladder]
    places = [seen["nl"].index(label, seen["nl"].index("De stappen")) for label in rungs]
    assert places == sorted(places)


async def test_what_is_on_and_off_is_what_is_said_at_start(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as keeper:
        await site.staff("blijf-groep")
        await keeper.enter(f"blijf-groep/{KEEPER}")
        page = read(await keeper.get("/bureau/beheer/werking"))
        said = serving.told(site.parts)
    told = [part for part in site.parts if part.name not in ("line", "forgetting")]
    assert [part.name for part in told if part.why not in page or part.why not in said] == []
    states = re.findall(r" (aan|uit) ", page.partition("Wat aan staat")[2].partition("Wat niet aankwam")[0])
    assert states == ["aan" if part.on else "uit" for part in site.parts if part.name != "line"]
    assert ("GEHOORD_TELEGRAM_TOKEN is not set" in page, "praten" in page) == (True, False)


async def test_what_does_not_arrive_and_what_will_go_are_told_without_content(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as keeper:
        saskia = await site.staff("blijf-groep")
        number = await site.file("blijf-groep", "BG-1")
        key = await site.store.unlock(saskia.id, PASSWORD, now=site.now)
        await site.store.open_case(number, key, now=site.now)
        await site.store.act(number, key, text="Klaar.", status="closed", now=site.now)
        telegram = Address("telegram", "1", "blijf-groep")
        kept = await site.store.commit(
            telegram, 0, Turn(Session("blijf-groep", "v", "telegram")), [b"x"], now=site.now
        )
        assert kept.first is not None
        await site.store.park(kept.first, "forbidden", now=site.now)
        site.later(days=5 * 365)
        await keeper.enter(f"blijf-groep/{KEEPER}")
        page = read(await keeper.get("/bureau/beheer/werking"))
        assert ("Telegram · de cliënt wil geen bericht meer" in page, number in page, STORY in page) == (
            True, True, False,
        )  # fmt: skip


async def test_pages_of_the_administrator_are_for_nobody_else(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site:
        saskia = await site.staff("blijf-groep")
        seen = []
        for who in (saskia.id, "blijf-groep/vera-vertrouw"):
            async with visitor(site) as other:
                await other.enter(who)
                for path in ("", "/regeling", "/voorbeeld", "/werking"):
                    await other.get(f"/bureau/beheer{path}")
                    seen.append(other.status)
        assert seen == [404] * 8
