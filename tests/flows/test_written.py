"""What an officer writes is said as it was written, where it may be said; and what the client answers is passed on."""

import pytest

from flows.effects import Note, Notify, PassOn
from flows.events import Claimed, Filed, Writing, Written
from flows.session import Session
from tests.conversing import Client

TEXT = "Kun je dinsdag om 10 uur? Groet, Saskia"
CASE = Filed("BG-7K4Q-92", "received", (), "2026-05-20", ("written",))


def filed(scheme: str = "blijf-groep", **more: str) -> Client:
    """Somebody whose complaint was sent, in the conversation it was told in."""
    client = Client(scheme, **more)  # type: ignore[arg-type]
    client.says("Vorige week dinsdag lachte een medewerker mij uit.")
    while "send" not in client.options:
        client.chooses(
            next(id for id in ("yes", "skip", "not_told", "no", "unknown") if id in client.options)
        )
    return client.chooses("send")


def test_words_come_with_who_wrote_them_and_what_is_typed_next_is_the_answer() -> None:
    client = filed()
    turn = client.take(Written(TEXT))
    assert client.ids == ["written.here", "request.answer"]
    assert "Een bericht van de klachtenfunctionaris" in client.words
    assert TEXT in client.words
    assert turn.messages[0].sensitive
    client.says("Ja, dat kan. Bel maar niet.")
    number = client.session.case.number  # type: ignore[union-attr]
    assert client.last.effects == (
        PassOn(number, "answer", "Ja, dat kan. Bel maar niet."),
        Notify(number, "officer", "client_answer"),
    )
    assert client.ids == ["passed_on.answer"]


def test_words_are_nowhere_in_the_session() -> None:
    client = filed()
    turn = client.take(Written(TEXT))
    assert TEXT not in repr(turn.session)


@pytest.mark.parametrize("reply", ["nee", "ja", "dat wil ik niet"])
def test_a_bare_yes_or_no_is_an_answer_too(reply: str) -> None:
    client = filed()
    client.take(Written(TEXT))
    client.says(reply)
    assert [effect.text for effect in client.last.effects if isinstance(effect, PassOn)] == [reply]


def test_who_does_not_answer_now_can_do_so_later() -> None:
    client = filed()
    client.take(Written(TEXT))
    client.chooses("no_answer")
    assert (client.ids, client.last.effects, client.session.state) == (["written.later"], (), "done")
    client.chooses("answer").says("Toch wel: dinsdag is goed.")
    assert [effect.text for effect in client.last.effects if isinstance(effect, PassOn)] == [
        "Toch wel: dinsdag is goed."
    ]


def test_where_somebody_may_look_on_nothing_is_told_but_that_there_is_something() -> None:
    client = filed()
    client.take(Written(""))
    assert client.ids == ["written.waits"]
    assert not {"klacht", "Blijf", "klachtenfunctionaris"} & set(client.words.replace(".", " ").split())
    client.chooses("read")
    assert (client.ids, client.session.state) == (["code.ask"], "code")
    client.take(Claimed(CASE, (Writing("2026-05-21T09:00:00+02:00", TEXT),)))
    assert client.ids == ["written.here", "request.answer"]
    assert client.last.effects == (Note("BG-7K4Q-92", "client_read"),)


def test_wrong_code_opens_nothing() -> None:
    client = filed()
    client.take(Written(""))
    client.chooses("read").claims(None)
    assert client.ids == ["code.unknown"]


def test_that_it_was_read_is_noted_once() -> None:
    client = filed()
    read = Filed(CASE.number, "received", (), "2026-05-20", ("written", "client_read"))
    client.take(Written(""))
    client.chooses("read").take(Claimed(read, (Writing("2026-05-21T09:00:00+02:00", TEXT),)))
    assert client.last.effects == ()


def test_question_that_stood_is_put_again_after_a_message() -> None:
    client = filed()
    client.says("ik wil mijn klacht intrekken")
    before = client.options
    client.take(Written(TEXT))
    assert client.ids[0] == "written.here"
    assert client.options == before
    client.chooses("no")
    assert client.ids == ["request.kept"]


def test_conversation_without_a_case_hears_nothing() -> None:
    client = Client("blijf-groep")
    turn = client.take(Written(TEXT))
    assert (turn.messages, turn.error) == ((), "no_case")


def test_status_by_code_shows_what_was_written_first() -> None:
    client = Client("bij-elkaar", platform="web")
    client.says("status")
    writings = tuple(Writing(f"2026-05-{day}T09:00:00+02:00", f"bericht {day}") for day in range(10, 25))
    client.take(Claimed(CASE, writings))
    assert client.ids[:11] == ["written.here"] * 10 + ["status"]
    assert "bericht 24" in client.words
    assert "bericht 14" not in client.words
    assert "answer" in client.options


def test_answer_in_danger_is_answered_with_help_first() -> None:
    client = filed()
    client.take(Written(TEXT))
    client.says("mijn vriend slaat mij nu")
    assert client.last.danger
    assert isinstance(client.session, Session)
