"""Dutch addresses: whole, in part, not the client's, and those that must not be known."""

import pytest

from flows.understand import contacts
from tests.understand.labelled import context


def addresses(text: str, asking: str | None = "address") -> list[tuple[object, bool, str | None]]:
    """Value, whether it is sure, and note of every address found."""
    found = contacts.find(text, context("blijf-groep", asking))
    return [(one.value, one.sure, one.note) for one in found if one.field == "address"]


@pytest.mark.parametrize(
    "text",
    [
        "Kerkstraat 12",
        "Kerkstraat 12-A, 2012 AB Haarlem",
        "kerkstr 12 2012ab haarlem",
        "Kerkstr. 12",
        "Burg. van Lennepweg 3",
        "Laan van Meerdervoort 501-2",
        "1e van der Helststraat 10-3",
        "Plein 1944 nr 5, Nijmegen",
        "'s-Gravenweg 12 Capelle aan den IJssel",
        "Singel 15, 's-Hertogenbosch",
        "2012 AB 12",
        "Postbus 2938, 1000 CX Amsterdam",
        "Rembrandt 12",
    ],
)
def test_an_address_is_read_whole_as_it_was_typed(text: str) -> None:
    assert addresses(text) == [(text, True, None)]


@pytest.mark.parametrize(
    ("text", "value"), [("2012 AB", "2012 AB"), ("haarlem", "haarlem"), ("in Heemskerk", "Heemskerk")]
)
def test_a_part_of_an_address_is_asked_on(text: str, value: str) -> None:
    assert addresses(text) == [(value, False, "partial")]


@pytest.mark.parametrize(
    "text",
    [
        "via de opvang",
        "ik woon in de opvang",
        "geheim adres",
        "dat is geheim",
        "ik heb een briefadres",
        "opvang, Kerkstraat 5 Haarlem",
        "ik zit in de opvang op de Kerkstraat 5, 2012 AB Haarlem",
    ],
)
def test_a_shelters_address_is_never_kept(text: str) -> None:
    assert addresses(text) == [("none", True, "shelter")]


@pytest.mark.parametrize(
    "text", ["mijn adres is geheim", "ik heb een geheim adres", "niemand mag weten waar ik woon"]
)
def test_an_address_that_must_not_be_known_is_heard_whatever_was_asked(text: str) -> None:
    assert addresses(text, None) == [("none", True, "shelter")]


@pytest.mark.parametrize(
    "text",
    [
        "Ik woon in de opvang in haarlem",
        "het gebeurde op de Dorpsstraat 12 toen ik langs fietste",
        "ze kwamen naar de Kerkstraat 12 in Haarlem",
        "hij woont op de Kerkstraat 12",
        "ik ging 3 keer weg 2 keer terug",
        "in 2012 ab ik",
        "er waren 1500 mensen en in 2025 is het gestopt",
        "op weg 3 auto's",
    ],
)
def test_where_something_happened_is_not_where_the_client_lives(text: str) -> None:
    assert addresses(text, None) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ik woon op de Molenlaan 33 in Heemskerk", "Molenlaan 33 in Heemskerk"),
        ("mijn adres is Dorpsstraat 1, 1234 AB Haarlem", "Dorpsstraat 1, 1234 AB Haarlem"),
        ("I live at Kerkstraat 12", "Kerkstraat 12"),
    ],
)
def test_an_address_that_is_said_to_be_ones_own_is_read_in_a_story(text: str, value: str) -> None:
    assert addresses(text, None) == [(value, True, None)]


@pytest.mark.parametrize("text", ["geen vast adres", "dakloos", "ik heb geen adres"])
def test_no_address_is_the_value_none(text: str) -> None:
    assert addresses(text) == [("none", True, None)]


@pytest.mark.parametrize("text", ["overslaan", "ja", "weet ik niet", "12 mei", "ik woon bij mijn moeder"])
def test_what_is_no_address_is_not_kept_as_one(text: str) -> None:
    assert addresses(text) == []
