"""Telegram's own widgets: the card edited where it stands, the button for one's number, what may not be passed on."""

from pathlib import Path

import msgspec
import pytest

from bot.channels.pace import Pace
from bot.channels.showing import Page, page
from flows.messages import Message, Phrase
from locales import render, text
from storage.records import Address
from tests.channels.running import SCHEME, Running, paragraphs, running
from tests.telegram_emulator import Emulator, Person
from tests.telegram_emulator.world import Stored

TOLD = "Een medewerker lachte mij uit waar iedereen bij was, dat was gisteren in Haarlem, ik ben client."
SHARE, BUTTON = "telegram.share", "telegram.share.button"


def words(id: str) -> str:
    return render(Message(id), "nl").text


def label(id: str) -> str:
    return text(Phrase(id), "nl")


def card_of(person: Person) -> Stored:
    """The check card on the screen: the only message with a button to change a line."""
    (found,) = [one for one in person.screen() if any("erander" in label for label in person.buttons(one))]
    return found


async def until(bot: Running, person: Person, id: str, *, answers: tuple[str, ...] = ("sla over",)) -> None:
    """Tell a complaint and answer what is asked until this stands on the screen."""
    person.start()
    person.types(TOLD)
    for number in range(25):
        await bot.quiet()
        if any(one.startswith(words(id)) for one in paragraphs(person)):
            return
        here = [button for stored in person.screen() for button in person.buttons(stored)]
        yes = next((one for one in (label("option.yes"), label("option.skip")) if one in here), None)
        person.presses(yes) if yes else person.types(answers[number % len(answers)])
    raise AssertionError(f"{id} never came: {paragraphs(person)}")


async def test_card_is_edited_where_it_stands_when_a_line_changes(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    await until(bot, samira, "check.read")
    card, before = card_of(samira), card_of(samira).text
    change = next(one for one in samira.buttons(card) if "waar" in one)
    samira.presses(change, on=card)
    await bot.quiet()
    assert samira.buttons(card) == []
    samira.types("Amsterdam" if "Haarlem" in before else "Haarlem")
    await bot.quiet()

    assert card_of(samira).id == card.id
    assert card_of(samira).text != before
    assert change in samira.buttons(card)
    assert label("option.send") in samira.buttons()


async def test_card_that_is_gone_is_said_anew(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    await until(bot, samira, "check.read")
    card = card_of(samira)
    change = next(one for one in samira.buttons(card) if "waar" in one)
    samira.presses(change, on=card)
    await bot.quiet()
    samira.deletes(card)
    samira.types("Amsterdam")
    await bot.quiet()

    assert card_of(samira).id > card.id


@pytest.mark.parametrize(("trouble", "times"), [("cut_after", 3), ("too_many", 2), ("server_error", 2)])
async def test_edit_of_the_card_is_kept_until_telegram_took_it(
    bot: Running, telegram: Emulator, trouble: str, times: int
) -> None:
    samira = telegram.person()
    await until(bot, samira, "check.read")
    card = card_of(samira)
    samira.presses(next(one for one in samira.buttons(card) if "waar" in one), on=card)
    await bot.quiet()
    telegram.faults.next(trouble, "editMessageText")  # type: ignore[arg-type]
    samira.types("Amsterdam")
    await bot.quiet()

    assert card_of(samira).id == card.id
    assert len(telegram.called("editMessageText")) == times


async def test_own_number_is_shared_by_a_button_and_whether_it_is_safe_is_asked(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    await until(bot, samira, SHARE)
    offer = next(one for one in samira.received() if one.text == words(SHARE))
    keyboard = offer.json["reply_markup"]
    samira.sends("contact")
    await bot.quiet()
    samira.types("Samira")
    await bot.quiet()
    session = await bot.services.conversations.session(Address("telegram", str(samira.chat.id), SCHEME))

    assert keyboard["keyboard"] == [[{"text": label(BUTTON), "request_contact": True}]]
    assert session is not None
    assert session.answers["phone"].value == "+31612345678"
    assert session.asking == "contact_safe"
    assert offer.deleted


async def test_number_can_be_typed_or_left_and_the_button_goes(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    await until(bot, samira, SHARE)
    offer = next(one for one in samira.received() if one.text == words(SHARE))
    samira.types("sla over")
    await bot.quiet()

    assert offer.deleted
    assert words("sent.other") not in paragraphs(samira)


async def test_what_is_sensitive_may_not_be_passed_on_but_the_clients_copy_may(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    await until(bot, samira, "check.read")
    samira.presses(label("option.send"))
    await bot.quiet()
    samira.presses(label("option.copy"))
    await bot.quiet()
    session = await bot.services.conversations.session(Address("telegram", str(samira.chat.id), SCHEME))
    assert session is not None and session.case is not None
    protected = [one for one in samira.received() if one.json.get("has_protected_content")]
    copy = [
        one for one in samira.received() if session.case.number in one.text and "Amsterdam" not in one.text
    ]

    assert len(protected) == 1
    assert copy != []
    assert [one for one in copy if one in protected] == []


async def test_who_waits_for_the_next_message_sees_that_it_is_typed(
    telegram: Emulator, tmp_path: Path
) -> None:
    samira = telegram.person()
    async with running(tmp_path / "data", telegram, pace=Pace(0.5)) as bot:
        samira.start()
        samira.types(TOLD)
        await bot.quiet()

    assert (samira.chat.id, "typing") in telegram.world.actions


def test_struct_of_a_page_from_before_is_still_read() -> None:
    assert page(msgspec.json.encode({"tags": {"a": "yes"}, "came": [[1, 2]]})) == Page(
        {"a": "yes"}, ((1, 2),)
    )
