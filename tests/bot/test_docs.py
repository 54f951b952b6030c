"""What the documentation says is so: its commands, settings, files and dialogues."""

import re
from itertools import takewhile
from pathlib import Path

import pytest

from bot import clock
from bot.chance import seeded
from bot.json_chat import state
from bot.playing import Player
from bot.talk import Rehearsal
from bot.transcripts import HEADERS, fenced, read
from flows.events import Started
from tests.bot.test_cli import commands
from tests.schemes import scheme

ROOT = Path(__file__).parents[2]
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
OPERATORS = (ROOT / "docs" / "operators.md").read_text("utf-8")
EVERYWHERE = {"--schemes", "--data"}


def row(command: str) -> str:
    """The line of the manual on a command."""
    found = [line for line in OPERATORS.splitlines() if re.match(rf"\| `gehoord {command}[ `]", line)]
    assert len(found) == 1, f"docs/operators.md has {len(found)} lines on gehoord {command}"
    return found[0]


async def test_the_dialogue_in_the_readme_goes_as_it_is_written() -> None:
    (text,) = fenced((ROOT / "README.md").read_text("utf-8"))
    transcript = read(text, "README.md")
    now = clock.instant(transcript.headers["now"])

    differences = await Player(
        transcript, scheme(transcript.headers["scheme"]), now, seeded("README.md")
    ).play()

    assert "\n".join(map(str, differences)) == ""


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_in_the_manual_with_each_of_its_options(name: str) -> None:
    parameters = dict(commands())[name].params
    options = {option for parameter in parameters for option in parameter.opts if option.startswith("--")}
    written = set(re.findall(r"--[a-z][a-z-]*", row(name)))

    assert sorted(options - EVERYWHERE - written) == []
    assert sorted(written - options) == []


def test_the_manual_names_no_command_that_does_not_exist() -> None:
    named = re.findall(r"^\| `gehoord ([a-z ]+?)(?: [A-Z ]+)?`", OPERATORS, re.MULTILINE)

    assert sorted(set(named) - {name for name, _ in commands()}) == []


def test_every_setting_is_in_the_manual_and_no_other() -> None:
    used = {
        name
        for path in (ROOT / "bot").rglob("*.py")
        for name in re.findall(r"GEHOORD_[A-Z_]+", path.read_text("utf-8"))
    }

    assert set(re.findall(r"^\| `(GEHOORD_[A-Z_]+)`", OPERATORS, re.MULTILINE)) == used


def test_the_manual_names_every_header_and_kind_of_line_of_a_transcript() -> None:
    section = OPERATORS.partition("## Transcripts")[2].partition("\n## ")[0]

    assert [header for header in HEADERS if f"`{header}:`" not in section] == []


async def test_the_manual_names_every_key_of_the_chat_for_scripts() -> None:
    table = takewhile(
        lambda line: line.startswith("|"), OPERATORS.partition("| out | what |\n")[2].splitlines()[1:]
    )
    rows = [line.split("|")[1] for line in table]
    named = {name for first in rows for name in re.findall(r"`([a-z]+)`", first)}
    opening = await Rehearsal(scheme("blijf-groep"), clock.instant("2026-05-20"), seeded("x")).handle(
        Started("terminal")
    )

    assert named == {*state(opening), "error"}


@pytest.mark.parametrize("path", DOCS, ids=[path.name for path in DOCS])
def test_every_link_and_file_that_is_named_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    links = {path.parent / link for link in re.findall(r"\]\(([^)#:]+)\)", text)}
    files = {
        ROOT / name for name in re.findall(r"`((?:bot|flows|locales|storage|docs|tests)/[\w/@.-]+)`", text)
    }

    assert sorted(str(one) for one in links | files if not one.exists()) == []


@pytest.mark.parametrize("path", DOCS, ids=[path.name for path in DOCS])
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", path.read_text("utf-8"), re.MULTILINE))

    assert sorted(named - targets) == []


def test_every_target_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")

    assert re.findall(r"^([a-z]+):(?!.*## )", makefile, re.MULTILINE) == []
