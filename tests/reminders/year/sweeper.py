"""The process that reminds, as `gehoord serve` does each minute, by a clock that is told to it; made to be killed.

``python -m tests.reminders.year.sweeper DATA SCHEMES PORT ORIGIN LOG``. Each line that it reads is a moment (ISO), at
which it sweeps, sends, wakes clients and delivers to them; it answers with how much it did, as JSON. What is delivered
to clients stands in LOG, a line each. Once a day it forgets.
"""

import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path

import msgspec
import structlog

from bot import waking
from bot.chance import fresh
from bot.channels import showing
from bot.conversation import Conversations
from bot.delivery import work_off
from bot.kept_talk import keeping
from bot.reminders.post import Setting
from bot.reminders.round import one_round
from bot.schemes import Schemes
from bot.web.services import Services, Site
from locales import Rendered
from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Parcel

KEY = b"buttons"


class Delivered(msgspec.Struct, frozen=True):
    """What came to a client: in which conversation, the number of the message and its id, and when."""

    to: str
    parcel: int
    id: str
    at: datetime


class Did(msgspec.Struct, frozen=True):
    """What was done at one moment."""

    posted: int
    sent: int
    woken: int
    told: int

    @property
    def nothing(self) -> bool:
        """Whether all is quiet."""
        return not (self.posted or self.sent or self.woken or self.told)


def ways() -> dict[str, waking.Way]:
    """How clients are woken here."""
    return {
        "telegram": lambda address: (True, showing.Face(KEY, address.key).beside),
    }


async def main(data: Path, folder: Path, port: int, origin: str, log: Path) -> None:
    """Do as it is told until the door is shut."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    schemes, by = Schemes(folder), Setting("127.0.0.1", port, "gehoord@example.org", "off")
    now, forgot = datetime.min, ""
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def send(parcel: Parcel) -> bytes | None:
        said = msgspec.json.decode(parcel.body, type=Rendered)
        line = Delivered(parcel.address.key, parcel.id, said.id, now)
        os.write(out, msgspec.json.encode(line) + b"\n")
        await asyncio.sleep(0)
        return None

    async with open_store(data, lambda id: keeping(schemes, id), cost=QUICK) as store:
        talks = Conversations(store, schemes, lambda: now, fresh)
        of = Services(store, talks, schemes, Site(origin=origin), lambda: now)

        mouths = {("telegram", id): send for id in schemes.ids()}

        async def to_clients() -> tuple[int, int]:
            woken = await waking.wake(of, ways())
            return woken, await work_off(store, mouths, of.clock)

        print("ready", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            now = datetime.fromisoformat(line.strip())
            round, (woken, told) = await asyncio.gather(
                one_round(store, schemes, by, origin, of.clock), to_clients()
            )
            if line[:10] != forgot:
                forgot = line[:10]
                await store.purge(now)
            print(msgspec.json.encode(Did(round.posted, round.sent, woken, told)).decode(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4], Path(sys.argv[5])))
