"""A complaint from its arrival through the chat to its proper end at the desk, in Chromium, by keyboard alone.

In every scheme with a recipient, with script and without. Nothing is clicked and no field is filled but by its keys:
what cannot be reached by Tab is not reached here.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Page

from tests.desk.site import PASSWORD, RECEIVING, STORY, DeskSite, desk_site
from tests.desk.test_browser import chromium


class Step(NamedTuple):
    """A step, the words it needs, its day, and what is ticked."""

    id: str
    words: str = ""
    day: str = ""
    ticks: tuple[str, ...] = ()


ENDS: dict[str, tuple[Step, ...]] = {
    "blijf-groep": (
        Step("contact_made"),
        Step("talk_planned", "Bij de opvang.", "2026-06-03"),
        Step("talk_held"),
        Step("solution_found", "De medewerker zei sorry."),
        Step("closed", "Samira is tevreden."),
    ),
    "bij-elkaar": (
        Step("talk_held"),
        Step("document_filed", "Samen gemaakt.", ticks=("client_dossier", "own_dossier")),
        Step("solution_agreed", "Een andere begeleider.", "2026-07-01"),
        Step("solution_done", day="2026-07-15"),
        Step("follow_up_held"),
        Step("satisfied"),
        Step("improvement_noted", "Eerder bellen."),
        Step("closed", "De cliënt is tevreden."),
    ),
    "cjg-kennemerland": (
        Step("contact_made"),
        Step("steps_agreed", "Eerst een gesprek."),
        Step("mediation_started"),
        Step("mediation_held", "Een goed gesprek."),
        Step("solution_found", "Een andere coach."),
        Step("closed", "Het is opgelost."),
    ),
    "ben-in-de-buurt": (
        Step("contact_made"),
        Step("response_requested"),
        Step("response_received", "Het klopt."),
        Step("talk_held"),
        Step("report_made", "Verslag van 20 mei.", ticks=("shared",)),
        Step("measures_recorded", "Een cursus."),
        Step("outcome_sent", "Gegrond: het had niet gemogen."),
        Step("closed", "De uitkomst is gestuurd."),
    ),
}
"""How a complaint comes to its proper end."""

SHORTLY = ("Versturen", "Sla over", "Ja", "Ja, verder", "Nee")
"""How a client answers who wants to send it: the first of these that is offered."""


class Focus(NamedTuple):
    """What has the focus: its element and type, id, name and words, and of which step it is a part."""

    tag: str
    kind: str
    id: str
    name: str
    words: str
    step: str


FOCUS = """() => {
  const on = document.activeElement;
  const form = on.closest('form') ?? on.parentElement?.querySelector(':scope > form');
  const step = form?.querySelector('input[name=step]')?.value ?? '';
  return [on.localName, on.type ?? '', on.id, on.name ?? '', on.textContent.trim(), step];
}"""
"""Reads it; a summary belongs to the form that it folds away."""


class Keys:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def to(self, wanted: Callable[[Focus], bool], what: str) -> Focus:
        """Press Tab until what has the focus is what is wanted."""
        seen = []
        for _ in range(120):
            await self.page.keyboard.press("Tab")
            focus = Focus(*await self.page.evaluate(FOCUS))
            if wanted(focus):
                return focus
            seen.append(focus.words[:30] or focus.id or focus.tag)
        raise AssertionError(f"{what} cannot be reached by Tab on {self.page.url}; there is {seen}")

    async def press(self, words: str) -> None:
        """Go to what is called so, and press Enter; a new page comes."""
        await self.to(lambda focus: focus.words == words, words)
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def fill(self, id: str, words: str) -> None:
        """Go to a field, and type."""
        await self.to(lambda focus: focus.id == id, id)
        await self.page.keyboard.type(words)

    async def past_the_menu(self) -> None:
        """Over the link that skips what is the same on every page."""
        await self.page.keyboard.press("Tab")
        await self.page.keyboard.press("Enter")


async def complain(keys: Keys, site: DeskSite, scheme: str) -> str:
    """Tell it in the chat and send it; returns the number of the case."""
    page = keys.page
    await page.goto(f"{site.url}/{scheme}")
    await keys.press("Begin")
    await keys.fill("say", STORY)
    offered = ["Stuur"]
    for _ in range(20):
        turn = await page.locator(".write [name=turn]").input_value()
        wish = next(words for words in ("Stuur", *SHORTLY) if words in offered)
        await keys.to(lambda focus, wish=wish: focus.words == wish and focus.tag == "button", wish)
        await page.keyboard.press("Enter")
        await page.locator(f".write [name=turn]:not([value='{turn}'])").wait_for(
            state="attached", timeout=60_000
        )
        cases = await site.store.cases(scheme)
        if cases:
            assert cases[0].number in await page.inner_text("#log")
            return cases[0].number
        offered = [label.strip() for label in await page.locator("#reply .options button").all_inner_texts()]
    raise AssertionError(f"it was never sent: {offered}")


async def take(keys: Keys, step: Step) -> None:
    """Take a step: at once where one press is enough, else by filling in what it needs."""
    page, bare = keys.page, step == Step(step.id)
    await keys.past_the_menu()
    quick = await page.locator(f".steps > .row input[name=step][value={step.id}]").count()
    if not (quick and bare):
        await keys.to(lambda focus: focus.words == "Meer stappen", "Meer stappen")
        await page.keyboard.press("Enter")
        await keys.to(lambda focus: focus.tag == "summary" and focus.step == step.id, step.id)
        await page.keyboard.press("Enter")
        if step.day:
            await keys.to(
                lambda focus: focus.kind == "date" and focus.step == step.id, f"the day of {step.id}"
            )
            await page.keyboard.type(date.fromisoformat(step.day).strftime("%m%d%Y"))
            assert await page.input_value(f"#on-{step.id}") == step.day
        if step.words:
            await keys.fill(f"text-{step.id}", step.words)
        for tick in step.ticks:
            await keys.to(lambda focus, tick=tick: focus.name == tick and focus.step == step.id, tick)
            await page.keyboard.press("Space")
    await keys.to(lambda focus: focus.tag == "button" and focus.step == step.id, f"the button of {step.id}")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    assert page.url.endswith(f"?gedaan={step.id}"), page.url


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
async def test_complaint_goes_from_the_chat_to_its_end_by_keyboard_alone_in_every_scheme(
    tmp_path: Path, script: bool
) -> None:
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        for scheme in RECEIVING:
            saskia = await site.staff(scheme)
            keys = Keys(await browser.new_page(java_script_enabled=script, locale="nl-NL"))
            keys.page.set_default_timeout(60_000)
            number = await complain(keys, site, scheme)
            await keys.page.context.clear_cookies()
            await keys.page.goto(f"{site.url}/bureau/in")
            await keys.fill("name", saskia.id)
            await keys.fill("password", PASSWORD)
            await keys.press("Ga door")
            await keys.press(number)
            await keys.press("Ik was hier niet bij betrokken")
            assert STORY in await keys.page.inner_text("blockquote")
            for step in ENDS[scheme]:
                await take(keys, step)
            filed = await site.store.filed(number)
            taken = [mark.what for mark in await site.store.timeline(number) if mark.by == saskia.id]
            dossier = await site.store.open_case(number, site.keys[scheme], now=site.now)
            wanted = [step.id for step in ENDS[scheme]]
            assert (filed.status, filed.deadlines) == ("closed", ())
            assert [what for what in dict.fromkeys(taken) if what in wanted] == wanted
            assert sorted(entry.text for entry in dossier.entries if entry.by == saskia.id) == sorted(
                step.words for step in ENDS[scheme] if step.words
            )
            await keys.page.close()


async def test_letter_is_kept_by_hand_and_all_else_on_a_case_is_done_by_keyboard_without_script(
    tmp_path: Path,
) -> None:
    async with desk_site(tmp_path, demo=True) as site, chromium() as browser:
        saskia = await site.staff("blijf-groep")
        keys = Keys(await browser.new_page(java_script_enabled=False, locale="nl-NL"))
        page = keys.page
        page.set_default_timeout(60_000)
        await page.goto(f"{site.url}/bureau/in")
        await keys.fill("name", saskia.id)
        await keys.fill("password", PASSWORD)
        await keys.press("Ga door")
        await keys.press("Nieuwe klacht")
        await keys.fill("f-story", STORY)
        await keys.press("Bewaar de klacht")
        (line,) = await site.store.cases("blijf-groep")
        number = line.number
        await keys.press("Naar de zaak")
        await keys.press("Ik was hier niet bij betrokken")
        for step in (
            Step("consent_noted", "De gemeente mag het weten."),
            Step("access_asked", "Zij belde."),
            Step("extended", "Het dossier is dik.", "2026-07-01"),
            Step("copy_given", "Op papier.", ticks=("identity",)),
        ):
            await take(keys, step)
        await keys.fill("letter", "Dag Samira, bel je ons?")
        await keys.press("Verstuur het bericht")
        await keys.fill("note", "Zij belt morgen.")
        await keys.press("Bewaar")
        await keys.to(lambda focus: focus.id == "to", "the colleagues")
        await page.keyboard.type("Karel")
        await keys.press("Geef")
        await keys.to(
            lambda focus: focus.tag == "summary" and focus.words == "Bewaar langer", "Bewaar langer"
        )
        await page.keyboard.press("Enter")
        await keys.fill("hold", "De rechter vroeg het.")
        await keys.press("Bewaar langer")
        dossier = await site.store.open_case(number, site.keys["blijf-groep"], now=site.now)
        did = [mark.what for mark in dossier.timeline if mark.by == saskia.id and ":" not in mark.what]
        assert did == ["uninvolved_declared", "consent_noted", "access_asked", "extended", "copy_given", "written",
                       "hold"]  # fmt: skip
        assert {"assigned:blijf-groep/karel-bos", "extended:avg.access", "copy_given:avg.access"} <= {
            mark.what for mark in dossier.timeline
        }
        assert ("note", "Zij belt morgen.") in [(entry.what, entry.text) for entry in dossier.entries]
        assert (await site.store.case(number)).hold == saskia.id
