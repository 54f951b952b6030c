"""``chat --json``: the contract others script against, key by key."""

import io
import json
from datetime import datetime
from typing import Any

import pytest

from bot import clock
from bot.chance import seeded
from bot.json_chat import answer, run, state
from bot.talk import Rehearsal
from flows.events import MAX_TEXT, Started
from tests.schemes import scheme

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=clock.AMSTERDAM)
STORY = "Gisteren lachte een medewerker mij uit in Haarlem. Ik ben cliënt."
KEYS = [
    "state", "messages", "asking", "multiple", "route", "locale", "danger", "answers", "case", "code", "line",
]  # fmt: skip
FILED = [STORY, "ja", '{"choose": ["treatment"]}', "sorry", "sla over", "Tom, 06-12345678", "ja", "sla over"]


def talk(id: str = "blijf-groep") -> Rehearsal:
    return Rehearsal(scheme(id), NOON, seeded("a test"))


async def begun(id: str = "blijf-groep") -> Rehearsal:
    made = talk(id)
    await made.handle(Started("terminal"))
    return made


async def said(made: Rehearsal, *lines: str) -> dict[str, Any]:
    last: dict[str, Any] = {}
    for line in lines:
        last = json.loads(json.dumps(await answer(made, line)))
    return last


async def filed() -> tuple[Rehearsal, dict[str, Any]]:
    """A conversation that went on until it was sent."""
    made = await begun()
    last = await said(made, *FILED)
    for _ in range(6):
        if last["state"] in ("checking", "done"):
            break
        last = await said(made, "sla over")
    return made, await said(made, '{"choose": "send"}')


async def test_the_opening_line_has_every_key_and_no_other() -> None:
    opening = state(await talk().handle(Started("terminal")))

    assert list(opening) == KEYS
    assert (opening["state"], opening["asking"], opening["route"], opening["locale"]) == (
        "opening", "story", None, "nl",
    )  # fmt: skip
    assert (opening["danger"], opening["answers"], opening["case"], opening["code"], opening["line"]) == (
        [], {}, None, None, None,
    )  # fmt: skip
    assert opening["multiple"] is False


async def test_a_message_has_id_text_and_options_and_an_option_id_and_label() -> None:
    opening = state(await talk().handle(Started("terminal")))

    assert [sorted(message) for message in opening["messages"]] == [["id", "options", "text"]] * len(
        opening["messages"]
    )
    assert [sorted(option) for option in opening["messages"][-1]["options"]] == [["id", "label"]] * len(
        opening["messages"][-1]["options"]
    )
    assert {"id": "confidant", "label": "Praten met de vertrouwenspersoon"} in opening["messages"][-1][
        "options"
    ]


async def test_an_answer_has_value_words_how_and_confirmed() -> None:
    last = await said(await begun(), STORY)

    assert last["answers"]["location"] == {
        "value": "haarlem", "words": "Haarlem", "how": "understood", "confirmed": False,
    }  # fmt: skip
    assert last["answers"]["date"]["value"] == {
        "earliest": "2026-05-19", "latest": "2026-05-19", "precision": "day", "ongoing": False,
    }  # fmt: skip


async def test_the_lines_of_a_card_are_part_of_its_text() -> None:
    last = await said(await begun(), STORY)
    card = next(message for message in last["messages"] if message["id"] == "understood")

    assert "waar: Haarlem (je zei: Haarlem)" in card["text"].splitlines()


async def test_text_a_say_and_a_choice_are_the_same_answer() -> None:
    by_text = await said(await begun(), STORY, "ja")
    by_say = await said(await begun(), json.dumps({"say": STORY}), '{"say": "ja"}')
    by_choice = await said(await begun(), STORY, '{"choose": "yes"}')

    assert by_text == by_say
    assert by_text["asking"] == by_choice["asking"]


async def test_several_options_are_chosen_at_once() -> None:
    last = await said(await begun(), STORY, "ja", '{"choose": ["treatment", "decency"]}')

    assert last["answers"]["subject"]["value"] == ["treatment", "decency"]


