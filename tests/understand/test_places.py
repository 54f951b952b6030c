"""Where it was: a location of the scheme, and never a name, a street or a place of before."""

import pytest

from flows.scheme import Location
from flows.understand.gazetteer import Gazetteer
from flows.understand.phrases import Words
from flows.understand.places import find
from tests.understand import labelled

FIELDS = ("location", "role")


def read(text: str, *, asked: bool = False, scheme: str = "blijf-groep") -> object:
    """The location found for sure, the candidates in a tuple, or None."""
    found = find(Words(text), Gazetteer(labelled.context(scheme).scheme.locations), asked=asked)
    if found is None:
        return None
    return found.value if found.sure else found.candidates


def verdicts(part: str) -> list[labelled.Verdict]:
    return [verdict for case in labelled.places_roles(part) for verdict in labelled.verdicts(case, FIELDS)]


def test_every_text_of_the_development_part_is_read_as_it_is_labelled() -> None:
    assert [str(verdict) for verdict in verdicts("dev") if verdict.verdict != "right"] == []


def test_the_frozen_part_is_read_right_and_hardly_ever_wrong() -> None:
    counted = labelled.count(verdicts("frozen"))
    assert counted["right"] >= 0.97 * counted.total()
    assert counted["wrong"] <= 0.005 * counted.total()


def test_there_are_two_hundred_texts_about_where_and_who() -> None:
    assert len(labelled.places_roles("dev")) + len(labelled.places_roles("frozen")) >= 200


@pytest.mark.clause("BG-6e")
@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("almere", "almere"),
        ("vt flevoland", "veilig-thuis-flevoland"),
        ("vt flevo", "veilig-thuis-flevoland"),
        ("almeer", "almere"),
        ("inalmere", "almere"),
        ("Alkmar", "alkmaar"),
        ("amsterdam", "amsterdam"),
        ("zaanstrek", "zaanstreek"),
        ("harlem", "haarlem"),
    ],
)
def test_a_location_is_known_by_its_name_a_short_form_and_a_typing_error(text: str, location: str) -> None:
    assert read(text, asked=True) == location


@pytest.mark.clause("BG-6e")
def test_a_place_around_a_location_means_that_location() -> None:
    assert read("ik zit in de opvang in zaandam") == "zaanstreek"


@pytest.mark.clause("BG-6e")
def test_a_place_around_two_locations_is_asked() -> None:
    assert read("ik woon in Lelystad") == ("almere", "veilig-thuis-flevoland")


@pytest.mark.clause("CJ-11")
def test_a_region_is_known_by_each_of_its_towns() -> None:
    assert [read(town, asked=True, scheme="cjg-kennemerland") for town in ("Heemskerk", "zandvoort", "Overveen")] == [
        "ijmond", "haarlem-zandvoort", "bloemendaal",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "mevrouw van Haarlem was boos",
        "in de Haarlemmerstraat",
        "ik ben geboren in Amsterdam",
        "mijn ouders wonen in Alkmaar",
        "mail naar info@almere.nl",
        "kijk op www.almere.nl",
        "ik kom uit Amsterdam",
        "haar kamer is groter",
        "hij was alsmaar boos",
    ],
)
def test_what_only_sounds_like_a_place_is_no_location(text: str) -> None:
    assert read(text) is None


def test_a_municipality_is_not_sure_in_a_story_and_is_an_answer_when_asked() -> None:
    assert (read("de gemeente Almere besloot dat"), read("de gemeente Almere", asked=True)) == ((), "almere")


def test_a_scheme_without_places_around_still_knows_its_own() -> None:
    gazetteer = Gazetteer((Location("oost", {"nl": "Team Oost (Winterswijk en Aalten)"}),))
    found = find(Words("het was bij het team in winterswijk"), gazetteer, asked=False)
    assert found is not None
    assert (found.value, found.words) == ("oost", "winterswijk")


def test_a_scheme_without_locations_finds_none() -> None:
    assert find(Words("in Haarlem"), Gazetteer(()), asked=True) is None
