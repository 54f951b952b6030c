"""The line in a real browser on a small phone: no barrier that can be found, nothing wider than the screen."""

from pathlib import Path

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page

from storage.officers import Unlocked
from tests.line.conftest import SCHEME
from tests.line.test_files import sent
from tests.line.test_readers import AILEEN, BO, answered, at_work, inbox
from tests.web.running import Running
from tests.web.test_files_and_copies import photo, voice

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


async def test_all_that_a_line_can_hold_has_no_barrier_on_either_side(
    chromium: Chromium, axe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A photo, a voice, danger, a hand-over that is asked, all that folds out; then the confidant's pages."""
    monkeypatch.setenv("GEHOORD_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("GEHOORD_SMTP_TLS", "off")
    monkeypatch.setenv("GEHOORD_MAIL_FROM", "post@example.org")
    async with at_work(tmp_path, origin="http://praten.example.org") as (site, client, desk):
        await client.begin()
        await sent(client, photo((1200, 900)))
        await sent(client, voice())
        await client.post("zeg", say="mijn stiefvader slaat mij " + "heel lang woord zonder einde " * 30)
        (path,) = await inbox(desk, AILEEN)
        await answered(desk, path, "Ik ga met verlof.", asks=BO)
        size = {"width": 360, "height": 740}
        context = await chromium.new_context(viewport=size, locale="nl-NL", bypass_csp=True)  # type: ignore[arg-type]
        for jar in (client.session.cookie_jar, desk.client.cookie_jar):
            await context.add_cookies(
                [{"name": one.key, "value": one.value, "url": f"{site.url}{one['path']}"} for one in jar]
            )
        page = await context.new_page()
        found: dict[str, list[str]] = {}
        for where in (f"/{SCHEME}/praten", "/bureau/lijnen", path):
            await page.goto(site.url + where)
            for part in await page.locator("details summary").all():
                await part.click()
            found[where] = await barriers(page, axe)
        seen = await page.evaluate("[...document.images].map((one) => one.naturalWidth > 0)")
        await context.close()

    assert {where: what for where, what in found.items() if what} == {}
    assert seen == [True]
