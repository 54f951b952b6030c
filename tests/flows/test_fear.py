"""Who does not dare to tell, or fears who sees it, hears a kind word and who helps; it is taken for no complaint."""

import msgspec
import pytest

from bot.chance import seeded
from flows import claims, greeting, reception
from flows.engine import advance
from flows.events import Filed, Said
from flows.messages import Message
from flows.session import Turn
from tests.conversing import WEDNESDAY, Client
from tests.schemes import scheme

AFRAID = (
    "ik durf niet", "durf ik niet", "ik ben bang", "ik ben bang dat mijn moeder het ziet", "wat als ze boos worden",
    "ik weet niet of ik dit mag zeggen",
)  # fmt: skip
STORY = "Mijn begeleider schreeuwt altijd tegen mij."
SCHEMES = ("blijf-groep", "ik-ben-er-ook", "bij-elkaar", "cjg-kennemerland", "ben-in-de-buurt")


def at_the_question(scheme: str, platform: str, locale: str | None = None) -> Client:
    """Somebody who told what happened, and is asked what they want to do."""
    client = Client(scheme, platform=platform, locale=locale).says(STORY)
    return client.chooses("confidant") if "confidant" in client.options else client.says("vertrouwenspersoon")


@pytest.mark.parametrize("text", AFRAID)
@pytest.mark.parametrize("platform", ["telegram", "web", "terminal"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_who_does_not_dare_hears_that_nothing_is_sent_and_who_helps_and_the_question_again(
    scheme: str, platform: str, text: str
) -> None:
    client = at_the_question(scheme, platform)
    before = client.session
    question = client.ids[-1]
    client.says(text)

    assert client.ids[0] == "fear.telling"
    assert {"fear.telling.who", "fear.telling.help"} & set(client.ids) != set()
    assert client.ids[-1] == question
    assert client.options.count("confidant") == 1
    assert (client.session.said, client.session.answers) == (before.said, before.answers)
    assert (client.session.asking, client.session.pending) == (before.asking, before.pending)
    assert client.effects == []


@pytest.mark.parametrize("text", AFRAID)
def test_who_does_not_dare_at_the_first_screen_or_at_a_question_is_asked_again(text: str) -> None:
    client = Client("cjg-kennemerland", platform="telegram").says(text)
    assert client.ids[0] == "fear.telling"
    assert client.ids[-1] == "ask.story.again"
    assert client.options.count("confidant") == 1
    client.says(STORY)
    while client.session.asking is None:
        client.says("ja")
    asked = client.session.asking
    client.says(text)

    assert client.ids[0] == "fear.telling"
    assert client.session.asking == asked
    assert client.session.said == (STORY,)


@pytest.mark.parametrize(
    ("locale", "word"),
    [
        ("nl", "Ik verstuur niets, tot jij het zegt."),
        ("nl@kind", "Ik stuur niets weg. Dat doe ik pas als jij het zegt."),
        ("nl@u", "Ik verstuur niets, tot u het zegt."),
        ("en", "I send nothing until you say so."),
    ],
)
def test_kind_word_is_in_the_words_of_who_is_addressed(locale: str, word: str) -> None:
    client = Client("ik-ben-er-ook", platform="telegram", locale=locale).says("ik durf niet")

    assert word in client.words


def test_what_the_phone_shows_and_the_way_off_it_are_told_once() -> None:
    client = Client("ik-ben-er-ook", platform="telegram").says("ik durf niet")
    assert client.ids == [
        "fear.telling", "confidant.wipe_hint", "fear.telling.who", "confidant.line.away", "confide.private",
        "ask.story.again",
    ]  # fmt: skip
    client.says("ik durf niet")

    assert client.ids == ["fear.telling", "fear.telling.who", "ask.story.again"]


@pytest.mark.parametrize(
    ("text", "answer", "asking", "safe"),
    [("ik ben bang", "fear.known", None, "no"), ("ik durf niet", "fear.telling", "safe", None)],
)
def test_fear_is_the_answer_where_it_is_asked_and_met_with_a_kind_word_where_it_answers_nothing(
    text: str, answer: str, asking: str | None, safe: str | None
) -> None:
    client = Client("cjg-kennemerland", platform="telegram")
    client.says(STORY)
    while client.session.asking != "safe":
        client.chooses("skip" if "skip" in client.options else "yes")
    client.says(text)

    assert client.ids[0] == answer
    assert (client.session.asking, client.value("safe")) == (asking, safe)


def test_fear_of_the_staff_member_that_is_told_beside_a_question_leads_to_the_confidant_at_once() -> None:
    client = Client("ik-ben-er-ook").says(STORY)
    client.says("ik ben bang dat mijn begeleider boos wordt")

    assert client.ids[0] == "fear.known"
    assert client.session.pending == "confidant"


def test_what_is_told_along_with_fear_is_kept() -> None:
    client = Client("blijf-groep").says(STORY).says("ja")
    told = "wat als ze boos worden en zeggen dat ik alles heb verzonnen bij hen"
    client.says(told)

    assert told in client.value("story")  # type: ignore[operator]


def test_after_it_was_sent_nobody_is_told_that_nothing_is() -> None:
    client = Client("blijf-groep", platform="telegram")
    session = greeting.begin(client.scheme, "telegram")
    filed = msgspec.structs.replace(session, case=Filed("BG-7K4Q92", "received"), state="done")
    turn = advance(client.scheme, filed, Said("ik durf niet"), WEDNESDAY, seeded("x")())

    assert turn.messages[0].id == "fear.telling.filed"
    lie = Turn(turn.session, (Message("fear.telling"),))
    assert claims.broken(client.scheme, lie) == ("not_before (fear.telling)",)


def test_who_does_not_dare_before_there_is_an_organisation_hears_it_too() -> None:
    schemes = (scheme("blijf-groep"), scheme("bij-elkaar"))
    turn = reception.receive(schemes, reception.begin("telegram"), Said("ik durf niet"), WEDNESDAY)

    assert [message.id for message in turn.messages] == ["fear.telling", "telegram.which"]
    assert turn.session.said == ()


def test_who_speaks_of_danger_at_a_question_is_not_told_that_it_was_no_answer() -> None:
    client = Client("blijf-groep", platform="telegram").says(STORY).says("ja")
    assert client.session.asking == "date"
    client.says("ik wil dood")

    assert client.ids[:2] == ["danger.sorry", "danger.suicide"]
    assert [id for id in client.ids if id.startswith("again.")] == []
    assert client.session.asking == "date"
    assert client.session.said == (STORY, "ik wil dood")
