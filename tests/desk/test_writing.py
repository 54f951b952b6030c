"""An officer writes to the client, who reads it where it is safe and answers; the officer sees the answer as new."""

import re
from pathlib import Path

import pytest

from bot.chance import fresh
from bot.conversation import Conversations
from flows.answers import Answer
from flows.effects import Intake, OpenCase
from flows.events import Filed, Said, Written
from flows.session import Session, Turn
from storage.records import Address
from tests.desk.site import STORY, DeskSite, desk_site, visitor

CODE = "appel bos fiets wolk lepel"
TEXT = "Kun je dinsdag om 10 uur? <b>Groet</b>"


async def filed(site: DeskSite, channel: str = "telegram", code: str = CODE, safe: str = "yes") -> Address:
    """A complaint that came by this channel, and where its conversation is."""
    scheme = site.schemes.load("blijf-groep")
    address = Address(channel, "4711", scheme.id)
    answers = {"story": Answer(STORY, ""), "contact_safe": Answer(safe, "")}
    intake = Intake(
        "complaint", scheme.id, scheme.hash, "nl", channel, site.now.isoformat(), answers, (STORY,)
    )
    order = OpenCase("BG-1", code, intake, (scheme.recipient.role,))  # type: ignore[union-attr]
    case = Filed("BG-1", "received", (), site.now.date().isoformat())
    turn = Turn(Session(scheme.id, scheme.hash, channel, state="done", case=case), effects=(order,))
    await site.store.commit(address, 0, turn, now=site.now)
    return address


async def test_message_goes_to_the_conversation_and_the_answer_comes_back_as_new(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        address = await filed(site)
        await officer.enter(saskia.id)
        page = await officer.open("BG-1")
        assert "De cliënt leest dit in de chat." in page
        await officer.post("/bureau/zaak/BG-1/bericht", text=TEXT)
        assert (officer.status, "&lt;b&gt;Groet&lt;/b&gt;" in officer.page) == (200, True)
        (due,) = await site.store.wakes(site.now)
        talk = Conversations(site.store, site.schemes, site.clock, fresh)
        kept = await talk.handle(due.address, due.event, platform="telegram", inbound=due.inbound)
        assert (due.address, [message.id for message in kept.exchange.said]) == (
            address, ["written.here", "request.answer"],
        )  # fmt: skip
        assert kept.exchange.said[0].body == TEXT
        await talk.handle(address, Said("Dinsdag is goed."), platform="telegram", inbound="m2")
        listed = await officer.get("/bureau")
        assert (await site.store.case("BG-1")).unread == 1
        page = await officer.get("/bureau/zaak/BG-1")
        assert ("nieuw" in listed, "Dinsdag is goed." in page) == (True, True)
        assert (await site.store.case("BG-1")).unread == 0


@pytest.mark.parametrize("safe", ["no", "unknown"])
async def test_where_contact_is_not_safe_the_chat_hears_only_that_there_is_something(
    tmp_path: Path, safe: str
) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        await filed(site, safe=safe)
        await officer.enter(saskia.id)
        page = await officer.open("BG-1")
        assert "Iemand kan meekijken." in page
        await officer.post("/bureau/zaak/BG-1/bericht", text=TEXT)
        assert [due.event for due in await site.store.wakes(site.now)] == [Written("")]


async def test_client_reads_it_on_the_web_with_the_claim_code_and_answers_there(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer, visitor(site) as client:
        saskia = await site.staff("blijf-groep")
        await filed(site, safe="no")
        await officer.enter(saskia.id)
        await officer.open("BG-1")
        await officer.post("/bureau/zaak/BG-1/bericht", text=TEXT)
        await client.get("/blijf-groep")
        await client.post("/blijf-groep/terug", code="appel bos fiets wolk trommel")
        assert (client.status, "Kun je dinsdag" in client.page) == (404, False)
        await client.post("/blijf-groep/terug", code=CODE)
        assert (client.status, "Kun je dinsdag om 10 uur? &lt;b&gt;Groet" in client.page) == (200, True)
        assert "client_read" in [mark.what for mark in await site.store.timeline("BG-1")]
        for fields in ({"choose": "answer"}, {"say": "Dinsdag is goed."}):
            turn = re.search(r'name="turn" value="(\w+)"', client.page)
            assert turn is not None
            await client.post("/blijf-groep", turn=turn[1], **fields)
        page = await officer.get("/bureau/zaak/BG-1")
        assert "Dinsdag is goed." in page


async def test_without_chat_and_code_nothing_is_offered_or_taken(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        await filed(site, code="", safe="no")
        await officer.enter(saskia.id)
        page = await officer.open("BG-1")
        await officer.post("/bureau/zaak/BG-1/bericht", text=TEXT)
        assert ("geen chat en geen code" in page, officer.status) == (True, 400)
        assert await site.store.wakes(site.now) == ()


@pytest.mark.parametrize("text", ["  ", "x" * 4001])
async def test_empty_or_overlong_message_is_not_sent(tmp_path: Path, text: str) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        await filed(site)
        await officer.enter(saskia.id)
        await officer.open("BG-1")
        await officer.post("/bureau/zaak/BG-1/bericht", text=text)
        assert (officer.status, await site.store.wakes(site.now)) == (400, ())


async def test_nobody_but_its_officer_writes_on_a_case(tmp_path: Path) -> None:
    async with (
        desk_site(tmp_path) as site,
        visitor(site) as keeper,
        visitor(site) as other,
        visitor(site) as none,
    ):
        await site.staff("blijf-groep")
        strange = await site.staff("bij-elkaar")
        await filed(site)
        await keeper.enter("blijf-groep/ad-beheer")
        await other.enter(strange.id)
        answers = []
        for one in (keeper, other, none):
            await one.post("/bureau/zaak/BG-1/bericht", text=TEXT)
            answers.append((one.status, one.path))
        assert answers == [(404, "/bureau/zaak/BG-1/bericht")] * 2 + [(200, "/bureau/in")]
        assert await site.store.wakes(site.now) == ()
