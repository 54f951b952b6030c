"""What can be done with a case: what a step needs, files, paper, holds, colleagues, a case by hand."""

import json
from pathlib import Path

import pytest

from flows import forms
from flows.terms import start
from tests.desk.site import RECEIVING, STORY, desk_site, visitor


@pytest.mark.clause("BB-7d")
async def test_outcome_and_closing_without_reasons_are_refused(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("ben-in-de-buurt")
        number = await site.file("ben-in-de-buurt", "BB-1")
        await officer.enter(saskia.id)
        await officer.open(number)
        refused = []
        for step in ("outcome_sent", "closed"):
            await officer.step(number, step, text=" ")
            refused.append(officer.status)
        assert (refused, (await site.store.case(number)).status) == ([400, 400], "received")
        await officer.step(number, "outcome_sent", text="Onderzocht. Het spijt ons.")
        assert ((await site.store.filed(number)).status, (await site.store.filed(number)).deadlines) == (
            "resolved",
            (),
        )


@pytest.mark.clause("BB-7b")
@pytest.mark.clause("BB-7c")
async def test_request_to_respond_starts_two_weeks_and_a_talk_without_report_is_flagged(
    tmp_path: Path,
) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("ben-in-de-buurt")
        number = await site.file("ben-in-de-buurt", "BB-1")
        await officer.enter(saskia.id)
        await officer.open(number)
        await officer.step(number, "response_requested")
        days = {item.id: item.date for item in (await site.store.filed(number)).deadlines}
        assert days["response"] == "2026-06-03"
        await officer.step(number, "talk_held")
        missing = "Het verslag is er nog niet" in officer.page
        await officer.step(number, "report_made")
        unticked = officer.status
        await officer.step(number, "report_made", shared="yes")
        assert (missing, unticked, "Het verslag is er nog niet" in officer.page) == (True, 400, False)


@pytest.mark.clause("BB-8")
async def test_withdrawal_needs_that_the_client_was_asked(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("ben-in-de-buurt")
        number = await site.file("ben-in-de-buurt", "BB-1")
        await officer.enter(saskia.id)
        await officer.open(number)
        await officer.step(number, "withdrawal_confirmed", asked="yes")
        assert (officer.status, (await site.store.case(number)).status) == (400, "received")
        await officer.step(number, "withdrawal_confirmed", asked="yes", written="yes")
        assert (await site.store.case(number)).status == "withdrawn"


@pytest.mark.clause("BE-5a")
@pytest.mark.clause("BE-4b")
async def test_solution_has_its_agreed_day_and_the_document_lies_in_both_dossiers(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("bij-elkaar")
        number = await site.file("bij-elkaar", "BE-1")
        await officer.enter(saskia.id)
        await officer.open(number)
        await officer.step(number, "document_filed", client_dossier="yes")
        one_dossier = officer.status
        await officer.step(number, "document_filed", client_dossier="yes", own_dossier="yes")
        both = officer.status
        await officer.step(number, "solution_agreed", text="Een andere begeleider.")
        without_day = officer.status
        await officer.step(number, "solution_agreed", text="Een andere begeleider.", on="2026-07-01")
        days = {item.id: item.date for item in (await site.store.filed(number)).deadlines}
        assert (one_dossier, both, without_day, days["solution"]) == (400, 200, 400, "2026-07-01")


@pytest.mark.clause("BB-3c")
async def test_who_was_involved_or_refused_never_reads_it(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as saskia, visitor(site) as karel:
        handler = await site.staff("ben-in-de-buurt")
        number = await site.file("ben-in-de-buurt", "BB-1", refused=("Karel Bos",))
        await saskia.enter(handler.id)
        await saskia.get(f"/bureau/zaak/{number}")
        await saskia.post(f"/bureau/zaak/{number}/verklaring", involved="yes")
        await saskia.post(f"/bureau/zaak/{number}/verklaring", involved="no")
        await saskia.get(f"/bureau/zaak/{number}/tekst")
        assert STORY not in saskia.page
        page = await karel.enter("ben-in-de-buurt/karel-bos")
        listed = number in page
        await karel.get(f"/bureau/zaak/{number}")
        assert (listed, karel.status) == (False, 404)


async def test_step_on_a_page_that_is_no_longer_true_is_not_taken(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        number = await site.file("blijf-groep", "BG-1")
        await officer.enter(saskia.id)
        old = await officer.open(number)
        await officer.step(number, "talk_planned")
        officer.page = old
        await officer.step(number, "talk_held")
        assert (officer.status, "talk_held" in (await site.store.filed(number)).done) == (400, False)


async def test_dossier_comes_as_text_json_and_pdf(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        number = await site.file("blijf-groep", "BG-1")
        await officer.enter(saskia.id)
        await officer.open(number)
        plain = await officer.get(f"/bureau/zaak/{number}/tekst")
        whole = json.loads(await officer.get(f"/bureau/zaak/{number}/json"))
        await officer.get(f"/bureau/zaak/{number}/pdf")
        assert (STORY in plain, "niet gevraagd" in plain, whole["intake"]["said"]) == (True, True, [STORY])
        assert (officer.page[:5], officer.headers["Cache-Control"]) == ("%PDF-", "no-store")


async def test_case_is_held_with_a_reason_only_and_given_to_a_colleague(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        number = await site.file("blijf-groep", "BG-1")
        await officer.enter(saskia.id)
        await officer.open(number)
        await officer.post(f"/bureau/zaak/{number}/bewaren", do="hold", text="")
        assert (officer.status, (await site.store.case(number)).hold) == (400, None)
        await officer.post(f"/bureau/zaak/{number}/bewaren", do="hold", text="De rechter vroeg het.")
        await officer.post(f"/bureau/zaak/{number}/geven", to="blijf-groep/karel-bos")
        assert (await site.store.case(number)).hold == saskia.id
        assert "<p>Karel Bos</p>" in officer.page


@pytest.mark.clause("BB-3a")
async def test_complaint_at_the_counter_becomes_a_case_with_its_terms(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("ben-in-de-buurt")
        await officer.enter(saskia.id)
        await officer.get("/bureau/nieuw")
        await officer.post("/bureau/nieuw", story="")
        empty = officer.status
        await officer.post("/bureau/nieuw", story=STORY, name="Samira")
        (line,) = await site.store.cases("ben-in-de-buurt")
        assert (empty, officer.status, line.number in officer.page) == (422, 200, True)
        assert [term.deadline.id for term in line.terms] == ["settled"]
        assert STORY in await officer.open(line.number)


@pytest.mark.clause("BB-3a")
@pytest.mark.parametrize("scheme", RECEIVING)
async def test_form_by_hand_asks_what_the_chat_asks_and_keeps_what_was_filled_in(
    tmp_path: Path, scheme: str
) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff(scheme)
        await officer.enter(saskia.id)
        page = await officer.get("/bureau/nieuw")
        loaded = site.schemes.load(scheme)
        asked = [room.field for room in forms.rooms(loaded, "complaint")]
        assert [field for field in asked if f'id="f-{field}"' not in page] == []
        given = {"story": STORY, "name": "Samira", "phone": "06 12345678", "role": loaded.roles[0].id}
        if loaded.locations:
            given["location"] = loaded.locations[0].id
        await officer.post("/bureau/nieuw", **given, contact_safe="yes", came_by="phone")
        (line,) = await site.store.cases(scheme)
        dossier = await site.store.open_case(line.number, site.keys[scheme], now=site.now)
        kept = {field: answer.value for field, answer in dossier.intake.answers.items() if field in given}
        assert kept == given | {"phone": "+31612345678"}
        assert [term.deadline for term in line.terms] == list(start(loaded, "received", site.now))
        assert (dossier.intake.platform, "came_by_phone" in [mark.what for mark in dossier.timeline]) == (
            "desk", True,
        )  # fmt: skip


async def test_leave_begins_only_with_someone_who_takes_over(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        await officer.enter(saskia.id)
        await officer.get("/bureau/ik")
        await officer.post(
            "/bureau/ik/afwezig", first="2026-05-20", last="2026-05-30", stand_in="blijf-groep/ad-beheer"
        )
        wrong_role = officer.status
        await officer.post(
            "/bureau/ik/afwezig", first="2026-05-20", last="2026-05-30", stand_in="blijf-groep/karel-bos"
        )
        page = await officer.get("/bureau")
        assert (wrong_role, "Karel Bos neemt het over" in page) == (400, True)


@pytest.mark.clause("BB-3a")
async def test_terms_of_a_letter_count_from_the_day_it_came(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("ben-in-de-buurt")
        await officer.enter(saskia.id)
        await officer.get("/bureau/nieuw")
        await officer.post("/bureau/nieuw", story=STORY, received_on="2026-05-06", came_by="letter")
        (line,) = await site.store.cases("ben-in-de-buurt")
        (term,) = line.terms
        assert (line.received.date().isoformat(), term.deadline.why.start) == ("2026-05-06", "2026-05-06")
        assert term.deadline.date == "2026-06-17"
        assert "De tijd telt vanaf" in officer.page
        page = await officer.open(line.number)
        assert ("Kwam met een brief" in page, "6 mei" in page) == (True, True)


@pytest.mark.clause("BB-3a")
@pytest.mark.parametrize("day", ["2026-05-21", "2025-05-18", "morgen", "0001-01-01"])
async def test_letter_from_a_day_that_cannot_be_is_shown_again(tmp_path: Path, day: str) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("ben-in-de-buurt")
        await officer.enter(saskia.id)
        await officer.get("/bureau/nieuw")
        await officer.post("/bureau/nieuw", story=STORY, received_on=day)
        assert (officer.status, await site.store.cases("ben-in-de-buurt")) == (422, ())
        assert (STORY in officer.page, 'id="w-received"' in officer.page) == (True, True)
