"""Officers are reminded on Telegram: in place of mail, without content, with buttons that count once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk import afar, reach
from bot.reminders.note import notes
from flows.effects import EndTerm, Note, Notify
from tests.desk.site import STORY
from tests.reminders.reached import DONE, KAREL, LATER, NUMBER, SASKIA, SCHEME, Reached, reached, said

STALE = said("stale")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Reached]:
    """Saskia linked her account."""
    async with reached(tmp_path) as made:
        await made.linked()
        yield made


@pytest.mark.clause("BG-8")
async def test_reminder_comes_to_the_phone_in_place_of_the_mail(office: Reached) -> None:
    assert await office.told("2026-05-26T09:00") == ([office.reminder()], [])
    assert office.saskia.buttons() == [DONE, LATER]
    assert await office.told("2026-05-26T09:01") == ([], [])
    texts, mails = await office.told("2026-05-28T09:00")
    assert (texts, mails) == (
        [office.reminder("Vandaag is de laatste dag: donderdag 28 mei 2026.")], [KAREL],
    )  # fmt: skip


async def test_reminder_holds_nothing_of_what_was_told_and_buttons_say_nothing(office: Reached) -> None:
    await office.told("2026-05-26T09:00")
    sent = str(office.saskia.last().json)
    data = [button["callback_data"] for row in office.saskia.last().json["reply_markup"]["inline_keyboard"]
            for button in row]  # fmt: skip
    assert [word for word in (STORY, "Samira", "Haarlem") if word in sent] == []
    assert [(len(one), one[:2], NUMBER in one) for one in data] == [(34, "op", False)] * 2
    assert [call.values["link_preview_options"] for call in office.telegram.called("sendMessage")
            if NUMBER in call.values["text"]] == [{"is_disabled": True}]  # fmt: skip


async def test_done_takes_the_step_once_and_the_message_says_so(office: Reached) -> None:
    await office.told("2026-05-26T09:00")
    assert await office.presses(office.saskia, DONE) is None
    assert ("contact" in await office.terms(), (await office.marks()).count("contact_made")) == (False, 1)
    assert office.saskia.last().text == office.reminder("Uiterlijk donderdag 28 mei 2026.").replace(
        f"zaak/{NUMBER}", f"zaak/{NUMBER}\nDit staat als gedaan."
    )
    assert office.saskia.buttons() == []
    assert await office.told("2026-05-28T09:00") == ([], [])


async def test_press_that_telegram_sends_again_counts_once(office: Reached) -> None:
    await office.told("2026-05-26T09:00")
    data = office.saskia.last().json["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    first = [office.saskia.presses_data(data, on=office.saskia.last()) for _ in range(3)]
    answers = [(await office.saskia.answer_to(query, 30)).get("text") or None for query in first]
    await office.quiet()
    assert ((await office.marks()).count("contact_made"), answers) == (1, [None, STALE, STALE])


async def test_later_brings_another_message_in_three_hours_with_buttons_of_its_own(office: Reached) -> None:
    await office.told("2026-05-26T09:00")
    first = office.saskia.last()
    await office.presses(office.saskia, LATER)
    assert (office.saskia.buttons(first), first.text.splitlines()[-3]) == ([], said("later"))
    assert await office.told("2026-05-26T11:59") == ([], [])
    assert await office.told("2026-05-26T12:00") == ([office.reminder()], [])
    await office.presses(office.saskia, DONE)
    assert await office.terms() == []


async def test_button_of_what_is_done_already_is_answered_kindly(office: Reached) -> None:
    await office.told("2026-05-26T09:00")
    ended = (EndTerm(NUMBER, "contact", "contact_made"),)
    await office.site.store.act(NUMBER, office.site.keys[SCHEME], ended, now=office.site.now)
    assert await office.presses(office.saskia, DONE) == STALE
    assert office.saskia.buttons() == []
    assert (await office.marks()).count("contact_made") == 0


async def test_button_in_the_hands_of_somebody_else_does_nothing(office: Reached) -> None:
    await office.told("2026-05-26T09:00")
    data = office.saskia.last().json["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    karel = await office.linked(office.telegram.person("Karel"), "karel-bos")
    thief = office.telegram.person("Tom")
    thief.start()
    await office.quiet()
    for who in (karel, thief):
        query = who.presses_data(data, on=who.last())
        assert (await who.answer_to(query, 30))["text"] == STALE
    await office.quiet()
    assert "contact" in await office.terms()
    assert await office.presses(office.saskia, DONE) is None
    assert await office.terms() == []


@pytest.mark.parametrize("data", ["o", "op", "op" + "A" * 32, "oy", "on" + "A" * 16, "ou", "oc", "o" * 64])
async def test_button_that_was_forged_by_a_stranger_does_nothing(office: Reached, data: str) -> None:
    tom = office.telegram.person("Tom")
    tom.start()
    await office.quiet()
    count = len(tom.received())
    await tom.answer_to(tom.presses_data(data, on=tom.last()), 30)
    await office.quiet()
    assert (len(tom.received()), await office.terms()) == (count, ["contact"])
    assert (
        await reach.account(office.site.store, f"{SCHEME}/saskia-de-vries", now=office.site.now) is not None
    )


async def test_several_terms_at_once_are_one_message_with_buttons_for_each(office: Reached) -> None:
    for number in ("BG-2", "BG-3"):
        await office.given(SCHEME, number)
    texts, _ = await office.told("2026-05-26T09:00")
    assert [line for line in "".join(texts).splitlines() if "BG-" in line and "http" not in line] == [
        "1. BG-1", "2. BG-2", "3. BG-3",
    ]  # fmt: skip
    assert office.saskia.buttons() == [f"{at}. {label}" for at in (1, 2, 3) for label in (DONE, LATER)]
    await office.presses(office.saskia, f"2. {DONE}")
    blocks = office.saskia.last().text.split("\n\n")
    assert [block.endswith("\nDit staat als gedaan.") for block in blocks] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert office.saskia.buttons() == [f"{at}. {label}" for at in (1, 3) for label in (DONE, LATER)]
    left = [bool((await office.site.store.filed(number)).deadlines) for number in ("BG-1", "BG-2", "BG-3")]
    assert left == [True, False, True]


async def test_thirty_terms_are_three_messages_and_every_one_is_told(office: Reached) -> None:
    for at in range(2, 31):
        await office.given(SCHEME, f"BG-{at}")
    texts, mails = await office.told("2026-05-26T09:00")
    told = [line.partition(". ")[2] for text in texts for line in text.splitlines() if ". BG-" in line]
    assert (len(texts), sorted(told), mails) == (3, sorted(f"BG-{at}" for at in range(1, 31)), [])
    assert max(len(text) for text in texts) < 4096


async def test_message_that_was_cut_in_the_middle_goes_on_where_it_was(office: Reached) -> None:
    for at in range(2, 31):
        await office.given(SCHEME, f"BG-{at}")
    office.telegram.faults.next("slow", "sendMessage", seconds=0)
    office.telegram.faults.next("cut_before", "sendMessage")
    first, _ = await office.told("2026-05-26T09:00")
    then, _ = await office.told("2026-05-26T09:01")
    told = [line for text in (*first, *then) for line in text.splitlines() if ". BG-" in line]
    assert ([len(first), len(then)], len(told)) == ([1, 2], 30)


async def test_process_that_was_killed_before_it_noted_that_telegram_took_it_repeats_that_message_and_counts_it(
    office: Reached,
) -> None:
    office.telegram.faults.next("server_error", "sendMessage")
    await office.told("2026-05-26T09:00")
    office.site.later(minutes=1)
    taken = await office.site.store.claim_mail(office.site.now)
    assert taken is not None
    telegram, scheme = office.messenger, office.site.schemes.load(SCHEME)
    offered = await afar.buttons(office.site.store, scheme, taken, office.site.now)
    account = await reach.account(office.site.store, taken.officer, now=office.site.now)
    assert account is not None
    await telegram.tell(
        taken.id, account, notes(taken, scheme, office.site.url, office.site.now, offered, "nl")
    )
    texts, mails = await office.told("2026-05-26T09:05")  # and there it was killed
    assert (texts, mails, dict(await office.site.store.tally())["again"]) == ([office.reminder()], [], 1)
    await office.presses(office.saskia, DONE)
    first = office.saskia.received()[-2]
    assert (first.text, await office.presses(office.saskia, DONE, on=first)) == (office.reminder(), STALE)
    assert (await office.marks()).count("contact_made") == 1


async def test_new_complaint_and_danger_come_to_the_phone_too(office: Reached) -> None:
    for urgent in (False, True):
        told = (Notify(NUMBER, "klachtenfunctionaris", "new_case", urgent=urgent),)
        await office.site.store.act(NUMBER, office.site.keys[SCHEME], told, now=office.site.now)
    texts, mails = await office.told("2026-05-20T12:05")
    leads = sorted(text.partition("\n")[0] for text in texts)
    assert (leads, mails) == (["Dit moet nog gebeuren.", "Kijk hier nu naar."], [KAREL, KAREL])
    assert [office.saskia.buttons(stored) for stored in office.saskia.received()[-2:]] == [[], []]


async def test_who_blocked_the_bot_is_mailed_and_told_again_on_the_phone_when_unblocked(
    office: Reached,
) -> None:
    office.saskia.blocks()
    assert await office.told("2026-05-26T09:00") == ([], [SASKIA])
    office.saskia.unblocks()
    assert (await office.told("2026-05-28T09:00"))[1] == [KAREL]
    assert "Vandaag is de laatste dag" in office.saskia.last().text


async def test_what_neither_telegram_nor_the_mail_server_takes_climbs_to_the_next(office: Reached) -> None:
    office.saskia.blocks()
    office.box.refused = {SASKIA}
    assert await office.told("2026-05-26T09:00") == ([], [KAREL])
    assert dict(await office.site.store.tally()) == {"posted": 2, "diverted": 1, "sent": 1}


async def test_who_has_telegram_and_no_mail_address_is_reached_and_else_it_climbs(office: Reached) -> None:
    await office.site.store.set_contact(f"{SCHEME}/saskia-de-vries", "", now=office.site.now)
    assert await office.told("2026-05-26T09:00") == ([office.reminder()], [])
    office.saskia.blocks()
    assert await office.told("2026-05-28T09:00") == ([], [KAREL, "klacht@blijfgroep.nl"])


@pytest.mark.parametrize("trouble", ["too_many", "server_error", "cut_before"])
async def test_telegram_that_puts_off_is_tried_again_and_then_it_is_mailed(
    office: Reached, trouble: str
) -> None:
    office.telegram.faults.next(trouble, "sendMessage", times=3)  # type: ignore[arg-type]
    assert await office.told("2026-05-26T09:00") == ([], [])
    assert await office.told("2026-05-26T09:10") == ([], [])
    assert await office.told("2026-05-26T09:20") == ([], [SASKIA])
    assert await office.told("2026-05-28T09:00") == (
        [office.reminder("Vandaag is de laatste dag: donderdag 28 mei 2026.")], [KAREL],
    )  # fmt: skip


async def test_what_is_urgent_does_not_wait_for_telegram(office: Reached) -> None:
    told = (Notify(NUMBER, "klachtenfunctionaris", "new_case", urgent=True),)
    await office.site.store.act(NUMBER, office.site.keys[SCHEME], told, now=office.site.now)
    office.telegram.faults.next("server_error", "sendMessage")
    assert await office.told("2026-05-20T12:05") == ([], [KAREL, SASKIA])


@pytest.mark.clause("BB-3c")
async def test_who_turns_out_to_be_involved_can_press_nothing_and_hears_nothing_more(office: Reached) -> None:
    await office.told("2026-05-26T09:00")
    out = (Note(NUMBER, "involved_declared"),)
    await office.site.store.act(NUMBER, office.site.keys[SCHEME], out, now=office.site.now)
    assert await office.presses(office.saskia, DONE) == STALE
    assert await office.terms() == ["contact"]
    assert await office.told("2026-05-28T09:00") == ([], [KAREL])


async def test_closed_account_is_told_nothing_and_its_chat_is_forgotten(office: Reached) -> None:
    await office.told("2026-05-26T09:00")
    await office.site.store.disable(f"{SCHEME}/saskia-de-vries", now=office.site.now)
    assert await office.presses(office.saskia, DONE) == STALE
    assert await office.terms() == ["contact"]
    assert (await office.told("2026-05-28T09:00"))[0] == []
    assert await office.site.store.drawer(reach.ACCOUNTS, now=office.site.now) == {}


async def test_officer_who_reads_english_is_told_in_english(office: Reached) -> None:
    await reach.speak(office.site.store, await office.officer(), "en")
    texts, _ = await office.told("2026-05-26T09:00")
    assert texts[0].startswith("This still has to be done.\n\nBG-1\n")
    assert "By Thursday 28 May 2026." in texts[0].splitlines()
    assert office.saskia.buttons() == ["Done", "Later today"]
    await office.presses(office.saskia, "Done")
    assert "This is noted as done." in office.saskia.last().text


async def test_somebody_who_works_for_two_organisations_is_told_of_both(tmp_path: Path) -> None:
    async with reached(tmp_path, scheme=None) as office:
        await office.site.staff("bij-elkaar")
        await office.given("bij-elkaar", "BE-1")
        await office.linked()
        saskia = next(one for one in await office.site.store.officers("bij-elkaar") if "saskia" in one.id)
        office.saskia.start(await reach.ticket(office.site.store, saskia, now=office.site.now))
        await office.quiet()
        await office.presses(office.saskia, said("yes"))
        texts, mails = await office.told("2026-06-03T10:00")
        found = sorted([word for word in ("BG-1", "BE-1") if word in text] for text in texts)
        assert (found, mails) == ([["BE-1"], ["BG-1"]], [KAREL])
