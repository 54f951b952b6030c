"""Officers are reminded by mail: in hours, once, without content, and never who had a part in it."""

from pathlib import Path

import pytest

from bot.reminders.round import one_round
from bot.reminders.sweep import sweep
from bot.schemes import Schemes
from flows.effects import EndTerm, Note, Notify
from storage.absences import Absence
from storage.records import Address
from tests.reminders.office import (
    ADDRESS,
    BOSS,
    KAREL,
    NUMBER,
    ORIGIN,
    SASKIA,
    SCHEMES,
    Office,
    at,
    office,
    own_schemes,
)
from tests.reminders.postbox import links
from tests.storage.made import HANDLER, NOW, SCHEME, STORY, deadline, file

__all__ = ["office"]


@pytest.mark.clause("BG-8")
async def test_handler_stand_in_and_manager_are_told_one_after_the_other(office: Office) -> None:
    await office.given()
    assert await office.told("2026-05-25T12:00") == []
    assert await office.told("2026-05-26T09:00") == [SASKIA]
    assert await office.told("2026-05-28T09:00") == [KAREL, SASKIA]
    assert await office.told("2026-05-29T09:00") == [KAREL, BOSS, SASKIA]
    assert await office.told("2026-06-30T09:00") == []


async def test_mail_holds_number_term_day_and_link_and_nothing_of_what_was_told(office: Office) -> None:
    await office.given()
    await office.round("2026-05-26T09:00")
    (mail,) = office.box.mails
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert (mail["Subject"], mail["Auto-Submitted"]) == (f"Gehoord {NUMBER}", "auto-generated")
    assert plain.get_content().splitlines() == [
        "Dit moet nog gebeuren.",
        "",
        NUMBER,
        "De klachtenfunctionaris neemt contact op",
        "Uiterlijk donderdag 28 mei 2026.",
        f"{ORIGIN}/bureau/zaak/{NUMBER}",
        f"Gedaan: {links(mail)[0]}",
        f"Later vandaag: {links(mail)[1]}",
        "",
        "Log in om het te lezen. In deze mail staat niet waar het over gaat.",
    ]
    whole = mail.as_string() + page.get_content()
    assert [word for word in ("Samira", STORY[:20], "Haarlem", "Blijf") if word in whole] == []


async def test_nobody_is_reminded_of_a_step_that_is_done(office: Office) -> None:
    await office.given()
    await office.store.act(NUMBER, office.saskia, (EndTerm(NUMBER, "contact", "contact_made"),), now=NOW)
    assert await office.told("2026-05-29T09:00") == []


async def test_nobody_is_reminded_outside_office_hours(office: Office) -> None:
    await office.given()
    assert await office.told("2026-05-26T08:59") == []
    assert await office.told("2026-05-28T20:00") == []
    assert await office.told("2026-05-29T09:00") == [KAREL, BOSS, SASKIA]


async def test_what_came_while_nothing_ran_is_told_once_as_missed(office: Office) -> None:
    await office.given()
    assert await office.told("2026-06-01T11:00") == [KAREL, BOSS, SASKIA]
    text = office.box.to(SASKIA)[0].get_body(("plain",))
    assert text is not None
    assert "Te laat: het moest op donderdag 28 mei 2026 klaar zijn. Hier kwam eerder geen bericht over." in (
        text.get_content().splitlines()
    )


async def test_several_terms_at_once_are_one_mail(office: Office) -> None:
    for number in ("BG-1111-11", "BG-2222-22", "BG-3333-33"):
        await file(office.store, number=number, claim_code="", address=Address("web", number, SCHEME))
    await office.round("2026-05-26T09:00")
    (mail,) = office.box.mails
    assert mail["Subject"] == "Gehoord"
    assert [number for number in ("BG-1111-11", "BG-2222-22", "BG-3333-33") if number in mail.as_string()] == [
        "BG-1111-11", "BG-2222-22", "BG-3333-33",
    ]  # fmt: skip


async def test_who_is_away_is_replaced_by_the_stand_in(office: Office) -> None:
    await office.given()
    away = Absence(at("2026-05-20T00:00").date(), at("2026-06-10T00:00").date(), f"{SCHEME}/karel-bos")
    await office.store.announce(away, office.saskia, now=NOW)
    assert await office.told("2026-05-26T09:00") == [KAREL]


