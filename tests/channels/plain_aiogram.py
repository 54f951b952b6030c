"""A bot as aiogram's users write it: a form of ten questions on its finite state machine.

``python -m tests.channels.plain_aiogram --api URL --token TOKEN --storage memory --how polling``. Written after
aiogram's own examples (a group of states, a handler for each, `start_polling` or `SimpleRequestHandler` with their
defaults); what it keeps of a person is in the storage: aiogram's memory, Redis, or the package
aiogram-sqlite-storage.
"""

import argparse
import asyncio
from collections.abc import Awaitable, Callable

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import BaseFilter, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

PATH, SECRET = "/webhook", "geheim_0123456789"
GREETING = "Hoi. Vraag 1?"


class Form(StatesGroup):
    """The ten questions."""

    q1, q2, q3, q4, q5 = State(), State(), State(), State(), State()
    q6, q7, q8, q9, q10 = State(), State(), State(), State(), State()


class At(BaseFilter):
    """The state by name, asynchronously: aiogram takes its own `State` filters through a thread."""

    def __init__(self, state: State) -> None:
        self._state = state.state

    async def __call__(self, message: Message, raw_state: str | None = None) -> bool:
        """Whether the conversation stands there."""
        return raw_state == self._state


Handler = Callable[[Message, FSMContext], Awaitable[None]]


def answered(text: str) -> str:
    """What the bot says to an answer."""
    return f"Genoteerd: {text}"


async def start(message: Message, state: FSMContext) -> None:
    """``/start``: the first question."""
    await state.set_state(Form.q1)
    await message.answer(GREETING)


def _question(at: State, following: State | None) -> Handler:
    async def answer(message: Message, state: FSMContext) -> None:
        await state.update_data({str(at.state): message.text})
        await state.set_state(following)
        await message.answer(answered(message.text or ""))

    return answer


def documented(storage: BaseStorage) -> Dispatcher:
    """A handler for each state, chosen by the state itself, as the documentation shows it."""
    dispatcher = Dispatcher(storage=storage)
    dispatcher.message(CommandStart())(start)
    for at, following in _steps():
        dispatcher.message(at)(_question(at, following))
    return dispatcher


def async_filters(storage: BaseStorage) -> Dispatcher:
    """The same with filters that need no thread."""
    dispatcher = Dispatcher(storage=storage)
    dispatcher.message(CommandStart())(start)
    for at, following in _steps():
        dispatcher.message(At(at))(_question(at, following))
    return dispatcher


def catch_all(storage: BaseStorage) -> Dispatcher:
    """One handler for everything, that keeps nothing: what aiogram's dispatching alone costs."""
    dispatcher = Dispatcher(storage=storage)

    @dispatcher.message()
    async def answer(message: Message) -> None:
        await message.answer(answered(message.text or ""))

    return dispatcher


def _steps() -> list[tuple[State, State | None]]:
    states = Form.__states__
    return list(zip(states, [*states[1:], None], strict=True))


def storage_of(name: str) -> BaseStorage:
    """The storage of this name: ``memory``, ``redis://…`` or ``sqlite:PATH``."""
    if name == "memory":
        return MemoryStorage()
    if name.startswith("redis:"):
        from aiogram.fsm.storage.redis import RedisStorage  # noqa: PLC0415 (only where it is measured)

        # More connections than the client's 100: with 200 people at once it would refuse.
        return RedisStorage.from_url(name, connection_kwargs={"max_connections": 1000})
    from aiogram_sqlite_storage.sqlitestore import SQLStorage  # type: ignore[import-untyped] # noqa: PLC0415

    found: BaseStorage = SQLStorage(name.removeprefix("sqlite:"))
    return found


async def kept(storage: BaseStorage, bot: int, person: int) -> list[str]:
    """What is kept of this person's answers, in the order of the questions."""
    data = await storage.get_data(StorageKey(bot_id=bot, chat_id=person, user_id=person)) or {}
    return [data[str(state.state)] for state, _ in _steps() if str(state.state) in data]


def main() -> None:
    """Poll, or serve the webhook on this port, until killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--api", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--storage", default="memory")
    parser.add_argument("--port", type=int, default=0, help="for a webhook; without it the bot polls")
    asked = parser.parse_args()
    dispatcher = documented(storage_of(asked.storage))
    session = AiohttpSession(api=TelegramAPIServer.from_base(asked.api))
    if not asked.port:
        asyncio.run(dispatcher.start_polling(Bot(asked.token, session)))
        return

    @dispatcher.startup()
    async def hook(bot: Bot) -> None:
        await bot.set_webhook(f"http://127.0.0.1:{asked.port}{PATH}", secret_token=SECRET)

    app, bot = web.Application(), Bot(asked.token, session)
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path=PATH)
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=asked.port, print=None)


if __name__ == "__main__":
    main()
