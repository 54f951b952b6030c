"""Every step that an officer can take, over HTTP with a real store: what it needs, does to terms, and leaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from flows.events import Said
from flows.regimes import ACCESS
from tests import schemes as texts
from tests.desk.site import RECEIVING, STORY, DeskSite, Visitor, desk_site, visitor

STOCK = """terms:
  - id: settled
    label: {nl: Uw klacht is afgehandeld, en: Your complaint is settled}
    starts: received
    ends: outcome_sent
    count: 6
    unit: weeks
    extension: {count: 4, unit: weeks}
    pauses: [paused]
    clause: DZ-3
"""
"""A term that can be lengthened and stand still, as an invented scheme has it."""


@asynccontextmanager
async def at_work(
    folder: Path, scheme: str, *, schemes: Path | None = None, chat: str = ""
) -> AsyncIterator[tuple[DeskSite, Visitor, str]]:
    """An officer who opened the one case of this scheme; it came by the channel `chat`, whose client is still there."""
    async with desk_site(folder, schemes=schemes) as site, visitor(site) as officer:
        saskia = await site.staff(scheme)
        number = await site.told(scheme, "samira", channel=chat) if chat else await site.file(scheme, "XX-1")
        await officer.enter(saskia.id)
        await officer.open(number)
        yield site, officer, number


def longer(folder: Path) -> Path:
    """The invented scheme with a term that can be lengthened, and the steps for it."""
    text = texts.text("dorpszorg")
    before, _, after = text.partition("terms:\n")
    text = before + STOCK + after[after.index("retention:") :]
    more = "".join(
        f"  - {{id: {id}}}\n" for id in ("paused", "resumed", "refused", "referred", "talk_planned")
    )
    text = text.replace("regimes: [wkkgz]\n", "").replace("steps:\n", f"steps:\n{more}", 1)
    folder.mkdir()
    (folder / "dorpszorg.yaml").write_text(text, encoding="utf-8")
    return folder


async def days(site: DeskSite, number: str) -> dict[str, str]:
    """The last day of every term that runs."""
    return {item.id: item.date for item in (await site.store.filed(number)).deadlines}


async def whats(site: DeskSite, number: str) -> list[str]:
    """The timeline, coded."""
    return [mark.what for mark in await site.store.timeline(number)]


async def test_term_is_lengthened_once_in_time_with_reasons_that_the_client_reads(tmp_path: Path) -> None:
    async with at_work(tmp_path, "dorpszorg", schemes=longer(tmp_path / "own"), chat="terminal") as (
        site,
        officer,
        number,
    ):
        assert (await days(site, number))["settled"] == "2026-07-01"
        refused = []
        for words, day in (("", "2026-07-15"), ("Veel werk.", "2026-07-30"), ("Veel werk.", "2026-06-01")):
            page = await officer.step(number, "extended", text=words, on=day)
            refused.append((officer.status, 'role="alert"' in page))
        assert refused == [(400, True)] * 3
        assert (await days(site, number))["settled"] == "2026-07-01"
        await officer.step(number, "extended", text="Wij wachten op een arts.", on="2026-07-15")
        assert await days(site, number) == {"settled": "2026-07-15"}
        shown = ("uiterlijk wo 15 jul 2026" in officer.page, 'value="extended"' in officer.page)
        assert shown == (True, False)
        await officer.step(number, "extended", text="Nog een keer.", on="2026-07-20")
        assert (officer.status, await days(site, number)) == (400, {"settled": "2026-07-15"})
        assert "extended:settled" in await whats(site, number)
        (due,) = await site.store.wakes(site.now)  # nothing at this site delivers to a terminal
        said = await site.tell("dorpszorg", "samira", due.event, channel="terminal")
        assert "Wij wachten op een arts." in " ".join(message.text for message in said.said)


async def test_term_that_is_over_is_lengthened_no_more(tmp_path: Path) -> None:
    async with at_work(tmp_path, "dorpszorg", schemes=longer(tmp_path / "own")) as (site, officer, number):
        site.later(days=43)
        await officer.enter("dorpszorg/saskia-de-vries")
        await officer.open(number)
        page = await officer.step(number, "extended", text="Te laat gezien.")
        assert (officer.status, "De tijd is al om" in page) == (400, True)


async def test_case_that_stands_still_runs_on_by_as_many_days(tmp_path: Path) -> None:
    async with at_work(tmp_path, "dorpszorg", schemes=longer(tmp_path / "own")) as (site, officer, number):
        assert ('value="paused"' in officer.page, 'value="resumed"' in officer.page) == (True, False)
        await officer.step(number, "paused", text="De cliënt is op vakantie.")
        assert ('value="paused"' in officer.page, 'value="resumed"' in officer.page) == (False, True)
        site.later(days=10)
        await officer.enter("dorpszorg/saskia-de-vries")
        await officer.open(number)
        await officer.step(number, "resumed")
        assert await days(site, number) == {"settled": "2026-07-11"}
        assert [what for what in await whats(site, number) if ":" not in what][-2:] == ["paused", "resumed"]


async def test_complaint_is_referred_and_not_taken_up_only_with_reasons(tmp_path: Path) -> None:
    async with at_work(tmp_path, "dorpszorg", schemes=longer(tmp_path / "own")) as (site, officer, number):
        await officer.step(number, "referred", text="Naar het steunpunt.")
        assert ("referred" in await whats(site, number), officer.status) == (True, 200)
        await officer.step(number, "refused", text=" ")
        assert (officer.status, (await site.store.case(number)).status) == (400, "received")
        await officer.step(number, "refused", text="Het is drie jaar geleden.")
        line = await site.store.case(number)
        assert (line.status, line.closed is not None) == ("refused", True)


async def test_planned_talk_keeps_its_day_on_the_timeline(tmp_path: Path) -> None:
    async with at_work(tmp_path, "blijf-groep") as (site, officer, number):
        page = await officer.step(number, "talk_planned", on="2026-06-03")
        assert ("on:2026-06-03" in await whats(site, number), "Voor wo 3 jun 2026" in page) == (True, True)
        await officer.step(number, "talk_planned", on="geen dag")
        assert officer.status == 400


@pytest.mark.clause("BE-5b")
async def test_talk_after_the_solution_has_its_day_and_leads_on_when_it_did_not_help(tmp_path: Path) -> None:
    async with at_work(tmp_path, "bij-elkaar") as (site, officer, number):
        await officer.step(number, "solution_agreed", text="Een andere begeleider.", on="2026-07-01")
        await officer.step(number, "solution_done")
        without_day = officer.status
        await officer.step(number, "solution_done", on="2026-07-15")
        assert (without_day, (await days(site, number))["follow_up"]) == (400, "2026-07-15")
        await officer.step(number, "follow_up_held")
        assert "follow_up" not in await days(site, number)
        page = await officer.step(number, "not_satisfied", text="Het is weer zo.")
        assert ("Het is weer zo." in page, (await site.store.case(number)).status) == (True, "in_progress")
        assert (
            "Hierna kan de klant ook naar: Klachten Portaal Zorg" in page or "Klachten Portaal Zorg" in page
        )
        await officer.step(number, "referred")
        assert (await whats(site, number))[-1] == "referred"


@pytest.mark.clause("BE-5b")
async def test_another_solution_can_be_agreed_when_the_first_did_not_help_and_its_day_can_move(
    tmp_path: Path,
) -> None:
    async with at_work(tmp_path, "bij-elkaar") as (site, officer, number):
        for day in ("2026-07-01", "2026-07-08"):
            await officer.step(number, "solution_agreed", text="Een andere begeleider.", on=day)
            assert (await days(site, number))["solution"] == day
        for step, day in (("solution_done", "2026-07-15"), ("follow_up_held", "")):
            await officer.step(number, step, on=day)
        once = 'value="follow_up_held"' in officer.page
        await officer.step(number, "not_satisfied", text="Nee.")
        await officer.step(number, "solution_agreed", text="Op een ander uur.", on="2026-08-03")
        await officer.step(number, "solution_done", on="2026-08-10")
        assert (once, (await days(site, number))["follow_up"]) == (False, "2026-08-10")
        await officer.step(number, "follow_up_held")
        await officer.step(number, "satisfied")
        assert (officer.status, (await site.store.case(number)).status) == (200, "resolved")


@pytest.mark.clause("BB-3b")
async def test_complaint_that_is_too_old_can_be_taken_up_or_not_with_reasons(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("ben-in-de-buurt")
        old = await site.told("ben-in-de-buurt", "old", story=f"{STORY} Dat was in maart 2023.")
        young = await site.told("ben-in-de-buurt", "young")
        await officer.enter(saskia.id)
        offered = ['value="refused"' in await officer.open(number) for number in (old, young)]
        await officer.open(old)
        flagged = "Dit is lang geleden" in officer.page
        await officer.step(old, "refused", text=" ")
        without = officer.status
        await officer.step(old, "refused", text="Het is drie jaar geleden.")
        line = await site.store.case(old)
        assert (offered, flagged, without) == ([True, False], True, 400)
        assert (line.status, line.closed is not None) == ("refused", True)


@pytest.mark.clause("BE-5b")
async def test_satisfied_client_is_noted_as_solved(tmp_path: Path) -> None:
    async with at_work(tmp_path, "bij-elkaar") as (site, officer, number):
        await officer.step(number, "satisfied")
        assert ((await site.store.case(number)).status, (await whats(site, number))[-2:]) == (
            "resolved", ["satisfied", "resolved"],
        )  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "step"),
    [
        pytest.param("cjg-kennemerland", "steps_agreed", marks=pytest.mark.clause("CJ-3")),
        pytest.param("bij-elkaar", "improvement_noted", marks=pytest.mark.clause("BE-8")),
        pytest.param("ben-in-de-buurt", "measures_recorded", marks=pytest.mark.clause("BB-10")),
        ("blijf-groep", "consent_noted"),
    ],
)
async def test_what_was_agreed_or_improved_stays_in_words_and_cannot_be_empty(
    tmp_path: Path, scheme: str, step: str
) -> None:
    async with at_work(tmp_path, scheme) as (site, officer, number):
        await officer.step(number, step, text="  ")
        assert (officer.status, step in await whats(site, number)) == (400, False)
        for words in ("Eerst een gesprek met z'n drieën.", "En daarna bellen."):
            await officer.step(number, step, text=words)
        page = await officer.get(f"/bureau/zaak/{number}")
        assert ("met z&#39;n drieën" in page, "En daarna bellen." in page) == (True, True)
        assert [what for what in await whats(site, number) if what == step] == [step] * 2


async def test_consent_can_be_taken_back_once_it_was_given(tmp_path: Path) -> None:
    async with at_work(tmp_path, "cjg-kennemerland") as (site, officer, number):
        before = 'value="consent_withdrawn"' in officer.page
        page = await officer.step(
            number, "consent_noted", text="School mag het weten, zei ze aan de telefoon."
        )
        assert (before, 'value="consent_withdrawn"' in page) == (False, True)
        page = await officer.step(number, "consent_withdrawn", text="Toch liever niet.")
        assert (await whats(site, number))[-2:] == ["consent_noted", "consent_withdrawn"]
        assert ("Toch liever niet." in page, STORY in page) == (True, True)


@pytest.mark.clause("BG-11")
@pytest.mark.parametrize("scheme", RECEIVING)
async def test_client_who_asks_for_the_dossier_has_it_within_a_month_after_a_person_checked(
    tmp_path: Path, scheme: str
) -> None:
    async with at_work(tmp_path, scheme, chat="web") as (site, officer, number):
        assert ACCESS not in await days(site, number)
        await site.tell(scheme, "samira", Said("ik wil een kopie van mijn dossier"))
        page = await officer.get(f"/bureau/zaak/{number}")
        assert (await days(site, number))[ACCESS] == "2026-06-22"
        assert ("vraagt het dossier" in page, "nzage in het dossier: uiterlijk ma 22 jun 2026" in page) == (
            True,
            True,
        )
        await officer.step(number, "copy_given", text="Op papier.")
        assert (officer.status, ACCESS in await days(site, number)) == (400, True)
        page = await officer.step(number, "copy_given", text="Op papier.", identity="yes")
        assert (officer.status, ACCESS in await days(site, number)) == (200, False)
        assert f"copy_given:{ACCESS}" in await whats(site, number)
        assert "Klaar: inzage in het dossier" in page


async def test_dossier_that_was_asked_for_keeps_a_closed_case_on_the_list_and_from_destruction(
    tmp_path: Path,
) -> None:
    async with at_work(tmp_path, "blijf-groep", chat="terminal") as (site, officer, number):
        await officer.step(number, "closed", text="Er was excuus.")
        assert number not in await officer.get("/bureau")
        await site.tell("blijf-groep", "samira", Said("ik wil mijn dossier zien"), channel="terminal")
        today = await officer.get("/bureau?term=avg.access")
        page = await officer.get(f"/bureau/zaak/{number}")
        assert (number in today, "nzage in het dossier, uiterlijk ma 22 jun 2026" in today) == (True, True)
        offered = [id for id in ("copy_given", "access_refused", "extended", "contact_made", "closed")
                   if f'value="{id}"' in page]  # fmt: skip
        assert offered == ["copy_given", "access_refused", "extended"]
        site.later(days=5 * 366)
        assert (await site.store.purge(site.now)).waiting == ((number, "term"),)
        await officer.enter("blijf-groep/saskia-de-vries")
        await officer.open(number)
        await officer.step(number, "access_refused", text="Er staat over een ander.")
        unticked = officer.status
        await officer.step(number, "access_refused", text="Er staat over een ander.", refusal_told="yes")
        assert (unticked, officer.status, await days(site, number)) == (400, 200, {})
        assert number not in await officer.get("/bureau")
        assert (await site.store.purge(site.now)).cases == (number,)


async def test_request_by_phone_is_noted_by_hand_and_asking_twice_moves_nothing(tmp_path: Path) -> None:
    async with at_work(tmp_path, "blijf-groep") as (site, officer, number):
        await officer.step(number, "access_asked", text="Zij belde.")
        assert (await days(site, number))[ACCESS] == "2026-06-22"
        site.later(days=3)
        await officer.enter("blijf-groep/saskia-de-vries")
        await officer.open(number)
        assert 'value="access_asked"' not in officer.page
        await officer.step(number, "access_asked", text="Zij belde weer.")
        assert (officer.status, (await days(site, number))[ACCESS]) == (400, "2026-06-22")


async def test_which_term_is_lengthened_is_chosen_where_there_are_two(tmp_path: Path) -> None:
    async with at_work(tmp_path, "dorpszorg", schemes=longer(tmp_path / "own")) as (site, officer, number):
        await officer.step(number, "access_asked")
        assert '<option value="avg.access">Inzage in het dossier</option>' in officer.page
        await officer.step(number, "extended", term="avg.access", text="Het is een dik dossier.")
        assert await days(site, number) == {ACCESS: "2026-08-20", "settled": "2026-07-01"}
        await officer.step(number, "extended", term="avg.access", text="Nog eens.")
        assert (officer.status, (await days(site, number))[ACCESS]) == (400, "2026-08-20")
        await officer.step(number, "extended", term="settled", text="Een getuige is ziek.", on="2026-07-15")
        assert await days(site, number) == {ACCESS: "2026-08-20", "settled": "2026-07-15"}


async def test_step_of_another_scheme_or_of_no_scheme_is_refused(tmp_path: Path) -> None:
    async with at_work(tmp_path, "blijf-groep") as (site, officer, number):
        before = await site.store.timeline(number)
        refused = []
        for step in (
            "response_requested",
            "uninvolved_declared",
            "received",
            "destroyed",
            "extended",
            "resumed",
            "x",
            "",
        ):
            await officer.step(number, step, text="x", on="2026-07-01")
            refused.append(officer.status)
        assert (set(refused), await site.store.timeline(number)) == ({400}, before)


YES = "yes"
NEEDS: tuple[tuple[str, tuple[tuple[str, dict[str, str]], ...], str, dict[str, str]], ...] = (
    ("ben-in-de-buurt", (), "report_made", {"shared": YES}),
    ("ben-in-de-buurt", (), "outcome_sent", {"text": "Gegrond."}),
    ("ben-in-de-buurt", (), "withdrawal_confirmed", {"asked": YES, "written": YES}),
    ("bij-elkaar", (), "document_filed", {"client_dossier": YES, "own_dossier": YES}),
    ("bij-elkaar", (), "solution_agreed", {"text": "Een ander.", "on": "2026-07-01"}),
    ("bij-elkaar", (), "solution_done", {"on": "2026-07-15"}),
    ("blijf-groep", (("access_asked", {}),), "access_refused", {"text": "Over een ander.", "refusal_told": YES}),
    ("blijf-groep", (("access_asked", {}),), "copy_given", {"identity": YES}),
    ("blijf-groep", (("consent_noted", {"text": "Ja."}),), "consent_withdrawn", {"text": "Nee."}),
    ("blijf-groep", (), "closed", {"text": "Opgelost."}),
    ("dorpszorg", (), "extended_with_consent", {"text": "Samen.", "on": "2026-09-01", "consent": YES}),
)  # fmt: skip
"""Per scheme what was done before, a step, and all that it needs."""


@pytest.mark.clause("BB-7c")
@pytest.mark.clause("BB-7d")
@pytest.mark.clause("BB-8")
@pytest.mark.clause("BE-4b")
@pytest.mark.clause("BE-5a")
@pytest.mark.parametrize(
    ("scheme", "before", "step", "whole"), NEEDS, ids=[f"{one[0]} {one[2]}" for one in NEEDS]
)
async def test_step_is_refused_while_anything_that_it_needs_is_missing(
    tmp_path: Path,
    scheme: str,
    before: tuple[tuple[str, dict[str, str]], ...],
    step: str,
    whole: dict[str, str],
) -> None:
    async with at_work(tmp_path, scheme, schemes=longer(tmp_path / "own")) as (site, officer, number):
        for id, fields in before:
            await officer.step(number, id, **fields)
        terms = await days(site, number)
        refused = []
        for missing in whole:
            await officer.step(
                number, step, **{name: value for name, value in whole.items() if name != missing}
            )
            refused.append((officer.status, step in await whats(site, number)))
        assert (refused, await days(site, number)) == ([(400, False)] * len(whole), terms)
        await officer.step(number, step, **whole)
        assert (officer.status, step in await whats(site, number)) == (200, True)
