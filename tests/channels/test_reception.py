"""A bot for several organisations, and several bots in one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot import clock
from bot.chance import fresh
from bot.channels import part, together
from bot.channels.part import Setting
from bot.channels.showing import Page, page
from bot.conversation import Conversations
from bot.kept_talk import keeping
from bot.schemes import Schemes
from bot.waking import ways
from bot.web.services import Services, Site
from flows.messages import Message
from flows.session import Session
from locales import render
from storage.opening import open_practice
from storage.records import Address, Draft
from tests.channels.running import SCHEME, Running, paragraphs, running
from tests.telegram_emulator import Emulator, Person

STORY = "Een medewerker lachte mij uit waar iedereen bij was."
DANGER = "Mijn man slaat mij en ik ben bang dat hij mij vermoordt"
TOKEN = "4200000002:AAE-test-token-of-the-emulator-000000002"


def words(id: str, **args: str) -> str:
    return render(Message(id, tuple(args.items())), "nl").text


@pytest.fixture(params=[False, True], ids=["polling", "webhook"])
async def bot(telegram: Emulator, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Running]:
    """A bot for every organisation."""
    async with running(tmp_path / "data", telegram, scheme=None, pushed=request.param) as up:
        yield up


async def session(bot: Running, person: Person, scheme: str = SCHEME) -> Session | None:
    return await bot.services.conversations.session(Address("telegram", str(person.chat.id), scheme))


def name(bot: Running, scheme: str = SCHEME) -> str:
    return bot.services.schemes.load(scheme).name


async def test_what_was_told_before_the_choice_goes_along_and_counts_once(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    telegram.webhook.doubles = 10
    samira.start()
    samira.types(STORY)
    samira.types("Het was in de keuken van het huis.")
    await bot.quiet()
    before = paragraphs(samira)
    samira.presses(name(bot))
    await bot.quiet()
    kept = await session(bot, samira)

    assert before == [
        words("telegram.which"),
        words("telegram.which.kept"),
        words("telegram.which"),
        words("telegram.which.kept"),
        words("telegram.which"),
    ]
    assert kept is not None
    assert kept.said == (f"{STORY}\nHet was in de keuken van het huis.",)
    front = await session(bot, samira, "")
    assert front is not None
    assert (front.said, front.route) == ((), SCHEME)


async def test_danger_is_answered_before_it_is_known_whom_it_is_about(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    samira.types(DANGER)
    await bot.quiet()
    said = paragraphs(samira)

    assert said[0] == words("danger.sorry")
    assert words("danger.now") in said
    assert said[-2:] == [words("telegram.which.kept"), words("telegram.which")]


async def test_danger_in_a_caption_is_answered_too_and_the_file_is_not_kept(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    samira.sends("photo", caption=DANGER)
    await bot.quiet()
    said = paragraphs(samira)

    assert said[0] == words("danger.sorry")
    assert said[-3:] == [words(f"telegram.which.{what}") for what in ("kept", "not_kept")] + [
        words("telegram.which")
    ]


@pytest.mark.parametrize("typed", ["Blijf Groep", "blijf-groep", " BLIJF GROEP!"])
async def test_name_of_an_organisation_can_be_typed(bot: Running, telegram: Emulator, typed: str) -> None:
    samira = telegram.person()
    samira.start()
    samira.types(typed)
    await bot.quiet()

    assert await session(bot, samira) is not None


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("/mens", ("telegram.which.first", "telegram.which")),
        ("/privacy", ("reads.nobody_yet", "platform.sees.telegram", "telegram.which")),
        ("/terug", ("telegram.which",)),
        ("stop", ("stop.nothing_sent", "stop.options")),
        ("/stop", ("stop.nothing_sent", "stop.options")),
        ("hoi", ("telegram.which",)),
    ],
)
async def test_commands_are_answered_before_an_organisation_is_chosen(
    bot: Running, telegram: Emulator, typed: str, ids: tuple[str, ...]
) -> None:
    samira = telegram.person()
    samira.types(typed)
    await bot.quiet()
    said = [render(Message(id, (("days", 3),)), "nl").text for id in ids]

    assert paragraphs(samira) == said


async def test_another_language_is_spoken_at_once_and_goes_along(bot: Running, telegram: Emulator) -> None:
    samira = telegram.person()
    samira.types("/taal")
    await bot.quiet()

    assert paragraphs(samira) == [render(Message("telegram.which"), "en").text]
    samira.presses(name(bot))
    await bot.quiet()
    kept = await session(bot, samira)
    assert kept is not None
    assert kept.locale == "en"


@pytest.mark.parametrize("typed", ["/wis", "wis alles"])
async def test_wiping_takes_away_what_came_before_the_choice(
    bot: Running, telegram: Emulator, typed: str
) -> None:
    samira, tom = telegram.person(), telegram.person("Tom")
    for person in (samira, tom):
        person.start()
        person.types(STORY)
        await bot.quiet()
    tom.presses(name(bot))
    await bot.quiet()
    before = [*samira.screen(), *tom.screen()]
    samira.types(typed)
    tom.types(typed)
    await bot.quiet()
    front = await session(bot, samira, "")

    assert {stored.deleted for stored in before} == {True}
    assert front is not None
    assert front.said == ()


async def test_press_that_was_killed_between_two_turns_is_finished_when_it_comes_again(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    samira.types(STORY)
    await bot.quiet()
    store, commit = bot.services.store, bot.services.store.commit
    failed: list[str] = []

    async def failing(address: Address, *args: object, **more: object) -> object:
        if address.scheme == "" and not failed:
            failed.append(address.key)
            raise ConnectionError
        return await commit(address, *args, **more)  # type: ignore[arg-type]

    store.commit = failing  # type: ignore[method-assign, assignment]
    samira.presses(name(bot))
    await bot.quiet()
    kept, front = await session(bot, samira), await session(bot, samira, "")

    assert failed == [str(samira.chat.id)]
    assert kept is not None and front is not None
    assert (kept.said, front.said) == ((STORY,), ())


async def test_start_asks_again_so_that_another_organisation_can_be_chosen(
    bot: Running, telegram: Emulator
) -> None:
    samira = telegram.person()
    samira.start(SCHEME)
    samira.start()
    await bot.quiet()
    samira.presses(name(bot, "bij-elkaar"))
    await bot.quiet()
    samira.types(STORY)
    await bot.quiet()
    first, second = await session(bot, samira), await session(bot, samira, "bij-elkaar")

    assert first is not None and second is not None
    assert (first.said, second.said) == ((), (STORY,))


@asynccontextmanager
async def two_bots(data: Path, one: Emulator, other: Emulator) -> AsyncIterator[Running]:
    """Bij Elkaar has a bot of its own, the others share one; each stands at a Telegram of its own."""
    schemes = Schemes()
    async with open_practice(data, schemes.ids(), lambda id: keeping(schemes, id)) as store:
        services = Services(
            store, Conversations(store, schemes, clock.now, fresh), schemes, Site(demo=True), clock.now
        )
        settings = (
            Setting(other.token, other.url, "bij-elkaar"),
            Setting(one.token, one.url, others=("bij-elkaar",)),
        )
        task = asyncio.create_task(together.run(services, settings, {found.token: [] for found in settings}))
        try:
            await one.until(lambda: one.updates.polled and other.updates.polled, "both poll", 60)
            await other.until(lambda: bool(other.called("getMe")), "it is introduced", 60)
            yield Running(one, services, data)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def test_two_bots_in_one_process_answer_each_in_its_own_chat(tmp_path: Path) -> None:
    async with (
        Emulator() as one,
        Emulator(TOKEN, "Sam", "sam_bot") as other,
        two_bots(tmp_path / "data", one, other) as bot,
    ):
        here, there = one.person(), other.person()
        assert here.chat.id == there.chat.id
        here.start(SCHEME)
        there.start()
        await bot.quiet()
        here.types(STORY)
        there.types("Er was iets met de sleutel van kamer 4.")
        await one.until(lambda: len(here.received()) == 2 and len(there.received()) == 2, "both answer", 60)
        mine, theirs = await session(bot, here), await session(bot, there, "bij-elkaar")
        here.start("bij-elkaar")
        await one.until(lambda: len(here.received()) == 3, "where the other is", 60)

    assert mine is not None and theirs is not None
    assert (mine.said, theirs.said) == ((STORY,), ("Er was iets met de sleutel van kamer 4.",))
    assert here.texts()[-1].split("\n\n") == [
        words("telegram.elsewhere", url="https://t.me/sam_bot"),
        words("telegram.which"),
    ]
    assert name(bot, "bij-elkaar") not in here.buttons()


async def test_bot_that_has_trouble_holds_up_no_other(tmp_path: Path) -> None:
    async with (
        Emulator() as one,
        Emulator(TOKEN, "Sam", "sam_bot") as other,
        two_bots(tmp_path / "data", one, other) as bot,
    ):
        other.faults.next("server_error", times=1000)
        here = one.person()
        here.start(SCHEME)
        await bot.quiet()

    assert words("platform.sees.telegram") in paragraphs(here)


async def test_another_bot_in_its_place_counts_messages_anew_and_none_is_lost(tmp_path: Path) -> None:
    typed = [f"Er was iets met de sleutel van kamer {number}." for number in (1, 2)]
    for token, one in zip((A, TOKEN), typed, strict=True):
        async with Emulator(token) as telegram, running(tmp_path / "data", telegram) as bot:
            samira = telegram.person()
            samira.start()
            samira.types(one)
            await bot.quiet()
            kept = await session(bot, samira)

    assert kept is not None
    assert "\n".join(kept.said).split("\n") == typed


A, B = "4200000001:" + "A" * 35, "4200000002:" + "B" * 35
IDS = ("blijf-groep", "bij-elkaar")


def test_bots_are_set_one_by_one_and_for_the_rest() -> None:
    found = part.settings({part.TOKEN: A, part.TOKENS: f"bij-elkaar={B}"}, IDS)

    assert [(one.token, one.organisations(IDS)) for one in found] == [
        (B, ("bij-elkaar",)),
        (A, ("blijf-groep",)),
    ]


@pytest.mark.parametrize(
    "environment",
    [
        {part.TOKENS: f"nergens={A}"},
        {part.TOKENS: A},
        {part.TOKENS: "bij-elkaar=wrong"},
        {part.TOKENS: f"bij-elkaar={A} bij-elkaar={B}"},
        {part.TOKENS: f"bij-elkaar={A},blijf-groep={A}"},
        {part.TOKENS: f"bij-elkaar={A}", part.TOKEN: A},
        {part.TOKENS: f"bij-elkaar={A}", part.TOKEN: B, part.SCHEME: "bij-elkaar"},
        {part.TOKENS: f"bij-elkaar={A} blijf-groep={A[:-1]}Z", part.TOKEN: B},
    ],
)
def test_settings_that_cannot_be_meant_are_refused_without_showing_a_token(
    environment: dict[str, str],
) -> None:
    with pytest.raises(part.Wrong, match=r"GEHOORD_TELEGRAM_TOKEN") as raised:
        part.settings(environment, IDS)

    assert "A" * 30 not in str(raised.value)


async def test_every_organisation_is_woken_also_one_whose_bot_is_gone(
    bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(part.TOKENS, f"bij-elkaar={B}")
    way = ways(bot.services)["telegram"]

    for id in bot.services.schemes.ids():
        _, beside = way(Address("telegram", "4711", id))
        assert page(beside(Draft(None, 0), ())) == Page()


async def test_start_says_whom_each_bot_is_for_and_what_has_to_be_decided_first(
    bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(part.TOKEN, A)
    monkeypatch.setenv(part.TOKENS, f"bij-elkaar={B}")
    found = part.telegram(bot.services)

    assert found.on
    assert found.why.startswith("for bij-elkaar; for blijf-groep, ")
    assert found.why.endswith(
        "by polling; decide first: DPIA, and that Telegram can read along (docs/telegram.md)"
    )
