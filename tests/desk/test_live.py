"""Today stays as it is now where JavaScript is on, and the list keeps what was asked of it."""

from pathlib import Path

from playwright.async_api import Page

from bot.desk import today
from tests.desk.site import desk_site, visitor
from tests.desk.test_browser import chromium, log_in

FOCUSED = "document.activeElement.textContent.trim()"


HURRY = "{ const real = setTimeout; window.setTimeout = (what, wait) => real(what, wait / 100) }"
"""The 45 seconds between two looks take half a second."""


async def looked(page: Page) -> None:
    """The page asked what is new and got it: what it asked after it had handled an answer from now on."""
    for _ in range(3):
        await page.wait_for_event("response", lambda one: "x-part" in one.request.headers)


async def test_new_case_appears_without_a_reload_and_leaves_the_officer_where_they_are(
    tmp_path: Path,
) -> None:
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        saskia = await site.staff("blijf-groep")
        await site.file("blijf-groep", "BG-1")
        page = await browser.new_page(locale="nl-NL", viewport={"width": 360, "height": 500})
        await page.add_init_script(HURRY)
        await log_in(page, site, saskia.id)
        await page.focus("ol.cases a")
        await page.evaluate("window.kept = document.querySelector('ol.cases a')")
        at = await page.evaluate("scrollY")
        await looked(page)
        same = await page.evaluate("window.kept.isConnected")
        quiet = await page.text_content("#told")
        await site.file("blijf-groep", "BG-2")
        await looked(page)
        await page.wait_for_selector("text=BG-2")
        assert (same, quiet) == (True, "")
        assert await page.text_content("#told") == "De lijst is nieuw: 2 zaken."
        assert await page.evaluate(f"[{FOCUSED}, scrollY]") == ["BG-1", at]
        assert await page.locator("ol.cases a").all_text_contents() == ["BG-1", "BG-2"]


async def test_list_that_is_being_marked_waits(tmp_path: Path) -> None:
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        saskia = await site.staff("blijf-groep")
        await site.file("blijf-groep", "BG-1")
        page = await browser.new_page(locale="nl-NL")
        await page.add_init_script(HURRY)
        await log_in(page, site, saskia.id)
        await page.evaluate("getSelection().selectAllChildren(document.querySelector('ol.cases .about'))")
        marked = await page.evaluate("getSelection().toString()")
        await site.file("blijf-groep", "BG-2")
        await looked(page)
        kept = await page.evaluate("getSelection().toString()")
        waits = await page.locator("ol.cases li").count()
        await page.evaluate("getSelection().empty()")
        await looked(page)
        await page.wait_for_selector("text=BG-2")
        assert (marked != "", kept, waits) == (True, marked, 1)


async def test_page_that_lies_open_locks_itself_and_shows_the_door(tmp_path: Path) -> None:
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        saskia = await site.staff("blijf-groep")
        await site.file("blijf-groep", "BG-1")
        page = await browser.new_page(locale="nl-NL")
        await page.add_init_script(HURRY)
        await log_in(page, site, saskia.id)
        for _ in range(2):
            site.later(minutes=7)
            await looked(page)
        open_still = await page.locator("ol.cases li").count()
        async with page.expect_navigation(url="**/bureau/in"):
            site.later(minutes=2)
        assert (open_still, "BG-1" in await page.content()) == (1, False)


async def test_part_of_the_page_is_given_to_nobody_without_a_session(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as passer:
        await site.staff("blijf-groep")
        await passer.get("/bureau", headers={"X-Part": "list"})
        assert passer.path == "/bureau/in"


async def test_list_is_narrowed_to_a_term_and_every_link_keeps_what_was_asked(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("ben-in-de-buurt")
        numbers = [f"BIB-{number}" for number in range(today.PAGE + 1)]
        for number in numbers:
            await site.file("ben-in-de-buurt", number)
        await officer.enter(saskia.id)
        page = await officer.get("/bureau?status=received&term=settled")
        older = 'href="?status=received&amp;term=settled&amp;stapel=all&amp;vanaf=50"' in page
        shown = page.count("/bureau/zaak/")
        none = (await officer.get("/bureau?term=response")).count("/bureau/zaak/")
        for number in numbers:
            await site.store.act(number, site.keys["ben-in-de-buurt"], status="closed", now=site.now)
        closed = await officer.get("/bureau?dicht=1&vanaf=50")
        newer = 'href="?dicht=1&amp;stapel=all&amp;vanaf=0"' in closed
        assert (shown, none, older, newer) == (today.PAGE, 0, True, True)
        assert closed.count("/bureau/zaak/") == 1
