"""Pushing to a webhook: secret, lanes, retries, doubles, and a call in the answer."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.telegram_emulator import Emulator
from tests.telegram_emulator.webhook import SECRET
from tests.telegram_emulator.wire import Json, Params


class Receiver:
    """A webhook that answers as it is told: each entry of `answers` once, then 200."""

    def __init__(self) -> None:
        self.came: list[Json] = []
        self.secrets: list[str | None] = []
        self.answers: list[int] = []
        self.body: Json | None = None
        self.busy = self.busiest = 0
        self.hold = asyncio.Event()
        self.hold.set()
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        self.came.append(await request.json())
        self.secrets.append(request.headers.get(SECRET))
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        await self.hold.wait()
        self.busy -= 1
        if self.answers:
            return web.Response(status=self.answers.pop(0))
        return web.json_response(self.body) if self.body else web.Response()

    def texts(self) -> list[str]:
        """The texts that came, again each time they came."""
        return [update["message"]["text"] for update in self.came if "message" in update]


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        emulator.webhook.pace = 0.01
        yield emulator


@pytest.fixture
async def receiver(telegram: Emulator) -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/", receiver.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await telegram.webhook.set(receiver.url, "geheim", 40)
    yield receiver
    receiver.hold.set()
    await telegram.webhook.stop()
    await runner.cleanup()


async def settled(telegram: Emulator) -> None:
    await telegram.until(lambda: telegram.updates.fresh() == [], "every update taken")


async def test_updates_are_pushed_with_the_secret(telegram: Emulator, receiver: Receiver) -> None:
    telegram.person().types("hoi")
    await settled(telegram)
    assert (receiver.texts(), receiver.secrets) == (["hoi"], ["geheim"])


async def test_what_is_not_taken_is_sent_again_and_later_messages_of_the_chat_wait(
    telegram: Emulator, receiver: Receiver
) -> None:
    receiver.answers = [500, 302, 429]
    samira = telegram.person()
    samira.types("een")
    samira.types("twee")
    await settled(telegram)
    assert receiver.texts() == ["een", "een", "een", "een", "twee"]
    assert [status for _, status in telegram.webhook.answers] == [500, 302, 429, 200, 200]


async def test_chats_are_served_side_by_side_and_one_chat_in_order(
    telegram: Emulator, receiver: Receiver
) -> None:
    receiver.hold.clear()
    people = [telegram.person(f"P{n}") for n in range(5)]
    for person in people:
        person.types(f"een {person.user['first_name']}")
        person.types(f"twee {person.user['first_name']}")
    await telegram.until(lambda: receiver.busy == 5, "five at once")
    receiver.hold.set()
    await settled(telegram)
    assert receiver.busiest == 5
    first = [text.split()[1] for text in receiver.texts() if text.startswith("een")]
    for name in first:
        assert receiver.texts().index(f"een {name}") < receiver.texts().index(f"twee {name}")


async def test_a_press_does_not_wait_for_a_message_of_the_same_person(
    telegram: Emulator, receiver: Receiver
) -> None:
    receiver.hold.clear()
    samira = telegram.person()
    samira.types("hoi")
    samira.presses_data("ja")
    await telegram.until(lambda: receiver.busy == 2, "both at once")
    receiver.hold.set()
    await settled(telegram)


async def test_no_more_at_once_than_was_asked_for(telegram: Emulator, receiver: Receiver) -> None:
    await telegram.webhook.set(receiver.url, "", 2)
    receiver.hold.clear()
    for n in range(4):
        telegram.person(f"P{n}").types("hoi")
    await telegram.until(lambda: receiver.busy == 2, "two at once")
    receiver.hold.set()
    await settled(telegram)
    assert (receiver.busiest, len(receiver.came)) == (2, 4)


async def test_an_answer_that_takes_too_long_is_no_answer(telegram: Emulator, receiver: Receiver) -> None:
    telegram.webhook.patience = 0.05
    receiver.hold.clear()
    telegram.person().types("hoi")
    await telegram.until(lambda: len(receiver.came) >= 2, "a second attempt")
    receiver.hold.set()
    await settled(telegram)
    assert telegram.webhook.attempts.most_common(1)[0][1] >= 2


async def test_the_same_update_can_come_twice_at_once(telegram: Emulator, receiver: Receiver) -> None:
    telegram.webhook.doubles = 1
    telegram.person().types("hoi")
    await settled(telegram)
    assert receiver.texts() == ["hoi", "hoi"]
    assert receiver.came[0] == receiver.came[1]


async def test_a_call_in_the_answer_is_carried_out_but_never_a_get(
    telegram: Emulator, receiver: Receiver
) -> None:
    samira = telegram.person()
    receiver.body = {"method": "sendMessage", "chat_id": samira.chat.id, "text": "in het antwoord"}
    samira.types("hoi")
    assert await samira.reads() == ["in het antwoord"]
    receiver.body = {"method": "getMe"}
    samira.types("nog eens")
    await settled(telegram)
    assert telegram.called("getMe") == []


async def test_a_webhook_that_comes_back_gets_what_waited(telegram: Emulator, receiver: Receiver) -> None:
    await telegram.webhook.set("http://127.0.0.1:9/", "", 40)
    telegram.person().types("hoi")
    await telegram.until(lambda: len(telegram.webhook.answers) >= 2, "attempts that fail")
    await telegram.webhook.set(receiver.url, "", 40)
    await settled(telegram)
    assert receiver.texts() == ["hoi"]


def test_parameters_are_read_the_same_from_forms_and_json() -> None:
    form, body = Params({"a": "1", "b": "true", "c": "[1]"}), Params({"a": 1, "b": True, "c": [1]})
    for params in (form, body):
        assert (params.number("a"), params.flag("b"), params.parsed("c")) == (1, True, [1])
