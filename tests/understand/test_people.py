"""Fear, who is complained of, who may not read it, an interpreter, and how old someone is."""

import pytest

from flows.understand import understand
from tests.understand.labelled import context


def value(field: str, text: str, scheme: str = "cjg-kennemerland", asked: str | None = None) -> object:
    finding = understand(text, context(scheme, asked)).findings.get(field)
    return finding.value if finding is not None and finding.sure else None


@pytest.mark.clause("IB-4a")
@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("ik ben bang voor mijn begeleider", "no"),
        ("ik ben niet bang voor mijn begeleider", "yes"),
        ("ik voel me niet veilig bij mijn coach", "no"),
        ("ik voel me niet veilig bij hem", None),
        ("ik ben bang dat het regent", None),
        ("ik ben bang voor mijn ex", None),
    ],
)
def test_being_afraid_of_the_staff_member_is_heard(text: str, safe: str | None) -> None:
    assert value("safe", text) == safe


@pytest.mark.parametrize(
    ("text", "safe"), [("een beetje", "no"), ("soms wel", "no"), ("helemaal niet", "yes")]
)
def test_a_short_answer_about_fear_is_read_when_it_was_asked(text: str, safe: str) -> None:
    assert (value("safe", text, asked="safe"), value("safe", text)) == (safe, None)


@pytest.mark.clause("BB-2")
@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("mijn begeleider kwam niet", "staff"),
        ("het gaat om een andere organisatie die namens ben in de buurt werkt", "party"),
        ("het was koud", None),
    ],
)
def test_who_is_complained_of_is_heard(text: str, about: str | None) -> None:
    assert value("about", text, "ben-in-de-buurt") == about


@pytest.mark.clause("BB-3c")
@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Petra mag dit niet lezen", "Petra"),
        ("niet naar mijn begeleider sturen", "mijn begeleider"),
        ("ik wil niet dat mijn coach dit leest", "mijn coach"),
        ("stuur dit niet naar de teamleider", "de teamleider"),
        ("wij mogen ze niet meer zien", None),
        ("dit mag niemand lezen", None),
    ],
)
def test_who_may_not_read_it_is_heard_in_the_clients_words(text: str, who: str | None) -> None:
    assert value("unreadable_by", text, "ben-in-de-buurt") == who


@pytest.mark.parametrize(
    ("text", "interpreter"),
    [
        ("ik heb een tolk nodig", "yes"),
        ("ik spreek geen nederlands", "yes"),
        ("ik heb geen tolk nodig", "no"),
        ("I need an interpreter", "yes"),
        ("de tolk was aardig", None),
    ],
)
def test_an_interpreter_is_heard(text: str, interpreter: str | None) -> None:
    assert value("interpreter", text) == interpreter


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("ik ben 9", "9"),
        ("ik ben negen jaar", "9"),
        ("ik ben bijna 10", "9"),
        ("ik ben een meisje van 12", "12"),
        ("ik ben vierendertig", "34"),
        ("i'm 11 years old", "11"),
        ("mijn zoon is 9", None),
        ("ik ben 3 dagen ziek", None),
        ("toen ik 9 was", None),
        ("kamer 9", None),
    ],
)
def test_only_ones_own_age_is_an_age(text: str, age: str | None) -> None:
    assert value("age", text) == age


@pytest.mark.parametrize(
    ("text", "age"), [("9", "9"), ("negen", "9"), ("bijna tien", "9"), ("9jaar", "9"), ("oud", None)]
)
def test_a_bare_number_is_an_age_when_it_was_asked(text: str, age: str | None) -> None:
    assert value("age", text, asked="age") == age
