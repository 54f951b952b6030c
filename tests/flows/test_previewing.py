"""A scheme as a client would meet it: the engine's own conversation, and all that it leaves out."""

import pytest

from flows import schemes
from flows.greeting import locales
from flows.previewing import LONGEST, conversation, periods, questions, routes
from tests.conversing import WEDNESDAY, Client
from tests.schemes import scheme

STORY = "Er was iets waar ik niet blij mee ben."
EVERY = [
    (id, route, locale)
    for id in (*schemes.ids(), "dorpszorg")
    for route in routes(scheme(id))
    for locale in locales(scheme(id))
]


@pytest.mark.parametrize(("id", "route", "locale"), EVERY, ids=["-".join(one) for one in EVERY])
def test_conversation_comes_to_its_end_or_to_a_choice_in_every_register(
    id: str, route: str, locale: str
) -> None:
    of = scheme(id)
    moves = conversation(of, locale, route, STORY, WEDNESDAY)
    ids = [message.id for move in moves for message in move.messages]
    offered = [option.id for message in moves[-1].messages for option in message.options]
    assert (ids[0].startswith("opening.hello"), len(moves) < LONGEST, offered != []) == (True, True, True)
    if of.recipient is not None:
        assert f"done.{route}" in ids
    assert [move.said for move in moves if move.said] == [STORY]


def test_conversation_is_the_one_that_a_client_has() -> None:
    client = Client("blijf-groep", platform="web").says(STORY)
    seen = [[message.id for message in client.last.messages]]
    while client.session.state != "done":
        client.chooses(next(id for id in ("send", "skip", "yes", "no") if id in client.options))
        seen.append([message.id for message in client.last.messages])
    moves = conversation(scheme("blijf-groep"), "nl", "complaint", STORY, WEDNESDAY)
    assert [[message.id for message in move.messages] for move in moves[1:]] == seen
    assert [move.chose.id for move in moves[2:] if move.chose] == ["skip"] * (len(seen) - 2) + ["send"]


def test_questions_are_those_of_the_route_also_where_they_hang_on_another_answer() -> None:
    found = [question.room.field for question in questions(scheme("blijf-groep"), "complaint")]
    asked = [field for ask in scheme("blijf-groep").asks["complaint"] for field in ask.fields]
    assert (sorted(found), found[0]) == (sorted(asked), "story")
    assert "contact_safe" in found


def test_terms_are_those_of_the_scheme_of_every_place_and_of_the_law_with_their_day() -> None:
    found = {one.rule.id: one.deadline.date if one.deadline else None
             for one in periods(scheme("blijf-groep"), WEDNESDAY)}  # fmt: skip
    assert found == {"contact": "2026-05-28", "veilig_thuis.answer": "2026-06-22", "avg.access": "2026-06-22"}
    agreed = [one.rule.id for one in periods(scheme("cjg-kennemerland"), WEDNESDAY) if one.deadline is None]
    assert agreed == ["contact"]
