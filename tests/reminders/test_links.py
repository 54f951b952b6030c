"""'Gedaan' and 'Later vandaag' from the mail, over HTTP: once, by a button, without logging in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.reminders.round import one_round
from flows.calendar.zone import AMSTERDAM
from flows.effects import EndTerm, Note, SetTerm
from flows.terms import start
from tests.desk.site import STORY, DeskSite, Visitor, desk_site, visitor
from tests.reminders.postbox import Postbox, links, postbox

SCHEME, NUMBER = "blijf-groep", "BG-1"
SASKIA, KAREL = "saskia@example.org", "karel@example.org"
OVER = "Deze knop werkt niet meer."


class Outing:
    """A complaint whose contact is due, a mail about it, and a browser that is not logged in."""

    def __init__(self, site: DeskSite, box: Postbox, who: Visitor) -> None:
        self.site, self.box, self.who = site, box, who

    async def mailed(self, when: str) -> list[str]:
        """What is due is mailed; returns the links of the new mails, as paths."""
        self.site.now = datetime.fromisoformat(when).replace(tzinfo=AMSTERDAM)
        before = len(self.box.mails)
        await one_round(self.site.store, self.site.schemes, self.box.setting, self.site.url, self.site.clock)
        found = [link for mail in self.box.mails[before:] for link in links(mail)]
        return [link.removeprefix(self.site.url) for link in found]

    async def terms(self) -> list[str]:
        """The terms that run."""
        return [item.id for item in (await self.site.store.filed(NUMBER)).deadlines]

    async def marks(self) -> list[str]:
        """What stands on the timeline."""
        return [mark.what for mark in await self.site.store.timeline(NUMBER)]

    async def pressed_after(self, links: list[str], meanwhile: Awaitable[object]) -> list[tuple[int, int]]:
        """Open the pages, let something happen, and press: what the buttons then answer, and what the pages."""
        pages = [await self.who.get(link) for link in links]
        await meanwhile
        found = []
        for link, page in zip(links, pages, strict=True):
            self.who.page = page
            await self.who.post(link)
            pressed = self.who.status
            await self.who.get(link)
            found.append((pressed, self.who.status))
        return found

    async def press(self, link: str) -> int:
        """Open a link and press its button."""
        await self.who.get(link)
        await self.who.post(link)
        return self.who.status


@pytest.fixture
async def outing(tmp_path: Path) -> AsyncIterator[Outing]:
    """On Wednesday 20 May 2026; the client is to be contacted by Thursday 28 May."""
    async with desk_site(tmp_path) as site, postbox() as box, visitor(site) as who:
        await site.staff(SCHEME)
        await site.store.set_contact(f"{SCHEME}/saskia-de-vries", SASKIA, now=site.now)
        await site.file(SCHEME, NUMBER)
        given = (Note(NUMBER, f"assigned:{SCHEME}/saskia-de-vries"),)
        await site.store.act(NUMBER, site.keys[SCHEME], given, now=site.now)
        yield Outing(site, box, who)


async def test_done_from_the_mail_takes_the_step_and_ends_the_reminders(outing: Outing) -> None:
    done, _ = await outing.mailed("2026-05-26T09:00")
    assert await outing.press(done) == 200
    assert "Dit staat als gedaan." in outing.who.page
    assert ("contact" in await outing.terms(), "contact_made" in await outing.marks()) == (False, True)
    assert await outing.mailed("2026-05-28T09:00") == []


async def test_link_that_was_used_is_refused_kindly_and_does_nothing_again(outing: Outing) -> None:
    done, _ = await outing.mailed("2026-05-26T09:00")
    await outing.press(done)
    before = await outing.marks()
    assert await outing.press(done) == 404
    assert (OVER in outing.who.page, await outing.marks()) == (True, before)


async def test_of_two_who_press_the_same_button_at_once_one_is_heard(outing: Outing) -> None:
    done, _ = await outing.mailed("2026-05-26T09:00")
    page = await outing.who.get(done)
    await asyncio.gather(*(outing.who.post(done) for _ in range(4)))
    marks = await outing.marks()
    assert ("<button" in page, marks.count("contact_made")) == (True, 1)


@pytest.mark.parametrize(("act", "at"), [(0, "settle_from_afar"), (1, "snooze"), (1, "take")])
async def test_button_whose_process_was_killed_when_it_was_pressed_can_be_pressed_again(
    outing: Outing, monkeypatch: pytest.MonkeyPatch, act: int, at: str
) -> None:
    link = (await outing.mailed("2026-05-26T09:00"))[act]

    async def killed(*_: object, **__: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(outing.site.store, at, killed)
        assert await outing.press(link) == 500
    assert [await outing.press(link) for _ in range(2)] == [200, 404]
    assert (await outing.marks()).count("contact_made") == (act == 0)
    assert len(await outing.mailed("2026-05-26T12:00")) == 2 * act


async def test_program_that_opens_every_link_changes_nothing(outing: Outing) -> None:
    before = (await outing.terms(), await outing.marks())
    for link in await outing.mailed("2026-05-26T09:00"):
        for _ in range(3):
            await outing.who.get(link)
            assert outing.who.status == 200
        async with outing.who.client.head(outing.site.url + link) as answer:
            assert answer.status == 200
    assert (await outing.terms(), await outing.marks()) == before


async def test_page_behind_a_link_shows_what_the_mail_showed_and_nothing_of_the_story(outing: Outing) -> None:
    done, later = await outing.mailed("2026-05-26T09:00")
    for link in (done, later):
        page = await outing.who.get(link)
        assert (NUMBER in page, "donderdag 28 mei 2026" in page, outing.who.headers["Referrer-Policy"]) == (
            True, True, "no-referrer",
        )  # fmt: skip
        assert [word for word in (STORY, "Samira", "Saskia", "Blijf") if word in page] == []


async def test_later_today_brings_another_mail_in_three_hours_with_new_links(outing: Outing) -> None:
    first = await outing.mailed("2026-05-26T09:00")
    assert await outing.press(first[1]) == 200
    assert await outing.mailed("2026-05-26T11:59") == []
    again = await outing.mailed("2026-05-26T12:00")
    assert (len(again), set(first) & set(again)) == (2, set())
    assert await outing.press(again[0]) == 200
    assert "contact" not in await outing.terms()


async def test_button_without_the_page_it_stands_on_is_refused(outing: Outing) -> None:
    done, _ = await outing.mailed("2026-05-26T09:00")
    outing.who.page = ""
    await outing.who.post(done)
    assert (outing.who.status, "contact" in await outing.terms()) == (403, True)
    assert await outing.press(done) == 200


async def test_link_is_over_after_two_weeks(outing: Outing) -> None:
    done, _ = await outing.mailed("2026-05-26T09:00")
    outing.site.now += timedelta(days=14)
    await outing.who.get(done)
    assert (outing.who.status, OVER in outing.who.page) == (404, True)


async def test_link_to_what_is_done_already_says_so(outing: Outing) -> None:
    done, later = await outing.mailed("2026-05-26T09:00")
    ended = (EndTerm(NUMBER, "contact", "contact_made"),)
    await outing.site.store.act(NUMBER, outing.site.keys[SCHEME], ended, now=outing.site.now)
    for link in (done, later):
        await outing.who.get(link)
        assert (outing.who.status, OVER in outing.who.page) == (404, True)


@pytest.mark.clause("BB-3c")
async def test_who_turns_out_to_be_involved_can_use_no_link(outing: Outing) -> None:
    found = await outing.mailed("2026-05-26T09:00")
    out = (Note(NUMBER, "involved_declared"),)
    declared = outing.site.store.act(NUMBER, outing.site.keys[SCHEME], out, now=outing.site.now)
    assert await outing.pressed_after(found, declared) == [(404, 404)] * 2
    assert "contact" in await outing.terms()


async def test_foundof_an_account_that_is_closed_are_over(outing: Outing) -> None:
    found = await outing.mailed("2026-05-26T09:00")
    closed = outing.site.store.disable(f"{SCHEME}/saskia-de-vries", now=outing.site.now)
    assert await outing.pressed_after(found, closed) == [(404, 404)] * 2
    assert "contact" in await outing.terms()


async def test_token_is_nowhere_in_the_store(outing: Outing, tmp_path: Path) -> None:
    done, later = await outing.mailed("2026-05-26T09:00")
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    tokens = [link.rpartition("/")[2].encode() for link in (done, later)]
    assert [token for token in tokens if token in kept] == []


async def test_term_of_the_law_of_one_place_has_its_name_in_the_mail_and_on_the_desk(outing: Outing) -> None:
    site, other = outing.site, "BG-2"
    await site.file(SCHEME, other, location="veilig-thuis-flevoland")
    scheme = site.schemes.load(SCHEME)
    given = start(scheme, "opinion_received", site.now, location="veilig-thuis-flevoland")
    assert [item.id for item in given] == ["veilig_thuis.answer"]
    orders = (Note(other, f"assigned:{SCHEME}/saskia-de-vries"), EndTerm(other, "contact", "contact_made"))
    await site.store.act(
        other, site.keys[SCHEME], (*orders, SetTerm(other, given[0], "opinion_received")), now=site.now
    )
    _, later = (await outing.mailed("2026-06-18T09:00"))[-2:]
    name = "antwoord op het oordeel van de klachtencommissie"
    body = outing.box.to(SASKIA)[-1].get_body(("plain",))
    assert body is not None
    assert name in body.get_content().splitlines()
    assert name in await outing.who.get(later)
    await outing.who.enter(f"{SCHEME}/saskia-de-vries")
    for page in (await outing.who.get("/bureau"), await outing.who.open(other)):
        read = page.replace('value="veilig_thuis.answer"', "")  # what the list can be narrowed to
        assert (name in read, "veilig_thuis.answer" in read) == (True, False)


async def test_step_that_needs_words_has_no_button_in_the_mail(outing: Outing) -> None:
    await outing.site.store.act(
        NUMBER, outing.site.keys[SCHEME], (EndTerm(NUMBER, "contact", "contact_made"),), now=outing.site.now
    )
    found = await outing.mailed("2026-06-30T09:00")
    plain = [mail.get_body(("plain",)) for mail in outing.box.mails]
    texts = [body.get_content() for body in plain if body is not None]
    assert ["Gedaan:" in text for text in texts] == [False] * len(texts)
    assert len(found) == sum(text.count("Later vandaag:") for text in texts)
