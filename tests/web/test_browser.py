"""The chat in a real browser: with and without script, by keyboard alone, in a hurry, and for every eye."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Page, Request

from flows import schemes
from tests.web.running import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

STORY = "Mijn begeleider lachte mij gisteren uit waar iedereen bij was."
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
SHORTLY = ("Klaar", "Sla over", "Ja", "Ja, verder", "Nee")


@asynccontextmanager
async def visiting(chromium: Chromium, *, script: bool = True, **more: object) -> AsyncIterator[Page]:
    """A fresh browser of one person; whatever it complains of fails the test."""
    options = {"viewport": PHONE, "locale": "nl-NL", "java_script_enabled": script} | more
    context: BrowserContext = await chromium.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    page = await context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if worries(said.type, said.text) else None)
    try:
        yield page
        assert trouble == []
    finally:
        await context.close()


def worries(kind: str, text: str) -> bool:
    """Whether what the console says is a fault: a page that says it cannot be found, or read, is none."""
    return kind == "error" and "status of 404" not in text and "status of 422" not in text


async def begins(page: Page, site: Running, scheme: str = "blijf-groep") -> None:
    await page.goto(f"{site.url}/{scheme}")
    await page.click(".begin button")
    await page.wait_for_selector("#say")


async def turned(page: Page, act: str) -> None:
    """Waits until the page asks something new after this act (a selector to press)."""
    before = await page.locator(".write [name=turn]").input_value()
    await page.click(act)
    await page.wait_for_function(
        "before => document.querySelector('.write [name=turn]')?.value !== before", arg=before
    )


async def says(page: Page, words: str) -> None:
    await page.fill("#say", words)
    await turned(page, ".write button")


async def labels(page: Page) -> list[str]:
    return [label.strip() for label in await page.locator("#reply .options button").all_inner_texts()]


async def answers(page: Page, until: str) -> list[str]:
    """Answers as shortly as can be until this can be chosen."""
    for _ in range(16):
        offered = await labels(page)
        if until in offered:
            return offered
        if await page.locator(".options .tick").count():
            await page.locator(".options .tick").first.click()
        one = next((label for label in SHORTLY if label in offered), offered[0])
        await turned(page, f"#reply .options button:text-is('{one}')")
    raise AssertionError(f"{until} was never offered; there is {offered}")


async def presses(page: Page, label: str) -> None:
    await turned(page, f"#reply .options button:text-is('{label}')")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("scheme", schemes.ids())
async def test_every_scheme_is_talked_to_its_end_on_a_small_phone(
    site: Running, chromium: Chromium, scheme: str, script: bool
) -> None:
    recipient = site.services.schemes.load(scheme).recipient
    before = len(await site.store.cases(scheme))
    async with visiting(chromium, script=script) as page:
        await begins(page, site, scheme)
        await says(page, STORY)
        if recipient is None:
            await answers(page, "Help me met een berichtje")
        else:
            await answers(page, "Versturen")
            await presses(page, "Versturen")
            assert "is verstuurd" in await page.inner_text("#log")
            assert STORY not in await page.content()
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360
    assert len(await site.store.cases(scheme)) == before + (recipient is not None)


async def test_a_complaint_by_the_keyboard_alone(site: Running, chromium: Chromium) -> None:
    async with visiting(chromium, viewport=DESK) as page:
        await page.goto(f"{site.url}/blijf-groep")
        await tab_to(page, "Begin")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#say")
        await tab_to(page, "Jouw bericht")
        await page.keyboard.type(STORY)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=Goed dat je het vertelt")
        for _ in range(16):
            offered = await labels(page)
            wish = next(label for label in ("Versturen", *SHORTLY[1:]) if label in offered)
            before = await page.locator(".write [name=turn]").input_value()
            await tab_to(page, wish)
            await page.keyboard.press("Enter")
            await page.wait_for_function(
                "before => document.querySelector('.write [name=turn]')?.value !== before", arg=before
            )
            if wish == "Versturen":
                break

        assert "Je klacht is verstuurd" in await page.inner_text("#log")


async def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the focus is on what has this name."""
    for _ in range(90):
        await page.keyboard.press("Tab")
        here = await page.evaluate(
            "(() => { const e = document.activeElement; return (e.labels?.[0] ?? e).innerText?.trim() })()"
        )
        if here == name:
            return
    raise AssertionError(f"Tab never came to {name}")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("where", ["", "/formulier", "/later", "/kopie", "/nergens/hier"])
