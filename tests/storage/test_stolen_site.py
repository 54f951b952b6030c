"""The stolen disk again, but told through the site: what a browser typed is nowhere once it was sent."""

from pathlib import Path

from storage.practice import practice_officer
from tests.storage.thief import Thief
from tests.torture.browser import Browser, Page
from tests.torture.run import ANSWERS
from tests.torture.site import Site

STORY = "Mijn begeleider Kwikstaartje zei gisteren in Haarlem dat ik een Wielewaaltje ben. Ik ben client."
WORDS = ("Kwikstaartje", "Wielewaaltje", "Zanglijstertje")


async def tell(browser: Browser) -> Page:
    """Tell the story, and go on until it can be sent."""
    page = await browser.say(await browser.begin(), STORY)
    page = await browser.say(page, "En een Zanglijstertje.")
    while "send" not in page.options:
        option = next(one for one in ANSWERS if one in page.options)
        page = await browser.choose(page, option)
    return page


def without_practice_keys(data: Path) -> list[Path]:
    """Everything but the folder of practice keys, which a real installation does not have."""
    return [path for path in sorted(data.iterdir()) if path.name != "practice"]


async def test_what_was_sent_is_nowhere_on_the_disk_and_what_was_not_is(tmp_path: Path) -> None:
    data = tmp_path / "data"
    site = Site(data)
    await site.start()
    browser = Browser(site.url, "/blijf-groep", 0)
    page = await tell(browser)
    before = Thief(*without_practice_keys(data))
    page = await browser.choose(page, "send")
    assert page.filed
    after = Thief(*without_practice_keys(data), tmp_path / "site.log")
    await browser.close()
    await site.stop()
    assert [word for word in WORDS if before.finds(word)] == list(WORDS)
    assert [word for word in WORDS if after.finds(word)] == []
    assert practice_officer(data, "blijf-groep").pair.secret.startswith("AGE-SECRET-KEY-1")
    assert Thief(data).finds("Kwikstaartje")  # with the reader's key the same thief reads it
