"""A message that was sent before got another text: what it now says counts, and nothing else that was told is lost."""

import pytest

from flows.events import AskedToForget, Said, Sent
from tests.conversing import Client

STORY = "Een medewerker lachte mij uit waar iedereen bij was."
MORE = "Ook mocht ik de hele middag niet naar buiten van haar."


def edits(client: Client, text: str) -> Client:
    """The client changes a message that was sent before into this."""
    client.take(Said(text, edited=True))
    return client


def told() -> Client:
    """Somebody who told something in two messages, and is asked a question."""
    return Client("blijf-groep", platform="telegram").says(STORY).says(MORE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{STORY} En daarna nog eens.", (f"{STORY} En daarna nog eens.", MORE)),
        ("Een medewerker lachte mij uit.", ("Een medewerker lachte mij uit.", MORE)),
        ("Een medewerkster lachte me uit waar iedereen bij was.",
         ("Een medewerkster lachte me uit waar iedereen bij was.", MORE)),
        ("Ook mocht ik de hele dag niet naar buiten.", (STORY, "Ook mocht ik de hele dag niet naar buiten.")),
    ],
)  # fmt: skip
def test_text_that_is_reworded_takes_the_place_of_its_own_old_one(text: str, said: tuple[str, ...]) -> None:
    client = edits(told(), text)

    assert client.session.said == said
    assert client.value("story") == "\n".join(said)
    assert "edited" in client.ids


@pytest.mark.parametrize(
    "text", ["gisteren", "in Haarlem", "ja", "nee", "12", "?", "ik ben partner van een client"]
)
def test_answer_that_is_changed_never_takes_the_place_of_what_happened(text: str) -> None:
    assert edits(told(), text).session.said == (STORY, MORE)


def test_answer_that_is_changed_is_corrected() -> None:
    client = told().says("gisteren").says("Haarlem")
    edits(client, "in Amsterdam")

    assert client.value("location") == "amsterdam"
    assert client.session.said == (STORY, MORE)


def test_answer_that_was_not_understood_and_is_changed_is_one_and_not_asked_again() -> None:
    client = told().says("gsterrrn")
    assert client.session.asking == "date"
    edits(client, "gisteren")

    assert client.value("date") is not None
    assert client.session.asking == "location"


def test_hello_that_is_changed_into_what_happened_is_what_happened() -> None:
    client = edits(Client("blijf-groep", platform="telegram").says("hoi"), STORY)

    assert client.session.said == (STORY,)
    assert client.session.route == "complaint"


def test_text_like_none_that_was_told_is_kept_beside_them() -> None:
    other = "Er werd ook geld van mij weggehaald door iemand anders."

    assert edits(told(), other).session.said == (STORY, MORE, other)


def test_wish_that_is_changed_is_the_new_one() -> None:
    client = told().does("gisteren", "Haarlem", "ik ben client")
    while client.session.asking != "wish":
        client.chooses("skip")
    client.says("Dat ze sorry zegt tegen mij")
    edits(client, "Dat ze sorry zegt tegen mij en mijn broer")

    assert client.value("wish") == "Dat ze sorry zegt tegen mij en mijn broer"
    assert client.session.said == (STORY, MORE)


def test_change_of_a_few_words_that_says_nothing_is_asked_about() -> None:
    client = edits(told().says("gisteren"), "xyz")

    assert client.ids == ["edited.which", "understood.what"]


def test_danger_in_a_changed_message_is_helped_first_and_kept() -> None:
    client = edits(told(), "Ik wil dood")

    assert client.last.danger == ("suicide",)
    assert client.ids[:2] == ["danger.sorry", "danger.suicide"]
    assert client.session.said == (STORY, MORE, "Ik wil dood")


def test_message_that_is_changed_into_a_command_is_that_command() -> None:
    assert edits(told(), "wis alles").ids[0] == "wiped"
    assert edits(told(), "stop").ids[0] == "stop.nothing_sent"


def test_change_after_all_was_wiped_is_met_as_a_new_text() -> None:
    client = told()
    client.take(AskedToForget())

    assert edits(client, STORY).session.said == (STORY,)


@pytest.mark.parametrize("words", ["ik wil dood", "ik maak er een einde aan"])
def test_words_that_came_along_and_are_not_kept_are_heard_for_danger(words: str) -> None:
    client = told()
    client.take(Sent("forwarded", overheard=words))

    assert client.last.danger == ("suicide",)
    assert client.ids[:2] == ["danger.sorry", "danger.suicide"]
    assert "sent.forwarded" in client.ids
    assert client.session.said == (STORY, MORE)
