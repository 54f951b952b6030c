"""What many lines cost: ``python -m tests.benchmarks.lines [MANY]``.

Opening a line, coming back to it, saying something and answering it, among 1,000 lines and among MANY, by turns in
one run: at most 1.2 times as long, in processor time, and in memory where the machine has a disk for that, so that no
disk evens it out. What looks through all lines (the inbox, the hourly purge) is told beside it.
"""

import argparse
import asyncio
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from storage.lines import LineCode
from storage.officers import Unlocked
from storage.opening import open_store
from storage.passwords import QUICK
from storage.sealing import fresh_pair
from storage.sqlite import SqliteStore, line_rows
from storage.sqlite.engine import Transaction, hour
from storage.sqlite.line_rows import Kept, Mark, free_row, line_keys, row_at, write_row
from storage.sqlite.pool import Pages
from tests.storage.made import NOW, PASSWORD, SCHEME, keeping

FEW, MANY, MOST = 1_000, 10_000, 100_000
OPERATIONS = 150
SLACK = 1.2


def fill(store: SqliteStore, lines: int, reader: str) -> None:
    """So many lines with a message each, in one transaction; what they hold opens to nobody."""
    engine = store._engine
    public, wrapped = fresh_pair().public, os.urandom(300)

    def filling(tx: Transaction) -> None:
        for _ in range(lines):
            locator = free_row(engine, tx)
            slot = row_at(engine, tx, locator).slot
            mark = Mark(Pages(engine, tx).put(os.urandom(3500)), "", hour(NOW), True, secrets.token_hex(8))
            key = line_keys(engine).key(slot).fingerprint
            write_row(engine, tx, locator, Kept(slot, SCHEME, key, public, wrapped, (reader,), hour(NOW), hour(NOW),
                                                marks=(mark,)))  # fmt: skip

    engine.at_once(filling)


async def confidant(store: SqliteStore, name: str) -> Unlocked:
    """A confidant at work."""
    officer = await store.add_confidant(SCHEME, name, PASSWORD, now=NOW)
    return await store.unlock(officer.id, PASSWORD, now=NOW)


class Talk:
    """One line after the other on a store, each step of it timed (processor time of all threads: machines are busy)."""

    def __init__(self, store: SqliteStore, aileen: Unlocked) -> None:
        self._store, self._aileen = store, aileen
        self.taken: dict[str, list[float]] = {}

    async def once(self) -> None:
        """Open a line, come back to it, say something, and have it answered."""
        store, who = self._store, self._aileen
        code = LineCode(await self._timed("draw", store.draw_locator), "1-2-3-4-5-6")
        holder = await self._timed("open", lambda: store.open_line(SCHEME, code, [who.id], now=NOW))
        await self._timed("come back", lambda: store.enter_line(SCHEME, code))
        await self._timed("say", lambda: store.say_on_line(holder, b"hoi", secrets.token_hex(8), now=NOW))
        ref = line_rows.ref_of(store._engine, code.locator)
        await self._timed("read", lambda: store.take_line(who, ref, now=NOW))
        answering = lambda: store.answer_on_line(who, ref, b"dag", secrets.token_hex(8), now=NOW)  # noqa: E731
        await self._timed("answer", answering)

    async def _timed(self, name: str, step: Callable[[], Awaitable[object]]):  # type: ignore[no-untyped-def]
        begun = time.process_time()
        result = await step()
        self.taken.setdefault(name, []).append(time.process_time() - begun)
        return result


async def main(many: int) -> int:
    """Measure and print; returns 1 when something takes too long."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as few, tempfile.TemporaryDirectory(dir=memory) as lots:
        async with (
            open_store(Path(few), keeping, cost=QUICK) as small,
            open_store(Path(lots), keeping, cost=QUICK) as large,
        ):
            talks = []
            for store, lines in ((small, FEW), (large, many)):
                other, aileen = await confidant(store, "Bo"), await confidant(store, "Aileen")
                room = 1 << (lines * 8 // 7).bit_length()
                line_rows.FIRST, Pages.FIRST = room, room
                begun = time.perf_counter()
                fill(store, lines, other.id)
                print(f"{lines:>7} lines made in {time.perf_counter() - begun:.1f} s", flush=True)
                talks.append(Talk(store, aileen))
            for turn in range(OPERATIONS):
                for talk in talks[
                    :: 1 if turn % 2 else -1
                ]:  # who comes second finds the caches warmer, or colder
                    await talk.once()
            worst = 0.0
            for name in talks[0].taken:
                first, second = (1000 * statistics.median(talk.taken[name]) for talk in talks)
                worst = max(worst, second / first)
                print(
                    f"{name:<10} {first:>7.2f} ms among {FEW}, {second:>7.2f} ms among {many}: {second / first:.2f}x"
                )
            for talk, lines in zip(talks, (FEW, many), strict=True):
                begun = time.perf_counter()
                await talk._store.lines_of(talk._aileen)
                between = time.perf_counter()
                await talk._store.purge(NOW)
                inbox, purge = between - begun, time.perf_counter() - between
                print(f"among {lines}: the inbox {inbox:.2f} s, a purge {purge:.2f} s")
    return worst > SLACK


def asked() -> int:
    """How many lines the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.lines", description="What many lines cost."
    )
    parser.add_argument(
        "many",
        nargs="?",
        type=int,
        default=MANY,
        metavar="MANY",
        help=f"how many lines stand beside {FEW}: {MANY} unless told. {MOST} is the claim of docs/architecture.md, "
        "and takes minutes and 2 GB",
    )
    return int(parser.parse_args().many)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(asked())))
