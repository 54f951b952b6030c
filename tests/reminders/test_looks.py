"""Mails and the pages behind their links in a real browser: no barriers, nothing sideways, light and dark."""

from pathlib import Path

import pytest
from playwright.async_api import Page

from bot.desk import reach
from bot.desk.afar import Links
from bot.reminders.confirming import farewell, question
from bot.reminders.mail import message
from storage.reminding import Item, Mail
from tests.desk.test_browser import chromium, log_in
from tests.reminders.reached import SCHEME, Reached, reached
from tests.web.barriers import axe_source

ID = f"{SCHEME}/saskia-de-vries"
LONG = "https://klachtenportaal.een-hele-lange-organisatienaam.example.org"


def digest(office: Reached) -> tuple[Mail, tuple[Links, ...]]:
    """A mail of four lines: soon, today, late and missed, and a new complaint; some with buttons."""
    due = (("before", "2026-05-28", ()), ("day", "2026-05-26", ()), ("overdue", "2026-05-22", ("day",)))
    terms = [Item(f"BG-{at}K4Q-92", "contact", *one) for at, one in enumerate(due, 1)]
    items = (*terms, Item("BG-4K4Q-92", "new_case"))
    made = Links("/bureau/herinnering/" + "a" * 32, "/bureau/herinnering/" + "b" * 32)
    mail = Mail("1", SCHEME, ID, "digest", items, office.site.now)
    return mail, (made, Links(later=made.later), made, Links())


def pages(office: Reached, locale: str) -> dict[str, str]:
    """The mails as HTML, by name."""
    scheme = office.site.schemes.load(SCHEME)
    mail, offered = digest(office)
    now, sender = office.site.now, "gehoord@example.org"
    one = Mail("2", SCHEME, ID, "urgent", mail.items[3:], now)
    sent = {
        "digest": message(mail, scheme, "a@example.org", sender, LONG, now, offered, locale),
        "urgent": message(one, scheme, "a@example.org", sender, LONG, now, offered[3:], locale),
        "confirm": question("a@example.org", sender, f"{LONG}/bureau/adres/{'c' * 32}", now, locale),
        "left": farewell("d" * 24, "a@example.org", sender, now, locale),
    }
    found = {}
    for name, one_mail in sent.items():
        body = one_mail.get_body(("html",))
        assert body is not None
        found[name] = str(body.get_content())
    return found


async def looked(page: Page, source: str) -> tuple[list[str], bool]:
    """What axe-core finds, and whether the page scrolls sideways."""
    await page.evaluate(source)
    result = await page.evaluate("axe.run()")
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [one["id"] for one in result["violations"]], wide


@pytest.mark.parametrize(("width", "colours"), [(360, "dark"), (1280, "light")])
async def test_no_mail_and_no_page_has_barriers_or_scrolls_sideways(
    tmp_path: Path, width: int, colours: str
) -> None:
    source = axe_source()
    async with reached(tmp_path) as office, chromium() as browser:
        context = await browser.new_context(
            viewport={"width": width, "height": 800}, locale="nl-NL", color_scheme=colours, bypass_csp=True
        )  # type: ignore[arg-type]
        page = await context.new_page()
        found: dict[str, object] = {}
        for locale in ("nl", "en"):
            for name, html in pages(office, locale).items():
                await page.set_content(html)
                found[f"{name} {locale}"] = await looked(page, source)
        officer = await office.officer()
        token = await reach.wish(office.site.store, officer, "een.heel.lang.adres@" + "x" * 60 + ".org",
                                 now=office.site.now)  # fmt: skip
        await page.goto(f"{office.site.url}/bureau/adres/{token}")
        found["address"] = await looked(page, source)
        await page.click("main button")
        found["address, done"] = await looked(page, source)
        await page.goto(f"{office.site.url}/bureau/adres/{token}")
        found["address, over"] = await looked(page, source)
        await context.close()
        assert found == dict.fromkeys(found, ([], False))
        assert len(found) == 11


@pytest.mark.parametrize(("width", "colours"), [(360, "dark"), (1280, "light")])
async def test_ones_own_page_has_no_barriers_at_any_step_of_linking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int, colours: str
) -> None:
    source = axe_source()
    async with reached(tmp_path, demo=True) as office, chromium() as browser:
        monkeypatch.setenv("GEHOORD_TELEGRAM_TOKEN", office.telegram.token)
        monkeypatch.setenv("GEHOORD_TELEGRAM_API", office.telegram.url)
        context = await browser.new_context(
            viewport={"width": width, "height": 800}, locale="nl-NL", color_scheme=colours, bypass_csp=True
        )  # type: ignore[arg-type]
        page = await context.new_page()
        found: dict[str, object] = {}
        await log_in(page, office.site, ID)
        await page.goto(f"{office.site.url}/bureau/ik")
        found["before"] = await looked(page, source)
        await page.click("text=Koppel Telegram")
        found["link"] = await looked(page, source)
        link = await page.locator("a[href^='https://t.me/']").inner_text()
        office.saskia.start(link.partition("?start=")[2])
        await office.quiet()
        await page.goto(f"{office.site.url}/bureau/ik")
        found["asked"] = await looked(page, source)
        await page.click("text=Ja, dat ben ik")
        found["linked"] = await looked(page, source)
        await context.close()
        assert found == dict.fromkeys(found, ([], False))
        assert (len(found), office.site.url in link) == (4, False)
