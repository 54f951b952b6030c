"""How many clicks it takes from the list to a contact that was made, counted by the browser itself."""

from pathlib import Path

from tests.desk.site import desk_site
from tests.desk.test_browser import chromium, log_in

COUNTING = """addEventListener('click', (event) => {
  if (event.isTrusted) sessionStorage.clicks = (sessionStorage.clicks ?? '') + '1';
}, true)"""
"""Adds a 1 for every click of a person, on whatever page."""


async def test_contact_is_made_in_three_clicks_after_logging_in(tmp_path: Path) -> None:
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        saskia = await site.staff("blijf-groep")
        number = await site.file("blijf-groep", "BG-1")
        page = await browser.new_page(locale="nl-NL")
        await log_in(page, site, saskia.id)
        await page.wait_for_url("**/bureau")
        await page.add_init_script(COUNTING)
        await page.reload()
        for target in (
            f"a:has-text('{number}')",
            "text=Ik was hier niet bij betrokken",
            "text=Contact gemaakt",
        ):
            async with page.expect_navigation():
                await page.locator(target).first.click()
        assert "gedaan=contact_made" in page.url
        assert (await site.store.filed(number)).deadlines == ()
        assert await page.evaluate("sessionStorage.clicks") == "111"
