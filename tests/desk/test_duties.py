"""What is due of the whole organisation: reminded of by mail, shown to who sees to it, and noted once (BE-9)."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.reminders.round import one_round
from flows.calendar.zone import AMSTERDAM
from storage.absences import Absence
from tests.desk.site import DeskSite, Visitor, desk_site, visitor
from tests.reminders.postbox import Postbox, postbox

SCHEME = "bij-elkaar"
SASKIA, KAREL, AD = f"{SCHEME}/saskia-de-vries", f"{SCHEME}/karel-bos", f"{SCHEME}/ad-beheer"
WHAT = "De klachten van het jaar zijn bekeken"


class Bureau:
    """An organisation that looks at its complaints once a year, and its mail server."""

    def __init__(self, site: DeskSite, box: Postbox, who: Visitor) -> None:
        self.site, self.box, self.who = site, box, who

    async def told(self, when: str) -> list[str]:
        """To whom mail goes at this moment, in a round as `gehoord serve` makes one each minute."""
        self.site.now = datetime.fromisoformat(when).replace(tzinfo=AMSTERDAM)
        before = len(self.box.mails)
        await one_round(self.site.store, self.site.schemes, self.box.setting, self.site.url, self.site.clock)
        return sorted(str(mail["To"]) for mail in self.box.mails[before:])

    async def open(self) -> list[str]:
        """The periods for which it still has to be done."""
        return [one.deadline.why.start for one in await self.site.store.duties(SCHEME) if one.done is None]

    async def press(self, number: str) -> None:
        """Note on today's page that it was done."""
        await self.who.post("/bureau/taak", number=number, term="evaluation")


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    """On Wednesday 20 May 2026: the complaints of 2025 are to be looked at before the year is over."""
    async with desk_site(tmp_path) as site, postbox() as box, visitor(site) as who:
        await site.staff(SCHEME)
        await site.store.set_contact(SASKIA, "saskia@example.org", now=site.now)
        await site.store.set_contact(KAREL, "karel@example.org", now=site.now)
        yield Bureau(site, box, who)


@pytest.mark.clause("BE-9")
async def test_evaluation_of_the_year_is_reminded_to_the_whole_directie_without_a_case(
    bureau: Bureau,
) -> None:
    both = ["karel@example.org", "saskia@example.org"]
    assert await bureau.told("2026-05-20T12:00") == []
    assert await bureau.told("2026-07-07T09:00") == both
    assert await bureau.told("2026-12-29T09:00") == both
    assert await bureau.told("2026-12-31T09:00") == both
    assert await bureau.told("2027-01-04T09:00") == both
    assert await bureau.open() == ["2025-12-31", "2026-12-31"]


@pytest.mark.clause("BE-9")
async def test_mail_about_it_names_the_year_what_is_due_and_the_day(bureau: Bureau) -> None:
    await bureau.told("2026-05-20T12:00")
    await bureau.told("2026-12-29T09:00")
    mail = bureau.box.to("saskia@example.org")[0]
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content().splitlines()
    assert (mail["Subject"], text[2:6]) == (
        "Gehoord 2025",
        [
            "2025",
            WHAT,
            "Uiterlijk donderdag 31 december 2026. Hier kwam eerder geen bericht over.",
            f"{bureau.site.url}/bureau",
        ],
    )  # fmt: skip


@pytest.mark.clause("BE-9")
async def test_directie_sees_it_on_today_and_notes_it_once(bureau: Bureau) -> None:
    await bureau.who.enter(SASKIA)
    page = await bureau.who.get("/bureau")
    assert (WHAT in page, "hoort nog bij 2025" in page, "31 dec 2026" in page) == (True, True, True)
    await bureau.press(f"{SCHEME}/2025-12-31")
    assert (await bureau.open(), WHAT in bureau.who.page) == ([], False)
    await bureau.press(f"{SCHEME}/2025-12-31")
    assert [one.what for one in await bureau.site.store.access_log(f"{SCHEME}/2025-12-31")] == [
        "evaluation:done"
    ]
    assert await bureau.told("2026-12-29T09:00") == []
    assert await bureau.told("2027-01-04T09:00") == []


async def test_administrator_sees_it_and_cannot_note_it(bureau: Bureau) -> None:
    await bureau.who.enter(AD)
    page = await bureau.who.get("/bureau/beheer")
    assert (WHAT in page, "/bureau/taak" in page.replace('action="/bureau/taak"', "")) == (True, False)
    await bureau.press(f"{SCHEME}/2025-12-31")
    assert await bureau.open() == ["2025-12-31"]


async def test_who_is_away_leaves_it_to_who_is_there(bureau: Bureau) -> None:
    away = Absence(datetime(2026, 7, 1).date(), datetime(2026, 7, 20).date(), KAREL)
    await bureau.site.store.announce(away, bureau.site.keys[SCHEME], now=bureau.site.now)
    await bureau.told("2026-05-20T12:00")
    assert await bureau.told("2026-07-07T09:00") == ["karel@example.org"]


async def test_organisation_without_such_a_term_shows_nothing(bureau: Bureau) -> None:
    await bureau.site.staff("blijf-groep")
    await bureau.who.enter("blijf-groep/saskia-de-vries")
    assert "/bureau/taak" not in await bureau.who.get("/bureau")
    assert await bureau.site.store.duties("blijf-groep") == ()
