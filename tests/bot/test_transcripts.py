"""Transcripts: how they are read, what is compared, and what cannot be played."""

from datetime import datetime

import pytest

from bot import clock
from bot.chance import seeded
from bot.playing import Difference, Player, accepted
from bot.recording import Recorder
from bot.talk import Rehearsal
from bot.transcripts import Step, Unplayable, differs, fenced, read, written
from flows.events import Said, Started
from tests.schemes import scheme

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=clock.AMSTERDAM)
STORY = "> Vorige week lachte een medewerker mij uit in Haarlem."


async def play(text: str) -> tuple[Difference, ...]:
    return await Player(read(text, "made.txt"), scheme("blijf-groep"), NOON, seeded("a test")).play()


def said(text: str, *options: str) -> Step:
    return Step("said", text, 1, options)


def test_headers_comments_inputs_and_messages_are_read() -> None:
    transcript = read(
        "scheme: blijf-groep\nclauses: BG-8, BG-2\n# so it begins\n< Hoi.\n    nog een regel\n  [Ja]  [Nee]\n"
        "> hallo\n> [Ja] [Nee]\nlater 3d\nevent contact_made on 2026-05-28\n! route = complaint\n",
        "made.txt",
    )

    assert transcript.headers == {"scheme": "blijf-groep", "clauses": "BG-8, BG-2"}
    assert transcript.clauses == ("BG-8", "BG-2")
    assert transcript.steps == (
        Step("said", "Hoi.\nnog een regel", 4, ("Ja", "Nee"), 6),
        Step("say", "hallo", 7, (), 7),
        Step("choose", "[Ja] [Nee]", 8, ("Ja", "Nee"), 8),
        Step("later", "3d", 9, (), 9),
        Step("event", "contact_made on 2026-05-28", 10, (), 10),
        Step("fact", "route = complaint", 11, (), 11),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hallo", "made.txt:1: 'hallo' is none of these"),
        ("color: red", "made.txt:1: no header 'color'"),
        ("  los", "made.txt:1: only a message"),
        ("> hoi\n! zonder gelijkteken", "made.txt:2: '! zonder gelijkteken' is none of these"),
    ],
)
def test_what_is_no_transcript_is_refused_with_its_line(text: str, why: str) -> None:
    with pytest.raises(Unplayable, match="^" + why.replace(".", r"\.").replace("(", r"\(")):
        read(text, "made.txt")


@pytest.mark.parametrize(
    ("expected", "came", "differ"),
    [
        ((), (said("Hoi."),), False),
        ((said("Hoi."),), (said("Hoi."),), False),
        ((said("Hoi."),), (said("Hallo."),), True),
        ((said("Hoi."),), (said("Hoi."), said("Dag.")), True),
        ((said("Hoi."), said("Dag.")), (said("Hoi."),), True),
        ((said("Hoi.  Dag."),), (said("Hoi. Dag."),), False),
        ((said("…"),), (said("Hoi."), said("Dag.")), False),
        ((said("…"), said("Dag.")), (said("Hoi."), said("Dag.")), False),
        ((said("…"), said("Dag.")), (said("Dag."), said("Hoi.")), True),
        ((said("Hoi."), said("…")), (said("Hoi."),), False),
        ((said("Kies.", "Ja"),), (said("Kies.", "Ja", "Nee"),), True),
        ((said("Kies."),), (said("Kies.", "Ja", "Nee"),), False),
    ],
)
def test_messages_are_compared_one_by_one_and_options_where_they_are_written(
    expected: tuple[Step, ...], came: tuple[Step, ...], differ: bool
) -> None:
    assert differs(expected, came) is differ


async def test_a_conversation_as_written_has_no_differences() -> None:
    assert await play(f"< …\n{STORY}\n! answers.location = haarlem\n! route = complaint\n") == ()


async def test_another_message_is_a_difference_with_its_line_and_what_came() -> None:
    (difference,) = await play("< …\n> wie leest dit\n< Niemand.\n")

    assert (difference.line, difference.end) == (3, 3)
    assert difference.diff.splitlines()[0] == "    - < Niemand."
    assert str(difference).splitlines()[0] == "made.txt:3:"


async def test_another_fact_is_a_difference() -> None:
    (difference,) = await play(f"{STORY}\n! answers.location = alkmaar\n")

    assert difference.diff == "    - ! answers.location = alkmaar\n    + ! answers.location = haarlem"


async def test_what_came_can_be_accepted_and_is_then_as_written() -> None:
    text = f"# a comment stays\n< Iets.\n{STORY}\n< Anders.\n    en meer\n! answers.location = alkmaar\n"
    new = accepted(text, await play(text))

    assert await play(new) == ()
    assert new.splitlines()[0] == "# a comment stays"
    assert STORY in new.splitlines()


async def test_time_passes_where_it_says_so() -> None:
    assert (
        await play(f"{STORY}\nlater 4d\n! said = wiped.expired, ask.story.again\n! effects = forget\n") == ()
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("> [Bestaat niet]", r"\[Bestaat niet\] is not offered here; offered: \[Praten met"),
        ("later straks", "'straks' is not a length of time"),
        ("send olifant", "'olifant' cannot be sent"),
        ("! answers.nothing.words = x", "there is no fact answers.nothing.words"),
        ("! case.number = 3", "there is no fact case.number"),
    ],
)
async def test_a_line_that_cannot_be_done_is_named(line: str, why: str) -> None:
    with pytest.raises(Unplayable, match=f"made.txt:1: {why}"):
        await play(line)


async def test_a_recorded_conversation_plays_as_it_was(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "recorded.txt"
    talk = Rehearsal(scheme("blijf-groep"), NOON, seeded("one"), locale="nl")
    recorder = Recorder(file, talk.scheme, NOON, "nl")
    recorder.came(await talk.handle(Started("terminal", "nl")))
    for line in (STORY.removeprefix("> "), "ja", "sla over", "sla over"):
        recorder.did("say", line)
        recorder.came(await talk.handle(Said(line)))

    transcript = read(file.read_text("utf-8"), "recorded.txt")
    player = Player(transcript, talk.scheme, NOON, seeded("another"), locale="nl")

    assert await player.play() == ()
    assert [step.text for step in transcript.steps if step.kind == "say"][1:] == [
        "ja",
        "sla over",
        "sla over",
    ]
    assert sum(step.kind == "said" for step in transcript.steps) > 5


@pytest.mark.parametrize(
    "step",
    [
        Step("say", "een\ntwee", 1, (), 2),
        Step("said", "Hoi.\nnog wat", 1, ("Ja", "Nee"), 3),
        Step("said", "Hoi.", 1, (), 1),
        Step("later", "3d", 1, (), 1),
        Step("send", "photo kijk", 1, (), 1),
        Step("fact", "route = complaint", 1, (), 1),
    ],
)
def test_a_step_is_written_as_it_is_read(step: Step) -> None:
    assert read("\n".join(written(step)), "made.txt").steps == (step,)


def test_transcripts_in_markdown_keep_their_lines() -> None:
    markdown = "# Title\n\n```transcript\n> hoi\n```\n\n```sh\nls\n```\n"

    assert [read(text, "README.md").steps for text in fenced(markdown)] == [(Step("say", "hoi", 4, (), 4),)]
