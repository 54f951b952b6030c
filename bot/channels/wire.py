"""How calls go to Telegram: aiogram's session, with the one call of which nearly all are made written as JSON.

aiogram writes every call as a form of parts, for files, and reads every answer into models; of what was said only
an id and a time are read.
"""

from http import HTTPStatus
from typing import cast

import msgspec
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientError, ClientTimeout

from bot.channels.updates import SaidThere, Say

JSON = {"Content-Type": "application/json"}


class _Answer(msgspec.Struct):
    """What Telegram answers to ``sendMessage`` when it took the message."""

    result: SaidThere


_ANSWER = msgspec.json.Decoder(_Answer)


class Wire(AiohttpSession):
    """The session of a bot."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's own signature)
    ) -> TelegramType:
        """Carry out a call. Raises aiogram's errors."""
        if not isinstance(method, Say):
            return await super().make_request(bot, method, timeout)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        try:
            status, content = await self.post(url, method.body(), timeout)
        except TimeoutError:
            raise TelegramNetworkError(method=method, message="Request timeout error") from None
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=type(error).__name__) from None
        if status == HTTPStatus.OK:
            try:
                return cast(TelegramType, _ANSWER.decode(content).result)
            except msgspec.MsgspecError:
                pass
        self.check_response(bot, method, status, content.decode(errors="replace"))  # raises what it says
        raise TelegramNetworkError(method=method, message="no message in the answer")

    async def post(self, url: str, body: bytes, within: float | None) -> tuple[int, bytes]:
        """Send this; returns status and content of what came back. `within` seconds, or those of the session."""
        session = await self.create_session()
        seconds = ClientTimeout(total=self.timeout if within is None else within)
        async with session.post(url, data=body, headers=JSON, timeout=seconds) as response:
            return response.status, await response.read()
