"""Who writes and for whom: read from a relation, a profession or where someone lives."""

import pytest

from flows.understand import understand
from tests.understand.labelled import context


def role(text: str, scheme: str = "blijf-groep", asked: str | None = None) -> object:
    found = understand(text, context(scheme, asked)).findings.get("role")
    return found.value if found is not None and found.sure else None


def behalf(text: str, scheme: str = "blijf-groep", asked: str | None = None) -> object:
    found = understand(text, context(scheme, asked)).findings.get("behalf")
    return found.value if found is not None and found.sure else None


@pytest.mark.clause("BG-6c", "BG-3")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik woon in de opvang", "client"),
        ("mijn begeleider luistert niet", "client"),
        ("gisteren, locatie haarlem, ben client, Els", "client"),
        ("mijn vriendin zit bij jullie", "partner"),
        ("ik ben haar moeder", "family"),
        ("als buurvrouw hoor ik alles", "private"),
        ("ik ben huisarts", "professional"),
        ("ik ben wijkagent", "professional"),
    ],
)
def test_a_role_follows_from_what_someone_says_of_themselves(text: str, expected: str) -> None:
    assert role(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "mijn man sloeg mij",
        "ik ben moe",
        "ik ben bang voor mijn ex",
        "een medewerker lachte",
        "ben geen client",
    ],
)
def test_naming_someone_makes_nobody_that_person(text: str) -> None:
    assert role(text) is None


def test_a_mother_who_lives_in_the_shelter_is_a_client() -> None:
    assert role("ik ben moeder van drie kinderen en woon in de opvang") == "client"


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("blijf-groep", "family"),
        ("ik-ben-er-ook", "parent"),
        ("cjg-kennemerland", "parent"),
        ("ben-in-de-buurt", "family"),
    ],
)
def test_a_mother_has_the_nearest_role_that_the_scheme_knows(scheme: str, expected: str) -> None:
    assert role("ik ben haar moeder", scheme) == expected


def test_two_roles_that_say_as_much_are_asked() -> None:
    found = understand("ik ben haar buurvrouw en ik ben haar huisarts", context("blijf-groep")).findings[
        "role"
    ]
    assert (found.sure, found.candidates, found.note) == (False, ("private", "professional"), "ambiguous")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mijn dochter zit bij jullie", "child"),
        ("mijn man zit in jullie opvang", "partner"),
        ("namens mijn moeder", "parent"),
        ("mijn zusje zit bij jullie", "family"),
        ("een vriendin van mij zit bij jullie", "friend"),
        ("namens mijn cliënte", "client"),
        ("ik klaag namens mezelf", "self"),
    ],
)
def test_for_whom_someone_speaks_follows_from_the_relation(text: str, expected: str) -> None:
    assert behalf(text) == expected


def test_a_client_speaks_for_themselves_also_where_a_child_is_named() -> None:
    assert behalf("mijn dochter en ik wonen in de opvang") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("voor mijn zoon", "child"), ("mezelf", "self"), ("mijn zus", "family")]
)
def test_a_bare_answer_to_for_whom_is_read(text: str, expected: str) -> None:
    assert behalf(text, asked="behalf") == expected
