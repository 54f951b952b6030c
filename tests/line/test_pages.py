"""The line through its real pages, without script: from the five points to the last word."""

import re
from collections.abc import AsyncIterator

import aiohttp
import msgspec
import pytest
import pytest_asyncio

from bot.line.codes import words
from bot.line.words import content
from flows.line import Said
from storage.officers import Unlocked
from tests.line.client import Client
from tests.line.conftest import SCHEME
from tests.web.running import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def client(site: Running, aileen: Unlocked) -> AsyncIterator[Client]:
    """Somebody at Ik ben er ook!."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Client(session, site.url)


async def newest(site: Running, aileen: Unlocked, words: str) -> str:
    """The line on which these words wait."""
    found = await site.store.lines_of(aileen)
    return next(line.ref for line in found if any(content(word).text == words for word in line.words))


@pytest.mark.clause("IB-4b")
async def test_the_five_points_and_the_ways_stand_before_a_line_is_opened(client: Client) -> None:
    shown = await client.get()

    assert [point for point in (
        "Je praat hier met Aileen Kivits.", "Die luistert naar jou.", "Die kijkt met jou wat helpt.",
        "Wat je vertelt, blijft tussen jullie.", "Is er gevaar?", "Bel je? Dan kan die jouw nummer zien.",
        "Jeugdstem", "Op je telefoon blijft te zien dat je hier was.", "Snel weg",
    ) if point not in shown] == []  # fmt: skip


async def test_a_client_and_a_confidant_talk_and_the_words_lead_back(
    site: Running, aileen: Unlocked, client: Client
) -> None:
    opened = await client.begin()
    assert "Klopt. Schrijf maar." in opened
    said = await client.post("zeg", say="Ik durf niet naar groep.")
    assert "Aileen Kivits las je bericht nog niet." in said

    ref = await newest(site, aileen, "Ik durf niet naar groep.")
    await site.store.take_line(aileen, ref, now=site.clock())
    await site.store.answer_on_line(aileen, ref, msgspec.json.encode(Said("Fijn dat je schrijft.")), "1" * 16,
                                    now=site.clock())  # fmt: skip
    await client.post("klaar", do="out")
    assert (client.cookies, "Ik durf niet" in client.html) == (0, False)

    back = await client.post("in", words=client.code)
    assert ("Fijn dat je schrijft." in back, "Ik durf niet naar groep." in back) == (True, True)
    assert "Aileen Kivits las je bericht." in back


async def test_a_message_posted_twice_is_said_once(site: Running, aileen: Unlocked, client: Client) -> None:
    await client.begin()
    form, once = client.field("form"), client.field("once")
    for _ in range(2):
        await client.post("zeg", say="Dubbel gedrukt.", form=form, once=once)

    assert client.html.count("Dubbel gedrukt.</p>") == 1


async def test_danger_brings_help_at_once_and_the_confidant_sees_the_flag(
    site: Running, aileen: Unlocked, client: Client
) -> None:
    await client.begin()
    shown = await client.post("zeg", say="mijn stiefvader slaat mij")

    assert ("Bel 112" in shown, "0800-0432" in shown, "line." in shown) == (True, True, False)
    ref = await newest(site, aileen, "mijn stiefvader slaat mij")
    line = await site.store.take_line(aileen, ref, now=site.clock())
    assert [content(word).danger for word in line.words] == [("violence",)]


async def test_wrong_words_are_answered_alike_with_and_without_a_line(client: Client) -> None:
    await client.begin()
    first, rest = client.code.split()[:2], client.code.split()[2:]
    await client.post("klaar", do="out")
    await client.get()
    there = await client.post("in", words=" ".join([*first, *reversed(rest)]))
    status = client.status
    nowhere = await client.post("in", words=" ".join([*reversed(first), *rest]))
    nothing = await client.post("in", words="zomaar iets")

    assert (status, client.status) == (404, 404)
    assert (there == nowhere == nothing, "Deze woorden passen niet." in there) == (True, True)


async def test_words_that_are_typed_back_wrongly_open_nothing(client: Client) -> None:
    await client.get()
    await client.post("woorden")
    await client.post("typ")
    shown = await client.post("open", words="appel " * 8)

    assert (client.status, "Dat klopt nog niet." in shown, client.cookies) == (422, True, 0)
    assert len(re.findall(r"<li>\w+</li>", await client.post("typ", again="yes") and client.html)) == 8


async def test_nobody_who_reads_for_long_is_said_and_other_ways_come_first(
    site: Running, aileen: Unlocked, client: Client
) -> None:
    await client.begin()
    await client.post("zeg", say="Is daar iemand?")
    before = site.clock.now
    site.clock.pass_by(days=3)
    shown = await client.post("in", words=client.code)
    site.clock.now = before

    assert "las al 3 dagen niets" in shown
    assert shown.index("Jeugdstem") < shown.index("Jouw bericht")


async def test_what_is_wiped_is_gone_for_both(site: Running, aileen: Unlocked, client: Client) -> None:
    await client.begin()
    await client.post("zeg", say="Toch maar niet.")
    shown = await client.post("klaar", do="wipe")

    assert "Alles is weg." in shown
    assert all(
        content(word).text != "Toch maar niet."
        for line in await site.store.lines_of(aileen)
        for word in line.words
    )
    await client.get()
    assert "Deze woorden passen niet." in await client.post("in", words=client.code)


async def test_only_what_the_client_sends_on_reaches_the_chat(client: Client) -> None:
    await client.begin()
    await client.post("zeg", say="Mijn begeleider komt altijd te laat.")
    assert 'action="/ik-ben-er-ook/begin"' in client.html
    assert "Mijn begeleider komt altijd te laat.</textarea>" in client.html


async def test_snel_weg_leaves_no_cookie(client: Client) -> None:
    await client.begin()
    async with client.session.post(f"{client.base}/weg", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Cache-Control"]) == (303, "no-store")
    assert client.cookies == 0


@pytest.mark.parametrize(
    ("scheme", "way"),
    [
        ("blijf-groep", "Vraag bij Blijf Groep hoe je de cliëntvertrouwenspersoon bereikt."),
        ("bij-elkaar", "Zo bereikt u Jeugdstem: kijk op https://jeugdstem.nl"),
        ("cjg-kennemerland", "De chat is nu dicht. Weer open op woensdag 20 mei 2026 om 16.00 uur."),
        ("ben-in-de-buurt", "Hier helpt de onafhankelijke klachtenfunctionaris."),
    ],
)
@pytest.mark.clause("BG-7a", "CJ-7", "CJ-8", "BB-1")
async def test_no_line_is_pretended_where_the_confidant_is_elsewhere(
    site: Running, client: Client, scheme: str, way: str
) -> None:
    client.base = f"{site.url}/{scheme}/praten"
    shown = await client.get()

    assert (client.status, "woorden" in shown, way in shown) == (200, False, True)
    await client.post("woorden")
    assert client.status == 404


async def test_who_reads_english_gets_english_words_and_comes_back_with_them(client: Client) -> None:
    opened = await client.begin("?taal=en")
    said = await client.post("zeg", say="Hello there.")
    await client.post("klaar", do="out")
    await client.get("?taal=en")
    back = await client.post("in", words=client.code)

    assert set(client.code.split()) <= set(words("en"))
    assert ("Right. Go ahead and write." in opened, "Hello there." in said, "Hello there." in back) == (
        True,
        True,
        True,
    )


async def test_a_form_from_elsewhere_says_nothing(client: Client) -> None:
    await client.begin()
    await client.post("zeg", say="Niet van mij", form="0" * 32)

    assert client.status == 403
    assert "Niet van mij" not in await client.get()


@pytest.mark.parametrize(
    ("scheme", "label"),
    [
        ("ik-ben-er-ook", "Praten zonder naam"),
        ("blijf-groep", "Praten met de vertrouwenspersoon"),
        ("ben-in-de-buurt", "Praten met iemand die jou helpt"),
    ],
)
@pytest.mark.parametrize("page", ["", "/formulier"])
async def test_pages_of_the_chat_have_a_door_that_says_what_is_behind_it(
    site: Running, client: Client, scheme: str, label: str, page: str
) -> None:
    async with client.session.get(f"{site.url}/{scheme}{page}") as answer:
        found = re.findall(rf'href="/{scheme}/praten[^"]*">([^<]+)</a>', await answer.text())
    assert found == [label]


async def test_the_menu_of_the_chat_leads_to_a_line_where_there_is_one(site: Running, client: Client) -> None:
    found = []
    for scheme in (SCHEME, "blijf-groep"):
        async with client.session.post(f"{site.url}/{scheme}/begin") as answer:
            found.append(f'href="/{scheme}/praten' in await answer.text())
    assert found == [True, False]