async def test_stand_in_of_another_role_is_reminded_on_the_days_of_absence_alone(office: Office) -> None:
    await office.given()
    away = Absence(at("2026-05-28T00:00").date(), at("2026-05-28T00:00").date(), f"{SCHEME}/marga-baas")
    await office.store.announce(away, office.saskia, now=NOW)
    assert await office.told("2026-05-26T09:00") == [SASKIA]
    assert await office.told("2026-05-28T09:00") == [KAREL, BOSS]
    assert await office.told("2026-05-29T09:00") == [KAREL, BOSS, SASKIA]


async def test_case_that_was_given_is_told_to_who_has_it_now_alone_and_once(office: Office) -> None:
    await office.given()
    for to in ("karel-bos", "saskia-de-vries", "karel-bos"):
        orders = (Note(NUMBER, f"assigned:{SCHEME}/{to}"), Notify(NUMBER, HANDLER, "given"))
        await office.store.act(NUMBER, office.saskia, orders, now=NOW)
    assert await office.told("2026-05-20T12:05") == [KAREL]
    text = office.box.to(KAREL)[0].get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines()[2:5] == [
        NUMBER,
        "Een collega gaf dit door. Pak het op.",
        f"{ORIGIN}/bureau/zaak/{NUMBER}",
    ]


@pytest.mark.clause("BB-3c")
async def test_who_was_refused_by_the_client_hears_nothing(office: Office) -> None:
    await file(office.store, refused=("mevrouw Baas", "Saskia"))
    assert await office.told("2026-05-29T09:00") == [KAREL]


@pytest.mark.clause("BB-3c")
async def test_who_said_that_they_were_involved_hears_nothing_more(office: Office) -> None:
    await office.given()
    await office.store.act(NUMBER, office.saskia, (Note(NUMBER, "involved_declared"),), now=NOW)
    assert await office.told("2026-05-26T09:00") == [KAREL]


async def test_mail_that_waits_for_who_turns_out_to_be_involved_goes_to_the_next(office: Office) -> None:
    await office.given()
    await file(office.store, number="BG-2222-22", claim_code="", address=Address("web", "2", SCHEME))
    hers = Note("BG-2222-22", f"assigned:{SCHEME}/saskia-de-vries")
    await office.store.act("BG-2222-22", office.saskia, (hers,), now=NOW)
    office.box.later = {SASKIA}
    assert await office.told("2026-05-26T09:00") == []
    await office.store.act(NUMBER, office.saskia, (Note(NUMBER, "involved_declared"),), now=NOW)
    office.box.later = set()
    assert await office.told("2026-05-26T10:00") == [KAREL, SASKIA]
    found = [(str(mail["To"]), str(mail["Subject"])) for mail in office.box.mails]
    assert sorted(found) == [(KAREL, f"Gehoord {NUMBER}"), (SASKIA, "Gehoord BG-2222-22")]


async def test_who_asked_for_later_and_hears_of_the_next_rung_is_told_once(office: Office) -> None:
    await office.given()
    await office.round("2026-05-26T09:00")
    await office.store.snooze(NUMBER, "contact", f"{SCHEME}/saskia-de-vries", at("2026-05-27T16:00"))
    await office.round("2026-05-28T09:00")
    mails = [mail.get_body(("plain",)) for mail in office.box.to(SASKIA)]
    assert [body.get_content().splitlines().count(NUMBER) for body in mails if body is not None] == [1, 1]


async def test_rungs_that_open_together_after_a_stop_are_told_as_the_last_of_the_ladder(
    office: Office,
) -> None:
    await file(office.store, deadlines=(deadline(date="2026-06-25"),))
    assert await office.told("2026-06-27T20:00") == []
    due = await office.store.due_rungs(at("2026-06-29T09:00"))
    assert {one.due for one in due} == {at("2026-06-29T09:00")}
    await sweep(office.store, SCHEMES, at("2026-06-29T09:00"))
    waiting = await office.store.claim_mail(at("2026-06-29T09:00"))
    assert waiting is not None
    assert [(item.rung, item.missed) for item in waiting.items] == [
        ("overdue", ("half_way", "before", "day")),
    ]  # fmt: skip


