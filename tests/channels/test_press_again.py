"""A press that comes again, since the bot was killed after it was kept and before Telegram was told so."""

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.channels import showing
from flows.messages import Message, Phrase
from locales import render, text
from storage.records import Address
from tests.channels.bots import ORGANISATION, Gehoord, practice
from tests.channels.running import running
from tests.schemes import scheme
from tests.telegram_emulator import Emulator, Person

STORY = "Een medewerker lachte mij uit, dat was gisteren in Haarlem, ik ben client."
NAME = scheme(ORGANISATION).name
YES, DONE = text(Phrase("option.yes"), "nl"), text(Phrase("telegram.done"), "nl")
OFF, ON = f"{showing.OFF}Iets anders", f"{showing.ON}Iets anders"

PRESSES: dict[str, Sequence[str]] = {
    "organisation": (NAME,),
    "option": (NAME, STORY, YES),
    "switch": (NAME, STORY, YES, OFF),
    "several": (NAME, STORY, YES, OFF, DONE),
}
"""What somebody does one after the other; the last is the press that comes again."""

Screen = list[tuple[str, list[str]]]
"""What stands in a chat: each message of the bot with its buttons."""


def screen(person: Person) -> Screen:
    """What this person sees."""
    return [(stored.text, person.buttons(stored)) for stored in person.screen() if stored.by_bot]


async def comes_to(telegram: Emulator, does: Sequence[str]) -> Person:
    """Somebody who did all of this but the last, and sees that button."""
    person = telegram.person()
    person.start()
    for one in does:
        if one == STORY:
            await telegram.until(lambda: bool(person.received()), "a greeting", 600)
            person.types(one)
            continue
        await telegram.until(lambda one=one: any(one in shown for _, shown in screen(person)), one, 600)
        if one != does[-1]:
            person.presses(one)
    if does[-1] == DONE:  # and the box that was switched is on
        await telegram.until(lambda: any(ON in shown for _, shown in screen(person)), ON, 600)
    return person


async def unanswered(telegram: Emulator, queries: Sequence[str]) -> None:
    """Forget how these presses were answered."""
    for query in queries:
        telegram.world.callbacks[query]["answer"] = None


async def answered(telegram: Emulator, queries: Sequence[str]) -> list[str]:
    """What these presses were answered with: the notice, or nothing."""
    callbacks = telegram.world.callbacks
    await telegram.until(lambda: all(callbacks[query]["answer"] for query in queries), "answers", 600)
    return [callbacks[query]["answer"]["text"] for query in queries]


async def said_all(telegram: Emulator, data: Path) -> None:
    """Wait until nothing is left to be said."""
    chats = [str(id) for id, chat in telegram.world.chats.items() if chat.type == "private"]
    async with practice(data) as store, asyncio.timeout(600):
        addresses = [Address("telegram", chat, of) for chat in chats for of in (ORGANISATION, "")]
        while any([await store.undelivered(address) for address in addresses]):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_press_that_comes_again_after_a_kill_is_quiet(tmp_path: Path) -> None:
    async with Emulator() as telegram:
        telegram.clock.stop()  # presses expire, and on a busy machine a bot is up again late
        bot = Gehoord(tmp_path, telegram, scheme=None)
        try:
            await bot.process.start()
            await telegram.until(lambda: telegram.updates.polled, "it is up", 600)
            came = await asyncio.gather(*(comes_to(telegram, does) for does in PRESSES.values()))
            people = dict(zip(PRESSES, came, strict=True))
            await said_all(telegram, tmp_path / "data")
            await telegram.until(
                lambda: telegram.updates.polled and not telegram.updates.fresh(), "all is confirmed", 600
            )
            fault = telegram.faults.next("cut_before", "getUpdates", times=10_000)
            before = {what: len(person.received()) for what, person in people.items()}
            queries = [people[what].presses(does[-1]) for what, does in PRESSES.items()]
            await answered(telegram, queries)
            spoken = [what for what in PRESSES if what != "switch"]
            await telegram.until(
                lambda: all(len(people[what].received()) > before[what] for what in spoken), "answers", 600
            )
            await telegram.until(lambda: ON in str(screen(people["switch"])), "it is switched", 600)
            await telegram.until(lambda: fault.times < 10_000, "it would confirm", 600)
            await said_all(telegram, tmp_path / "data")
            seen = {what: screen(person) for what, person in people.items()}
            await bot.process.end(signal.SIGKILL)

            await unanswered(telegram, queries)
            telegram.faults.clear()
            await bot.process.start()
            notices = await answered(telegram, queries)
            await telegram.until(lambda: not telegram.updates.fresh(), "it is confirmed", 600)
            await said_all(telegram, tmp_path / "data")
            await bot.process.end(signal.SIGTERM)
        finally:
            await bot.process.end(signal.SIGKILL)  # when something went wrong before
            bot.process.close()

    assert notices == ["", "", "", ""]
    assert {what: screen(person) for what, person in people.items()} == seen
    assert [telegram.updates.handed_out[update.id] for update in telegram.updates.made[-4:]] == [2, 2, 2, 2]
    assert render(Message("stale"), "nl").text not in str(seen)


@pytest.mark.parametrize("pushed", [False, True], ids=["polling", "webhook"])
async def test_switch_that_comes_twice_stays_on(tmp_path: Path, pushed: bool) -> None:
    async with Emulator() as telegram, running(tmp_path, telegram, pushed=pushed) as bot:
        samira = await comes_to(telegram, PRESSES["switch"][1:])
        await bot.quiet()
        telegram.webhook.doubles = 1
        samira.presses(OFF)
        if not pushed:
            telegram.send("callback_query", telegram.updates.made[-1].json["callback_query"])
        await bot.quiet()
        assert ON in samira.buttons()
        samira.presses(ON)
        await bot.quiet()
        assert OFF in samira.buttons()
        samira.presses(OFF)
        await bot.quiet()
        samira.presses(DONE)
        await bot.quiet()
        session = await bot.services.conversations.session(
            Address("telegram", str(samira.chat.id), ORGANISATION)
        )
    assert session is not None
    assert session.answers["subject"].value == ("other",)
