"""The site and the browser of the web tests, with a confidant at work."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import async_playwright

from storage.officers import Unlocked
from tests.web.conftest import QUIET, axe
from tests.web.running import Running, running

__all__ = ["PASSWORD", "SCHEME", "axe"]

SCHEME, PASSWORD = "ik-ben-er-ook", "appel fiets maandag wolk"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """The site, without limits on how much is asked."""
    folder: Path = tmp_path_factory.mktemp("line")
    async with running(folder) as up:
        yield up


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def aileen(site: Running) -> Unlocked:
    """The confidant of Ik ben er ook!, at work."""
    officer = await site.store.add_confidant(SCHEME, "Aileen Kivits", PASSWORD, now=site.clock())
    return await site.store.unlock(officer.id, PASSWORD, now=site.clock())


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Chromium]:
    """The real browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield browser
        await browser.close()