async def test_snel_weg_shows_the_neutral_page_and_back_shows_nothing(
    site: Running, chromium: Chromium, where: str, script: bool
) -> None:
    async with visiting(chromium, script=script) as page:
        await begins(page, site)
        await says(page, STORY)
        if where and where != "/nergens/hier":
            await page.goto(f"{site.url}/blijf-groep{where}")
        await page.click(".leave")
        await page.wait_for_url(site.neutral)
        assert await page.title() == "Het weer"
        for _ in range(4):
            await page.go_back()
            if page.url.startswith("http"):
                await page.wait_for_load_state()
            assert STORY not in await page.content()
        assert await page.context.cookies() == []


async def test_back_shows_nothing_when_the_server_has_not_heard_of_leaving_yet(
    site: Running, chromium: Chromium
) -> None:
    """On a slow connection 'Snel weg' itself never comes; each page that is gone back to leads away all the same."""
    async with visiting(chromium, script=True) as page:
        await begins(page, site)
        await says(page, STORY)
        await page.route("**/weg", lambda _route: None)
        await page.click(".leave")
        await page.wait_for_url(site.neutral)
        for _ in range(4):
            await page.go_back()
            if page.url.startswith("http"):
                await page.wait_for_load_state()
            assert STORY not in await page.content()
        assert await page.context.cookies() == []


async def test_three_times_shift_is_the_way_out_too(site: Running, chromium: Chromium) -> None:
    async with visiting(chromium, viewport=DESK) as page:
        await begins(page, site)
        await page.fill("#say", "Hoi")
        await page.focus("#say")
        await page.keyboard.press("Shift")
        await page.keyboard.press("Shift")
        await page.keyboard.type("A")
        assert page.url.startswith(site.url)
        for _ in range(60):  # a busy machine may take more than two seconds over three
            await page.keyboard.press("Shift")
            if not page.url.startswith(site.url):
                break
        await page.wait_for_url(site.neutral)
        assert await page.title() == "Het weer"


async def test_no_page_has_a_barrier_that_can_be_found(site: Running, chromium: Chromium, axe: str) -> None:
    found: dict[str, list[str]] = {}

    async def look(page: Page, state: str) -> None:
        await page.evaluate(axe)
        result = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        if result["violations"]:
            found[state] = [
                f"{one['id']}: {json.dumps([node['target'] for node in one['nodes']][:3])}"
                for one in result["violations"]
            ]

    for scheme, colours in (("blijf-groep", "light"), ("bij-elkaar", "dark")):
        async with visiting(chromium, color_scheme=colours, bypass_csp=True) as page:
            await page.goto(site.url)
            await look(page, f"{colours} first page")
            await page.goto(f"{site.url}/{scheme}")
            await look(page, f"{colours} before first use")
            await page.click(".beside summary")
            await look(page, f"{colours} code asked")
            await page.goto(f"{site.url}/{scheme}/formulier")
            await look(page, f"{colours} form")
            await page.evaluate("document.querySelector('form.plain').submit()")
            await page.wait_for_selector(".wrong-all")
            await look(page, f"{colours} form with something wrong")
            await begins(page, site, scheme)
            await look(page, f"{colours} opening")
            await page.click(".menu > summary")
            await look(page, f"{colours} menu")
            await page.keyboard.press("Escape")
            await page.click(".attach > summary")
            await look(page, f"{colours} files")
            await says(page, "Hij slaat mij gisteren. Ik ben Samira, bel 06-12345678")
            await look(page, f"{colours} danger and what was understood")
            await answers(page, "Versturen")
            await look(page, f"{colours} check card")
            await presses(page, "Versturen")
            await look(page, f"{colours} sent")
            await presses(page, "Bewaar een kopie")
            await look(page, f"{colours} copy")
            await page.goto(f"{site.url}/{scheme}/kopie")
            await look(page, f"{colours} copy page")
    async with visiting(chromium, bypass_csp=True) as page:
        await begins(page, site, "ik-ben-er-ook")
        await page.goto(f"{site.url}/ik-ben-er-ook/later")
        await look(page, "later")
        await page.click("main .primary")
        await look(page, "code")

    assert found == {}


