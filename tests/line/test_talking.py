"""A line in scripts and at the command line: what goes in and comes out of it is a contract."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.chance import seeded
from bot.json_chat import answer, state
from bot.kept_talk import KeptTalk, open_data
from bot.line.ends import Rehearsed
from bot.line.stored import Stored, practice_confidant
from bot.line.talking import Lined
from bot.schemes import Schemes
from bot.talk import Rehearsal
from flows.events import Started
from storage.practice import practice_password
from tests.line.conftest import SCHEME
from tests.schemes import scheme

NOON = datetime(2026, 5, 20, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


class Script:
    """A script that talks, line by line."""

    def __init__(self, talk: Lined) -> None:
        self._talk = talk
        self.last: dict[str, object] = {}

    async def does(self, *given: object) -> dict[str, object]:
        """Writes these lines; returns what came last."""
        for one in given:
            self.last = await answer(self._talk, one if isinstance(one, str) else json.dumps(one))
        return self.last

    async def begins(self) -> str:
        """Opens a line; returns its words."""
        self.last = state(await self._talk.handle(Started("terminal", None)))
        await self.does("ik wil anoniem praten", {"choose": "line"})
        words = str(self.last["code"])
        await self.does(words)
        return words

    @property
    def ids(self) -> list[str]:
        """The messages that came last."""
        messages = self.last["messages"]
        assert isinstance(messages, list)
        return [message["id"] for message in messages]

    @property
    def texts(self) -> str:
        """What was read last."""
        messages = self.last["messages"]
        assert isinstance(messages, list)
        return "\n".join(message["text"] for message in messages)


@pytest.fixture
def script() -> Script:
    """A talk that is kept nowhere."""
    talk = Rehearsal(scheme(SCHEME), NOON, seeded("a line"))
    return Script(Lined(talk, Rehearsed(scheme(SCHEME), lambda: talk.now)))


async def test_a_line_is_open_once_its_words_are_typed_back_and_says_what_is_unread(script: Script) -> None:
    script.last = state(await script._talk.handle(Started("terminal", None)))
    seen = [script.last["line"]]
    for one in ("ik wil anoniem praten", {"choose": "line"}):
        seen.append((await script.does(one))["line"])
    words = str(script.last["code"])
    for one in ("appel fiets", words, "Hoi.", "Is daar iemand?", {"confidant": "Ja hoor."}, "Fijn."):
        seen.append((await script.does(one))["line"])

    closed, nothing = {"open": False, "unread": 0}, {"open": True, "unread": 0}
    one, two = {"open": True, "unread": 1}, {"open": True, "unread": 2}
    assert seen == [None, None, closed, closed, nothing, one, two, nothing, one]
    assert (script.last["state"], script.last["code"], len(words.split())) == ("line", None, 8)


async def test_what_the_confidant_says_is_read_at_once_and_waits_for_who_left(script: Script) -> None:
    words = await script.begins()
    await script.does("Hoi.", {"confidant": "Fijn dat je schrijft."})
    assert script.ids == ["confide.writes", "confide.read", "confide.next"]
    assert "Aileen Kivits schrijft:\nFijn dat je schrijft." in script.texts

    await script.does({"choose": "stop"}, {"confidant": "Ben je er nog?"})
    assert (script.last["state"], script.last["messages"]) == ("asking", [])
    await script.does({"choose": "line"}, words)
    assert script.texts.count("schrijft:") == 2


async def test_nothing_of_the_line_reaches_the_conversation(script: Script) -> None:
    await script.begins()
    await script.does("Ik heet Kwikstaart.", {"choose": "stop"})

    talk = script._talk.talk
    assert isinstance(talk, Rehearsal)
    assert "Kwikstaart" not in repr(talk.session)


@pytest.mark.parametrize("at", ["words", "line"])
async def test_danger_is_heard_everywhere_on_the_way(script: Script, at: str) -> None:
    await script.begins()
    if at == "words":
        await script.does({"choose": "stop"}, {"choose": "line"})
    await script.does("mijn stiefvader slaat mij")

    assert (script.last["danger"], script.ids[:2]) == (["violence"], ["danger.now", "danger.lines"])


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (({"choose": "close"}, "Nog iets."), ["confide.closed"]),
        (({"choose": "wipe"},), ["confide.wiped", "confidant.then"]),
        (({"send": {"kind": "photo"}},), ["confide.only_words", "confide.next"]),
        (("   ",), ["confide.empty", "confide.next"]),
        (("x" * 20_001,), ["confide.long", "confide.next"]),
        (({"later": "3d"},), ["confide.next"]),
    ],
)
async def test_everything_has_an_answer(script: Script, given: tuple[object, ...], left: list[str]) -> None:
    await script.begins()
    await script.does(*given)
    assert script.ids == left


async def test_when_nobody_reads_for_long_other_ways_are_named(script: Script) -> None:
    await script.begins()
    await script.does("Hoi.", {"later": "3d"})
    assert script.ids == [
        "confide.unread_long", "confidant.reach", "claim.call_shows_number", "confidant.outside",
        "confidant.reach", "confide.next",
    ]  # fmt: skip


@pytest.mark.parametrize("before", [(), ("ik wil anoniem praten", {"choose": "line"})], ids=["none", "words"])
async def test_a_confidant_without_a_line_is_an_error(script: Script, before: tuple[object, ...]) -> None:
    script.last = state(await script._talk.handle(Started("terminal", None)))
    await script.does(*before, {"confidant": "Hallo?"})
    assert list(script.last) == ["error"]


async def test_a_wiped_line_has_no_confidant_any_more(script: Script) -> None:
    await script.begins()
    await script.does("Hoi.", {"choose": "wipe"}, {"confidant": "Hallo?"})
    assert list(script.last) == ["error"]


async def kept(data: Path, act: Callable[[Script], object]) -> Script:
    """A talk in a data directory for practice."""
    schemes = Schemes()
    store = open_data(data, schemes)
    async with store:
        confidant = await practice_confidant(store, data, scheme(SCHEME), NOON)
        talk = KeptTalk(store, schemes, SCHEME, NOON, None)
        script = Script(Lined(talk, Stored(store, scheme(SCHEME), lambda: talk.now, confidant)))
        await act(script)  # type: ignore[misc]
    return script


async def test_the_inbox_and_a_reply_at_the_command_line(tmp_path: Path) -> None:
    words: list[str] = []

    async def writes(script: Script) -> None:
        words.append(await script.begins())
        await script.does("mijn stiefvader slaat mij")

    async def comes_back(script: Script) -> None:
        script.last = state(await script._talk.handle(Started("terminal", None)))
        await script.does("ik wil anoniem praten", {"choose": "line"}, words[0])

    await kept(tmp_path, writes)
    run, officer = CliRunner(), f"{SCHEME}/aileen-kivits"
    given = ["--officer", officer, "--data", str(tmp_path)]
    password = practice_password(tmp_path, SCHEME) + "\n"

    async def runs(*words: str) -> list[str]:
        result = await asyncio.to_thread(run.invoke, app, ["line", *words, *given], password)
        return result.stdout.splitlines()

    inbox = (await runs("inbox"))[-1]
    ref = inbox.split()[0]
    assert inbox.split()[1:] == ["1", "unread", "danger"]
    said = "\n".join(await runs("reply", ref, "--text", "Ben je nu veilig?", "--last"))
    assert ("mijn stiefvader slaat mij" in said, "Ben je nu veilig?" in said) == (True, True)
    assert (await runs("inbox"))[-1].split()[1:] == ["0", "unread", "closed"]

    back = await kept(tmp_path, comes_back)
    assert ("Ben je nu veilig?" in back.texts, back.ids[-1]) == (True, "confide.closed")
