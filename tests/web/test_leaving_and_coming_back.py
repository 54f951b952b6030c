"""Whoever holds the phone: 'Snel weg' ends it, no cookie leads back, and only a code that was chosen does."""

import re

import pytest

from bot.web import resuming
from bot.web.visits import address_of
from tests.web.browsing import STORY, Browser
from tests.web.running import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def code_of(visitor: Browser) -> str:
    """Takes a resume code."""
    await visitor.get("later")
    await visitor.post("/later", {"form": visitor.field("form")})
    found = re.search(r'<p class="code">([a-z ]+)</p>', visitor.html)
    assert found, visitor.text
    return found[1]


async def leaves(visitor: Browser) -> str:
    """Presses 'Snel weg'; returns where that leads."""
    await visitor.post("/weg", {}, follow=False)
    return visitor.headers["Location"]


async def test_snel_weg_leads_to_the_neutral_page_and_takes_the_cookie_away(
    site: Running, visitor: Browser
) -> None:
    await visitor.begins()
    await visitor.says(STORY)

    assert await leaves(visitor) == site.neutral
    assert 's=""; expires=Thu, 01 Jan 1970' in visitor.headers["Set-Cookie"]
    assert visitor.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert visitor.cookie is None


async def test_after_snel_weg_even_a_copied_cookie_leads_nowhere(site: Running, visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says(STORY)
    secret = visitor.cookie
    assert secret is not None
    await leaves(visitor)

    await visitor.get("", Cookie=f"s={secret}")

    assert STORY not in visitor.text
    draft = await site.store.load(address_of(secret, "blijf-groep"))
    assert draft.session is not None
    assert (draft.session.said, draft.session.answers) == ((), {})


async def test_a_code_that_was_taken_brings_the_conversation_back_on_another_phone(visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says(STORY)
    code = await code_of(visitor)
    await leaves(visitor)

    await visitor.post("/terug", {"code": f"  {code.upper().replace(' ', ', ')}. "})

    assert STORY in visitor.text
    await visitor.says("het was in haarlem")
    assert visitor.status == 200
    assert "het was in haarlem" in visitor.text


async def test_with_a_code_the_cookie_of_before_still_leads_nowhere(visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says(STORY)
    await code_of(visitor)
    secret = visitor.cookie
    await leaves(visitor)

    await visitor.get("", Cookie=f"s={secret}")

    assert STORY not in visitor.text
    assert "Begin" in visitor.text


async def test_a_complaint_can_be_sent_after_coming_back(visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says(STORY)
    code = await code_of(visitor)
    await leaves(visitor)
    await visitor.post("/terug", {"code": code})
    await visitor.goes_on()

    assert "Je klacht is verstuurd" in visitor.text


async def test_a_wrong_code_is_told_so_and_says_nothing_else(visitor: Browser) -> None:
    await visitor.post("/terug", {"code": "appel fiets maandag wolk trommel"})

    assert visitor.status == 404
    assert "Die code werkt niet" in visitor.text


async def test_a_code_is_no_more_once_the_complaint_was_sent(visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says(STORY)
    code = await code_of(visitor)
    await visitor.get()
    await visitor.goes_on()
    await leaves(visitor)

    await visitor.post("/terug", {"code": code})

    assert visitor.status == 404


async def test_the_code_of_a_complaint_tells_how_it_stands(visitor: Browser) -> None:
    await visitor.files()
    found = re.search(r"Dit is je code: ([a-z ]+)\.", visitor.text)
    number = re.search(r"Je nummer is (BG-\w{4}-\w{2})", visitor.text)
    assert found and number
    await leaves(visitor)

    await visitor.post("/terug", {"code": found[1]})

    assert f"Je klacht {number[1]} is binnen sinds" in visitor.text


async def test_after_an_hour_of_silence_the_cookie_alone_shows_nothing(
    site: Running, visitor: Browser
) -> None:
    await visitor.begins()
    await visitor.says(STORY)
    before = site.clock.now
    site.clock.pass_by(minutes=61)
    try:
        await visitor.get()
        assert STORY not in visitor.text
        assert visitor.cookie is None
    finally:
        site.clock.now = before


async def test_a_long_story_that_took_more_than_an_hour_to_type_is_not_lost(
    site: Running, visitor: Browser
) -> None:
    await visitor.begins()
    before = site.clock.now
    site.clock.pass_by(minutes=90)
    try:
        await visitor.says(STORY)
        assert STORY in visitor.text
    finally:
        site.clock.now = before


async def test_the_store_holds_no_code_and_no_cookie(site: Running, visitor: Browser) -> None:
    await visitor.begins()
    code = await code_of(visitor)
    assert visitor.cookie is not None
    kept = b"".join(path.read_bytes() for path in site.data.rglob("*") if path.is_file())

    assert code.encode() not in kept
    assert visitor.cookie.encode() not in kept


async def test_a_code_is_compared_by_its_words() -> None:
    assert resuming.words_of("  Appel,FIETS -  maandag. ") == "appel fiets maandag"
