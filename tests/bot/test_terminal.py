"""The terminal chat: cards, options by number, and commands with a slash."""

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot import clock
from bot.chance import seeded
from bot.recording import Recorder
from bot.talk import Exchange, Rehearsal
from bot.terminal import Terminal, keyboard, numbers, written
from bot.transcripts import read
from flows.events import Started
from locales import Choice, Line, Rendered
from tests.schemes import scheme

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=clock.AMSTERDAM)
STORY = "Gisteren lachte een medewerker mij uit in Haarlem. Ik ben cliënt."


async def talked(
    *lines: str, recorder: Recorder | None = None, locale: str | None = None
) -> tuple[str, Rehearsal]:
    """What stands on the screen after these lines were typed, and the conversation."""
    screen = Console(file=io.StringIO(), width=100, highlight=False)
    talk = Rehearsal(scheme("blijf-groep"), NOON, seeded("a test"), locale=locale)
    typed = iter(lines)

    async def ask(prompt: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    opening = await talk.handle(Started("terminal", locale))
    await Terminal(talk, screen, ask, recorder=recorder).run(opening)
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue(), talk


async def test_options_are_numbered_through_and_chosen_by_number() -> None:
    screen, talk = await talked("2")

    assert "   2 Wie leest dit?" in screen.splitlines()
    assert talk.session.state == "opening"
    assert "Nu leest niemand mee. Alleen wat je verstuurt, wordt gelezen." in screen


async def test_a_card_stands_in_columns() -> None:
    screen, _ = await talked(STORY)
    card = [line.split("  ") for line in screen.splitlines() if line.lstrip().startswith("waar ")]

    assert [[cell.strip() for cell in line if cell.strip()] for line in card] == [
        ["waar", "Haarlem", "(je zei: Haarlem)"]
    ]


async def test_several_options_are_chosen_by_their_numbers() -> None:
    _, talk = await talked(STORY, "1", "1 en 4")

    assert talk.session.answers["subject"].value == ("treatment", "decency")


async def test_time_passes_and_the_day_is_said() -> None:
    screen, talk = await talked("/later 3d")

    assert "Het is nu zaterdag 23 mei 2026." in screen.splitlines()
    assert talk.now.isoformat() == "2026-05-23T12:00:00+02:00"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/help", "/later 3d: er gaat tijd voorbij (m, h, d of w)."),
        ("/dans", "/dans ken ik niet. Typ /help."),
        ("/later ooit", "'ooit' is not a length of time. Write it as 3d, 2w, 12h or 30m."),
        ("/send olifant", "/send olifant ken ik niet. Typ /help."),
        ("/send sticker", "Leuk, een plaatje. Ik snap alleen woorden."),
    ],
)
async def test_a_command_is_answered(line: str, answer: str) -> None:
    screen, _ = await talked(line)

    assert answer in screen.splitlines()


async def test_quit_ends_it_at_once() -> None:
    screen, _ = await talked("/quit", "hoi")

    assert "Fijn dat je er bent." not in screen


async def test_it_speaks_the_clients_language() -> None:
    screen, _ = await talked("/help", locale="en")

    assert "Type your answer, or a number. Type /help for more." in screen.splitlines()


async def test_markup_in_what_is_said_is_shown_as_it_is() -> None:
    console = Console(file=io.StringIO(), width=100, highlight=False)
    said = Rendered(
        "made",
        "[bold]tekst[/bold]",
        (Choice("a", "[red]keus[/red]"),),
        (Line("f", "[b]naam[/b]", "[i]waarde[/i]", "[u]woorden[/u]"),),
    )
    talk = Rehearsal(scheme("blijf-groep"), NOON, seeded("a test"))

    Terminal(talk, console, keyboard()).show(Exchange(talk.session, (said,)))

    assert isinstance(console.file, io.StringIO)
    words = console.file.getvalue()
    assert [
        part
        for part in (
            "[bold]tekst[/bold]",
            "[red]keus[/red]",
            "[b]naam[/b]",
            "[i]waarde[/i]",
            "[u]woorden[/u]",
        )
        if part not in words
    ] == []


async def test_what_happens_is_recorded_as_it_was_meant(tmp_path: Path) -> None:
    file = tmp_path / "seen.txt"
    recorder = Recorder(file, scheme("blijf-groep"), NOON, None)
    await talked(STORY, "1", "/later 3d", "/send sticker", recorder=recorder)

    steps = read(file.read_text("utf-8"), "seen.txt").steps
    assert [(step.kind, step.text) for step in steps if step.kind != "said"] == [
        ("say", STORY), ("choose", "[Ja]"), ("later", "3d"), ("send", "sticker"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "count", "chosen"),
    [
        ("2", 3, (2,)),
        ("1 3", 3, (1, 3)),
        ("1,3", 3, (1, 3)),
        ("1 en 3", 3, (1, 3)),
        ("3 3", 3, (3,)),
        ("4", 3, ()),
        ("0", 3, ()),
        ("9", 1, ()),
        ("2 keer", 3, ()),
        ("", 3, ()),
        ("²", 3, ()),
    ],
)
def test_only_numbers_of_options_choose(line: str, count: int, chosen: Sequence[int]) -> None:
    assert numbers(line, count) == chosen


@pytest.mark.parametrize("text", ["3d", "1d12h", "30m", "14d"])
def test_a_length_of_time_is_written_as_it_is_typed(text: str) -> None:
    assert written(clock.duration(text)) == text
