"""What cannot be used has an answer of its own, and nothing that was told before is lost."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from tests.conversing import Client

STORY = "Het was daar heel koud en nat"


def asked_when() -> Client:
    """A client who told what happened and is asked when it was."""
    return Client("blijf-groep").says(STORY)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "said.empty"),
        ("  \n ", "said.empty"),
        ("\x00\x07\u202e", "said.control"),
        ("x" * 20_001, "said.too_long"),
        ("31 februari", "note.impossible_date"),
        ("30 mei 2026", "note.future"),
    ],
)
def test_what_cannot_be_used_is_explained_and_the_question_stays(said: str, answer: str) -> None:
    client = asked_when().says(said)
    assert client.ids == [answer, "progress", "ask.date"]
    assert client.session.asking == "date"
    assert client.session.said == (STORY,)
    assert set(client.session.answers) == {"story"}


def test_ten_thousand_characters_are_kept_to_the_last() -> None:
    text = "Het was koud. " * 714 + "Klaar"
    client = Client("blijf-groep").says(text)
    assert client.ids[0] == "said.long"
    assert client.session.said == (text,)


def test_the_number_for_emergencies_is_no_number_to_call_them_on() -> None:
    client = asked_when().does("gisteren", "haarlem", "1", "iets anders", "sla over", "sla over", "112")
    assert client.ids == ["note.emergency_number", "progress", "ask.contact"]
    assert client.value("phone") is None
    assert client.value("location") == "haarlem"


def test_an_unknown_scheme_is_named_with_those_that_there_are() -> None:
    result = CliRunner().invoke(app, ["chat", "--scheme", "blijfgroep", "--json"])
    assert result.exit_code == 2
    assert "blijfgroep" in result.output
    assert "blijf-groep" in result.output


def test_unreadable_yaml_is_refused_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "dicht.yaml"
    file.write_text("id: dicht\nname: [Dicht\nprefix: D\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(file)])
    assert result.exit_code == 1
    assert "dicht.yaml:" in result.output
    assert "not YAML" in result.output
