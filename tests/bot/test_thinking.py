"""Texts that are read in a process beside: the same turns, nothing lost when it dies, and nothing secret in it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.chance import seeded
from bot.conversation import Conversations, Kept
from bot.kept_talk import keeping
from bot.schemes import Schemes
from bot.thinker import Asked, _answer, frame, frames
from bot.thinking import Thinking, thinking
from flows.events import Event, Said, Started
from flows.session import Fresh, Session, encode
from storage.opening import open_practice
from storage.records import Address
from tests.conversing import WEDNESDAY, Client

SCHEME = "blijf-groep"
LINED = "ik-ben-er-ook"
"""An organisation whose confidant has a line."""

TOLD = (
    "Een medewerker lachte mij uit waar iedereen bij was.",
    "vorige week dinsdag",
    "haarlem",
    "ik ben client",
    "ik wil eerst met de vertrouwenspersoon praten, anoniem",
    "mijn vader slaat mij, ik ben bang",
    "Samira",
    "06-12345678",
)
OURS = Schemes().load(SCHEME)
FRESH = Fresh("23456789", "appel boom kat deur huis")


@asynccontextmanager
async def beside() -> AsyncIterator[Thinking]:
    """A process beside that is ready."""
    made = Thinking()
    made.patience = 60.0  # a busy machine takes long over it
    await made.begin()
    try:
        await asyncio.wait_for(made.ready.wait(), 60)
        yield made
    finally:
        await made.close()


async def told(folder: Path, by: Thinking | None) -> list[Kept]:
    """What comes of telling all of it, by whom texts are read."""
    schemes, minutes, chance = Schemes(), count(), seeded("a")
    async with open_practice(folder, schemes.ids(), lambda id: keeping(schemes, id)) as store:
        talk = Conversations(store, schemes, lambda: WEDNESDAY + timedelta(minutes=next(minutes)), chance, by)
        events: list[Event] = [Started("telegram"), *map(Said, TOLD)]
        address = Address("telegram", "4711", SCHEME)
        return [await talk.handle(address, event, platform="telegram", deliver=True) for event in events]


async def test_texts_read_beside_make_the_same_turns(tmp_path: Path) -> None:
    async with beside() as process:
        found = await told(tmp_path / "beside", process)
        asked = next(process._numbers)
    here = await told(tmp_path / "here", None)

    assert [kept.exchange for kept in found] == [kept.exchange for kept in here]
    assert asked == len(TOLD)


async def test_where_nobody_reads_a_line_none_is_offered_beside_either(tmp_path: Path) -> None:
    async with beside() as process:
        asked = Client(LINED, platform="telegram").session, Said("ik wil anoniem praten")
        found = await process.think(Schemes().load(LINED), *asked, WEDNESDAY, FRESH)

    assert found is not None
    thought, lineless = found
    assert lineless is not None
    assert len(lineless.said) < len(thought.said)
    assert [message for message in lineless.said if "/praten" in message.text or message.door] == []


async def test_killed_process_loses_nothing_and_is_begun_anew(tmp_path: Path) -> None:
    async with beside() as process:
        os.kill(pid(process), signal.SIGSTOP)
        waiting = asyncio.ensure_future(process.think(OURS, begun(), Said("gisteren"), WEDNESDAY, FRESH))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        old = pid(process)
        os.kill(old, signal.SIGKILL)
        assert await waiting is None
        assert await process.think(OURS, begun(), Said("gisteren"), WEDNESDAY, FRESH) is None
        await asyncio.wait_for(process.ready.wait(), 60)
        assert pid(process) != old
        assert await process.think(OURS, begun(), Said("gisteren"), WEDNESDAY, FRESH) is not None


async def test_process_that_does_not_answer_is_ended() -> None:
    async with beside() as process:
        process.patience = 0.3
        os.kill(pid(process), signal.SIGSTOP)
        asked = (process.think(OURS, begun(), Said(text), WEDNESDAY, FRESH) for text in ("a", "b"))
        assert await asyncio.wait_for(asyncio.gather(*asked), 60) == [None, None]


async def test_process_that_answers_others_is_only_busy_and_is_left_at_it() -> None:
    async with beside() as process:
        os.kill(pid(process), signal.SIGSTOP)
        waiting = asyncio.ensure_future(process.think(OURS, begun(), Said("hoi"), WEDNESDAY, FRESH))
        await asyncio.sleep(0)
        process.patience, now = 60, asyncio.get_running_loop().time()
        process._asked = {id: (now - 1, future) for id, (_, future) in process._asked.items()}
        process._heard = now
        process._look()
        os.kill(pid(process), signal.SIGCONT)
        assert await asyncio.wait_for(waiting, 60) is not None


@pytest.mark.parametrize("changes", [{"id": "no-scheme"}, {"hash": "of another file"}])
async def test_text_that_cannot_be_read_there_is_read_here(changes: dict[str, str]) -> None:
    async with beside() as process:
        other = msgspec.structs.replace(OURS, **changes)
        assert await process.think(other, begun(), Said("hoi"), WEDNESDAY, FRESH) is None
        assert await process.think(OURS, begun(), Said("hoi"), WEDNESDAY, FRESH) is not None


async def test_text_that_no_wire_takes_holds_up_nobody_who_asked_with_it() -> None:
    async with beside() as process:
        texts = ("gisteren", "\ud800", "gisteren")
        asked = (process.think(OURS, begun(), Said(text), WEDNESDAY, FRESH) for text in texts)
        found = await asyncio.wait_for(asyncio.gather(*asked), 60)
    assert [one is None for one in found] == [False, True, False]


def asked(*told: str) -> bytes:
    """A batch of these texts, each in a talk that has just begun, as it goes to the process beside."""
    fresh = FRESH.number, FRESH.claim_code
    return frame(msgspec.msgpack.encode([
        Asked(id, OURS.id, OURS.hash, encode(begun()), Said(text), WEDNESDAY.isoformat(), *fresh)
        for id, text in enumerate(told)
    ]))  # fmt: skip


async def test_process_beside_holds_nothing_of_what_was_told_while_nobody_asks() -> None:
    secret = "Haar naam is Vergeetmijniet"
    ours, theirs = socket.socketpair()
    beside = threading.Thread(target=_answer, args=(theirs, Schemes()), daemon=True)
    with ours, theirs:
        beside.start()
        ours.sendall(asked(secret))
        await asyncio.to_thread(ours.recv, 1 << 16)
        async with asyncio.timeout(60):
            while "Vergeetmijniet" in names_of(beside):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        ours.shutdown(socket.SHUT_RDWR)
        await asyncio.to_thread(beside.join, 60)


async def test_process_beside_has_none_of_the_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOORD_TELEGRAM_TOKEN", "42:geheim")
    monkeypatch.setenv("GEHOORD_DATABASE", "postgresql://gehoord:geheim@localhost/gehoord")
    async with beside() as process:
        known = told_of(pid(process), "environ") + told_of(pid(process), "cmdline")
        limits = told_of(pid(process), "limits").decode().splitlines()

    assert [line.split()[4:6] for line in limits if line.startswith("Max core file size")] == [["0", "0"]]
    assert b"bot.thinker" in known
    assert b"geheim" not in known


async def test_process_that_cannot_be_begun_holds_nothing_up_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    python = sys.executable
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    async with thinking() as process:
        assert process is not None
        assert await process.think(OURS, begun(), Said("gisteren"), WEDNESDAY, FRESH) is None
        monkeypatch.setattr(sys, "executable", python)
        await asyncio.wait_for(process.ready.wait(), 60)
        assert await process.think(OURS, begun(), Said("gisteren"), WEDNESDAY, FRESH) is not None


async def test_with_one_core_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    async with thinking() as found:
        assert found is None


PARENT = """
import asyncio
from bot.thinking import Thinking

