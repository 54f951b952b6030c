"""Who opens the chat again (START on a messenger) is met where they were: with the question that stood."""

import pytest

from flows.events import Chose, Filed, Started
from tests.conversing import Client

STORY = "Een medewerker lachte mij uit waar iedereen bij was."


@pytest.mark.parametrize(
    "steps",
    [
        (STORY,), (STORY, "ja"), (STORY, "ja", "gisteren"), (STORY, "ja", "gisteren", "Haarlem"),
        (STORY, "ik wil dood"), (STORY, "vertrouwenspersoon"),
    ],
    ids=lambda steps: " · ".join(steps[1:]) or "told",
)  # fmt: skip
def test_question_that_stood_is_put_again_with_its_options(steps: tuple[str, ...]) -> None:
    client = Client("blijf-groep", platform="telegram")
    for step in steps:
        client.says(step)
    before, question, options = client.session, client.ids[-1], client.last.messages[-1].options
    client.take(Started("telegram"))

    assert (client.ids[0], client.ids[-1]) == ("resume.welcome", question)
    assert client.last.messages[-1].options == options
    assert (client.session.asking, client.session.pending) == (before.asking, before.pending)
    assert client.session.said == before.said


def test_who_stopped_goes_on() -> None:
    client = Client("blijf-groep", platform="telegram").says(STORY).says("ja")
    question = client.ids[-1]
    client.says("stop")
    client.take(Started("telegram"))

    assert (client.ids[0], client.ids[-1]) == ("resume.welcome", question)
    assert not client.session.stopped


def test_who_filed_hears_what_can_be_done() -> None:
    client = Client("blijf-groep", platform="telegram").says("hoe staat het met mijn klacht?")
    client.claims(Filed("BG-7K4Q-92", "received", (), "2026-05-20"))
    client.take(Started("telegram"))

    assert client.ids == ["resume.welcome", "go_on"]


def test_who_only_came_in_is_greeted_again() -> None:
    client = Client("blijf-groep", platform="telegram")
    client.take(Chose(("who_reads",)))
    client.take(Started("telegram"))

    assert client.ids[-1] == "ask.story"
