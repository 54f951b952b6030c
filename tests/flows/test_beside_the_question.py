"""What is said beside a question, and what a form takes over from the chat."""

import pytest

from flows import forms
from tests.conversing import Client

TOLD = "Vorige week dinsdag was het koud in Haarlem, ik ben cliënt"


@pytest.mark.parametrize("text", ["klaar", "Dat was het.", "wat is de volgende stap?", "hoe nu verder"])
def test_aside_is_no_part_of_the_story(text: str) -> None:
    client = Client("blijf-groep").says(TOLD).says(text)
    assert client.value("story") == TOLD


def test_next_step_is_told_at_a_side_question() -> None:
    client = Client("blijf-groep").says(TOLD).says("wat is de volgende stap")
    assert client.ids[-1] == "process.then"


def test_form_takes_over_all_that_was_answered() -> None:
    client = Client("blijf-groep").does(
        TOLD, "ja", ["treatment"], "sla over", "sla over", "Samira, 0612345678"
    )
    begun = forms.begun(client.scheme, client.session, "complaint")
    assert begun.written == {
        "story": TOLD, "date": "12-05-2026", "name": "Samira", "phone": "+31612345678",
    }  # fmt: skip
    assert begun.ticked == {"location": ("haarlem",), "role": ("client",), "subject": ("treatment",)}


def test_form_that_was_begun_in_the_chat_can_be_read() -> None:
    client = Client("blijf-groep").does(
        TOLD, "ja", ["treatment"], "sla over", "sla over", "Samira, 0612345678"
    )
    begun = forms.begun(client.scheme, client.session, "complaint")
    assert forms.problems(client.scheme, client.session, begun, client.now) == ()


@pytest.mark.parametrize(
    ("text", "role", "behalf"),
    [
        ("ik ben de moeder van Tim", "family", "child"),
        ("Ik ben familie van een cliënt", "family", "family"),
        ("ik ben de cliënt", "client", None),
    ],
)
def test_who_one_is_says_for_whom_one_speaks(text: str, role: str, behalf: str | None) -> None:
    client = Client("blijf-groep").says(f"Gisteren was het koud in Haarlem. {text}")
    assert (client.value("role"), client.value("behalf"), client.value("name")) == (role, behalf, None)


def test_what_is_told_beside_the_question_is_noted_before_it_is_asked_again() -> None:
    client = Client("blijf-groep").does("Gisteren was het koud in Haarlem, ik ben cliënt", "ja")
    asked = client.session.asking
    client.says("mijn nummer is 06-12345678")
    assert client.lines[0] == "Goed dat je het zegt. Ik heb het erbij gezet."
    assert (asked, client.session.asking, client.value("phone")) == ("subject", "subject", "+31612345678")


def test_what_was_told_before_is_known_and_not_misunderstood() -> None:
    client = Client("blijf-groep").does("Gisteren was het koud in Haarlem, ik ben cliënt", "ja")
    client.says("ik ben client")
    assert client.lines[0] == "Dat had je al gezegd. Ik weet het nog."
    assert (client.session.asking, client.session.puzzled) == ("subject", 0)


def test_back_from_a_step_of_the_ladder_is_the_question_before_it() -> None:
    client = Client("ik-ben-er-ook").does("hij lacht raar", "12", "nee", ["counsellor"], ["no_solution"])
    assert client.ids == ["ladder.done"]
    assert client.says("terug").ids == ["back", "ask.talked"]
