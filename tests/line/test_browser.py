"""The line in a real browser on a small phone: no barrier that can be found, nothing wider than the screen."""

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page

from storage.officers import Unlocked
from tests.line.conftest import SCHEME
from tests.web.running import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def barriers(page: Page, axe: str) -> list[str]:
    """What axe finds, and whether the page is too wide."""
    await page.evaluate(axe)
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    wide = await page.evaluate("document.documentElement.scrollWidth")
    return [one["id"] for one in found["violations"]] + (["wide"] if wide > 360 else [])


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_a_child_in_danger_writes_and_leaves(
    site: Running, aileen: Unlocked, chromium: Chromium, axe: str, script: bool
) -> None:
    context = await chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="nl-NL", bypass_csp=True, java_script_enabled=script
    )
    page = await context.new_page()
    found: dict[str, list[str]] = {}
    await page.goto(f"{site.url}/{SCHEME}/praten?taal=nl@kind")
    found["start"] = await barriers(page, axe) if script else []
    await page.click(".begin button")
    words = await page.locator("ol.code li").all_inner_texts()
    found["code"] = await barriers(page, axe) if script else []
    await page.click(".primary")
    found["type"] = await barriers(page, axe) if script else []
    await page.fill("#words", " ".join(words))
    await page.click(".primary")
    await page.fill("#say", "mijn vader slaat mij")
    await page.click(".write button")
    shown = await page.inner_text("main")
    found["talk"] = await barriers(page, axe) if script else []
    await page.click(".leave")
    await page.wait_for_url(site.neutral)

    assert (len(words), "Bel 112" in shown, await page.title()) == (8, True, "Het weer")
    assert [one["name"] for one in await context.cookies()] == []
    assert {where: what for where, what in found.items() if what} == {}
    await context.close()
