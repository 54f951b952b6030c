"""Pages of the desk that other parts bring, in the real browser: no barrier, nothing wider than the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

import aiohttp
import pytest
from playwright.async_api import Page

from bot.reminders.round import one_round
from flows.calendar.zone import AMSTERDAM
from tests.desk.site import STORY, DeskSite, desk_site
from tests.desk.test_browser import chromium, log_in
from tests.line.client import Client
from tests.reminders.postbox import links, postbox
from tests.web.barriers import axe_source

CONFIDANT = "ik-ben-er-ook"
SIZES = pytest.mark.parametrize(("width", "colours"), [(360, "dark"), (320, "light"), (1280, "light")])
Colours = Literal["dark", "light"]


class Looked(dict[str, object]):
    """What was found at each page, by its name."""

    def __init__(self, page: Page) -> None:
        self._page, self._source = page, axe_source()

    async def at(self, name: str) -> None:
        """Look at the page that is open."""
        await self._page.evaluate(self._source)
        result = await self._page.evaluate("axe.run()")
        wide = await self._page.evaluate("document.documentElement.scrollWidth > innerWidth")
        self[name] = ([one["id"] for one in result["violations"]], wide)

    @contextmanager
    def nothing(self, count: int) -> Iterator[None]:
        """Nothing may have been found at this many pages."""
        yield
        assert self == dict.fromkeys(self, ([], False))
        assert len(self) == count


async def saskia_is_mailed(site: DeskSite) -> list[str]:
    """A contact comes due; returns the links in the mails about it."""
    await site.staff("blijf-groep")
    await site.store.set_contact("blijf-groep/saskia-de-vries", "saskia@example.org", now=site.now)
    await site.file("blijf-groep", "BG-1")
    site.now = datetime(2026, 5, 27, 9, 0, tzinfo=AMSTERDAM)
    async with postbox() as box:
        await one_round(site.store, site.schemes, box.setting, site.url, site.clock)
        return [link for mail in box.mails for link in links(mail)]


@SIZES
async def test_page_behind_a_button_in_a_mail(tmp_path: Path, width: int, colours: Colours) -> None:
    async with desk_site(tmp_path) as site, chromium() as browser:
        done, later = (await saskia_is_mailed(site))[:2]
        context = await browser.new_context(
            viewport={"width": width, "height": 800}, locale="nl-NL", color_scheme=colours, bypass_csp=True
        )
        page = await context.new_page()
        looked = Looked(page)
        with looked.nothing(4):
            for name, link in (("later", later), ("done", done)):
                await page.goto(link)
                await looked.at(name)
            await page.click("main button")
            await looked.at("pressed")
            await page.goto(done)
            await looked.at("over")


def somebody() -> aiohttp.ClientSession:
    """A browser without script that keeps its cookies."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


@SIZES
async def test_inbox_and_a_line_of_a_confidant(tmp_path: Path, width: int, colours: Colours) -> None:
    async with (
        desk_site(tmp_path, demo=True) as site,
        chromium() as browser,
        somebody() as session,
    ):
        await site.store.add_confidant(CONFIDANT, "Aileen Kivits", "appel fiets maandag wolk", now=site.now)
        client = Client(session, site.url, CONFIDANT)
        await client.begin()
        await client.post("zeg", say=f"{STORY} {'a' * 300}")
        context = await browser.new_context(
            viewport={"width": width, "height": 800}, locale="nl-NL", color_scheme=colours, bypass_csp=True
        )
        page = await context.new_page()
        looked = Looked(page)
        with looked.nothing(3):
            await log_in(page, site, f"{CONFIDANT}/aileen-kivits")
            await looked.at("inbox")
            await page.click("main li a")
            assert STORY in await page.inner_text("main")
            await looked.at("line")
            await page.fill("main textarea", "Dag, ik ben Aileen. Ik luister.")
            await page.click("main form:has(textarea) button")
            await looked.at("answered")
