"""The two clients that keep the emulator honest: aiogram 3 and python-telegram-bot 22, polling and webhook."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiogram
import aiogram.exceptions
import telegram
import telegram.error
import telegram.ext
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    TelegramObject,
)
from aiogram.types import Update as AiogramUpdate
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.telegram_emulator.reference_bot import Blocked, Broken, ReferenceBot, Refused, TooMany
from tests.telegram_emulator.server import Emulator

SECRET = "geheim_0123456789"


@asynccontextmanager
async def _aiogram_errors() -> AsyncIterator[None]:
    try:
        yield
    except aiogram.exceptions.TelegramRetryAfter as error:
        raise TooMany(error.retry_after) from error
    except aiogram.exceptions.TelegramForbiddenError as error:
        raise Blocked(error.message) from error
    except aiogram.exceptions.TelegramBadRequest as error:
        raise Refused(error.message) from error
    except (aiogram.exceptions.TelegramServerError, aiogram.exceptions.TelegramNetworkError) as error:
        raise Broken(type(error).__name__) from error


class AiogramClient:
    """The Bot API by aiogram."""

    def __init__(self, bot: aiogram.Bot) -> None:
        self.bot = bot

    async def send(self, chat: int, text: str, buttons: Sequence[tuple[str, str]] = ()) -> int:
        row = [InlineKeyboardButton(text=label, callback_data=data) for label, data in buttons]
        markup = InlineKeyboardMarkup(inline_keyboard=[row]) if row else None
        async with _aiogram_errors():
            return (await self.bot.send_message(chat, text, reply_markup=markup)).message_id

    async def edit(self, chat: int, message: int, text: str) -> None:
        async with _aiogram_errors():
            await self.bot.edit_message_text(text=text, chat_id=chat, message_id=message)

    async def answer(self, query: str, text: str) -> None:
        async with _aiogram_errors():
            await self.bot.answer_callback_query(query, text=text)

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        async with _aiogram_errors():
            await self.bot.delete_messages(chat, list(messages))

    async def document(self, chat: int, name: str, data: bytes) -> None:
        async with _aiogram_errors():
            await self.bot.send_document(chat, BufferedInputFile(data, name))

    async def download(self, file_id: str) -> bytes:
        async with _aiogram_errors():
            found = await self.bot.download(file_id)
        assert found is not None
        return found.read()

    async def leave(self, chat: int) -> None:
        async with _aiogram_errors():
            await self.bot.leave_chat(chat)


@asynccontextmanager
async def _ptb_errors() -> AsyncIterator[None]:
    try:
        yield
    except telegram.error.RetryAfter as error:
        raise TooMany(error._retry_after.total_seconds()) from error
    except telegram.error.Forbidden as error:
        raise Blocked(error.message) from error
    except telegram.error.BadRequest as error:
        raise Refused(error.message) from error
    except telegram.error.NetworkError as error:
        raise Broken(type(error).__name__) from error


class PtbClient:
    """The Bot API by python-telegram-bot."""

    def __init__(self, bot: "telegram.Bot") -> None:
        self.bot = bot

    async def send(self, chat: int, text: str, buttons: Sequence[tuple[str, str]] = ()) -> int:
        row = [telegram.InlineKeyboardButton(label, callback_data=data) for label, data in buttons]
        markup = telegram.InlineKeyboardMarkup([row]) if row else None
        async with _ptb_errors():
            return (await self.bot.send_message(chat, text, reply_markup=markup)).message_id

    async def edit(self, chat: int, message: int, text: str) -> None:
        async with _ptb_errors():
            await self.bot.edit_message_text(text, chat_id=chat, message_id=message)

    async def answer(self, query: str, text: str) -> None:
        async with _ptb_errors():
            await self.bot.answer_callback_query(query, text=text)

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        async with _ptb_errors():
            await self.bot.delete_messages(chat, list(messages))

    async def document(self, chat: int, name: str, data: bytes) -> None:
        async with _ptb_errors():
            await self.bot.send_document(chat, data, filename=name)

    async def download(self, file_id: str) -> bytes:
        async with _ptb_errors():
            return bytes(await (await self.bot.get_file(file_id)).download_as_bytearray())

    async def leave(self, chat: int) -> None:
        async with _ptb_errors():
            await self.bot.leave_chat(chat)


@asynccontextmanager
async def run_aiogram(emulator: Emulator, how: str) -> AsyncIterator[ReferenceBot]:
    """The reference bot on aiogram, ``polling`` or ``webhook``."""
    bot = aiogram.Bot(emulator.token, AiohttpSession(api=TelegramAPIServer.from_base(emulator.url)))
    reference = ReferenceBot(AiogramClient(bot))
    dispatcher = aiogram.Dispatcher()

    async def handler(event: TelegramObject, event_update: AiogramUpdate) -> None:
        await reference.handle(json.loads(event_update.model_dump_json(exclude_none=True, by_alias=True)))

    for name, observer in dispatcher.observers.items():
        if name not in {"update", "error"}:
            observer.register(handler)
    kinds = dispatcher.resolve_used_update_types()
    if how == "polling":
        polling = asyncio.create_task(
            dispatcher.start_polling(
                bot, polling_timeout=5, handle_signals=False, allowed_updates=kinds, close_bot_session=False
            )
        )
        await emulator.until(lambda: emulator.updates.polled, "aiogram polls")
        try:
            yield reference
        finally:
            await dispatcher.stop_polling()
            await polling
            await bot.session.close()
    else:
        requests = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET)
        app = web.Application()
        requests.register(app, path="/telegram")
        async with _serving(app) as url:
            await bot.set_webhook(f"{url}/telegram", secret_token=SECRET, allowed_updates=kinds)
            try:
                yield reference
            finally:
                await bot.delete_webhook()
                await bot.session.close()


@asynccontextmanager
async def run_ptb(emulator: Emulator, how: str) -> AsyncIterator[ReferenceBot]:
    """The reference bot on python-telegram-bot; its webhook is a handler of our own, as its documentation shows."""
    builder = telegram.ext.Application.builder().token(emulator.token)
    builder = builder.base_url(f"{emulator.url}/bot").base_file_url(f"{emulator.url}/file/bot")
    application: Any = builder.build()
    reference = ReferenceBot(PtbClient(application.bot))

    async def handler(update: telegram.Update, _context: Any) -> None:
        await reference.handle(json.loads(update.to_json()))

    application.add_handler(telegram.ext.TypeHandler(telegram.Update, handler))
    async with application:
        await application.start()
        try:
            if how == "polling":
                await application.updater.start_polling(timeout=5, allowed_updates=telegram.Update.ALL_TYPES)
                await emulator.until(lambda: emulator.updates.polled, "python-telegram-bot polls")
                yield reference
            else:
                app = web.Application()
                app.router.add_post("/telegram", _ptb_receiver(application))
                async with _serving(app) as url:
                    await application.bot.set_webhook(
                        f"{url}/telegram", secret_token=SECRET, allowed_updates=telegram.Update.ALL_TYPES
                    )
                    yield reference
                    await application.bot.delete_webhook()
        finally:
            if application.updater.running:
                await application.updater.stop()
            await application.stop()


def _ptb_receiver(application: Any) -> Any:
    async def receive(request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
            return web.Response(status=403)
        await application.process_update(telegram.Update.de_json(await request.json(), application.bot))
        return web.Response()

    return receive


@asynccontextmanager
async def _serving(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


RUN = {"aiogram": run_aiogram, "python-telegram-bot": run_ptb}
