"""Where the time of a turn on Telegram goes: ``python -m tests.benchmarks.turn [PEOPLE]``.

The same talk as in `tests.benchmarks.telegram`, with a clock around some twenty functions. A function that waits is
counted only while it runs. Told are microseconds of the event loop for each update; the
clocks themselves take some 15 µs of it. What is set in belongs to the line above it.
"""

import asyncio
import functools
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Generator
from typing import Any

from bot import conversation, delivery, thinking
from bot.channels import receiving, sending, showing, staff, wire
from storage.sqlite import conversations, outbox, writer
from tests.benchmarks.telegram import FORM, OURS, PEOPLE, rate

PARTS: tuple[tuple[int, str, object, str], ...] = (
    (0, "taking an update in", receiving.Receiving, "take_raw"),
    (1, "whose it is", staff.Staff, "took"),
    (1, "the conversation, remembered or opened", conversations.ConversationPart, "load"),
    (1, "asking the process beside", thinking.Thinking, "think"),
    (1, "a turn made here (no text)", conversation, "advance"),
    (1, "its session, read", conversation, "decode"),
    (1, "bubbles and buttons", showing.Face, "outgoing"),
    (1, "what is kept of the buttons", showing.Face, "beside"),
    (1, "handing it to the writer", conversations.ConversationPart, "commit"),
    (0, "the process beside: writing to it", thinking.Thinking, "_send"),
    (0, "the process beside: reading from it", thinking.Thinking, "data_received"),
    (0, "writing, on the event loop", writer, "_attempted"),
    (1, "turns", conversations, "keep_turn"),
    (1, "deliveries", outbox, "next_parcel"),
    (0, "delivering", delivery, "deliver"),
    (1, "one message", sending.Sending, "send"),
    (2, "aiogram, and JSON", wire.Wire, "make_request"),
)


class Clocks:
    """How long each part ran, in seconds."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def put(self) -> None:
        """Put a clock around every part."""
        for _, name, place, attribute in PARTS:
            setattr(place, attribute, self._around(name, getattr(place, attribute)))

    def _around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        if not asyncio.iscoroutinefunction(function):

            @functools.wraps(function)
            def timed(*args: Any, **kwargs: Any) -> Any:
                begun = time.thread_time()
                try:
                    return function(*args, **kwargs)
                finally:
                    self.spent[name] += time.thread_time() - begun

            return timed

        @functools.wraps(function)
        async def stepped(*args: Any, **kwargs: Any) -> Any:
            return await _Steps(function(*args, **kwargs), name, self.spent)

        return stepped


class _Steps:
    """A coroutine of which each step is timed, and no wait."""

    def __init__(self, work: Awaitable[Any], name: str, spent: Counter[str]) -> None:
        self._work, self._name, self._spent = work, name, spent

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self._work.__await__()
        sent: Any = None
        step: Callable[[Any], Any] = steps.send
        while True:
            begun = time.thread_time()
            try:
                waits = step(sent)
            except StopIteration as end:
                return end.value
            finally:
                self._spent[self._name] += time.thread_time() - begun
            try:
                sent, step = (yield waits), steps.send
            except BaseException as error:
                sent, step = error, steps.throw


def main() -> None:
    """Measure, and tell it as a table."""
    people, clocks = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE, Clocks()
    clocks.put()
    at: list[tuple[float, Counter[str]]] = []
    found, _ = asyncio.run(rate(OURS, people, lambda: at.append((time.thread_time(), clocks.spent.copy()))))
    (begun, before), (ended, after) = at
    count, told = people * len(FORM), 0.0
    print("| part | µs |\n|---|---|")
    for depth, name, _, _ in PARTS:
        spent = (after[name] - before[name]) / count
        told += spent if depth == 0 else 0
        print(f"| {'· ' * depth}{name} | {1e6 * spent:.0f} |")
    busy = (ended - begun) / count
    print(f"| the event loop itself, and what wakes it | {1e6 * (busy - told):.0f} |")
    print(f"| in all, of the event loop's thread | {1e6 * busy:.0f} |")
    print(f"| from one update to the next | {1e6 / found:.0f} |")


if __name__ == "__main__":
    main()
