"""What goes out to Telegram: one parcel of the outbox at a time, at its pace; and what is taken away again.

The errand of a wipe is a parcel like any other: it waits its turn behind what was said before, survives a kill, and
is tried again when Telegram asks to wait. Both sides' messages of the last 48 hours go; what Telegram refuses is told.
"""

import asyncio

import msgspec
import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
)

from bot.channels import showing, updates
from bot.channels.pace import Pace
from bot.delivery import Later, Never
from bot.rendering import plain
from bot.web.services import Services
from flows.messages import Phrase
from flows.reception import NOWHERE
from locales import Rendered, text
from storage.records import Address, Parcel

DELETABLE = 48 * 3600 - 60
"""Seconds for which a bot may take a message away (core.telegram.org/bots/api#deletemessages), and a minute less."""

BATCH = 100
"""The most messages of one call."""

TYPING = 0.3
"""Who waits longer than so many seconds for the next message sees that it is being typed."""

LOG = structlog.get_logger("gehoord.telegram")


class Sending:
    """The mouth of one bot."""

    def __init__(self, of: Services, bot: Bot, key: bytes, pace: Pace) -> None:
        self._of, self._bot, self._key, self._pace = of, bot, key, pace
        self._sent: dict[int, int] = {}

    async def send(self, parcel: Parcel) -> bytes:
        """Carry out one parcel; returns what Telegram called the messages. Raises `Later`, `Never`."""
        errand = showing.taken_away(parcel.body)
        if errand is not None:
            await self._take_away(parcel, errand)
            return b""
        message = msgspec.json.decode(parcel.body, type=Rendered)
        chat = parcel.address.key
        rows = showing.buttons(self._key, chat, message, await self._done(parcel.address, message),
                               self._of.site.origin)  # fmt: skip
        parts = showing.pieces(plain(message))
        marks = []
        for number in range(self._sent.get(parcel.id, 0), len(parts)):
            last = number == len(parts) - 1
            protect = message.sensitive and not message.body
            marks.append(await self.say(chat, parts[number], rows if last else (), protect=protect))
            if not last:
                self._sent[parcel.id] = number + 1
        self._sent.pop(parcel.id, None)
        return b" ".join(marks)

    async def say(self, chat: str, words: str, rows: showing.Rows = (), *, protect: bool = False) -> bytes:
        """Send one message; returns its mark. Raises `Later`, `Never`."""
        return await say(self._bot, self._pace, chat, words, rows, protect=protect)

    async def _done(self, address: Address, message: Rendered) -> str:
        """What is read on the button that sends what is on, where a message has one."""
        if not message.multiple:
            return ""
        session = await self._of.conversations.session(address)
        return text(Phrase("telegram.done"), session.locale if session else "nl")

    async def _take_away(self, parcel: Parcel, came: tuple[showing.Came, ...]) -> None:
        """Take the messages of both sides away; who wiped is told when some could not be.

        Those from before an organisation was chosen go too.
        """
        now = self._of.clock().timestamp()
        front = msgspec.structs.replace(parcel.address, scheme=NOWHERE)
        marks = [*await self._of.store.marks(parcel.address), *await self._of.store.marks(front)]
        ours = [_came(mark) for many in marks for mark in many.split()]
        ours += showing.page((await self._of.store.load(front)).beside).came
        young = sorted({id for id, at in (*came, *ours) if now - at < DELETABLE})
        left = 0
        for at in range(0, len(young), BATCH):
            left += await self._delete(parcel.address.key, young[at : at + BATCH])
        if left:
            session = await self._of.conversations.session(parcel.address)
            await self.say(
                parcel.address.key, text(Phrase("telegram.not_deleted"), session.locale if session else "nl")
            )
        for address in (parcel.address, front):
            await self._of.store.unmark(address)

    async def _delete(self, chat: str, ids: list[int]) -> int:
        """Delete these; returns how many could not be. One that cannot keeps all: then they go one by one."""
        try:
            await self._bot.delete_messages(chat, ids)
        except TelegramRetryAfter as error:
            raise Later(error.retry_after) from None
        except TelegramForbiddenError:
            raise Never("forbidden") from None
        except (TelegramBadRequest, TelegramNotFound):
            if len(ids) == 1:
                return 1
            return sum([await self._delete(chat, [id]) for id in ids])
        return 0


async def say(
    bot: Bot, pace: Pace, chat: str, words: str, rows: showing.Rows = (), *, protect: bool = False
) -> bytes:
    """Send one message in its turn; returns its mark. Raises `Later`, `Never`."""
    wait = pace.turn(chat)
    if wait > TYPING:
        await _typing(bot, chat)
    await asyncio.sleep(wait)
    keyboard = [[_button(button) for button in row] for row in rows]
    markup = msgspec.json.encode({"inline_keyboard": keyboard}).decode() if keyboard else None
    try:
        sent = await bot(
            updates.Say(chat_id=chat, text=words, protect_content=protect or None, reply_markup=markup)
        )
    except TelegramRetryAfter as error:
        pace.hold(chat, error.retry_after)
        raise Later(error.retry_after) from None
    except TelegramForbiddenError:
        raise Never("forbidden") from None
    except (TelegramBadRequest, TelegramNotFound):
        raise Never("refused") from None
    return f"{int(sent['message_id'])}:{int(sent['date'])}".encode()


async def _typing(bot: Bot, chat: str) -> None:
    try:
        await bot.send_chat_action(chat, ChatAction.TYPING)
    except AiogramError as error:
        LOG.info("not done", error=type(error).__name__)


def _came(mark: bytes) -> showing.Came:
    id, _, at = mark.partition(b":")
    return int(id), int(at)


def _button(button: showing.Button) -> dict[str, str]:
    """A button as Telegram takes it: what comes back, or the page that it opens."""
    opens = {"url": button.url} if button.url else {"callback_data": button.data}
    return {"text": button.label, **opens}
