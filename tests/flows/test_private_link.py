"""Where something sensitive begins on a platform with an account, the web chat is one press away: once."""

import pytest

from flows.events import Chose
from flows.messages import Door, Phrase
from tests.conversing import Client

DANGER = "ik word thuis geslagen en ben bang"


@pytest.mark.parametrize("scheme", ["blijf-groep", "ik-ben-er-ook", "ben-in-de-buurt"])
@pytest.mark.parametrize(
    ("platform", "times"), [("telegram", 1), ("whatsapp", 1), ("web", 0), ("terminal", 0)]
)
def test_danger_and_who_reads_lead_to_the_web_chat_once(scheme: str, platform: str, times: int) -> None:
    client = Client(scheme, platform=platform).says(DANGER)
    first = [message.door for message in client.last.messages if message.id == "private.web"]
    client.take(Chose(("who_reads",)))
    again = [message.id for message in client.last.messages if message.id == "private.web"]

    assert first == [Door(f"/{scheme}", Phrase("private.door"))] * times
    assert again == []


def test_who_reads_leads_there_before_anything_was_told() -> None:
    client = Client("blijf-groep", platform="telegram").does(["who_reads"])

    assert [message.id for message in client.last.messages].count("private.web") == 1
