"""Mail addresses: as typed, with slips that are asked about, and spoken."""

import pytest

from flows.understand import contacts
from tests.understand.labelled import context


def mails(text: str, asking: str | None = "email") -> list[tuple[object, bool, str | None]]:
    """Value, whether it is sure, and note of every address found."""
    found = contacts.find(text, context("blijf-groep", asking))
    return [(one.value, one.sure, one.note) for one in found if one.field == "email"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("samira@gmail.com", "samira@gmail.com"),
        ("Samira@Gmail.Com.", "Samira@gmail.com"),
        ("<s.el-idrissi+klacht@hotmail.nl>", "s.el-idrissi+klacht@hotmail.nl"),
        ("mailto:jan@student.hva.nl", "jan@student.hva.nl"),
        ("jan@gemeente-haarlem.nl, bel me niet", "jan@gemeente-haarlem.nl"),
        ("Jan@live.nl. Groetjes", "Jan@live.nl"),
        ("tomek@wp.pl", "tomek@wp.pl"),
        ("jan@mail.com", "jan@mail.com"),
        ("j@b.nl", "j@b.nl"),
    ],
)
def test_an_address_that_can_be_one_is_sure(text: str, value: str) -> None:
    assert mails(text) == [(value, True, None)]
    assert mails(text, None) == [(value, True, None)]


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("samira@gmial.com", "samira@gmail.com"),
        ("samira@hotmial.com", "samira@hotmail.com"),
        ("samira@outlok.com", "samira@outlook.com"),
        ("samira@gmail.con", "samira@gmail.com"),
        ("samira@ziggo.nk", "samira@ziggo.nl"),
        ("samira@gmail.nl", "samira@gmail.com"),
        ("samira@gmailcom", "samira@gmail.com"),
        ("samira@gmail", "samira@gmail.com"),
        ("samira@gmail,com", "samira@gmail.com"),
        ("samira@gmail..com", "samira@gmail.com"),
        ("samira@@gmail.com", "samira@gmail.com"),
        ("samira @ gmail . com", "samira@gmail.com"),
        ("samira.gmail.com", "samira@gmail.com"),
        ("jan@mijnbedrijf.con", "jan@mijnbedrijf.com"),
        ("samira at gmail punt com", "samira@gmail.com"),
        ("samira(at)gmail(dot)com", "samira@gmail.com"),
        ("jan punt de punt wit apenstaartje hotmail punt nl", "jan.de.wit@hotmail.nl"),
        ("jan de wit@gmail.com", "jandewit@gmail.com"),
    ],
)
def test_a_likely_slip_is_asked_with_the_likely_address_first(text: str, likely: str) -> None:
    found = [one for one in contacts.find(text, context("blijf-groep", "email")) if one.field == "email"]
    assert [(one.value, one.candidates[0], one.sure, one.note) for one in found] == [
        (likely, likely, False, "typo")
    ]


def test_the_second_candidate_of_a_slip_is_what_was_typed() -> None:
    (found,) = contacts.find("samira@gmial.com", context("blijf-groep", "email"))
    assert found.candidates == ("samira@gmail.com", "samira@gmial.com")


@pytest.mark.parametrize(
    "text", ["hij zei @ mij dat", "we kwamen at home om 3 uur", "@", "a@", "@b.nl", "zie boven"]
)
def test_an_at_alone_is_no_address(text: str) -> None:
    assert mails(text, None) == []


def test_something_like_an_address_that_cannot_be_one_is_said_to_be_so() -> None:
    assert mails("a@b") == [(None, False, "invalid_email")]


def test_whose_address_it_is_stands_in_the_note() -> None:
    assert mails("de mail van mijn zus is els@live.nl") == [("els@live.nl", True, "other:zus")]


def test_digits_in_an_address_are_no_phone_number() -> None:
    found = contacts.find("jan0612345678@gmail.com", context("blijf-groep"))
    assert [one.field for one in found] == ["email"]


def test_several_addresses_are_several_findings() -> None:
    assert mails("jan@live.nl en els@live.nl") == [("jan@live.nl", True, None), ("els@live.nl", True, None)]
