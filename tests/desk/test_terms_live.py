"""Terms on a case in the real store: each begins, ends, and is destroyed on time by the step of an officer."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.desk import acting
from flows.answers import When
from flows.calendar.zone import AMSTERDAM
from flows.scheme import TermRule
from flows.terms import start
from tests.conversing import Client
from tests.desk.site import DeskSite, desk_site
from tests.schemes import scheme

NUMBER = "XX-7K4Q-92"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[DeskSite]:
    async with desk_site(tmp_path) as made:
        yield made


async def filed(site: DeskSite, id: str) -> None:
    await site.staff(id)
    await site.file(id, NUMBER)


async def takes(site: DeskSite, step: str, **given: str) -> None:
    """The officer takes a step, as the desk's form names it."""
    line = await site.store.case(NUMBER)
    who = site.keys[line.scheme]
    dossier = await site.store.open_case(NUMBER, who, now=site.now)
    form = {"step": step, "seen": str(len(dossier.timeline))} | given
    wrong = await acting.take(site.store, site.schemes.load(line.scheme), who, dossier, form, site.now)
    assert wrong is None


async def running(site: DeskSite) -> list[tuple[str, str]]:
    """The deadlines that run, as term and day."""
    terms = (await site.store.case(NUMBER)).terms
    return [(term.deadline.id, term.deadline.date) for term in terms if term.state == "running"]


async def changes(site: DeskSite) -> list[str]:
    """What the timeline says of terms, with the reason."""
    return [mark.what for mark in await site.store.timeline(NUMBER) if ":" in mark.what]


@pytest.mark.clause("BG-8")
async def test_contact_within_five_working_days_ends_with_contact(site: DeskSite) -> None:
    await filed(site, "blijf-groep")
    assert await running(site) == [("contact", "2026-05-28")]
    await takes(site, "contact_made")
    assert await running(site) == []
    assert await changes(site) == ["started:contact", "contact_made:contact"]


@pytest.mark.clause("BE-4a", "BE-5a", "BE-5b")
async def test_talk_solution_and_the_talk_after_it_follow_each_other(site: DeskSite) -> None:
    await filed(site, "bij-elkaar")
    assert await running(site) == [("talk", "2026-06-03")]
    await takes(site, "talk_held")
    assert await running(site) == []
    await takes(site, "solution_agreed", on="2026-06-10", text="Een andere begeleider.")
    assert await running(site) == [("solution", "2026-06-10")]
    await takes(site, "solution_done", on="2026-06-17")
    assert await running(site) == [("follow_up", "2026-06-17")]
    await takes(site, "follow_up_held")
    assert await running(site) == []
    assert await changes(site) == [
        "started:talk", "talk_held:talk", "solution_agreed:solution", "solution_done:follow_up",
        "solution_done:solution", "follow_up_held:follow_up",
    ]  # fmt: skip


@pytest.mark.clause("BB-7b", "BB-7e")
async def test_response_has_two_weeks_from_the_request_and_all_of_it_six(site: DeskSite) -> None:
    await filed(site, "ben-in-de-buurt")
    assert await running(site) == [("settled", "2026-07-01")]
    site.later(days=2)
    await takes(site, "response_requested")
    assert await running(site) == [("response", "2026-06-05"), ("settled", "2026-07-01")]
    await takes(site, "response_received")
    assert await running(site) == [("settled", "2026-07-01")]
    await takes(site, "outcome_sent", text="Er komt een andere begeleider, want het was te koud.")
    assert await running(site) == []


@pytest.mark.clause("BB-3b")
async def test_what_is_longer_ago_is_marked_and_still_taken(site: DeskSite) -> None:
    client = Client("ben-in-de-buurt").does(
        "op 1 mei 2025 was het koud, ik ben cliënt", "ja", ["staff"], ["privacy"], "sla over", "sla over"
    )
    client.says("sla over").says("versturen")
    await site.staff("ben-in-de-buurt")
    when = client.filed.intake.answers["date"].value
    assert isinstance(when, When)
    await site.file("ben-in-de-buurt", NUMBER, flags=client.filed.intake.flags, date=when)
    dossier = await site.store.open_case(NUMBER, site.keys["ben-in-de-buurt"], now=site.now)
    assert dossier.intake.flags == ("older_than_allowed",)


async def gone(site: DeskSite, months: int, closed: date) -> tuple[bool, bool]:
    """Whether the case is destroyed a day before its time, and on the day after it."""
    year, month = divmod(closed.month - 1 + months, 12)
    end = closed.replace(year=closed.year + year, month=month + 1)
    found = []
    for day in (end - timedelta(days=1), end + timedelta(days=1)):
        site.now = site.now.astimezone(AMSTERDAM).replace(year=day.year, month=day.month, day=day.day)
        found.append(NUMBER in (await site.store.purge(site.now)).cases)
    return found[0], found[1]


@pytest.mark.clause("BG-10")
async def test_dossier_of_blijf_groep_goes_after_five_years(site: DeskSite) -> None:
    await filed(site, "blijf-groep")
    await takes(site, "closed", text="Klaar.")
    assert await gone(site, 60, site.now.date()) == (False, True)


@pytest.mark.clause("BG-10")
async def test_weighty_reasons_keep_a_dossier_longer(site: DeskSite) -> None:
    await filed(site, "blijf-groep")
    await takes(site, "closed", text="Klaar.")
    await site.store.hold(NUMBER, "saskia", "Er loopt een zaak bij de rechter.", now=site.now)
    assert await gone(site, 60, site.now.date()) == (False, False)


@pytest.mark.clause("CJ-10")
async def test_dossier_of_the_cjg_goes_after_three_years_and_not_before_two(site: DeskSite) -> None:
    await filed(site, "cjg-kennemerland")
    await takes(site, "closed", text="Klaar.")
    assert await gone(site, 36, site.now.date()) == (False, True)


@pytest.mark.clause("DC-6")
async def test_officer_receives_the_summary_of_an_intake(site: DeskSite) -> None:
    from bot.summaries import summary  # noqa: PLC0415 (a summary loads the words of the office)

    await filed(site, "blijf-groep")
    dossier = await site.store.open_case(NUMBER, site.keys["blijf-groep"], now=site.now)
    page = summary(dossier, site.schemes.load("blijf-groep"))
    assert page.words == ("Een medewerker lachte mij uit waar iedereen bij was.",)
    assert len(page.deadlines) == 1


@pytest.mark.clause("BE-9")
def test_complaints_of_a_year_are_evaluated_before_the_next_is_over() -> None:
    (due,) = start(scheme("bij-elkaar"), "year_end", date(2026, 12, 31))
    assert (due.id, due.date) == ("evaluation", "2027-12-31")
    rule = next(one for one in scheme("bij-elkaar").terms if one.id == "evaluation")
    assert rule == TermRule(
        id="evaluation",
        label={
            "nl": "De klachten van het jaar zijn bekeken",
            "en": "The complaints of the year are evaluated",
        },
        starts="year_end",
        ends="evaluation_held",
        count=1,
        unit="years",
        tell=False,
        who="management",
        clause="BE-9",
    )
