"""What it is about, what is wished, and how far the talk came."""

import pytest

from flows.understand import understand
from flows.understand.findings import Finding
from tests.understand.labelled import context


def found(field: str, text: str, scheme: str = "blijf-groep", asked: str | None = None) -> Finding | None:
    return understand(text, context(scheme, asked)).findings.get(field)


def value(field: str, text: str, scheme: str = "blijf-groep", asked: str | None = None) -> object:
    finding = found(field, text, scheme, asked)
    return finding.value if finding is not None and finding.sure else None


@pytest.mark.clause("BG-1")
@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("ik kreeg geen informatie", ("information",)),
        ("ze hebben besloten dat ik weg moet", ("decision",)),
        ("ik ben niet netjes behandeld", ("decency",)),
    ],
)
def test_a_subject_said_in_so_many_words_is_sure(text: str, subjects: tuple[str, ...]) -> None:
    assert value("subject", text) == subjects


def test_a_sign_of_a_subject_leaves_the_question_open() -> None:
    finding = found("subject", "een medewerker lachte mij uit")
    assert finding is not None
    assert (finding.value, finding.sure) == (("treatment",), False)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("informatie en een beslissing", ("information", "decision")),
        ("besliszing", ("decision",)),
        ("iets anders", ("other",)),
    ],
)
def test_an_answer_is_read_against_the_list_that_was_put(text: str, subjects: tuple[str, ...]) -> None:
    assert value("subject", text, asked="subject") == subjects


@pytest.mark.clause("IB-2")
def test_coming_late_is_something_practical() -> None:
    assert value("subject", "mijn begeleider komt altijd te laat", "ik-ben-er-ook") == ("practical",)


@pytest.mark.clause("BE-7")
def test_being_locked_up_is_a_matter_of_restraint() -> None:
    assert value("subject", "ik werd opgesloten in mijn kamer", "bij-elkaar") == ("restraint",)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("ik wil graag sorry", "sorry"),
        ("ik wil een andere begeleider", "een andere begeleider"),
        ("Wat ik wil is dat het stopt.", "dat het stopt"),
        ("ik zou graag op tijd geholpen willen worden", "op tijd geholpen willen worden"),
    ],
)
def test_a_wish_is_the_words_after_wanting(text: str, wish: str) -> None:
    assert value("wish", text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "ik wil een klacht indienen",
        "ik wil stoppen",
        "ik wil dood",
        "ik wil niet dat Petra dit leest",
        "hij wil geld",
    ],
)
def test_what_is_wanted_of_the_chat_or_by_others_is_no_wish(text: str) -> None:
    assert found("wish", text) is None


def test_the_whole_answer_is_the_wish_when_it_was_asked() -> None:
    assert value("wish", " gewoon sorry ", asked="wish") == "gewoon sorry"


@pytest.mark.clause("BG-2", "IB-1")
@pytest.mark.parametrize(
    ("text", "talked"),
    [
        ("durf niet", "dont_dare"),
        ("ik wil niet met haar praten", "dont_want"),
        ("ik heb het gezegd maar er verandert niks", "no_solution"),
        ("ik ben niet tevreden met de oplossing", "dissatisfied"),
        ("ik heb het nog niet tegen hem gezegd", "not_yet"),
        ("ik heb het al met mijn begeleider besproken", "yes"),
    ],
)
def test_how_far_the_talk_came_is_read(text: str, talked: str) -> None:
    assert value("talked", text, "ik-ben-er-ook", "talked") == talked
