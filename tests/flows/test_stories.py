"""Ten stories per scheme: who tells everything at once sends at most eight messages, and nothing is asked twice."""

import random

import pytest

from flows import schemes
from tests.conversing import Client
from tests.flows.stories import STORIES, Story

MOST = 8
"""Messages from the first word to the end, the client's confirmations included."""


def told(story: Story, seed: int) -> str:
    """The facts of a story in another order each time, what happened first or last."""
    facts = list(story.facts)
    random.Random(seed).shuffle(facts)
    return " ".join(facts)


def finished(client: Client) -> bool:
    """Whether the outcome of this scheme was reached: filed, or on the ladder where nothing is filed."""
    if client.scheme.recipient is not None:
        return client.session.case is not None
    return client.session.pending in ("talk", "rung", "confidant") or (
        client.session.pending or ""
    ).startswith("done:")


def answer(client: Client, story: Story) -> None:
    """The next answer: a yes to what was understood, the send button, or what this story says to a field."""
    session = client.session
    if session.state == "checking":
        client.chooses("send")
    elif session.pending is not None:
        client.says("ja")
    else:
        client.says(story.answers.get(session.asking or "", "sla over"))


@pytest.mark.clause("DC-1", "DC-2", "DC-4")
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    ("scheme", "place"), [(id, place) for id in schemes.ids() for place in range(len(STORIES[id]))]
)
def test_a_client_who_tells_everything_at_once_is_soon_done(scheme: str, place: int, seed: int) -> None:
    story = STORIES[scheme][place]
    client = Client(scheme).says(told(story, seed))
    asked: list[str] = []
    while not finished(client) and client.sent <= MOST:
        if client.session.asking is not None and client.session.pending is None:
            asked.append(client.session.asking)
        answer(client, story)

    assert finished(client), f"{client.sent} messages, and now asks {client.session.asking}: asked {asked}"
    assert client.sent <= MOST
    assert sorted(set(asked) & set(story.said)) == []
    assert {field: client.value(field) for field in story.said} == story.said


def test_there_are_ten_different_stories_for_every_scheme() -> None:
    assert {id: len(set(STORIES[id])) for id in schemes.ids()} == dict.fromkeys(schemes.ids(), 10)
