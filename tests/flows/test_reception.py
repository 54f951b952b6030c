"""Before an organisation is chosen: every event has an answer, danger comes first, and nothing told is lost."""

from datetime import UTC, datetime

import pytest

from flows import reception
from flows.effects import Forget
from flows.events import (
    AskedToForget,
    AskedToStop,
    Chose,
    Claimed,
    Event,
    Happened,
    Said,
    Sent,
    Started,
    TimePassed,
)
from flows.session import Session
from tests.schemes import scheme

NOW = datetime(2026, 5, 20, 10, 4, tzinfo=UTC)
SCHEMES = (scheme("blijf-groep"), scheme("bij-elkaar"))
STORY = "Een medewerker lachte mij uit waar iedereen bij was."
DANGER = "Ik wil niet meer leven, ik maak er een einde aan."


def ids(event: Event, session: Session | None = None) -> list[str]:
    turn = reception.receive(SCHEMES, session or reception.begin("telegram"), event, NOW)
    return [message.id for message in turn.messages]


@pytest.mark.parametrize(
    "event",
    [
        Started("telegram"), Said(""), Said("hoi"), Said("\x00"), Said("x" * 30_000), Said(STORY),
        Said(STORY, edited=True), Chose(("earlier",)), Chose(("back",)), Chose(("org:nergens",)), Sent("photo"),
        Sent("other"), TimePassed(),
        Happened("contact_made"), Claimed(None),
    ],
    ids=repr,
)  # fmt: skip
def test_whatever_comes_the_question_is_put_with_every_organisation(event: Event) -> None:
    turn = reception.receive(SCHEMES, reception.begin("telegram"), event, NOW)
    last = turn.messages[-1]

    assert (last.id, [option.id for option in last.options]) == (
        "telegram.which", ["org:blijf-groep", "org:bij-elkaar"]
    )  # fmt: skip
    assert turn.effects == ()


@pytest.mark.parametrize("event", [Said(DANGER), Sent("voice", caption=DANGER), Said(f"{DANGER} wis alles")])
def test_danger_comes_first_in_text_and_caption(event: Event) -> None:
    turn = reception.receive(SCHEMES, reception.begin("telegram"), event, NOW)

    assert turn.danger == ("suicide",)
    assert [message.id for message in turn.messages][:2] == ["danger.sorry", "danger.suicide"]
    assert len(turn.session.said) == 1


@pytest.mark.parametrize(
    ("event", "answer"),
    [
        (Chose(("command:help",)), "help"), (Chose(("language:pl",)), "language.not_offered"),
        (Said("06 12345678"), "telegram.which.kept"),
        (Sent("forwarded", overheard=DANGER), "danger.sorry"),
    ],
)  # fmt: skip
def test_what_is_asked_or_told_before_the_choice_is_answered(event: Event, answer: str) -> None:
    assert ids(event)[0] == answer


def test_other_language_is_spoken_before_the_choice_too() -> None:
    turn = reception.receive(SCHEMES, reception.begin("telegram"), Chose(("language:en",)), NOW)

    assert turn.session.locale == "en"


def test_text_that_is_changed_before_the_choice_takes_the_place_of_the_old_one() -> None:
    told = reception.receive(
        SCHEMES, reception.begin("telegram"), Said(f"Fatima was het. {STORY}"), NOW
    ).session
    changed = reception.receive(SCHEMES, told, Said(STORY, edited=True), NOW).session

    assert changed.said == (STORY,)


def test_wiping_forgets_what_was_told_and_stopping_keeps_it() -> None:
    told = reception.receive(SCHEMES, reception.begin("telegram"), Said(STORY), NOW).session
    wiped = reception.receive(SCHEMES, told, AskedToForget(), NOW)
    stopped = reception.receive(SCHEMES, told, AskedToStop(), NOW)

    assert (wiped.effects, wiped.session.said) == ((Forget(),), ())
    assert ids(AskedToForget(), told) == ["wiped", "wiped.platform", "wiped.options"]
    assert (stopped.effects, stopped.session.said) == ((), (STORY,))


def test_what_was_told_is_handed_on_whole_in_texts_that_are_not_too_long() -> None:
    session = reception.begin("telegram")
    long = [f"{number} " + "Er was iets met de sleutel. " * 300 for number in range(5)]
    for one in long:
        session = reception.receive(SCHEMES, session, Said(one), NOW).session
    texts = reception.told(session)

    assert max(map(len, texts)) <= 20_000
    assert "\n".join(texts) == "\n".join(one.strip() for one in long)
    assert reception.told(None) == ()


@pytest.mark.parametrize(
    ("event", "scheme_id"),
    [
        (Chose(("org:bij-elkaar",)), "bij-elkaar"), (Said("bij elkaar"), "bij-elkaar"),
        (Said("Blijf Groep."), "blijf-groep"),
        (Said("we zijn weer bij elkaar"), None), (Said(""), None), (Chose(("yes",)), None), (Started("telegram"), None),
    ],
)  # fmt: skip
def test_organisation_is_named_by_its_button_or_its_name_alone(event: Event, scheme_id: str | None) -> None:
    assert reception.named(SCHEMES, event) == scheme_id


def test_choice_is_a_pointer_without_content() -> None:
    told = reception.receive(SCHEMES, reception.begin("telegram", "en"), Said(DANGER), NOW).session
    chosen = reception.chose(told, "bij-elkaar", NOW)

    assert chosen.session == Session("", "", "telegram", locale="en", route="bij-elkaar", at=NOW.isoformat())


def test_needs_somebody_to_choose_and_a_time_with_its_zone() -> None:
    for schemes, now in (((), NOW), (SCHEMES, NOW.replace(tzinfo=None))):
        with pytest.raises(ValueError, match="needs schemes"):
            reception.receive(schemes, reception.begin("telegram"), Said("hoi"), now)
