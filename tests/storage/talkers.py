"""People who talk with the store in a process of its own, at a sign, so that processes talk at the same time.

``python -m tests.storage.talkers DATABASE DATA PEOPLE`` opens the store, lets everybody say something, prints a
line, and then waits: for each line with a number on stdin it has everybody together take so many turns more, and prints
when they began and ended (one clock for all processes), how much processor time that took here, and how many they were.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from storage.errors import Busy
from storage.records import Address
from storage.sqlite import SqliteStore
from tests.benchmarks.storage import STORY
from tests.storage.cluster import Cluster
from tests.storage.made import NOW, SCHEME, turn
from tests.storage.many_cases import opened

_TICK = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """What a number of turns took: seconds on the clock, and of processor time here and at the server, for each."""

    turns: int
    seconds: float
    clients: float
    server: float

    @property
    def rate(self) -> float:
        """Turns a second."""
        return 1 / self.seconds

    @property
    def processor(self) -> float:
        """Seconds of processor time for a turn, on both sides."""
        return self.clients + self.server


class Talkers:
    """Some processes on one database, each with so many people."""

    def __init__(self, cluster: Cluster, processes: Sequence["subprocess.Popen[str]"]) -> None:
        self._cluster = cluster
        self._processes = processes

    def talk(self, turns: int) -> Cost:
        """Have all processes take so many turns together, each as many."""
        server = server_time(self._cluster)
        for process in self._processes:
            assert process.stdin is not None
            print(turns // len(self._processes), file=process.stdin, flush=True)
        told = [[float(one) for one in _line(process).split()] for process in self._processes]
        server = server_time(self._cluster) - server
        seconds = max(ended for _, ended, _, _ in told) - min(begun for begun, _, _, _ in told)
        done = int(sum(count for _, _, _, count in told))
        return Cost(done, seconds / done, sum(spent for _, _, spent, _ in told) / done, server / done)


@contextmanager
def talkers(cluster: Cluster, url: str, data: Path, *, processes: int, people: int) -> Iterator[Talkers]:
    """So many processes with so many people each; they are up, and have talked a little."""
    words = [sys.executable, "-m", "tests.storage.talkers", url, str(data), str(people)]
    with ExitStack() as stack:
        made = [
            stack.enter_context(
                subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(processes)
        ]
        for process in made:
            _line(process)
        yield Talkers(cluster, made)
        for process in made:
            assert process.stdin is not None
            process.stdin.close()


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def server_time(cluster: Cluster) -> float:
    """Seconds of processor time that a server used since it started, with all its processes, those that ended too."""
    first = (cluster.data / "postmaster.pid").read_text().split()[0]
    ticks = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                told = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it ended meanwhile
                continue
            if folder.name == first:
                ticks += sum(map(int, told[11:15]))
            elif told[1] == first:
                ticks += sum(map(int, told[11:13]))
    return ticks / _TICK


async def talk(store: SqliteStore, address: Address, turns: int) -> None:
    """Somebody says so much, and gets an answer each time."""
    for _ in range(turns):
        with suppress(Busy):  # a machine that was put to sleep in the midst of it
            draft = await store.load(address)
            said = os.urandom(8).hex()
            await store.commit(address, draft.version, turn(STORY), [b"m" * 200], said, now=NOW)


async def live(url: str, data: Path, people: int) -> None:
    """The process."""
    async with opened(url, data) as store:
        crowd = [Address("web", os.urandom(8).hex(), SCHEME) for _ in range(people)]
        await asyncio.gather(*(talk(store, one, 2) for one in crowd))
        print("ready", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            each = max(1, int(line) // people)
            begun, spent = time.monotonic(), time.process_time()
            await asyncio.gather(*(talk(store, one, each) for one in crowd))
            print(begun, time.monotonic(), time.process_time() - spent, each * people, flush=True)


if __name__ == "__main__":
    asyncio.run(live(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
