"""What parts do in the background goes on after a failure: nobody waits for it, and nobody would see it end."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.web import app
from bot.web.services import Part
from tests.web.running import running


async def test_part_that_fails_is_begun_again_and_ends_with_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "AGAIN", 0.01)
    begun, ended = [0], asyncio.Event()
    up = asyncio.Event()

    async def run() -> None:
        begun[0] += 1
        if begun[0] == 1:
            raise ExceptionGroup("told", [ValueError("Samira"), ExceptionGroup("", [KeyError("0612345678")])])
        up.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with running(tmp_path) as site:
        part = Part("some part", on=True, why="", run=run)
        runner = web.AppRunner(app.make_app(site.services, (part,)))
        with capture_logs() as logs:
            await runner.setup()
            await asyncio.wait_for(up.wait(), 60)
            await runner.cleanup()

    assert (begun, ended.is_set()) == ([2], True)
    assert [log for log in logs if "part" in log] == [
        {
            "event": "failed, and begun again", "log_level": "error", "part": "some part",
            "errors": ["KeyError", "ValueError"],
        }
    ]  # fmt: skip
