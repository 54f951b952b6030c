"""What goes out to Telegram: one parcel of the outbox at a time, at its pace; and what is taken away again.

The errand of a wipe is a parcel like any other: it waits its turn behind what was said before, survives a kill, and
is tried again when Telegram asks to wait. Both sides' messages of the last 48 hours go; what Telegram refuses is told.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

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
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.channels import showing, updates
from bot.channels.pace import Pace
from bot.delivery import Later, Never
from bot.web.services import Services
from flows.messages import Phrase
from flows.reception import NOWHERE
from locales import text
from storage.records import Address, Parcel

DELETABLE = 48 * 3600 - 60
"""Seconds for which a bot may take a message away (core.telegram.org/bots/api#deletemessages), and a minute less."""

BATCH = 100
"""The most messages of one call."""

TYPING = 0.3
"""Who waits longer than so many seconds for the next message sees that it is being typed."""

IS_CARD, IS_SHARE = b":c", b":k"
"""How the mark of a message ends that is the check card, or offers to share one's number."""

_SHOWN = msgspec.json.Decoder(showing.Shown)

LOG = structlog.get_logger("gehoord.telegram")


class Sending:
    """The mouth of one bot."""

    def __init__(self, of: Services, bot: Bot, pace: Pace) -> None:
        self._of, self._bot, self._pace = of, bot, pace

    async def send(self, parcel: Parcel) -> bytes:
        """Carry out one parcel; returns what Telegram called the messages. Raises `Later`, `Never`."""
        errand = showing.taken_away(parcel.body)
        if errand is not None:
            return await self._take_away(parcel, errand)
        if parcel.body == showing.UNSHARE:
            await self._unshare(parcel.address)
            return b""
        edits = parcel.body.startswith(showing.EDIT)
        message = _SHOWN.decode(parcel.body.removeprefix(showing.EDIT))
        if message.id == showing.SHARE:
            return await self._share(parcel.address, message.words)
        rows = showing.buttons(message, await self._done(parcel.address, message), self._of.site.origin)
        if edits and await self._edited(parcel.address, message.words, rows):
            return b""
        mark = await self.say(parcel.address.key, message.words, rows, protect=message.protect)
        return mark + IS_CARD if message.id == showing.CARD else mark

    # The check card, which is edited where it stands, and the button to share a number.

    async def _marked(self, address: Address, what: bytes) -> list[int]:
        """The ids of the messages here with this mark, the oldest first."""
        marks = await self._of.store.marks(address)
        return [_came(mark)[0] for many in marks for mark in many.split() if mark.endswith(what)]

    async def _edited(self, address: Address, words: str, rows: showing.Rows) -> bool:
        """Whether the card that stands in this chat is now as it has to be; if not, it is said anew."""
        cards = await self._marked(address, IS_CARD)
        if not cards:
            return False
        await asyncio.sleep(self._pace.turn(address.key))
        try:
            with _delivered(self._pace, address.key):
                await self._bot.edit_message_text(
                    words, chat_id=address.key, message_id=cards[-1], reply_markup=_inline(rows),
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )  # fmt: skip
        except (TelegramBadRequest, TelegramNotFound) as error:
            return "not modified" in str(error)  # after a kill it may be so already
        return True

    async def _share(self, address: Address, words: str) -> bytes:
        """Offer to share one's own number with one press; nobody has to."""
        label = text(Phrase("telegram.share.button"), await self._of.conversations.locale(address))
        keyboard: dict[str, object] = {
            "keyboard": [[{"text": label, "request_contact": True}]],
            "resize_keyboard": True,
            "one_time_keyboard": True,
        }
        return await say(self._bot, self._pace, address.key, words, keyboard=keyboard) + IS_SHARE

    async def _unshare(self, address: Address) -> None:
        """Take the last offer away: with its message the button goes from the keyboard."""
        for id in (await self._marked(address, IS_SHARE))[-1:]:
            try:
                await self._bot.delete_message(address.key, id)
            except AiogramError as error:
                LOG.info("not done", error=type(error).__name__)

    async def say(self, chat: str, words: str, rows: showing.Rows = (), *, protect: bool = False) -> bytes:
        """Send one message; returns its mark. Raises `Later`, `Never`."""
        return await say(self._bot, self._pace, chat, words, rows, protect=protect)

    async def _done(self, address: Address, message: showing.Shown) -> str:
        """What is read on the button that sends what is on, where a message has one."""
        if not message.multiple:
            return ""
        return text(Phrase("telegram.done"), await self._of.conversations.locale(address))

    async def _take_away(self, parcel: Parcel, came: tuple[showing.Came, ...]) -> bytes:
        """Take the messages of both sides away; who wiped is told when some could not be.

        Those from before an organisation was chosen go too. Returns the mark of what was told: another wipe takes it.
        """
        now = self._of.clock().timestamp()
        front = msgspec.structs.replace(parcel.address, scheme=NOWHERE)
        marks = [*await self._of.store.marks(parcel.address), *await self._of.store.marks(front)]
        ours = [_came(mark) for many in marks for mark in many.split()]
        ours += showing.page((await self._of.store.load(front)).beside).came
        young = sorted({id for id, at in (*came, *ours) if now - at < DELETABLE})
        left, mark = 0, b""
        for at in range(0, len(young), BATCH):
            left += await self._delete(parcel.address.key, young[at : at + BATCH])
        if left:
            locale = await self._of.conversations.locale(parcel.address)
            mark = await self.say(parcel.address.key, text(Phrase("telegram.not_deleted"), locale))
        for address in (parcel.address, front):
            await self._of.store.unmark(address)
        return mark

    async def _delete(self, chat: str, ids: list[int]) -> int:
        """Delete these; returns how many could not be. One that cannot keeps all: then they go one by one."""
        try:
            with _delivered(self._pace, chat):
                await self._bot.delete_messages(chat, ids)
        except (TelegramBadRequest, TelegramNotFound):
            if len(ids) == 1:
                return 1
            return sum([await self._delete(chat, [id]) for id in ids])
        return 0


async def say(
    bot: Bot,
    pace: Pace,
    chat: str,
    words: str,
    rows: showing.Rows = (),
    *,
    protect: bool = False,
    keyboard: dict[str, object] | None = None,
) -> bytes:
    """Send one message in its turn; returns its mark. Raises `Later`, `Never`.

    `rows` are buttons below it; `keyboard` are buttons in the place of the phone's keys instead.
    """
    wait = pace.turn(chat)
    if wait > TYPING:
        await _typing(bot, chat)
    if wait:
        await asyncio.sleep(wait)
    below = {"inline_keyboard": [[_button(button) for button in row] for row in rows]} if rows else None
    call = updates.Say.model_construct(  # checked where it was made
        chat_id=chat, text=words, protect_content=protect, reply_markup=keyboard or below
    )
    try:
        with _delivered(pace, chat):
            sent = await bot(call)
    except (TelegramBadRequest, TelegramNotFound):
        raise Never("refused") from None
    return f"{sent.message_id}:{sent.date}".encode()


@contextmanager
def _delivered(pace: Pace, chat: str) -> Iterator[None]:
    """Raises `Later` where Telegram asks to wait, and `Never` where this chat is closed to us."""
    try:
        yield
    except TelegramRetryAfter as error:
        pace.hold(chat, error.retry_after)
        raise Later(error.retry_after) from None
    except TelegramForbiddenError:
        raise Never("forbidden") from None


async def _typing(bot: Bot, chat: str) -> None:
    try:
        await bot.send_chat_action(chat, ChatAction.TYPING)
    except AiogramError as error:
        LOG.info("not done", error=type(error).__name__)


def _came(mark: bytes) -> showing.Came:
    id, at, *_ = mark.split(b":")
    return int(id), int(at)


def _inline(rows: showing.Rows) -> InlineKeyboardMarkup:
    keyboard = [[InlineKeyboardButton.model_validate(_button(one)) for one in row] for row in rows]
    return InlineKeyboardMarkup(inline_keyboard=keyboard)


def _button(button: showing.Button) -> dict[str, str]:
    """A button as Telegram takes it: what comes back, or the page that it opens."""
    opens = {"url": button.url} if button.url else {"callback_data": button.data}
    return {"text": button.label, **opens}