async def main():
    process = Thinking()
    await process.begin()
    await process.ready.wait()
    print(process._process.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


async def test_process_beside_ends_with_a_parent_that_was_killed() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()
    async with asyncio.timeout(60):
        while told_of(child, "cmdline"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_process_beside_whose_parent_is_gone_while_it_answers_ends_in_silence() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        beside = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.thinker", str(theirs.fileno()),
            pass_fds=[theirs.fileno()], stderr=subprocess.PIPE,
        )  # fmt: skip
        ours.sendall(asked(*TOLD))
    _, said = await beside.communicate()

    assert (beside.returncode, said) == (0, b"")


@given(some.lists(some.binary(max_size=40)), some.integers(1, 7))
def test_frames_come_whole_however_they_are_cut(bodies: list[bytes], step: int) -> None:
    sent, buffer, found = b"".join(map(frame, bodies)), bytearray(), list[bytes]()
    for at in range(0, len(sent), step):
        buffer += sent[at : at + step]
        found += frames(buffer)

    assert (found, bytes(buffer)) == (bodies, b"")


def names_of(thread: threading.Thread) -> str:
    """What every name of the functions that a thread is in stands for."""
    frame = sys._current_frames()[thread.ident or 0]
    found = []
    while (above := frame.f_back) is not None:
        found.append(repr(frame.f_locals))
        frame = above
    return "".join(found)


def begun() -> Session:
    """A conversation that has just begun."""
    return Client(SCHEME, platform="telegram").session


def pid(process: Thinking) -> int:
    """Of the process beside."""
    assert process._process is not None
    return process._process.pid


def told_of(pid: int, what: str) -> bytes:
    """What the kernel tells of a process; nothing when it ended."""
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
