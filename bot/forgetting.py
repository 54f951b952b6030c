"""Forgetting on time by itself: every hour what is due goes, as `gehoord purge` does by hand."""

import asyncio

import structlog

from bot.web.services import Part, Services
from storage.errors import StoreError

HOUR = 3600.0

LOG = structlog.get_logger("gehoord.forgetting")


def part(of: Services) -> Part:
    """The part of `gehoord serve` that forgets."""

    async def run() -> None:
        while True:
            try:
                done = await of.store.purge_in_turn(of.clock())
            except StoreError as error:
                LOG.error("purge failed", error=type(error).__name__)
            else:
                if done is not None:
                    LOG.info("purged", cases=len(done.cases), drafts=done.drafts, waiting=len(done.waiting))
            await asyncio.sleep(HOUR)

    return Part(
        "forgetting", on=True, why="hourly: drafts over 72 hours, cases and lines past their time", run=run
    )
