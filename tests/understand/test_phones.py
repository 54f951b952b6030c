"""Telephone numbers: how they are written, whose they are, and what is none."""

import pytest

from flows.understand import contacts
from tests.understand.labelled import context


def phones(text: str, asking: str | None = None) -> list[tuple[object, str | None]]:
    """The value and note of every number found."""
    found = contacts.find(text, context("blijf-groep", asking))
    return [(one.value, one.note) for one in found if one.field == "phone"]


WRITTEN = (
    "06-12345678",
    "06 12 34 56 78",
    "0612345678",
    "+31 6 12345678",
    "+31612345678",
    "0031612345678",
    "0031 (0)6 12345678",
    "06.12.34.56.78",
    "06/12345678",
    "06 - 1234 5678",
    "(06)12345678",
    "06_12345678",
    "O6-12345678",
    "31612345678",
    "+31 06 12345678",
    "nul zes een twee drie vier vijf zes zeven acht",
    "06 is 12345678",
    "06\u201112345678",
    "nul zes twaalf vierendertig zesenvijftig achtenzeventig",
    "zero six one two three four five six seven eight",
    "٠٦١٢٣٤٥٦٧٨",
)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_is_read_however_it_is_written(written: str) -> None:
    assert phones(written, "phone") == [("+31612345678", None)]
    assert phones(f"mijn nummer is {written}, graag", "phone") == [("+31612345678", None)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("(023) 5 31 22 33", "+31235312233"),
        ("020 1234567", "+31201234567"),
        ("+49 1512 3456789", "+4915123456789"),
        ("+90 532 123 45 67", "+905321234567"),
        ("0048 601 234 567", "+48601234567"),
    ],
)
def test_land_lines_and_numbers_abroad_are_read(written: str, value: str) -> None:
    assert phones(written, "phone") == [(value, None)]


@pytest.mark.parametrize(
    "text",
    [
        "het was op 06-05-2026",
        "06/12/2025 en 07/12/2025",
        "van 09.00 tot 17.00 uur",
        "er ging 1.250,00 euro van NL91ABNA0417164300 af",
        "NL20 INGB 0001 2345 67",
        "mijn zaaknummer is 0612345678",
        "rekening 0417164300",
        "1234 AB 12",
        "kamer 12, huis 34, 9 jaar",
        "order 0612345678901",
        "a0612345678",
        "€ 0612345678",
    ],
)
def test_digits_of_something_else_are_no_number(text: str) -> None:
    assert phones(text) == []


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("06-1234567", "invalid_phone"),
        ("06-123456789", "invalid_phone"),
        ("06 12345678 9", "invalid_phone"),
        ("612345678", "invalid_phone"),
        ("0000000000", "invalid_phone"),
        ("112", "emergency_number"),
        ("1-1-2", "emergency_number"),
        ("113", "emergency_number"),
        ("0800-0432", "service_number"),
        ("0900-8844", "service_number"),
        ("14023", "service_number"),
        ("123456782", "bsn"),
        ("mijn bsn is 123456782", "bsn"),
    ],
)
def test_what_is_no_number_of_ones_own_is_named_and_never_kept(text: str, note: str) -> None:
    assert phones(text, "phone") == [(None, note)]


def test_a_citizen_number_is_never_a_phone_where_nothing_was_asked_either() -> None:
    assert phones("mijn burgerservicenummer: 123456782") == [(None, "bsn")]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("het nummer van mijn moeder is 06-12345678", "other:moeder"),
        ("mama 06-12345678", "other:moeder"),
        ("06-12345678 (van mijn zus)", "other:zus"),
        ("06-12345678 dat is het nummer van mijn dochter", "other:dochter"),
        ("my mother's number is 06-12345678", "other:moeder"),
        ("haar nummer is 06-12345678", "other:haar"),
        ("mijn moeder zegt dat je mij kan bellen op 06-12345678", None),
        ("ik ben de moeder van Daan, mijn nummer is 06-12345678", None),
        ("Ze belden mij op 06-12345678", None),
    ],
)
def test_whose_number_it_is_stands_in_the_note(text: str, note: str | None) -> None:
    assert phones(text) == [("+31612345678", note)]


@pytest.mark.parametrize(
    "text", ["ik heb 023-5312233 gebeld", "ik belde 0612345678", "ik heb gebeld naar 023-5312233"]
)
def test_a_number_that_the_client_called_is_left_out(text: str) -> None:
    assert phones(text) == []


def test_several_numbers_are_several_findings_in_their_order() -> None:
    assert phones("06-12345678 of thuis 023-5312233") == [("+31612345678", None), ("+31235312233", None)]
    assert phones("0612345678 0687654321") == [("+31612345678", None), ("+31687654321", None)]
    assert phones("bel me op 06-12345678 of mijn zus op 06-87654321") == [
        ("+31612345678", None),
        ("+31687654321", "other:zus"),
    ]


def test_a_number_is_not_lengthened_by_what_stands_behind_it() -> None:
    assert phones("06-12345678 12 mei") == [("+31612345678", None)]
    assert phones("0612345678 9 jaar") == [("+31612345678", None)]


def test_the_words_of_a_number_are_what_was_typed() -> None:
    found = contacts.find("bel (06) 12 34 56 78 maar", context("blijf-groep"))
    assert [one.words for one in found if one.field == "phone"] == ["(06) 12 34 56 78"]
