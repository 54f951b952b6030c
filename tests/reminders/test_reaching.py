"""At the desk an officer says how they are reached: in which language, and at an address that says yes itself."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.desk import reach
from bot.reminders.round import one_round
from flows.calendar.zone import AMSTERDAM
from flows.effects import Note
from tests.desk.site import DeskSite, Visitor, desk_site, visitor
from tests.reminders.postbox import Postbox, links, postbox

SCHEME, NUMBER = "blijf-groep", "BG-1"
ID, NEW = f"{SCHEME}/saskia-de-vries", "nieuw@example.org"
OVER = "Deze link werkt niet meer."


class Reaching:
    """Saskia at her desk, somebody else with a browser, and a mail server."""

    def __init__(self, site: DeskSite, box: Postbox, desk: Visitor, other: Visitor) -> None:
        self.site, self.box, self.desk, self.other = site, box, desk, other

    async def contact(self) -> str:
        """Where Saskia's mail goes."""
        return next(one.contact for one in await self.site.store.officers(SCHEME) if one.id == ID)

    async def wishes(self, address: str) -> str:
        """Saskia fills in another address; returns the page."""
        await self.desk.get("/bureau/ik")
        return await self.desk.post("/bureau/ik/adres", address=address)

    async def asked(self, address: str = NEW) -> str:
        """The link in the mail that is sent to a wished address, as a path."""
        count = len(self.box.mails)
        await self.wishes(address)
        (mail,) = self.box.mails[count:]
        assert mail["To"] == address
        found = re.search(r"/bureau/adres/[\w-]{32}", plain(mail))
        assert found is not None
        return found[0]


