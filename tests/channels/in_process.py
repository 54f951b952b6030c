"""A Bot API without a wire: both libraries do all that they do for HTTP, except the sockets.

A call is made into the form or JSON that would be sent, and answered with the JSON that Telegram would answer, which
the library reads as always. So what is measured is the bot, and it is the same for everyone.
"""

import itertools
import json
from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from telegram.request import BaseRequest, RequestData

from bot.channels.wire import Wire

TOKEN = "4200000001:AAE-test-token-of-the-emulator-000000001"
ME = {"id": 4200000001, "is_bot": True, "first_name": "Gehoord", "username": "gehoord_bot"}
DATE = 1779271200


def update(number: int, person: int, text: str) -> dict[str, Any]:
    """An update with a message of this person, as Telegram writes it; `number` makes its ids."""
    who = {"id": person, "is_bot": False, "first_name": "Samira", "language_code": "nl"}
    message: dict[str, Any] = {
        "message_id": number,
        "date": DATE,
        "chat": {"id": person, "type": "private", "first_name": "Samira"},
        "from": who,
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message}


class Api:
    """Telegram's side: answers, and counts what was sent."""

    def __init__(self) -> None:
        self.sent = 0
        self._ids = itertools.count(1_000_000)

    def answer(self, method: str, chat: str, text: str) -> str:
        """The body of the answer to a call."""
        result: object = True
        if method.lower() == "sendmessage":
            self.sent += 1
            result = {
                "message_id": next(self._ids),
                "date": DATE,
                "chat": {"id": int(chat), "type": "private", "first_name": "Samira"},
                "from": ME,
                "text": text,
            }
        elif method.lower() == "getme":
            result = ME
        return json.dumps({"ok": True, "result": result})


class AiogramWire(AiohttpSession):
    """aiogram's session on `Api`."""

    def __init__(self, api: Api) -> None:
        super().__init__()
        self._api = api

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> TelegramType:
        """Build the form, and read the answer."""
        self.build_form_data(bot, method)
        chat, text = str(getattr(method, "chat_id", "")), str(getattr(method, "text", ""))
        body = self._api.answer(method.__api_method__, chat, text)
        return cast(TelegramType, self.check_response(bot, method, 200, body).result)

    async def stream_content(self, *_: object, **__: object) -> AsyncGenerator[bytes, None]:
        """No files."""
        yield b""


class GehoordWire(Wire, AiogramWire):
    """Gehoord's session on `Api`: what it writes and reads itself, and aiogram's for every other call."""

    async def post(self, url: str, body: bytes, within: float | None) -> tuple[int, bytes]:
        """Answer what was written."""
        given = json.loads(body)
        return 200, self._api.answer(url.rpartition("/")[2], given["chat_id"], given["text"]).encode()


class PtbWire(BaseRequest):
    """python-telegram-bot's requests on `Api`."""

    def __init__(self, api: Api) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        """None is needed."""
        return None

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Build the parameters, and answer."""
        given = request_data.json_parameters if request_data else {}
        body = self._api.answer(url.rpartition("/")[2], given.get("chat_id", ""), given.get("text", ""))
        return 200, body.encode()
