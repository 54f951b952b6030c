"""The desk in a real browser: from arrival to the end in every scheme, with and without script, by keyboard alone."""

import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.desk.site import PASSWORD, RECEIVING, STORY, DeskSite, desk_site

NODE = Path(__file__).parents[1] / "web"
"""Where npm puts axe-core."""

Step = tuple[str, str, str]
"""A step, the words it needs, and its day."""

ENDS: dict[str, tuple[Step, ...]] = {
    "blijf-groep": (("contact_made", "", ""), ("talk_held", "", ""), ("closed", "Het is opgelost.", "")),
    "bij-elkaar": (
        ("talk_held", "", ""),
        ("document_filed", "Samen gemaakt.", ""),
        ("solution_agreed", "Een andere begeleider.", "2026-07-01"),
        ("solution_done", "", "2026-07-15"),
        ("follow_up_held", "", ""),
        ("satisfied", "", ""),
        ("improvement_noted", "Eerder bellen.", ""),
        ("closed", "De client is tevreden.", ""),
    ),
    "cjg-kennemerland": (
        ("contact_made", "", ""),
        ("steps_agreed", "Eerst een gesprek.", ""),
        ("mediation_held", "Goed gesprek.", ""),
        ("closed", "Het is opgelost.", ""),
    ),
    "ben-in-de-buurt": (
        ("contact_made", "", ""),
        ("response_requested", "", ""),
        ("response_received", "Het klopt.", ""),
        ("talk_held", "", ""),
        ("report_made", "Verslag van 20 mei.", ""),
        ("measures_recorded", "Een cursus.", ""),
        ("outcome_sent", "Gegrond: het had niet gemogen.", ""),
        ("closed", "De uitkomst is gestuurd.", ""),
    ),
}
"""How a complaint comes to its proper end."""


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
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        await browser.close()


async def log_in(page: Page, site: DeskSite, officer: str) -> None:
    """Log in to a demonstration, where no second key is asked."""
    await page.goto(f"{site.url}/bureau/in")
    await page.fill("#name", officer)
    await page.fill("#password", PASSWORD)
    await page.click("main button")


async def take(page: Page, step: Step) -> None:
    """Take a step as an officer does: at once where one press is enough, else by filling in what it needs."""
    id, words, day = step
    form = f'form:has(input[name="step"][value="{id}"])'
    if not words and not day:
        await page.click(f".steps > .row {form} button" if await page.locator(f".steps > .row {form}").count()
                         else f"body:has({form}) .more > summary")  # fmt: skip
        if f"gedaan={id}" in page.url:
            return
    if not await page.locator(".more[open]").count():
        await page.click(".more > summary")
    place = page.locator(f"details.step:has({form})")
    await place.locator("summary").click()
    if words:
        await place.locator("textarea").fill(words)
    if day:
        await place.locator("input[type=date]").fill(day)
    for tick in await place.locator("input[type=checkbox][required]").all():
        await tick.check()
    await place.locator("button").click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
async def test_complaint_goes_from_arrival_to_its_end_in_every_scheme(tmp_path: Path, script: bool) -> None:
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        ends = {}
        for scheme in RECEIVING:
            saskia = await site.staff(scheme)
            number = await site.file(scheme, f"{scheme[:2].upper()}-1")
            page = await browser.new_page(java_script_enabled=script, locale="nl-NL")
            await log_in(page, site, saskia.id)
            await page.click(f"text={number}")
            await page.click("text=Ik was hier niet bij betrokken")
            assert STORY in await page.content()
            for step in ENDS[scheme]:
                await take(page, step)
                assert f"gedaan={step[0]}" in page.url
            filed = await site.store.filed(number)
            ends[scheme] = (filed.status, filed.deadlines)
            await page.close()
        assert ends == dict.fromkeys(RECEIVING, ("closed", ()))


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


def axe() -> str:
    """The source of axe-core, fetched once by npm."""
    script = NODE / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        assert npm, "npm is needed to fetch axe-core: apt-get install npm"
        quiet = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        subprocess.run([npm, "install", *quiet, "--prefix", str(NODE), "axe-core@4"], check=True, timeout=110)
    return script.read_text("utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
async def test_no_page_has_barriers_or_scrolls_sideways(tmp_path: Path, width: int, scheme: str) -> None:
    source = axe()
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