def plain(mail: EmailMessage) -> str:
    """A mail as plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reaching]:
    """Blijf Groep, with a mail server."""
    async with desk_site(tmp_path) as site, postbox() as box, visitor(site) as desk, visitor(site) as other:
        await site.staff(SCHEME)
        settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(box.port), "SMTP_TLS": "off",
                    "MAIL_FROM": "gehoord@example.org"}  # fmt: skip
        for name, value in settings.items():
            monkeypatch.setenv(f"GEHOORD_{name}", value)
        await site.store.set_contact(ID, "oud@example.org", now=site.now)
        await desk.enter(ID)
        yield Reaching(site, box, desk, other)


async def test_address_changes_when_the_button_behind_the_link_is_pressed_and_not_before(
    office: Reaching,
) -> None:
    path = await office.asked()
    assert (f"Er ging een mail naar {NEW}." in office.desk.page, await office.contact()) == (
        True,
        "oud@example.org",
    )
    for _ in range(3):
        page = await office.other.get(path)
        assert (office.other.status, NEW in page, await office.contact()) == (200, True, "oud@example.org")
    async with office.other.client.head(office.site.url + path) as answer:
        assert answer.status == 200
    await office.other.post(path)
    assert (office.other.status, "Gelukt." in office.other.page, await office.contact()) == (200, True, NEW)
    assert f"Mail gaat naar {NEW}." in await office.desk.get("/bureau/ik")


OLD = "oud@example.org"


async def left(office: Reaching) -> None:
    """Saskia chose another address and pressed the button there."""
    path = await office.asked()
    await office.other.get(path)
    await office.other.post(path)
    assert (office.other.status, await office.contact()) == (200, NEW)


async def rounds(office: Reaching, count: int = 3) -> None:
    """Reminders go on, a minute apart."""
    site = office.site
    for _ in range(count):
        site.now += timedelta(minutes=1)
        await one_round(site.store, site.schemes, office.box.setting, site.url, site.clock)


async def test_address_that_was_left_is_told_so_once_and_not_where_mail_goes_now(
    office: Reaching, tmp_path: Path
) -> None:
    await left(office)
    await rounds(office)
    (mail,) = office.box.to(OLD)
    assert (mail["Subject"], plain(mail).splitlines()) == (
        "Gehoord: er is een ander adres",
        [
            "Voor een account van Gehoord is een ander mailadres gekozen. Mail voor dat account komt niet meer op "
            "dit adres.",
            "",
            "Niet zelf gedaan? Zeg het dan meteen tegen de beheerder van Gehoord.",
        ],
    )
    whole = mail.as_string() + plain(mail) + str(mail.get_body(("html",)))
    assert [
        word for word in (NEW, "nieuw", "Saskia", "Blijf", "blijf", "klacht", "http://127") if word in whole
    ] == []
    assert [
        await office.site.store.drawer(kind, now=office.site.now) for kind in (reach.LEFT, reach.TELLING)
    ] == [
        {},
        {},
    ]
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert OLD.encode() not in kept


async def test_address_that_was_left_is_told_later_when_the_mail_server_has_no_time(office: Reaching) -> None:
    office.box.later = {OLD}
    await left(office)
    await rounds(office)
    assert office.box.to(OLD) == []
    office.box.later = set()
    await rounds(office, 6)
    (mail,) = office.box.to(OLD)
    await rounds(office, 6)
    assert office.box.to(OLD) == [mail]


async def test_address_that_was_left_is_tried_for_a_day_at_most_and_once_where_it_is_refused(
    office: Reaching,
) -> None:
    office.box.refused = {OLD}
    await left(office)
    assert await reach.left(office.site.store, now=office.site.now) == {}
    office.box.refused, office.box.later = set(), {NEW}
    await office.site.store.lay(reach.LEFT, "one", b'{"officer": "x", "address": "weg@example.org"}',
                                until=office.site.now + reach.WISH)  # fmt: skip
    office.site.now += reach.WISH
    await rounds(office)
    assert [office.box.to(address) for address in (OLD, "weg@example.org")] == [[], []]


async def test_process_that_was_killed_while_it_told_is_taken_over_with_the_same_mail(
    office: Reaching,
) -> None:
    site, office.box.later = office.site, {OLD}
    await left(office)
    (id,) = await reach.left(site.store, now=site.now)
    office.box.later = set()
    assert await reach.telling(site.store, id, now=site.now) is False
    await rounds(office, 3)
    assert office.box.to(OLD) == []
    await rounds(office, 3)
    (mail,) = office.box.to(OLD)
    assert mail["Message-ID"] == f"<{id}@example.org>"


async def test_nothing_is_told_to_an_address_that_did_not_change(office: Reaching) -> None:
    path = await office.asked(OLD)
    await office.other.get(path)
    await office.other.post(path)
    await rounds(office)
    assert ([plain(mail) for mail in office.box.to(OLD)[1:]], await office.contact()) == ([], OLD)


async def test_address_is_told_that_it_was_left_in_the_language_of_its_officer(office: Reaching) -> None:
    await office.desk.get("/bureau/ik")
    await office.desk.post("/bureau/ik/taal", language="en")
    await left(office)
    assert [mail["Subject"] for mail in office.box.to(OLD)] == ["Gehoord: there is another address"]


async def test_link_to_an_address_works_once(office: Reaching) -> None:
    path = await office.asked()
    await office.other.get(path)
    await office.other.post(path)
    await office.site.store.set_contact(ID, "oud@example.org", now=office.site.now)
    await office.other.get(path)
    assert (office.other.status, OVER in office.other.page) == (404, True)
    await office.other.post(path)
    assert (office.other.status, await office.contact()) == (404, "oud@example.org")


async def test_link_to_an_address_is_over_after_a_day_and_a_new_one_ends_it(office: Reaching) -> None:
    first = await office.asked("verkeerd@example.org")
    second = await office.asked()
    await office.other.get(first)
    assert office.other.status == 404
    office.site.now += timedelta(days=1)
    await office.other.get(second)
    assert (office.other.status, await office.contact()) == (404, "oud@example.org")


async def test_post_without_the_page_it_stands_on_changes_nothing(office: Reaching) -> None:
    path = await office.asked()
    await office.other.post(path)
    assert (office.other.status, await office.contact()) == (403, "oud@example.org")


async def test_link_of_an_account_that_was_closed_is_over(office: Reaching) -> None:
    path = await office.asked()
    await office.site.store.disable(ID, now=office.site.now)
    await office.other.get(path)
    assert (office.other.status, await office.site.store.drawer(reach.WISHES, now=office.site.now)) == (
        404,
        {},
    )


@pytest.mark.parametrize("typed", ["", "saskia", "a@b@c", "a@example.org, b@example.org", "a" * 250 + "@example.org",
                                   "a@b\r\nBcc: c@example.org", "saskia@é.org", "<script>@example.org"])  # fmt: skip
async def test_what_is_no_address_gets_no_mail(office: Reaching, typed: str) -> None:
    await office.wishes(typed)
    assert (office.desk.status, "Dit is geen mailadres." in office.desk.page, office.box.mails) == (
        400,
        True,
        [],
    )


async def test_mail_server_that_refuses_changes_nothing_and_says_so(office: Reaching) -> None:
    office.box.refused = {NEW}
    await office.wishes(NEW)
    assert (office.desk.status, "De mail kon niet weg." in office.desk.page) == (503, True)
    assert await office.site.store.drawer(reach.WISHES, now=office.site.now) == {}


async def test_without_a_mail_server_no_address_is_asked(
    office: Reaching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEHOORD_SMTP_HOST")
    page = await office.desk.get("/bureau/ik")
    assert ('name="address"' in page, "Vraag de beheerder." in page) == (False, True)
    await office.desk.post("/bureau/ik/adres", address=NEW)
    assert (office.desk.status, office.box.mails) == (503, [])


async def test_mail_that_asks_says_nothing_of_the_work_and_names_nobody(
    office: Reaching, tmp_path: Path
) -> None:
    path = await office.asked()
    (mail,) = office.box.mails
    assert (mail["Subject"], plain(mail).splitlines()) == (
        "Gehoord: klopt dit adres?",
        [
            "Iemand wil op dit adres mail van Gehoord krijgen. Klopt dat? Open dan deze link.",
            "",
            f"{office.site.url}{path}",
            "",
            "De link werkt één keer, tot morgen. Klopt het niet? Dan hoeft er niets te gebeuren.",
        ],
    )
    page = mail.get_body(("html",))
    assert page is not None
    whole = plain(mail) + page.get_content()
    assert [word for word in ("Saskia", "Blijf", "blijf", "klacht") if word in whole] == []
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert [word for word in (path.rpartition("/")[2], NEW) if word.encode() in kept] == []


async def test_mails_come_in_the_language_that_the_officer_chose(office: Reaching) -> None:
    await office.desk.get("/bureau/ik")
    await office.desk.post("/bureau/ik/taal", language="en")
    assert '<option value="en" selected>' in office.desk.page
    await office.site.file(SCHEME, NUMBER)
    given = (Note(NUMBER, f"assigned:{ID}"),)
    await office.site.store.act(NUMBER, office.site.keys[SCHEME], given, now=office.site.now)
    office.site.now = datetime(2026, 5, 26, 9, tzinfo=AMSTERDAM)
    site = office.site
    await one_round(site.store, site.schemes, office.box.setting, site.url, site.clock)
    (mail,) = office.box.mails
    done, later = links(mail)
    assert plain(mail).splitlines() == [
        "This still has to be done.",
        "",
        NUMBER,
        "The complaints officer contacts you",
        "By Thursday 28 May 2026.",
        f"{site.url}/bureau/zaak/{NUMBER}",
        f"Done: {done}",
        f"Later today: {later}",
        "",
        "Log in to read it. This mail does not say what it is about.",
    ]
    page = await office.other.get(later.removeprefix(site.url))
    assert ('<html lang="en"' in page, "By Thursday 28 May 2026." in page) == (True, True)
    await office.other.post(later.removeprefix(site.url))
    assert "You will get another mail about this later." in office.other.page


async def test_urgent_mail_and_the_mail_that_asks_are_in_that_language_too(office: Reaching) -> None:
    await reach.speak(office.site.store, next(iter(await office.site.store.officers(SCHEME))), "nl")
    saskia = next(one for one in await office.site.store.officers(SCHEME) if one.id == ID)
    await reach.speak(office.site.store, saskia, "en")
    path = await office.asked()
    assert (office.box.mails[0]["Subject"], '<html lang="en"' in await office.other.get(path)) == (
        "Gehoord: is this address right?", True,
    )  # fmt: skip


async def test_language_that_is_not_there_is_refused(office: Reaching) -> None:
    await office.desk.get("/bureau/ik")
    await office.desk.post("/bureau/ik/taal", language="tlh")
    assert (office.desk.status, await reach.language(office.site.store, ID, now=office.site.now)) == (
        400,
        None,
    )


async def test_administrators_and_confidants_have_no_such_addresses(office: Reaching) -> None:
    for name in ("ad-beheer", "vera-vertrouw"):
        async with visitor(office.site) as who:
            await who.enter(f"{SCHEME}/{name}")
            page = await who.get("/bureau/ik")
            assert [path for path in ("/ik/adres", "/ik/telegram", "/ik/taal") if path in page] == []
            await who.post("/bureau/ik/adres", address=NEW)
            assert (who.status, office.box.mails) == (404, [])
