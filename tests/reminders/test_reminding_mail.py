"""Mail that is refused, put off, cut off or overtaken: somebody hears in time, and nobody twice."""

from pathlib import Path

import pytest

from bot.reminders.round import one_round
from flows.effects import EndTerm, Note
from storage.records import Address
from storage.sqlite import writer
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
from tests.storage.held import Held
from tests.storage.made import NOW, SCHEME, deadline, file

__all__ = ["office"]


async def test_mail_that_is_refused_climbs_to_the_next(office: Office) -> None:
    await office.given()
    office.box.refused = {SASKIA}
    assert await office.told("2026-05-26T09:00") == [KAREL]
    assert dict(await office.store.tally()) == {"posted": 2, "diverted": 1, "sent": 1}


async def test_officer_without_an_address_does_not_keep_the_next_from_hearing(office: Office) -> None:
    await office.given()
    await office.store.set_contact(f"{SCHEME}/saskia-de-vries", "", now=NOW)
    assert await office.told("2026-05-26T09:00") == [KAREL]


@pytest.mark.parametrize("answer", ["451 4.3.0 busy", "421 4.3.2 closing"])
async def test_mail_that_the_server_puts_off_comes_later_under_the_same_id(
    office: Office, answer: str
) -> None:
    await office.given()
    office.box.answers = [answer]
    assert await office.told("2026-05-26T09:00") == []
    assert await office.told("2026-05-26T09:00") == []
    assert await office.told("2026-05-26T09:01") == [SASKIA]
    assert dict(await office.store.tally()) == {"posted": 1, "held": 1, "sent": 1}


async def test_mail_that_was_taken_goes_out_once_though_another_process_writes_for_long(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 1)
    await office.given()
    held = Held(office.store, "mailed")
    now = at("2026-05-26T09:00")
    await one_round(held, SCHEMES, office.box.setting, ORIGIN, lambda: now)  # type: ignore[arg-type]
    assert (held.busy, [mail["To"] for mail in office.box.mails]) == (2, [SASKIA])
    assert await office.told("2026-05-26T09:05") == []


async def test_connection_that_is_cut_after_the_mail_repeats_it_under_the_same_message_id(
    office: Office,
) -> None:
    await office.given()
    office.box.cut = 1
    await office.round("2026-05-26T09:00")
    await office.round("2026-05-26T09:01")
    assert len({str(mail["Message-ID"]) for mail in office.box.mails}) == 1
    assert (len(office.box.mails), dict(await office.store.tally())["held"]) == (2, 1)


async def test_mail_that_is_only_ever_put_off_climbs_to_the_next_after_two_days(office: Office) -> None:
    await office.given()
    office.box.later = {SASKIA}
    assert await office.told("2026-05-26T09:00") == []
    assert await office.told("2026-05-27T16:00") == []
    await office.round("2026-05-28T10:00")
    assert [str(mail["To"]) for mail in office.box.mails if SASKIA in str(mail["To"])] == []
    assert dict(await office.store.tally())["diverted"] == 1
    assert len(office.box.to(KAREL)) == 2  # the reminder of the day itself, and Saskia's of two days before


async def test_line_of_which_all_others_were_told_stays_in_the_mail_of_which_the_rest_climbs(
    office: Office, tmp_path: Path
) -> None:
    own = own_schemes(tmp_path, "reminders: {if_nobody: officer}\n", "")
    await office.given()
    hers = (Note("BG-2222-22", f"assigned:{SCHEME}/saskia-de-vries"),)
    await file(office.store, number="BG-2222-22", claim_code="", address=Address("web", "2", SCHEME),
               deadlines=(deadline(date="2026-06-02"),))  # fmt: skip
    await office.store.act("BG-2222-22", office.saskia, hers, now=NOW)
    await office.round("2026-05-28T09:00")
    office.box.mails.clear()
    office.box.later = {SASKIA}
    for when in ("2026-05-29T09:00", "2026-06-01T09:00"):
        await one_round(office.store, own, office.box.setting, ORIGIN, lambda when=when: at(when))
    office.box.later = set()
    await one_round(office.store, own, office.box.setting, ORIGIN, lambda: at("2026-06-01T11:00"))
    found = [(str(mail["To"]), str(mail["Subject"])) for mail in office.box.mails]
    assert sorted(found) == [
        (KAREL, "Gehoord BG-2222-22"), (KAREL, f"Gehoord {NUMBER}"), (BOSS, f"Gehoord {NUMBER}"),
        (SASKIA, f"Gehoord {NUMBER}"),
    ]  # fmt: skip


async def test_mail_that_is_put_off_is_tried_on_when_nobody_else_is_left(office: Office) -> None:
    await file(office.store, refused=("Karel", "Marga"))
    await office.store.act(NUMBER, office.saskia, (Note(NUMBER, "involved_declared"),), now=NOW)
    office.box.later = {ADDRESS}
    assert await office.told("2026-05-26T09:00") == []
    assert await office.told("2026-05-28T16:00") == []
    office.box.later = set()
    assert set(await office.told("2026-05-29T16:00")) == {ADDRESS}
    assert "lost" not in dict(await office.store.tally())


async def test_done_meanwhile_is_not_told_by_a_mail_that_waited(office: Office) -> None:
    await office.given()
    office.box.answers = ["451 busy"]
    await office.round("2026-05-26T09:00")
    await office.store.act(NUMBER, office.saskia, (EndTerm(NUMBER, "contact", "contact_made"),), now=NOW)
    assert await office.told("2026-05-26T10:00") == []
    assert dict(await office.store.tally())["dropped"] == 1


async def test_process_that_was_killed_while_it_sent_repeats_at_most_that_mail_and_counts_it(
    office: Office,
) -> None:
    await office.given()
    office.box.answers = ["451 busy"]
    await office.round("2026-05-26T09:00")
    taken = await office.store.claim_mail(at("2026-05-26T09:01"))  # and then it is killed
    assert taken is not None
    assert await office.told("2026-05-26T09:02") == []
    assert await office.told("2026-05-26T09:03") == [SASKIA]
    assert (office.box.mails[0]["Message-ID"], dict(await office.store.tally())["again"]) == (
        f"<{taken.id}@example.org>", 1,
    )  # fmt: skip
