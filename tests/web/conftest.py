"""One site and one browser for all tests of the web, in one event loop."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import async_playwright

from tests.web.barriers import axe_source
from tests.web.browsing import Browser
from tests.web.running import Running, running

HERE = Path(__file__).parent
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)  # fmt: skip


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """The site, without limits on how much is asked."""
    async with running(tmp_path_factory.mktemp("site")) as up:
        yield up


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(site: Running) -> AsyncIterator[Browser]:
    """Somebody with a browser without script, at Blijf Groep."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Browser(session, site.url)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Chromium]:
    """The real browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return axe_source()
