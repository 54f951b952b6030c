"""A sixth organisation is a file: complaint, confidant and disputes body, without a line of Python."""

from datetime import datetime

import pytest

from tests.conversing import AMSTERDAM, Client

THURSDAY = datetime(2026, 5, 21, 11, 0, tzinfo=AMSTERDAM)


@pytest.mark.clause("DC-4")
def test_a_complaint_is_filed_with_the_terms_of_that_organisation() -> None:
    client = Client("dorpszorg", now=THURSDAY).says(
        "De soep was gisteren koud in het Lindehuis, ik krijg eten van jullie"
    )
    for _ in range(8):
        if client.session.state == "checking":
            break
        client.says("ja" if client.session.pending else "sla over")
    client.chooses("send")

    filed = client.filed
    assert filed.recipients == ("luisteraar",)
    assert filed.number.startswith("DZL-")
    assert {deadline.id: deadline.date for deadline in filed.deadlines}["belterm"] == "2026-05-28"
    assert {field: client.value(field) for field in ("location", "role")} == {
        "location": "lindehuis",
        "role": "dorpsgenoot",
    }


@pytest.mark.clause("DC-3")
def test_its_confidant_is_offered_with_what_its_source_says() -> None:
    client = Client("dorpszorg", now=THURSDAY).chooses("confidant")
    assert "bel 088 123 4567, gratis" in client.lines
    assert "kijk op https://steunpuntdorpen.example.org" in client.lines


def test_who_may_not_read_it_is_chosen_by_name() -> None:
    client = Client("dorpszorg").says("De soep was koud")
    for _ in range(10):
        if client.session.state == "checking":
            break
        client.says("ja" if client.session.pending else "sla over")
    client.does(["unreadable"], ["name:Toos Wiarda"])
    client.chooses("send")
    assert client.filed.refused == ("Toos Wiarda",)


def test_the_form_of_its_disputes_body_is_made_ready() -> None:
    client = Client("dorpszorg").does("help", ["process"], ["more"], ["rung:kamer"], "De soep is koud")
    for _ in range(6):
        if client.session.pending == "sent":
            break
        client.says("sla over")
    assert "formulier: https://geschillenkamer.example.org/melden" in client.lines
    assert "wat er is gebeurd: De soep is koud" in client.lines