async def test_notice_that_does_not_wait_is_told_however_many_wait_before_it(
    office: Office, tmp_path: Path
) -> None:
    always = always_urgent(tmp_path)
    await office.given()
    orders = [Notify(NUMBER, HANDLER, "client_unresolved") for _ in range(120)]
    await office.store.act(NUMBER, office.saskia, orders, now=NOW)
    await office.store.act(
        NUMBER, office.saskia, (Notify(NUMBER, HANDLER, "new_case", urgent=True),), now=NOW
    )
    await one_round(office.store, always, office.box.setting, ORIGIN, lambda: at("2026-05-23T03:00"))
    assert sorted(str(mail["To"]) for mail in office.box.mails) == [KAREL, SASKIA]


async def test_address_of_the_scheme_is_told_when_nobody_is_left(office: Office) -> None:
    await file(office.store, refused=("Karel", "Marga"))
    await office.store.act(NUMBER, office.saskia, (Note(NUMBER, "involved_declared"),), now=NOW)
    assert await office.told("2026-05-29T09:00") == [ADDRESS]


@pytest.mark.clause("BB-3c")
@pytest.mark.parametrize("last", [BOSS, ADDRESS])
async def test_who_was_involved_after_all_is_replaced_by_the_next_down_to_the_address(
    office: Office, last: str
) -> None:
    await office.given()
    if last == ADDRESS:
        await office.store.disable(f"{SCHEME}/marga-baas", now=NOW)
    told = (Notify(NUMBER, HANDLER, "handler_needed", urgent=True),)
    await office.store.withdraw_reader(NUMBER, office.saskia.id, office.saskia, told, now=NOW)
    first = await office.told("2026-05-20T12:05")
    await office.store.withdraw_reader(NUMBER, f"{SCHEME}/karel-bos", None, told, now=NOW)
    assert (first, await office.told("2026-05-20T12:06")) == ([KAREL], [last])


async def test_new_complaint_is_told_to_all_who_can_read_it(office: Office) -> None:
    await office.given()
    await office.store.act(NUMBER, office.saskia, (Notify(NUMBER, HANDLER, "new_case"),), now=NOW)
    assert await office.told("2026-05-20T12:05") == [KAREL, SASKIA]
    assert await office.told("2026-05-20T12:06") == []


async def test_urgent_notice_is_a_mail_of_its_own_and_waits_for_the_office_to_open(office: Office) -> None:
    await office.given()
    await office.store.act(
        NUMBER, office.saskia, (Notify(NUMBER, HANDLER, "new_case", urgent=True),), now=NOW
    )
    assert await office.told("2026-05-26T08:00") == []
    await office.round("2026-05-26T09:00")
    subjects = sorted(str(mail["Subject"]) for mail in office.box.to(SASKIA))
    assert subjects == [f"Gehoord {NUMBER}", f"Nu: Gehoord {NUMBER}"]


def always_urgent(folder: Path) -> Schemes:
    """The schemes, of which this one wants to hear of danger at any hour."""
    own = "reminders: {if_nobody: officer"
    found = own_schemes(folder, own, f"{own}, urgent: always")
    assert found.load(SCHEME).reminders.urgent == "always"
    return found


async def test_urgent_notice_goes_out_at_night_where_the_scheme_says_always(
    office: Office, tmp_path: Path
) -> None:
    always = always_urgent(tmp_path)
    await office.given()
    for what, urgent in (("new_case", True), ("handler_needed", False)):
        told = (Notify(NUMBER, HANDLER, what, urgent=urgent),)
        await office.store.act(NUMBER, office.saskia, told, now=NOW)
    await one_round(office.store, always, office.box.setting, ORIGIN, lambda: at("2026-05-23T03:00"))
    assert sorted((str(mail["To"]), str(mail["Subject"])) for mail in office.box.mails) == [
        (KAREL, f"Nu: Gehoord {NUMBER}"),
        (SASKIA, f"Nu: Gehoord {NUMBER}"),
    ]
