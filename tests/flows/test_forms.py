"""The plain form: the questions of the route on one page, read with the eyes of the chat."""

import pytest

from flows import forms, schemes
from flows.answers import When
from flows.effects import OpenCase
from flows.events import Filled
from tests.conversing import WEDNESDAY, Client

STORY = "Een medewerker lachte mij uit waar iedereen bij was."


def form(client: Client, written: dict[str, str], **ticked: tuple[str, ...]) -> Client:
    client.take(Filled("complaint", written, ticked))
    return client


@pytest.mark.parametrize("id", schemes.ids())
def test_a_form_asks_what_the_chat_asks(id: str) -> None:
    client = Client(id, platform="web")

    for route in forms.routes(client.scheme):
        asked = {field for ask in client.scheme.asks[route] for field in ask.fields}
        assert {room.field for room in forms.rooms(client.scheme, route)} == asked


def test_whether_a_number_is_safe_is_asked_after_the_number_and_the_mail() -> None:
    fields = [room.field for room in forms.rooms(Client("blijf-groep").scheme, "complaint")]

    assert fields[-4:] == ["address", "phone", "email", "contact_safe"]


def test_a_filled_form_stands_on_the_check_card_as_it_was_filled_in() -> None:
    client = form(
        Client("blijf-groep", platform="web"),
        {"story": STORY, "date": "gisteren", "name": "Samira", "phone": "06-12345678"},
        location=("haarlem",),
        role=("client",),
        subject=("treatment", "decency"),
        contact_safe=("no",),
    )

    assert client.session.state == "checking"
    assert client.value("story") == STORY
    assert client.value("date") == When(WEDNESDAY.date().replace(day=19), WEDNESDAY.date().replace(day=19))
    assert client.value("location") == "haarlem"
    assert client.value("subject") == ("treatment", "decency")
    assert client.value("phone") == "+31612345678"
    assert client.value("contact_safe") == "no"
    assert "address" in client.session.skipped


def test_a_filled_form_is_sent_by_the_same_word_as_a_talk() -> None:
    client = form(Client("blijf-groep", platform="web"), {"story": STORY}).chooses("send")

    assert [type(effect) for effect in client.effects if isinstance(effect, OpenCase)] == [OpenCase]
    assert client.filed.intake.said == (STORY,)


def test_what_the_story_holds_is_asked_to_be_confirmed() -> None:
    client = form(Client("blijf-groep", platform="web"), {"story": f"Gisteren in Haarlem. {STORY}"})

    assert client.ids[:2] == ["understood", "understood.right"]
    assert client.value("location") == "haarlem"


def test_what_cannot_be_read_is_told_beside_its_room_and_nothing_is_taken_in() -> None:
    client = Client("blijf-groep", platform="web")
    before = client.session
    event = Filled("complaint", {"date": "31 februari", "phone": "112", "email": "abc"}, {"role": ("king",)})

    wrong = forms.problems(client.scheme, before, event, client.now)
    client.take(event)

    assert {unread.field: unread.why.id for unread in wrong} == {
        "story": "skip.story",
        "date": "note.impossible_date",
        "role": "again.choice",
        "phone": "note.emergency_number",
        "email": "again.reach",
    }
    assert client.last.error == "form"
    assert client.session.answers == before.answers
    assert client.session.said == before.said


@pytest.mark.parametrize("id", schemes.ids())
def test_danger_in_a_form_is_answered_before_anything_else(id: str) -> None:
    client = form(Client(id, platform="web"), {"story": "mijn stiefvader slaat mij"})

    assert client.last.danger == ("violence",)
    assert client.ids[:2] == ["danger.sorry", "danger.now"]


@pytest.mark.parametrize("id", schemes.ids())
def test_a_form_with_the_story_alone_leads_on_in_every_scheme(id: str) -> None:
    client = form(Client(id, platform="web"), {"story": STORY})

    assert client.session.state in ("asking", "checking")
    assert client.options != []


def test_a_form_that_is_far_too_long_is_told_so() -> None:
    client = Client("blijf-groep", platform="web")

    wrong = forms.problems(
        client.scheme, client.session, Filled("complaint", {"story": "x" * 20_001}), client.now
    )

    assert [unread.why.id for unread in wrong] == ["said.too_long"]
