"""Telegram: what comes in is kept before Telegram is told so, and what is said goes by the outbox.

The order of things
 1. Updates are asked for with the offset behind the last one that is durably kept: asking is what acknowledges. A
    webhook answers 200 when its update is. After a kill they come again, and `updates.inbound` lets each have its
    effect once.
 2. Updates of one chat are taken one after the other, those of several chats beside each other.
 3. What is said is in the outbox with the turn. It is delivered from there (`bot.delivery`): by whoever kept the
    turn, and by `_work` what a kill, a refusal or a pause left behind.
Only this module and `bot.channels.updates` know aiogram, and both are loaded when the part begins to run. Errors are
logged by their kind alone: the address of a call holds the bot's token.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Coroutine
from typing import Any, NamedTuple

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
)
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardMarkup,
    Message,
    Update,
)

from bot.channels import showing, updates
from bot.channels.introducing import introduce
from bot.channels.pace import Pace
from bot.channels.part import Setting
from bot.channels.receiving import CALL, Receiving
from bot.channels.sending import Sending
from bot.channels.staff import Staff
from bot.conversation import Kept
from bot.delivery import Never, deliver
from bot.web.attachments import LARGEST, MOST, Unfit, fit
from bot.web.services import Services
from flows.events import Chose, Event, Said, Sent, Started
from flows.messages import Phrase
from locales import text
from storage.errors import StoreError
from storage.records import Address, Parcel

CHANNEL = "telegram"
TRIES = 5
"""So often an update is tried that fails for no reason of the store's; then it is given up, and that is logged."""

WORK = 0.5
"""Seconds between two looks at what waits to be delivered."""

MANY = 10_000
"""The most chats and questions that are remembered in memory; what falls out is looked up again."""

STALE = "earlier"
"""An option that no question offers: the core answers it as one of an earlier question."""

LOG = structlog.get_logger("gehoord.telegram")


class Who(NamedTuple):
    """Somebody who talks with the bot: their chat, and the language of their app as a wish."""

    chat: str
    language: str | None
    came: showing.Came | None = None


