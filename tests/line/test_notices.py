"""A notice that there is an answer: by choice only, its price said, without content, and gone with the line."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.line import notices
from bot.web.services import Services, Site
from storage.lines import Notice
from tests.desk.site import Visitor
from tests.line.test_readers import AILEEN, answered, at_work, inbox
from tests.reminders.postbox import Postbox, postbox

MAIL = "kwikstaart@example.nl"


@pytest.fixture
def by_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that can send mail."""
    monkeypatch.setenv("GEHOORD_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("GEHOORD_SMTP_TLS", "off")
    monkeypatch.setenv("GEHOORD_MAIL_FROM", "post@example.org")


async def test_where_no_mail_goes_out_no_notice_is_offered(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, _desk):
        shown = await client.begin()
        await client.post("klaar", do="notice", mail=MAIL)

        assert ("Geef me een seintje" in shown, client.status) == (False, 422)


async def test_a_notice_is_a_choice_whose_price_is_said(tmp_path: Path, by_mail: None) -> None:
    async with at_work(tmp_path, origin="http://praten.example.org") as (_, client, _desk):
        shown = await client.begin()
        wrong = await client.post("klaar", do="notice", mail="kwik")
        status = client.status
        on = await client.post("klaar", do="notice", mail=MAIL)
        off = await client.post("klaar", do="quiet")

        assert "Aan een mail is te zien wie je bent." in shown
        assert "Je krijgt dan een mail van post@example.org." in shown
        assert (status, "Deze mail klopt niet." in wrong) == (422, True)
        assert ["Je krijgt een mail als er iets nieuws is." in page for page in (on, off)] == [True, False]
        assert (MAIL in on, "Geen mail meer" in on) == (False, True)


NONE = (
    "",
    "kwik",
    "kwik@vogels.invalid",
    "kwík@example.nl",
    "kwik@vógels.nl",
    "kwik@example.nl\r\nBcc: a@example.nl",
)


@pytest.mark.parametrize("typed", NONE)
async def test_what_no_mail_server_would_take_is_no_address(
    tmp_path: Path, by_mail: None, typed: str
) -> None:
    async with at_work(tmp_path, origin="http://praten.example.org") as (_, client, _desk):
        await client.begin()
        page = await client.post("klaar", do="notice", mail=typed)

        assert (client.status, "Deze mail klopt niet." in page) == (422, True)


@asynccontextmanager
async def wishing(folder: Path) -> AsyncIterator[tuple[Services, Postbox, Visitor, str]]:
    """Somebody wrote and wishes to hear of an answer; the desk of their confidant, and the line there."""
    async with at_work(folder, origin="http://praten.example.org") as (site, client, desk), postbox() as box:
        await client.begin()
        await client.post("zeg", say="Hoi.")
        await client.post("klaar", do="notice", mail=MAIL)
        (line,) = await inbox(desk, AILEEN)
        yield services(site), box, desk, line


async def test_a_notice_says_nothing_and_comes_once_for_an_answer(tmp_path: Path, by_mail: None) -> None:
    async with wishing(tmp_path) as (of, box, desk, line):
        counts = [await notices.send_all(of, box.setting)]
        await answered(desk, line, "Dag Kwik.")
        counts += [await notices.send_all(of, box.setting), await notices.send_all(of, box.setting)]

        (mail,) = box.to(MAIL)
        whole = mail.as_string().lower()
        telling = ("ben er ook", "aileen", "vertrouwens", "klacht", "http", "dag kwik")
        assert counts == [0, 1, 0]
        assert [word for word in telling if word in whole] == []
        assert mail["Subject"] == "Er is iets nieuws"


async def test_what_the_mail_server_does_not_take_now_is_tried_again(tmp_path: Path, by_mail: None) -> None:
    async with wishing(tmp_path) as (of, box, desk, line):
        await answered(desk, line, "Dag.")
        box.later.add(MAIL)
        counts = [await notices.send_all(of, box.setting)]
        box.later.clear()
        counts.append(await notices.send_all(of, box.setting))

        assert (counts, len(box.to(MAIL))) == ([0, 1], 1)


async def test_the_address_lies_sealed_and_is_gone_with_the_line(tmp_path: Path, by_mail: None) -> None:
    async with at_work(tmp_path, origin="http://praten.example.org") as (site, client, desk):
        await client.begin()
        await client.post("zeg", say="Hoi.")
        await client.post("klaar", do="notice", mail=MAIL)
        (line,) = await inbox(desk, AILEEN)
        await answered(desk, line, "Dag.")
        due = await site.store.line_notices()
        lying = any(
            MAIL.encode() in path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()
        )
        await client.post("klaar", do="wipe")

        assert ([notice.address for notice in due], lying) == ([MAIL], False)
        assert await site.store.line_notices() == ()
        assert isinstance(due[0], Notice)


def services(site: object) -> Services:
    """What the site of a test works with."""
    store, schemes, clock = (getattr(site, name) for name in ("store", "schemes", "clock"))
    return Services(store, None, schemes, Site(origin="http://praten.example.org"), clock)  # type: ignore[arg-type]
