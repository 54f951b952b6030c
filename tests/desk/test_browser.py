"""The desk in a real browser: by keyboard alone, without barriers on any page, and nothing runs that clients wrote."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.desk.site import PASSWORD, DeskSite, desk_site
from tests.web.barriers import axe_source

LOOKED_AT = {
    "/bureau/in", "/bureau", "/bureau/", "/bureau/zaak/{number}", "/bureau/nieuw", "/bureau/collega", "/bureau/ik",
    "/bureau/code", "/bureau/beheer", "/bureau/beheer/regeling",
    "/bureau/beheer/voorbeeld", "/bureau/beheer/werking", "/bureau/uitnodiging/{token}", "/bureau/lijnen",
}  # fmt: skip
"""Pages at which axe-core looks here."""

ELSEWHERE = ("/bureau/lijnen/", "/bureau/lijn/", "/bureau/herinnering/", "/bureau/agenda/", "/bureau/adres/")
"""Where the pages of other parts begin: of the line and of reminders, whose data this test does not make."""

FILES = ("/tekst", "/json", "/pdf", "/bestand/{ref}", ".svg", ".ics")
"""Ends of paths that answer with a file."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The real browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--lang=en-US"]
        )
        yield browser
        await browser.close()


async def log_in(page: Page, site: DeskSite, officer: str) -> None:
    """Log in to a demonstration, where no second key is asked."""
    await page.goto(f"{site.url}/bureau/in")
    await page.fill("#name", officer)
    await page.fill("#password", PASSWORD)
    await page.click("main button")


async def test_contact_is_made_in_three_clicks_by_keyboard_alone(tmp_path: Path) -> None:
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        saskia = await site.staff("blijf-groep")
        number = await site.file("blijf-groep", "BG-1")
        page = await browser.new_page(locale="nl-NL")
        await page.goto(f"{site.url}/bureau/in")
        await tab_to(page, "name")
        await page.keyboard.type(saskia.id)
        await tab_to(page, "password")
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/bureau")
        for target in (number, "Ik was hier niet bij betrokken", "Contact gemaakt"):
            await tab_to(page, target)
            async with page.expect_navigation():
                await page.keyboard.press("Enter")
        assert (await site.store.filed(number)).deadlines == ()


async def tab_to(page: Page, what: str) -> None:
    """Press Tab until what has the focus is called so, by its text or its id."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if what in await page.evaluate(
            "[document.activeElement.id, document.activeElement.textContent.trim()]"
        ):
            return
    raise AssertionError(f"{what} cannot be reached by Tab")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
async def test_no_page_has_barriers_or_scrolls_sideways(tmp_path: Path, width: int, scheme: str) -> None:
    source = axe_source()
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        saskia = await site.staff("blijf-groep")
        flags = ("danger:violence", "unsafe_contact")
        number = await site.file("blijf-groep", "BG-1", flags=flags, story="a" * 3000, wish="sorry")
        context = await browser.new_context(
            viewport={"width": width, "height": 800}, locale="nl-NL", color_scheme=scheme, bypass_csp=True
        )  # type: ignore[arg-type]
        page = await context.new_page()
        found: dict[str, object] = {}

        async def look(name: str) -> None:
            await page.evaluate(source)
            result = await page.evaluate("axe.run()")
            wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
            found[name] = ([one["id"] for one in result["violations"]], wide)

        await page.goto(f"{site.url}/bureau/in")
        await look("in")
        await log_in(page, site, saskia.id)
        await look("today")
        await page.goto(f"{site.url}/bureau/zaak/{number}")
        await look("declaration")
        await page.click("text=Ik was hier niet bij betrokken")
        await page.click(".more > summary")
        for summary in await page.locator("details.step > summary").all():
            await summary.click()
        await look("case")
        for path in ("nieuw", "collega", "ik", "code"):
            await page.goto(f"{site.url}/bureau/{path}")
            await look(path)
        await page.click("text=Log uit")
        await log_in(page, site, "blijf-groep/ad-beheer")
        await page.fill("#name", "Nora Nieuw")
        await page.click("main button.primary")
        await look("office")
        link = f"{site.url}{(await page.inner_text('p.code')).strip()}"
        for path in ("regeling", "voorbeeld", "werking"):
            await page.goto(f"{site.url}/bureau/beheer/{path}")
            await look(path)
        await page.goto(link)
        await look("invitation")
        await log_in(page, site, "blijf-groep/vera-vertrouw")
        assert page.url.endswith("/bureau/lijnen")
        await look("lines")
        await context.close()
        assert found == dict.fromkeys(found, ([], False))
        assert len(found) == 14


async def test_every_page_of_the_desk_is_looked_at(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site:
        pages = {
            path
            for method, path in site.routes
            if method == "GET" and not path.endswith(FILES) and not path.startswith(ELSEWHERE)
        }
        assert pages == LOOKED_AT


async def test_nothing_that_a_client_wrote_runs(tmp_path: Path) -> None:
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        saskia = await site.staff("blijf-groep")
        story = "<script>window.ran=1</script><img src=x onerror='window.ran=1'><svg onload='window.ran=1'>"
        number = await site.file("blijf-groep", "BG-1", story=story, name=story, wish=story)
        page = await browser.new_page(locale="nl-NL")
        await log_in(page, site, saskia.id)
        await page.click(f"text={number}")
        await page.click("text=Ik was hier niet bij betrokken")
        assert await page.inner_text("blockquote") == story
        inside = "document.querySelectorAll('main img, main svg, main script').length"
        assert await page.evaluate(f"[window.ran, {inside}]") == [None, 0]