class Telegram:
    """One bot. `pace` is how fast it sends."""

    def __init__(self, of: Services, setting: Setting, pace: Pace | None = None) -> None:
        self._of = of
        self._setting = setting
        self._pace = pace or Pace()
        self._key = showing.key_of(setting.token)
        server = TelegramAPIServer.from_base(setting.api)
        self._bot = Bot(setting.token, AiohttpSession(api=server, timeout=CALL))
        self._schemes: OrderedDict[str, str] = OrderedDict()
        self._on: OrderedDict[tuple[str, int], set[str]] = OrderedDict()
        self._tries: dict[int, int] = {}
        self._sending = Sending(of, self._bot, self._key, self._pace)
        self._staff = Staff(of, self._bot, self._key, self._pace, self._talking)
        self._receiving = Receiving(self._bot, setting, self._taken, self._unknown)
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Talk with Telegram until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(introduce(self._bot))
                group.create_task(self._work())
                group.create_task(self._receiving.run())
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._bot.session.close()

    async def take_raw(self, raw: dict[str, Any]) -> bool:
        """Take one update that was pushed; whether it is durably kept, or given up for good."""
        return await self._receiving.take_raw(raw)

    async def _unknown(self, chat: str, known: str) -> None:
        """Something of a kind that is not known yet: who sent it hears that it was not kept."""
        await self._event(Who(chat, None), Sent("other"), known)

    async def _taken(self, update: Update) -> bool:
        """Whether this update was kept, or given up for good."""
        try:
            await self._take(update)
        except StoreError as error:
            LOG.error("not kept", error=type(error).__name__)
            return False
        except Exception as error:
            tries = self._tries[update.update_id] = self._tries.get(update.update_id, 0) + 1
            LOG.error("failed", error=type(error).__name__, tries=tries)
            if tries < TRIES:
                return False
        self._tries.pop(update.update_id, None)
        return True

    async def _take(self, update: Update) -> None:
        """Hand an update to what answers its kind.

        A reaction below a message gets no answer: it asks for none, says nothing that could be kept, and a message
        would show on the client's phone at a moment that they did not choose.
        """
        known = updates.inbound(update)
        if update.callback_query is not None:
            await self._pressed(update.callback_query, known)
        elif update.inline_query is not None:
            await self._quietly(self._bot.answer_inline_query(update.inline_query.id, [], cache_time=300))
        elif update.pre_checkout_query is not None or update.shipping_query is not None:
            await self._refuse_payment(update)
        elif update.my_chat_member is not None:
            if update.my_chat_member.chat.type != "private":
                await self._leave(update.my_chat_member.chat.id)
        elif (message := update.message or update.channel_post or update.edited_message) is not None:
            if message.chat.type != "private":
                await self._leave(message.chat.id)
            else:
                await self._message(message, known, edited=update.edited_message is not None)

    async def _refuse_payment(self, update: Update) -> None:
        """Nothing costs anything here."""
        words = text(Phrase("telegram.no_payment"), "nl")
        if (paying := update.pre_checkout_query) is not None:
            await self._quietly(self._bot.answer_pre_checkout_query(paying.id, ok=False, error_message=words))
        elif (shipping := update.shipping_query) is not None:
            await self._quietly(self._bot.answer_shipping_query(shipping.id, ok=False, error_message=words))

    async def _leave(self, chat: int) -> None:
        """A group or a channel: others read along there, so the bot is not for it."""
        await self._quietly(self._bot.leave_chat(chat))

    async def _message(self, message: Message, known: str, *, edited: bool) -> None:
        language = message.from_user.language_code if message.from_user else None
        came = (message.message_id, int(message.date.timestamp()))
        who = Who(str(message.chat.id), updates.language(language), came)
        event = updates.event_of(message)
        if await self._staff.took(message, event):
            return
        match event:
            case updates.Start():
                await self._start(who, event.wish, known)
            case updates.OtherLanguage():
                address = await self._address(who)
                session = await self._of.conversations.session(address) if address else None
                await self._event(who, event.said(session.locale if session else "nl"), known)
            case Said() if edited:
                await self._event(who, Said(event.text, edited=True), known)
            case Sent() if not edited:
                await self._event(who, await self._kept_file(who, message, event), known)
            case Sent():
                await self._event(who, Said(event.caption, edited=True) if event.caption else event, known)
            case _:
                await self._event(who, event, known)

    async def _start(self, who: Who, wish: str, known: str) -> None:
        if self._setting.scheme is None and wish in self._of.schemes.ids():
            self._remember_scheme(who.chat, wish)
        address = await self._address(who)
        if address is None:
            await self._ask_whose(who)
        else:
            await self._handle(address, who, Started(CHANNEL, who.language), known)

    async def _event(self, who: Who, event: Event, known: str) -> Kept | None:
        """Let this event come in; a conversation that has not begun is greeted first."""
        address = await self._address(who)
        if address is None:
            await self._ask_whose(who)
            return None
        if await self._of.conversations.session(address) is None:
            await self._handle(address, who, Started(CHANNEL, who.language), f"{known}:start")
        return await self._handle(address, who, event, known)

    async def _handle(self, address: Address, who: Who, event: Event, known: str) -> Kept:
        kept = await self._of.conversations.handle(
            address, event, platform=CHANNEL, locale=who.language, inbound=known,
            deliver=showing.outgoing(who.came, doors=self._of.site.https),
            beside=showing.remember(self._key, who.chat, who.came, doors=self._of.site.https),
        )  # fmt: skip
        if kept.first is not None:
            self._aside(self._deliver(kept.first))
        return kept

    async def _address(self, who: Who) -> Address | None:
        """The conversation of this chat: of the bot's organisation, or of the one that was talked with last."""
        scheme = self._setting.scheme or self._schemes.get(who.chat) or await self._last_scheme(who.chat)
        return Address(CHANNEL, who.chat, scheme) if scheme else None

    async def _last_scheme(self, chat: str) -> str | None:
        ids = self._of.schemes.ids()
        if len(ids) == 1:
            return ids[0]
        found = [(await self._of.conversations.session(Address(CHANNEL, chat, id)), id) for id in ids]
        last = max(((session.at, id) for session, id in found if session is not None), default=None)
        if last is None:
            return None
        self._remember_scheme(chat, last[1])
        return last[1]

    async def _talking(self, chat: str) -> bool:
        """Whether somebody is in a conversation here, as a client."""
        address = await self._address(Who(chat, None))
        return address is not None and await self._of.conversations.session(address) is not None

    def _remember_scheme(self, chat: str, scheme: str) -> None:
        self._schemes[chat] = scheme
        self._schemes.move_to_end(chat)
        if len(self._schemes) > MANY:
            self._schemes.popitem(last=False)

    async def _ask_whose(self, who: Who) -> None:
        """Before there is a conversation: which organisation? Sent at once; if that fails, the update comes again."""
        rows = tuple(
            (showing.Button(self._of.schemes.load(id).name, f"{showing.WHOSE}{self._whose(who.chat, id)}"),)
            for id in self._of.schemes.ids()
        )
        words = text(Phrase("telegram.which"), who.language or "nl")
        try:
            await self._sending.say(who.chat, words, rows)
        except Never as error:
            LOG.info("not asked", reason=error.reason)

    def _whose(self, chat: str, scheme: str) -> str:
        return showing.tag(self._key, chat, "whose", scheme)

    async def _pressed(self, query: CallbackQuery, known: str) -> None:
        if query.message is None or query.message.chat.type != "private":
            await self._quietly(self._bot.answer_callback_query(query.id))
            return
        who = Who(str(query.message.chat.id), updates.language(query.from_user.language_code))
        data = query.data or ""
        if data[:1] == showing.OFFICE:
            if await self._staff.pressed(query):
                await self._start(who, "", known)
            return
        if data[:1] == showing.SWITCH and data in {below for _, below in updates.below(query)}:
            await self._switch(query, who, data)
            return
        if data[:1] == showing.WHOSE:
            wish = next((id for id in self._of.schemes.ids() if self._whose(who.chat, id) == data[1:]), "")
            await self._start(who, wish, known)
        else:
            ids = await self._chosen(query, who, data)
            if not ids:
                await self._answer(query, who, "telegram.nothing_on")
                return
            await self._event(who, Chose(ids), known)
        self._aside(self._answer(query, who))
        self._aside(self._take_away(query, who))

    async def _chosen(self, query: CallbackQuery, who: Who, data: str) -> tuple[str, ...]:
        """The options that were pressed; those of an earlier question are `STALE`. None when nothing is on."""
        address = await self._address(who)
        tags = showing.remembered((await self._of.store.load(address)).beside) if address else {}
        if data != showing.DONE:
            known = tags.get(data[1:]) if data[:1] == showing.CHOOSE else None
            return (known or STALE,)
        shown = updates.below(query)
        below = {data for _, data in shown}
        if showing.DONE not in below or not set(tags) & {data[1:] for data in below}:
            return (STALE,)
        on = self._are_on(query, who)
        return tuple(tags.get(data[1:], STALE) for _, data in shown if data in on)

    def _are_on(self, query: CallbackQuery, who: Who) -> set[str]:
        """The data of the buttons that are on: as Telegram shows them, and what was pressed since."""
        assert query.message is not None
        place = (who.chat, query.message.message_id)
        if place not in self._on:
            shown = updates.below(query)
            self._on[place] = {data for label, data in shown if label.startswith(showing.ON)}
            if len(self._on) > MANY:
                self._on.popitem(last=False)
        return self._on[place]

    async def _switch(self, query: CallbackQuery, who: Who, data: str) -> None:
        assert query.message is not None
        on = self._are_on(query, who)
        on.symmetric_difference_update({data})
        keyboard = [[updates.switched(button, on) for button in row] for row in updates.keyboard(query)]
        await self._quietly(
            self._bot.edit_message_reply_markup(
                chat_id=who.chat, message_id=query.message.message_id,
                reply_markup=InlineKeyboardMarkup(inline_keyboard=keyboard),
            )
        )  # fmt: skip
        await self._quietly(self._bot.answer_callback_query(query.id))

    async def _answer(self, query: CallbackQuery, who: Who, id: str = "") -> None:
        words = text(Phrase(id), who.language or "nl") if id else None
        await self._quietly(self._bot.answer_callback_query(query.id, text=words))

    async def _take_away(self, query: CallbackQuery, who: Who) -> None:
        """Take the buttons of this message away: they were pressed."""
        if isinstance(query.message, Message) and query.message.reply_markup is not None:
            self._on.pop((who.chat, query.message.message_id), None)
            call = self._bot.edit_message_reply_markup(chat_id=who.chat, message_id=query.message.message_id)
            await self._quietly(call)

    # Files.

    async def _kept_file(self, who: Who, message: Message, event: Sent) -> Sent:
        """The event with the reference of its file, when it could be had and may be kept."""
        file = updates.file_of(message)
        address = await self._address(who)
        if file is None or address is None or file.size > LARGEST:
            return event
        session = await self._of.conversations.session(address)
        if session is not None and len(session.attachments) >= MOST:
            return event
        data = await self._download(file.id)
        if data is None or len(data) > LARGEST:
            return event
        try:
            fitting = await asyncio.to_thread(fit, data)
        except Unfit:
            return event
        ref = await self._of.store.keep(
            address, fitting.kind, fitting.name, fitting.data, now=self._of.clock()
        )
        return Sent(fitting.kind, ref, event.caption, fitting.name, fitting.removed)

    async def _download(self, id: str) -> bytes | None:
        for attempt in range(3):
            try:
                found = await self._bot.download(id)
            except TelegramBadRequest:
                return None
            except Exception as error:  # the address of a file holds the token, and errors show addresses
                LOG.info("no file yet", error=type(error).__name__)
                await asyncio.sleep(2**attempt)
            else:
                return found.read() if found is not None else None
        return None

    # What goes out.

    async def _work(self) -> None:
        """Deliver what a kill, a refusal or a pause left behind."""
        while True:
            try:
                while (parcel := await self._of.store.claim(self._of.clock(), (CHANNEL,))) is not None:
                    self._aside(self._deliver(parcel))
            except StoreError as error:
                LOG.error("not delivered", error=type(error).__name__)
            await asyncio.sleep(WORK)

    async def _deliver(self, parcel: Parcel) -> None:
        await deliver(self._of.store, parcel, {CHANNEL: self._sending.send}, self._of.clock)

    # Beside.

    def _aside(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            LOG.error("ended", error=type(error).__name__)

    async def _quietly(self, call: Awaitable[object]) -> None:
        """A call that nobody depends on: when it fails, that is noted and nothing more."""
        try:
            await call
        except AiogramError as error:
            LOG.info("not done", error=type(error).__name__)
