"""The client's name: said, signed, answered; never another's, and never what someone is or feels."""

import pytest

from flows.understand import contacts
from tests.understand.labelled import context


def names(text: str, asking: str | None = None) -> list[object]:
    """The names found."""
    found = contacts.find(text, context("blijf-groep", asking))
    return [one.value for one in found if one.field == "name"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ik ben samira", "samira"),
        ("Ik ben Xanthippe.", "Xanthippe"),
        ("ik heet özgür yılmaz", "özgür yılmaz"),
        ("Mijn naam is Anne-Marie van 't Hof", "Anne-Marie van 't Hof"),
        ("mn naam is jan de vries mijn nummer is 0612345678", "jan de vries"),
        ("Ik ben Mohamed Amin el Idrissi uit Haarlem", "Mohamed Amin el Idrissi"),
        ("noem me maar Sam", "Sam"),
        ("je mag me Sam noemen", "Sam"),
        ("Samira heet ik", "Samira"),
        ("mijn dochter heet Lisa en ik heet Fatima", "Fatima"),
        ("Naam: Jan Jansen\nTel: 06-12345678", "Jan Jansen"),
        ("Jan Jansen\nDorpsstraat 1\n1234 AB Haarlem", "Jan Jansen"),
        ("Niemand doet iets. Groetjes, Naïma", "Naïma"),
        ("Ik wil sorry horen.\nMet vriendelijke groet,\nW. Jansen", "W. Jansen"),
        ("Niemand doet iets.\n\nSamira", "Samira"),
        ("My name is Olena Kovalenko", "Olena Kovalenko"),
        ("benim adım Mehmet", "Mehmet"),
        ("Nazywam się Katarzyna Wójcik", "Katarzyna Wójcik"),
        ("мене звати Оксана", "Оксана"),
        ("اسمي أحمد", "أحمد"),
    ],
)
def test_a_name_that_is_said_or_signed_is_read(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "ik ben bang voor mijn begeleider",
        "IK BEN HEEL BOOS",
        "Ik ben moeder van twee kinderen",
        "Ik ben Cliënt bij jullie",
        "Ik ben Turks",
        "ik ben 9",
        "ik ben doodmoe van alles",
        "Ik ben HSP",
        "ik ben daan kwijt",
        "ik ben jan tegengekomen",
        "ik ben Samira haar moeder",
        "Ik ben Daans moeder",
        "mijn zoon heet Daan",
        "hij heet Daan",
        "zijn naam is Daan",
        "de begeleider, Jan, lachte",
        "het is heet in mijn kamer",
        "mijn naam staat overal verkeerd",
        "groetjes aan mama",
        "ik kreeg de groeten van Daan",
        "I'm scared of my coach",
        "I am Turkish and I need help",
    ],
)
def test_what_is_not_the_clients_name_is_not_read_as_one(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sam",
        "samira el idrissi",
        "Jan van der Berg",
        "J. de Boer",
        "mevrouw de Wit",
        "Jean-Pierre d'Hondt",
        "Xqy",
        "Ali B",
        "محمد علي",
    ],
)
def test_a_text_that_is_nothing_but_a_name_answers_the_question(text: str) -> None:
    assert names(text, "name") == [text]


@pytest.mark.parametrize(
    "text",
    ["waarom wil je dat weten", "weet ik niet", "ja", "nee", "Haarlem", "sla over", "mijn zoon heet Daan"],
)
def test_what_is_no_name_does_not_answer_the_question(text: str) -> None:
    assert names(text, "name") == []


@pytest.mark.parametrize(
    "text", ["anoniem", "ik wil anoniem blijven", "zeg ik niet", "liever niet", "geen naam"]
)
def test_staying_unknown_is_the_value_none(text: str) -> None:
    assert names(text, "name") == ["none"]


def test_a_name_that_is_asked_ends_where_something_else_begins() -> None:
    assert names("Jan de Vries 0612345678", "name") == ["Jan de Vries"]
    assert names("Bo, maar zeg het niet door", "name") == ["Bo"]
