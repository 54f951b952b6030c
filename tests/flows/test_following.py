"""What comes by itself: without content where others may see it, on the day that holds, and only as chosen."""

from datetime import timedelta

import msgspec
import pytest

from flows.effects import Note, Notify, Wake
from flows.events import Deadline, Filed, Happened
from flows.platforms import PLATFORMS
from flows.terms import start
from tests.conversing import WEDNESDAY, Client
from tests.schemes import scheme

TOLD = (
    "Gisteren was het koud in Haarlem, ik ben cliënt",
    "ja",
    "iets anders",
    "sla over",
    "sla over",
    "sla over",
)


def filed(platform: str) -> Client:
    client = Client("blijf-groep", platform=platform).does(*TOLD)
    return client.says("versturen")


def case_of(client: Client) -> Filed:
    case = client.session.case
    assert case is not None
    return case


def longer(client: Client, day: str) -> Happened:
    """The term was given another day at the desk, with a reason."""
    case = case_of(client)
    moved = tuple(Deadline(item.id, day, item.why) for item in case.deadlines)
    after = Filed(case.number, case.status, moved, case.filed_on, case.done)
    return Happened("extended", reason="Petra is ziek.", case=after)


def test_new_day_on_a_messenger_is_only_told_to_who_asks() -> None:
    client = filed("telegram")
    client.take(longer(client, "2026-06-04"))
    assert (client.ids, client.options) == (["happened.news"], ["news"])
    client.chooses("news")
    assert client.ids == ["happened.term", "done.why", "happened.reason", "go_on"]
    assert client.session.news == ()


def test_new_day_moves_the_question() -> None:
    client = filed("telegram").chooses("followup")
    client.take(longer(client, "2026-06-04"))
    assert client.ids == ["happened.news", "followup.moved"]
    wakes = [effect.at for effect in client.effects if isinstance(effect, Wake)]
    assert wakes == ["2026-05-29T09:00:00+02:00", "2026-06-05T09:00:00+02:00"]


def test_desk_counts_the_terms_of_its_own_step() -> None:
    client = filed("telegram")
    before = len(client.effects)
    client.take(longer(client, "2026-06-04"))
    assert client.effects[before:] == []


@pytest.mark.clause("BB-7e", "BB-6")
def test_after_six_weeks_it_is_the_answer_that_is_asked_for() -> None:
    client = Client("ben-in-de-buurt").does(
        "gisteren was het koud, ik ben cliënt", "ja", ["staff"], ["privacy"]
    )
    client.does("sla over", "sla over").says("sla over").says("versturen").chooses("followup")
    assert client.session.followup == "2026-07-02T09:00:00+02:00"
    client.waits(days=43)
    assert client.ids == ["followup.outcome"]
    client.says("nee")
    assert [e for e in client.last.effects if isinstance(e, Note | Notify)] == [
        Note(case_of(client).number, "client_says_no_outcome"),
        Notify(case_of(client).number, "manager", "client_no_outcome"),
    ]
    assert client.options[0] == "rung:officer"


def test_who_said_more_than_no_is_asked_whether_to_pass_it_on() -> None:
    client = filed("terminal").chooses("followup").waits(days=9)
    client.says("nee, en ik zit nu al twee weken te wachten op een telefoontje")
    assert client.ids[-1] == "after.add.complaint"


@pytest.mark.parametrize("text", ["nog niet", "Ze hebben me niet gebeld.", "ik heb nog niks gehoord"])
def test_silence_is_understood_without_the_word_no(text: str) -> None:
    client = filed("terminal").chooses("followup").waits(days=9).says(text)
    assert client.ids[0] == "followup.not_contacted"


def test_wish_is_only_promised_as_far_as_it_can_be_kept() -> None:
    said = {id: filed(id).chooses("followup").ids for id in ("telegram", "web", "whatsapp")}
    assert said == {
        "telegram": ["followup.set"], "web": ["followup.return"], "whatsapp": ["followup.return.here"],
    }  # fmt: skip
    assert [id for id, one in PLATFORMS.items() if one.pushes] == ["terminal", "telegram"]


def test_morning_after_is_one_on_which_they_work() -> None:
    (due,) = start(scheme("ik-ben-er-ook"), "form_sent", WEDNESDAY)
    client = Client("ik-ben-er-ook").does(
        "ik wil naar de klachtencommissie", "te laat", "sla over", "sla over"
    )
    for _ in range(6):
        if client.session.pending == "sent":
            break
        client.says("sla over")
    client.says("ja").chooses("followup")
    assert (due.date, client.session.followup) == ("2026-05-22", "2026-05-26T09:00:00+02:00")


@pytest.mark.parametrize("words", ["opnieuw beginnen", "wis"])
def test_who_gives_the_chat_up_hears_that_the_question_will_not_come(words: str) -> None:
    client = filed("telegram").chooses("followup").says(words)
    if "yes" in client.options:
        client.chooses("yes")
    assert ("followup.dropped.code" in client.ids, client.session.follows) == (True, False)
    assert client.session.followup is None


def test_wish_that_went_with_the_chat_comes_back_with_the_code() -> None:
    first = filed("web").chooses("followup")
    case = case_of(first)
    first.says("opnieuw beginnen")
    assert "followup.dropped.code" in first.ids
    again = Client("blijf-groep", platform="web", now=WEDNESDAY + timedelta(days=9))
    again.says("hoe staat het met mijn klacht")
    again.claims(msgspec.structs.replace(case, done=(*case.done, "client_asks_followup")))
    assert again.ids[-1] == "followup.contact"


def test_who_wished_for_nothing_hears_nothing_of_it_when_they_begin_anew() -> None:
    client = filed("telegram").says("opnieuw beginnen")
    assert [id for id in client.ids if id.startswith("followup")] == []


def test_outside_there_is_no_code_that_brings_the_question_back() -> None:
    client = Client("ik-ben-er-ook").does(
        "ik wil naar de klachtencommissie", "mijn begeleider komt altijd te laat"
    )
    client.does("dat het stopt", "sla over")
    if client.session.asking is not None:
        client.says("sla over")
    client.says("ja").chooses("followup").says("opnieuw beginnen")
    assert "followup.dropped" in client.ids
