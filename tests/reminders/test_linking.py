"""An officer links a Telegram account by a link that works once, says yes there or at the desk, and ends it again."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk import reach
from flows.messages import Message
from locales import render
from storage.records import Address
from tests.channels.running import paragraphs
from tests.desk.site import STORY, Visitor, visitor
from tests.reminders.reached import DONE, NUMBER, SASKIA, SCHEME, Reached, reached, said

ID = f"{SCHEME}/saskia-de-vries"
NAME = "Blijf Groep"
YES, NO = said("yes"), said("no")


def words(id: str, **args: str) -> str:
    """A sentence of the conversation with a client."""
    return render(Message(id, tuple(args.items())), "nl").text


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reached]:
    """Nobody linked anything yet; the desk knows the bot."""
    async with reached(tmp_path) as made:
        monkeypatch.setenv("GEHOORD_TELEGRAM_TOKEN", made.telegram.token)
        monkeypatch.setenv("GEHOORD_TELEGRAM_API", made.telegram.url)
        yield made


@pytest.fixture
async def desk(office: Reached) -> AsyncIterator[Visitor]:
    """Saskia at her desk."""
    async with visitor(office.site) as who:
        await who.enter(ID)
        yield who


async def link(desk: Visitor) -> str:
    """Press 'Koppel Telegram'; returns the token of the link that is shown."""
    await desk.get("/bureau/ik")
    page = await desk.post("/bureau/ik/telegram", do="make")
    found = re.search(r'href="https://t\.me/gehoord_bot\?start=([\w-]{32})"', page)
    assert found is not None
    return found[1]


async def account(office: Reached) -> str:
    """The chat that is linked, or nothing."""
    found = await reach.account(office.site.store, ID, now=office.site.now)
    return found.chat if found is not None else ""


async def test_link_from_the_desk_and_a_second_tap_link_the_account(office: Reached, desk: Visitor) -> None:
    office.saskia.start(await link(desk))
    await office.quiet()
    assert (office.saskia.texts(), office.saskia.buttons()) == ([said("ask", scheme=NAME)], [YES, NO])
    assert await account(office) == ""
    await office.presses(office.saskia, YES)
    assert (office.saskia.texts()[1:], office.saskia.buttons(office.saskia.received()[0])) == (
        [said("linked")], [],
    )  # fmt: skip
    assert await account(office) == str(office.saskia.chat.id)
    assert said("is_linked") in await desk.get("/bureau/ik")
    log = [line.what for line in await office.site.store.access_log() if line.officer == ID]
    assert log[-1] == "telegram_linked"


async def test_yes_at_the_desk_links_it_too_and_shows_who_asks(office: Reached, desk: Visitor) -> None:
    office.saskia.start(await link(desk))
    await office.quiet()
    assert "Op Telegram zegt &#34;Saskia&#34;: dit ben ik." in await desk.get("/bureau/ik")
    await desk.post("/bureau/ik/telegram", do="yes")
    assert (desk.status, await account(office)) == (200, str(office.saskia.chat.id))
    await office.presses(office.saskia, YES)  # the buttons are still there
    assert (await account(office), office.saskia.buttons()) == (str(office.saskia.chat.id), [])


async def test_yes_at_the_desk_to_nobody_links_nothing_and_says_so(office: Reached, desk: Visitor) -> None:
    await desk.get("/bureau/ik")
    await desk.post("/bureau/ik/telegram", do="yes")
    assert (desk.status, "Dit verzoek is er niet meer." in desk.page, await account(office)) == (
        409,
        True,
        "",
    )


@pytest.mark.parametrize("where", ["there", "at the desk"])
async def test_no_links_nothing(office: Reached, desk: Visitor, where: str) -> None:
    office.saskia.start(await link(desk))
    await office.quiet()
    if where == "there":
        await office.presses(office.saskia, NO)
        assert office.saskia.last().text == said("refused")
    else:
        await desk.get("/bureau/ik")
        await desk.post("/bureau/ik/telegram", do="no")
        assert await office.presses(office.saskia, YES) == said("over")
    assert (await account(office), YES in await desk.get("/bureau/ik")) == ("", False)


async def test_link_works_once(office: Reached, desk: Visitor) -> None:
    token, tom = await link(desk), office.telegram.person("Tom")
    office.saskia.start(token)
    await office.quiet()
    tom.start(token)
    await office.quiet()
    assert tom.texts() == [said("over")]
    await office.presses(office.saskia, YES)
    assert await account(office) == str(office.saskia.chat.id)


async def test_of_two_who_open_the_link_at_once_one_is_asked(office: Reached, desk: Visitor) -> None:
    token = await link(desk)
    people = [office.telegram.person(name) for name in ("Saskia", "Tom", "Ada", "Bo")]
    for person in people:
        person.start(token)
    await office.quiet()
    assert sorted(person.last().text for person in people) == sorted(
        [said("ask", scheme=NAME), *[said("over")] * 3]
    )


async def test_link_is_over_after_a_quarter_of_an_hour_and_so_is_the_question(
    office: Reached, desk: Visitor
) -> None:
    first = await link(desk)
    office.site.later(minutes=15)
    office.saskia.start(first)
    await office.quiet()
    assert office.saskia.texts() == [said("over")]
    await desk.enter(ID)
    office.saskia.start(await link(desk))
    await office.quiet()
    office.site.later(minutes=15)
    assert (await office.presses(office.saskia, YES), await account(office)) == (said("over"), "")


async def test_new_link_ends_the_one_before(office: Reached, desk: Visitor) -> None:
    first, second = await link(desk), await link(desk)
    office.saskia.start(first)
    await office.quiet()
    assert office.saskia.texts() == [said("over")]
    office.saskia.start(second)
    await office.quiet()
    assert office.saskia.last().text == said("ask", scheme=NAME)


async def test_link_that_telegram_delivers_twice_asks_again_and_links_once(
    office: Reached, desk: Visitor
) -> None:
    sent = office.saskia.start(await link(desk))
    await office.quiet()
    office.telegram.send("message", sent.json)
    await office.quiet()
    assert office.saskia.texts() == [said("ask", scheme=NAME)] * 2
    await office.presses(office.saskia, YES)
    assert await office.presses(office.saskia, YES, on=office.saskia.received()[0]) == said("is_linked")
    log = [line.what for line in await office.site.store.access_log() if line.officer == ID]
    assert log.count("telegram_linked") == 1


async def test_neither_token_nor_account_stands_in_the_store(
    office: Reached, desk: Visitor, tmp_path: Path
) -> None:
    token = await link(desk)
    office.saskia.start(token)
    await office.quiet()
    await office.presses(office.saskia, YES)
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert [word for word in (token, str(office.saskia.chat.id)) if word.encode() in kept] == []


async def test_telegram_that_is_not_there_makes_no_link_and_says_so(office: Reached, desk: Visitor) -> None:
    office.telegram.faults.next("server_error", "getMe")
    await desk.get("/bureau/ik")
    await desk.post("/bureau/ik/telegram", do="make")
    assert (desk.status, "t.me" in desk.page) == (503, False)
    assert "Telegram is nu niet te bereiken." in desk.page


async def test_bot_of_another_organisation_is_not_offered(
    office: Reached, desk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "/bureau/ik/telegram" in await desk.get("/bureau/ik")
    monkeypatch.setenv("GEHOORD_TELEGRAM_SCHEME", "bij-elkaar")
    assert "/bureau/ik/telegram" not in await desk.get("/bureau/ik")
    await desk.post("/bureau/ik/telegram", do="make")
    assert desk.status == 503


@pytest.mark.parametrize("where", ["there", "by the button", "at the desk"])
async def test_it_ends_by_stop_by_a_button_and_at_the_desk_and_mail_comes_again(
    office: Reached, desk: Visitor, where: str
) -> None:
    await office.linked()
    if where == "at the desk":
        await desk.get("/bureau/ik")
        await desk.post("/bureau/ik/telegram", do="stop")
    elif where == "there":
        office.saskia.types("/stop")
        await office.quiet()
        assert office.saskia.last().text == said("stopped")
    else:
        office.saskia.types("hoi")
        await office.quiet()
        await office.presses(office.saskia, said("go.stop"))
    assert (await account(office), await office.told("2026-05-26T09:00")) == ("", ([], [SASKIA]))
    log = [line.what for line in await office.site.store.access_log() if line.officer == ID]
    assert "telegram_unlinked" in log


async def test_who_stops_without_a_mail_address_hears_that_nothing_comes_any_more(office: Reached) -> None:
    await office.linked()
    await office.site.store.set_contact(ID, "", now=office.site.now)
    office.saskia.types("/stop")
    await office.quiet()
    assert office.saskia.last().text == said("stopped.alone")


@pytest.mark.parametrize(
    "kind", ["text", "photo", "voice", "document", "sticker", "dice", "contact", "forwarded"]
)
async def test_what_an_officer_sends_is_not_kept_and_is_answered_kindly(office: Reached, kind: str) -> None:
    await office.linked()
    count = len(office.saskia.received())
    office.saskia.types("Mevrouw Jansen belde weer.") if kind == "text" else office.saskia.sends(kind)
    await office.quiet()
    assert [stored.text for stored in office.saskia.received()[count:]] == [said("kindly")]
    assert office.saskia.buttons() == [said("go.client"), said("go.stop")]
    draft = await office.site.store.load(Address("telegram", str(office.saskia.chat.id), SCHEME))
    assert (draft.session, draft.version) == (None, 0)


async def test_officer_who_writes_of_danger_sees_where_help_is_first(office: Reached) -> None:
    await office.linked()
    count = len(office.saskia.received())
    office.saskia.types("mijn man slaat mij nu, ik ben bang")
    await office.quiet()
    shown = [stored.text for stored in office.saskia.received()[count:]]
    assert (any("112" in text for text in shown[:-1]), shown[-1]) == (True, said("kindly"))


async def test_officer_talks_as_a_client_by_their_own_choice_and_reminders_come_between(
    office: Reached,
) -> None:
    await office.linked()
    office.saskia.types("hoi")
    await office.quiet()
    await office.presses(office.saskia, said("go.client"))
    assert words("platform.sees.telegram") in paragraphs(office.saskia)
    office.saskia.types(STORY)
    await office.quiet()
    address = Address("telegram", str(office.saskia.chat.id), SCHEME)
    session = await office.of.conversations.session(address)
    assert session is not None
    assert session.said == (STORY,)
    assert await office.told("2026-05-22T15:00") == ([], [])
    await office.told("2026-05-26T09:00")
    assert office.saskia.last().text == office.reminder()
    await office.presses(office.saskia, DONE)
    assert await office.terms() == []


async def test_stop_as_a_client_stops_that_and_says_that_the_work_goes_on(office: Reached) -> None:
    await office.linked()
    office.saskia.start(SCHEME)
    await office.quiet()
    count = len(office.saskia.received())
    office.saskia.types("/stop")
    await office.quiet()
    assert said("still") in paragraphs(office.saskia, count)
    assert words("stop.options") in paragraphs(office.saskia, count)
    assert await account(office) != ""
    still = next(one for one in office.saskia.received() if one.text == said("still"))
    await office.presses(office.saskia, said("go.stop"), on=still)
    assert await account(office) == ""


async def test_link_of_another_organisation_does_not_work_with_this_bot(office: Reached) -> None:
    other = await office.site.staff("bij-elkaar")
    token = await reach.ticket(office.site.store, other, now=office.site.now)
    office.saskia.start(token)
    await office.quiet()
    waiting = await office.site.store.drawer(reach.TICKETS, now=office.site.now)
    assert (office.saskia.texts(), tuple(waiting)) == ([said("over")], (other.id,))


async def test_chat_of_a_client_knows_nothing_of_officers(office: Reached) -> None:
    samira = office.telegram.person("Samira")
    samira.start("A" * 32)
    await office.quiet()
    assert samira.texts() == [said("over")]
    samira.types("hoi")
    await office.quiet()
    assert said("kindly") not in samira.texts()


async def test_account_that_is_closed_before_the_yes_is_not_linked(office: Reached) -> None:
    office.saskia.start(await reach.ticket(office.site.store, await office.officer(), now=office.site.now))
    await office.quiet()
    await office.site.store.disable(ID, now=office.site.now)
    await office.presses(office.saskia, YES)
    assert await account(office) == ""


async def test_every_way_of_linking_at_once_ends_in_one_account(office: Reached, desk: Visitor) -> None:
    office.saskia.start(await link(desk))
    await office.quiet()
    await desk.get("/bureau/ik")
    await asyncio.gather(
        desk.post("/bureau/ik/telegram", do="yes"), office.presses(office.saskia, YES),
        desk.post("/bureau/ik/telegram", do="yes"),
    )  # fmt: skip
    assert await account(office) == str(office.saskia.chat.id)
    await office.told("2026-05-26T09:00")
    assert (office.saskia.buttons()[0], NUMBER in office.saskia.last().text) == (DONE, True)
