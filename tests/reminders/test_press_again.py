"""A press of an officer that Telegram sends again, since the bot was killed before it said that it had it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.desk import afar, reach
from flows.effects import EndTerm
from storage.store import Store
from tests.reminders.reached import DONE, LATER, NUMBER, SCHEME, Reached, reached, said

OFFICER = f"{SCHEME}/saskia-de-vries"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Reached]:
    """Saskia linked her account, and was reminded."""
    async with reached(tmp_path) as made:
        await made.linked()
        await made.told("2026-05-26T09:00")
        yield made


class Killed(BaseException):
    """The process is gone."""


class Dying:
    """A store of a process that is killed when it comes to one of its methods."""

    def __init__(self, store: Store, at: str) -> None:
        self._store, self._at = store, at

    def __getattr__(self, name: str) -> Any:
        if name == self._at:
            raise Killed
        return getattr(self._store, name)


async def token(office: Reached, button: str) -> str:
    """What the button carries."""
    rows = office.saskia.last().json["reply_markup"]["inline_keyboard"]
    return next(one["callback_data"][2:] for row in rows for one in row if one["text"] == button)


@pytest.mark.parametrize(("button", "noted"), [(DONE, "Dit staat als gedaan."), (LATER, said("later"))])
async def test_press_that_comes_again_after_a_kill_is_answered_as_it_was(
    office: Reached, button: str, noted: str
) -> None:
    answers = office.telegram.world.callbacks
    async with office.coming_again():
        query = office.saskia.presses(button)
        await office.saskia.answer_to(query, 30)
        await office.telegram.until(lambda: noted in office.saskia.last().text, "it says so", 30)
        before, answers[query]["answer"] = office.saskia.last().text, None
    assert (await office.saskia.answer_to(query, 30))["text"] == ""
    assert (office.saskia.last().text, before.count(noted)) == (before, 1)
    assert (await office.marks()).count("contact_made") == (button == DONE)


async def test_no_that_comes_again_after_a_kill_is_answered_with_what_was_said(tmp_path: Path) -> None:
    async with reached(tmp_path) as office:
        office.saskia.start(
            await reach.ticket(office.site.store, await office.officer(), now=office.site.now)
        )
        await office.quiet()
        answers = office.telegram.world.callbacks
        async with office.coming_again():
            query = office.saskia.presses(said("no"))
            await office.saskia.answer_to(query, 30)
            answers[query]["answer"] = None
        assert (await office.saskia.answer_to(query, 30))["text"] == said("refused")
        assert [text for text in office.saskia.texts() if text == said("refused")] == [said("refused")]


async def again_after_a_kill(office: Reached, button: str, at: str) -> list[str | None]:
    """What comes of a press that was killed there, when it comes twice more; and of another press of that button."""
    store, of, now = office.site.store, office.site.schemes, office.site.now
    carried = await token(office, button)
    with pytest.raises(Killed):
        await afar.press(Dying(store, at), of, carried, (OFFICER,), "1", now)  # type: ignore[arg-type]
    links = [await afar.press(store, of, carried, (OFFICER,), by, now) for by in ("1", "1", "2")]
    return [link.act if link is not None else None for link in links]


@pytest.mark.parametrize("at", ["lay", "settle_from_afar", "take"])
async def test_done_is_done_once_wherever_the_kill_comes(office: Reached, at: str) -> None:
    assert await again_after_a_kill(office, DONE, at) == ["done", "done", None]
    assert ((await office.marks()).count("contact_made"), await office.terms()) == (1, [])


@pytest.mark.parametrize("at", ["lay", "snooze", "take"])
async def test_later_is_asked_once_wherever_the_kill_comes(office: Reached, at: str) -> None:
    assert await again_after_a_kill(office, LATER, at) == ["later", "later", None]
    told = [await office.told(f"2026-05-26T{when}") for when in ("12:00", "12:01")]
    assert told == [([office.reminder()], []), ([], [])]


async def test_press_on_what_somebody_else_did_says_so_however_often_it_comes(office: Reached) -> None:
    store, of, now = office.site.store, office.site.schemes, office.site.now
    carried = await token(office, DONE)
    ended = (EndTerm(NUMBER, "contact", "contact_made"),)
    await store.act(NUMBER, office.site.keys[SCHEME], ended, now=now)
    with pytest.raises(Killed):
        await afar.press(Dying(store, "take"), of, carried, (OFFICER,), "1", now)  # type: ignore[arg-type]
    assert [await afar.press(store, of, carried, (OFFICER,), "1", now) for _ in range(2)] == [None, None]


async def test_press_that_is_remembered_is_forgotten_after_two_days(office: Reached) -> None:
    store, of = office.site.store, office.site.schemes
    carried = await token(office, DONE)
    assert await afar.press(store, of, carried, (OFFICER,), "1", office.site.now) is not None
    office.site.later(days=2)
    await store.purge(office.site.now)
    assert await store.drawer(afar.HEARD, now=office.site.now) == {}
    assert await afar.press(store, of, carried, (OFFICER,), "1", office.site.now) is None