async def test_a_page_is_light_and_asks_for_little(site: Running, chromium: Chromium) -> None:
    async with visiting(chromium) as page:
        weights: list[tuple[str, int]] = []

        async def weigh(url: str) -> None:
            asked: list[Request] = []

            def note(request: Request) -> None:
                asked.append(request)

            page.on("requestfinished", note)
            await page.goto(url, wait_until="networkidle")
            page.remove_listener("requestfinished", note)
            sizes = [await request.sizes() for request in asked]
            weights.append((url, sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)))
            assert len(asked) <= 5

        for path in ("/", "/blijf-groep", "/blijf-groep/formulier"):
            await weigh(site.url + path)
        await begins(page, site)
        await says(page, STORY)
        await weigh(f"{site.url}/blijf-groep")
        print("\nbytes over the line:", {url.removeprefix(site.url): size for url, size in weights})

        assert max(size for _, size in weights) < 60_000


@pytest.mark.parametrize("path", ["", "/blijf-groep", "/blijf-groep/formulier"])
async def test_at_four_hundred_percent_nothing_runs_off_the_side(
    site: Running, chromium: Chromium, path: str
) -> None:
    async with visiting(chromium, viewport={"width": 320, "height": 256}) as page:
        await page.goto(site.url + path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        if path == "/blijf-groep":
            await begins(page, site)
            await says(page, STORY)
            await answers(page, "Versturen")
            assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_everything_that_is_pressed_is_large_enough_for_a_thumb(
    site: Running, chromium: Chromium
) -> None:
    small = """[...document.querySelectorAll('button, summary, .button, .doors a, .tick, textarea, input[type=text]')]
      .filter(e => e.checkVisibility())
      .filter(e => { const r = e.getBoundingClientRect(); return r.height < 43.5 || r.width < 43.5 })
      .map(e => e.outerHTML.slice(0, 80))"""
    async with visiting(chromium) as page:
        for path in ("/", "/blijf-groep", "/blijf-groep/formulier"):
            await page.goto(site.url + path)
            assert await page.evaluate(small) == []
        await begins(page, site)
        await says(page, STORY)
        await answers(page, "Versturen")
        assert [found for found in await page.evaluate(small) if "change:" not in found] == []


async def test_a_voice_is_recorded_in_the_browser_and_sent(site: Running, chromium: Chromium) -> None:
    async with visiting(chromium, permissions=["microphone"]) as page:
        await begins(page, site)
        await page.click(".attach > summary")
        await page.click(".record")
        await page.wait_for_selector(".record.recording")
        await page.wait_for_timeout(700)
        await page.click(".record")
        await page.wait_for_selector(".attach audio")
        await turned(page, ".attach form button[type=submit]")

        assert "Die telt als je verhaal" in await page.inner_text("#log")


async def test_without_a_line_what_was_typed_is_still_there(site: Running, chromium: Chromium) -> None:
    context = await chromium.new_context(viewport=PHONE)
    page = await context.new_page()
    await begins(page, site)
    await context.set_offline(True)
    await page.fill("#say", STORY)
    await page.click(".write button")
    await page.wait_for_selector(".trouble:visible")

    assert await page.input_value("#say") == STORY
    assert "Er is geen lijn" in await page.inner_text(".trouble")
    await context.set_offline(False)
    await turned(page, ".write button")
    assert (await page.inner_text("#log")).count(STORY) >= 1
    await context.close()


async def test_a_new_answer_is_announced_and_the_focus_stands_at_it(
    site: Running, chromium: Chromium
) -> None:
    async with visiting(chromium) as page:
        await begins(page, site)
        assert await page.get_attribute("#log", "aria-live") == "polite"
        await presses(page, "Wie leest dit?")

        assert await page.evaluate("document.activeElement.className") == "said"


async def test_the_page_can_be_read_aloud_by_the_browser(site: Running, chromium: Chromium) -> None:
    async with visiting(chromium) as page:
        await begins(page, site)
        await page.evaluate(
            "() => { window.heard = []; speechSynthesis.speak = (words) => { heard.push([words.lang, words.text]) } }"
        )
        await page.click(".menu > summary")
        await page.click(".aloud")

        heard = await page.evaluate("heard")
        assert [lang for lang, _ in heard] == ["nl-NL"]
        assert "Wat is er gebeurd?" in heard[0][1]
