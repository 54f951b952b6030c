"""What the harness is held against: a plain aiogram FSM bot with its memory storage, behind the same kind of page.

``python -m tests.torture.plain_bot PORT``. Every post becomes an update for the dispatcher, which keeps what was
said in the state, as aiogram's documentation shows it; the page shows what is in the state.
"""

import secrets
import sys
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from html import escape

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import Chat, Message, Update, User
from aiohttp import web

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


class Silent(BaseSession):
    """An API that takes everything at once."""

    async def close(self) -> None:
        """Nothing is open."""

    async def make_request(  # type: ignore[override]
        self,
        bot: Bot,
        method: object,
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> object:
        return Message(message_id=1, date=NOW, chat=Chat(id=1, type="private"))

    async def stream_content(self, *_: object, **__: object) -> AsyncGenerator[bytes, None]:
        yield b""


dispatcher, bot = Dispatcher(), Bot("42:TEST", session=Silent())


@dispatcher.message()
async def answer(message: Message, state: FSMContext) -> None:
    """Keep what was said, and answer."""
    said = (await state.get_data()).get("said", [])
    await state.update_data(said=[*said, message.text])
    await message.answer("En verder?")


async def said_by(person: int) -> list[str]:
    """What the state holds of this person."""
    key = StorageKey(bot_id=bot.id, chat_id=person, user_id=person)
    found: list[str] = (await dispatcher.storage.get_data(key)).get("said", [])
    return found


async def page(request: web.Request) -> web.Response:
    """The conversation so far."""
    person = int(request.cookies.get("s", "0"))
    turns = "".join(
        f'<div class="mine"><p>{escape(text)}</p></div><div class="said"><p data-id="next">En verder?</p></div>'
        for text in await said_by(person)
    )
    fields = {"form": "x", "turn": secrets.token_hex(8)}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
    return web.Response(text=f'{turns}<div id="nu"></div>{hidden}', content_type="text/html")


async def begin(request: web.Request) -> web.Response:
    """Someone new."""
    response = web.HTTPSeeOther("/plain")
    response.set_cookie("s", str(secrets.randbits(40)), path="/plain")
    return response


async def say(request: web.Request) -> web.Response:
    """An update for the dispatcher."""
    person = int(request.cookies["s"])
    fields = await request.post()
    user, chat = User(id=person, is_bot=False, first_name="x"), Chat(id=person, type="private")
    message = Message(
        message_id=secrets.randbits(30), date=NOW, chat=chat, from_user=user, text=str(fields["say"])
    )
    await dispatcher.feed_update(bot, Update(update_id=secrets.randbits(30), message=message))
    raise web.HTTPSeeOther("/plain")


def main() -> None:
    """Serve on the port that was named."""
    app = web.Application()
    app.add_routes([web.get("/plain", page), web.post("/plain/begin", begin), web.post("/plain", say)])
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)


if __name__ == "__main__":
    main()
