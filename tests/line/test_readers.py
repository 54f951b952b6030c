"""Who reads a line: the stand-in with the client's yes, a hand-over, presence and absence, and the last word."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import msgspec

from flows import line, schemes
from flows.line import Reader
from flows.scheme import Hours
from tests.conversing import WEDNESDAY
from tests.desk.site import PASSWORD, DeskSite, Visitor, desk_site, visitor
from tests.line.client import Client
from tests.line.conftest import SCHEME

AILEEN, BO = f"{SCHEME}/aileen-kivits", f"{SCHEME}/bo-bakker"


@asynccontextmanager
async def at_work(folder: Path, origin: str | None = None) -> AsyncIterator[tuple[DeskSite, Client, Visitor]]:
    """A site with two confidants, a client, and a browser at the desk."""
    async with desk_site(folder, origin=origin) as site, visitor(site) as desk:
        for name in ("Aileen Kivits", "Bo Bakker"):
            await site.store.add_confidant(SCHEME, name, PASSWORD, now=site.now)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            yield site, Client(session, site.url), desk


async def inbox(desk: Visitor, who: str) -> list[str]:
    """The lines that somebody finds in their inbox."""
    if "/bureau/uit" in desk.page:
        await desk.post("/bureau/uit")
    await desk.enter(who)
    await desk.get("/bureau/lijnen")
    return re.findall(r'href="(/bureau/lijnen/[^"]+)"', desk.page)


async def answered(desk: Visitor, path: str, words: str, **more: str) -> str:
    """The confidant reads a line and answers."""
    await desk.get(path)
    return await desk.post(path, say=words, once=desk.hidden("once"), **more)


async def test_the_stand_in_reads_only_with_the_clients_yes(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, desk):
        assert "Bo Bakker mag het ook lezen, voor als Aileen Kivits er niet is." in await client.get()
        await client.begin()
        alone = await client.post("zeg", say="Hoi.")
        assert await inbox(desk, BO) == []
        shared = await client.post("klaar", do=f"share:{BO}")
        (line,) = await inbox(desk, BO)
        await answered(desk, line, "Dag, ik ben Bo.")

        assert "Aileen Kivits las je bericht nog niet." in alone
        assert "Bo Bakker kan ook meelezen. Dat hoeft niet." in alone
        assert "Aileen Kivits of Bo Bakker las je bericht nog niet." in shared
        back = await client.get()
        assert (
            "Aileen Kivits of Bo Bakker las je bericht." in back,
            "Bo Bakker Dag, ik ben Bo." in back,
        ) == (
            True,
            True,
        )
        assert len(await inbox(desk, AILEEN)) == 1


async def test_the_stand_in_can_be_let_in_at_the_beginning(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, desk):
        await client.begin(stand_in="yes")
        await client.post("zeg", say="Hoi.")

        assert [len(await inbox(desk, who)) for who in (AILEEN, BO)] == [1, 1]


async def test_a_hand_over_is_asked_for_told_and_done_by_the_client_alone(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, desk):
        await client.begin()
        await client.post("zeg", say="Hoi.")
        (line,) = await inbox(desk, AILEEN)
        await answered(desk, line, "Ik ga met verlof.", asks=BO)
        asked = await client.get()
        before = await inbox(desk, BO)
        told = await client.post("klaar", do=f"hand:{BO}")
        (theirs,) = await inbox(desk, BO)
        await desk.get(theirs)

        assert "Mag Bo Bakker verder met je praten? Dan leest Bo Bakker alles." in asked
        assert "Aileen Kivits leest niet meer mee. Het hoeft niet." in asked
        assert (before, "Ik ga met verlof." in desk.page, "Hoi." in desk.page) == ([], True, True)
        assert ("Mag Bo Bakker" in told, await inbox(desk, AILEEN)) == (False, [])


async def test_a_line_is_not_shared_with_who_is_no_confidant_of_the_organisation(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, desk):
        await client.begin()
        await client.post("zeg", say="Hoi.")
        told = await client.post("klaar", do="hand:blijf-groep/saskia-de-vries")

        assert (client.status, "Dat kan nu niet." in told) == (409, True)
        assert len(await inbox(desk, AILEEN)) == 1


async def test_who_is_at_the_inbox_is_there_and_who_is_away_is_said_until_when(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (site, client, desk):
        nobody = await client.get()
        await inbox(desk, AILEEN)
        here = await client.get()
        site.later(minutes=11)
        gone = await client.get()
        await inbox(desk, AILEEN)
        await desk.post("/bureau/lijnen", last="2026-06-03")
        other = await client.get()
        await inbox(desk, BO)
        await desk.post("/bureau/lijnen", last="2026-06-05")
        away = await client.get()
        await client.begin()
        talking = await client.get()
        await desk.post("/bureau/lijnen", last="2026-05-19")
        refused = desk.status
        site.later(days=15)
        back = await client.get()

        present, absent = (
            "Aileen Kivits is er nu.",
            "Aileen Kivits is er niet tot en met woensdag 3 juni 2026.",
        )
        assert [present in page for page in (nobody, here, gone, away)] == [False, True, False, False]
        assert ["Je praat hier met Bo Bakker." in page for page in (here, other, away)] == [
            False,
            True,
            False,
        ]
        assert [absent in page for page in (here, away, talking, back)] == [False, True, True, False]
        assert refused == 422


async def test_a_last_word_ends_the_talk_on_either_side(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, desk):
        await client.begin()
        await client.post("zeg", say="Hoi.")
        last = await client.post("zeg", say="Het is opgelost. Dag!", last="yes")
        (line,) = await inbox(desk, AILEEN)
        await desk.get(line)
        theirs = desk.page
        await client.post("klaar", do="out")
        await client.begin()
        await client.post("zeg", say="Nog iets.")
        other = next(one for one in await inbox(desk, AILEEN) if one != line)
        form, once = client.field("form"), client.field("once")
        await answered(desk, other, "Tot ziens.", last="yes")
        closed = await client.get()
        await client.post("zeg", say="Nog iets.", form=form, once=once)

        assert ("Dit gesprek is klaar." in last, "Het is opgelost. Dag!" in last) == (True, True)
        assert ("laatste woord" in theirs, 'name="say"' in theirs) == (True, False)
        assert ("Tot ziens." in closed, "Dit gesprek is klaar." in closed, client.status) == (True, True, 422)


async def test_when_the_only_reader_left_other_ways_come_first_and_nothing_is_lost(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (site, client, _):
        await client.begin()
        await client.post("zeg", say="Hoi.")
        await site.store.disable(AILEEN, now=site.now)
        shown = await client.get()
        refused = await client.post("zeg", say="Is daar iemand?")

        assert shown.index("06 114 816 74") < shown.index("Jouw bericht")
        assert (client.status, "Je bericht is niet verstuurd." in refused) == (503, True)
        assert "Is daar iemand?" in refused


async def test_how_long_it_is_kept_is_said_before_there_is_a_line(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, _desk):
        assert "Ik bewaar dit 24 maanden na het laatste bericht. Dan wis ik het." in await client.get()


async def test_danger_is_heard_where_the_words_are_typed(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, _desk):
        await client.get()
        entering = await client.post("in", words="mijn vader slaat mij")
        await client.post("woorden")
        await client.post("typ")
        typing = await client.post("open", words="mijn vader slaat mij")

        assert ["Bel 112" in page for page in (entering, typing)] == [True, True]


def test_the_hours_of_the_source_are_said_where_nobody_is_seen_at_work() -> None:
    known = schemes.load(SCHEME)
    hours = Hours(days=("mo", "tu", "we", "th", "fr"), opens="09:00", closes="17:00", of="office")
    contacts = {**known.contacts, "aileen": msgspec.structs.replace(known.contacts["aileen"], hours=(hours,))}
    named = msgspec.structs.replace(known, contacts=contacts)
    reader = Reader("a", "Aileen")

    open_now = line.there(named, [reader], WEDNESDAY)
    here = line.there(named, [msgspec.structs.replace(reader, here=True)], WEDNESDAY)
    assert [[one.id for one in said] for said in (open_now, here, line.there(known, [reader], WEDNESDAY))] == [
        ["hours.open"], ["confide.here"], []
    ]  # fmt: skip
