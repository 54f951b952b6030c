"""The commands of the menu, in every state that a transcript reaches: each is answered, and no word of it is kept."""

from collections.abc import Iterator

import pytest

from bot.channels import updates
from bot.transcripts import Transcript
from flows.events import Chose, Event, Started
from tests.channels.transcripts import transcripts
from tests.conversing import Client

COMMANDS = (
    *(f"/{name}" for name in updates.COMMANDS), "/start", "/help", "/settings", "/taal pools", "/taal hottentots"
)  # fmt: skip
SCHEMES = ("blijf-groep", "ik-ben-er-ook", "bij-elkaar", "cjg-kennemerland", "ben-in-de-buurt")


def states(transcript: Transcript) -> Iterator[Client]:
    """The client of a transcript after each thing they say or choose, as far as it goes on Telegram."""
    headers = transcript.headers
    client = Client(headers["scheme"], platform="telegram", locale=headers.get("locale"))
    for step in transcript.steps:
        if step.kind == "say":
            client.says(step.text)
        elif step.kind == "choose":
            offered = [option.id for message in client.last.messages for option in message.options]
            ids = dict(zip(client.labels, offered, strict=True))
            if not set(step.options) <= ids.keys():
                return
            client.take(Chose(tuple(ids[label] for label in step.options)))
        else:
            continue
        yield client


def event(command: str, client: Client) -> Event:
    """The event of a command in this conversation."""
    match updates.typed(command):
        case updates.Start():
            return Started("telegram")
        case updates.OtherLanguage() as other:
            return other.chosen(client.session.locale)
        case found:
            return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_command_is_answered_in_every_state_and_is_no_part_of_what_is_told(scheme: str) -> None:
    seen = set()
    for transcript in (one for one in transcripts() if one.headers["scheme"] == scheme):
        for client in states(transcript):
            before = client.session
            state = (
                before.state,
                before.asking,
                (before.pending or "").partition(":")[0],
                before.case is None,
            )
            if state in seen:
                continue
            seen.add(state)
            kept = client._kept
            for command in COMMANDS:
                turn = client.take(event(command, client))
                after, client._kept = client.session, kept
                assert turn.messages != (), (command, state)
                assert turn.error is None, (command, state)
                assert set(after.said) <= set(before.said), (command, state)
                assert after.answers.keys() <= before.answers.keys(), (command, state)
                assert command != "/wis" or (after.answers, after.said) == ({}, ()), state

    assert len(seen) >= 8