async def test_a_filed_case_has_number_status_deadlines_and_a_code() -> None:
    _, last = await filed()

    assert last["state"] == "done"
    assert sorted(last["case"]) == ["deadlines", "number", "status"]
    assert last["case"]["deadlines"] == [
        {
            "id": "contact",
            "date": "2026-05-28",
            "why": "De tijd gaat in na woensdag 20 mei 2026. Dat zijn 5 werkdagen. "
            "Maandag 25 mei 2026 telt niet mee: dan is het Tweede Pinksterdag.",
        }
    ]
    assert last["case"]["number"].startswith("BG-")
    assert len(last["code"].split()) == 5


async def test_an_officers_step_is_heard_by_the_client() -> None:
    made, _ = await filed()
    last = await said(made, '{"event": "contact_made"}')

    assert (last["case"]["status"], last["case"]["deadlines"]) == ("in_progress", [])


async def test_time_stands_still_until_it_passes() -> None:
    made = await begun()
    await said(made, STORY)
    assert made.now == NOON

    last = await said(made, '{"later": "4d"}')
    assert (made.now.isoformat(), last["messages"][0]["id"]) == ("2026-05-24T12:00:00+02:00", "wiped.expired")


async def test_danger_is_that_of_the_turn() -> None:
    made = await begun("cjg-kennemerland")

    assert [(await said(made, line))["danger"] for line in ("mijn stiefvader slaat mij", "ja")] == [
        ["violence"],
        [],
    ]


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "location"])
async def test_something_that_is_not_text_is_answered(kind: str) -> None:
    last = await said(await begun(), json.dumps({"send": {"kind": kind}}))

    assert last["messages"][0]["id"] == f"sent.{kind}"


async def test_a_stale_choice_answers_error_beside_the_state() -> None:
    last = await said(await begun(), STORY, '{"choose": "no_such_option"}')

    assert list(last) == [*KEYS, "error"]
    assert last["error"] == "stale_choice"


BAD = [
    "{",
    '{"say": ',
    "{}",
    '{"say": 3}',
    '{"shout": "hoi"}',
    '{"say": "a", "later": "3d"}',
    '{"choose": []}',
    '{"choose": [1]}',
    '{"choose": ""}',
    '{"later": "straks"}',
    '{"later": "-3d"}',
    '{"later": 3}',
    '{"send": "photo"}',
    '{"send": {"kind": "olifant"}}',
    '{"send": {"kind": "photo", "path": "/no/such/file"}}',
    '{"send": {"kind": "photo", "caption": 3}}',
    '{"event": 3}',
    '{"event": {"id": "contact_made", "by": "me"}}',
    '{"event": "no_such_step"}',
    '{"confidant": "hallo"}',
]


@pytest.mark.parametrize("line", BAD)
async def test_bad_input_is_an_error_in_words_and_changes_nothing(line: str) -> None:
    made = await begun()
    before = made.session
    last = await said(made, line)

    assert isinstance(last["error"], str)
    assert last["error"] != ""
    assert made.session.answers == before.answers
    assert (await said(made, "hoi"))["state"] == "opening"


async def spoken(*lines: str) -> list[dict[str, Any]]:
    made, out = talk(), io.StringIO()
    opening = await made.handle(Started("terminal"))
    await run(made, opening, io.StringIO("".join(lines)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


async def test_one_line_in_is_one_line_out_until_the_input_ends() -> None:
    lines = await spoken("hoi\n", "\n", '{"say": "hoi"}\r\n', "[1, 2]\n", "laatste zonder regeleinde")

    assert [line.get("state") for line in lines[:4]] == ["opening"] * 4
    assert len(lines) == 6


async def test_a_line_that_is_not_utf8_is_an_error() -> None:
    lines = await spoken("hallo \udcff\n", "hoi\n")

    assert [line.get("error") for line in lines] == [None, "this line is not UTF-8 text", None]


async def test_a_text_that_is_too_long_and_control_characters_are_answered() -> None:
    lines = await spoken("a" * (MAX_TEXT + 1) + "\n", "\x00\x07\n")

    assert [line["messages"][0]["id"] for line in lines[1:]] == ["said.too_long", "said.control"]
