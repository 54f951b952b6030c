"""Telegram: what comes in is kept before Telegram is told so, and what is said goes by the outbox.

The order of things
 1. Updates are asked for with the offset behind the last one that is durably kept: asking is what acknowledges. A
    webhook answers 200 when its update is. After a kill they come again, and `updates.inbound` lets each have its
    effect once.
 2. Updates of one chat are taken one after the other, those of several chats beside each other.
 3. What is said is in the outbox with the turn. It is delivered from there (`bot.delivering`): by whoever kept the
    turn, and by a look every half second what a kill, a refusal or a pause left behind.
aiogram is known in `bot/channels` alone, and loaded when the part begins to run. Errors are logged by their kind
alone: the address of a call holds the bot's token.
"""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, Message, Update

from bot.channels import showing, updates
from bot.channels.fetching import Fetching
from bot.channels.happenings import Happenings
from bot.channels.introducing import introduce
from bot.channels.pace import Pace
from bot.channels.part import Setting
from bot.channels.pressing import Pressing
from bot.channels.receiving import CALL, Receiving
from bot.channels.reception import Reception, Who
from bot.channels.sending import Sending
from bot.channels.staff import Staff
from bot.channels.updates import Typed
from bot.channels.wire import Wire
from bot.conversation import Kept
from bot.delivering import Delivering
from bot.web.services import Services
from flows.events import Chose, Event, Said, Sent, Started
from flows.reception import NOWHERE, named, told
from storage.errors import StoreError
from storage.records import Address

CHANNEL = "telegram"
TRIES = 5
"""So often an update is tried that fails for no reason of the store's; then it is given up, and that is logged."""

LOG = structlog.get_logger("gehoord.telegram")


class Telegram:
    """One bot. `pace` is how fast it sends. `delivering` is the outbox that it shares with the others, if any.

    `elsewhere` are the addresses of bots of one organisation (``t.me``), by scheme: each adds its own.
    """

    def __init__(
        self,
        of: Services,
        setting: Setting,
        pace: Pace | None = None,
        *,
        delivering: Delivering | None = None,
        elsewhere: dict[str, str] | None = None,
    ) -> None:
        self._of = of
        self._setting = setting
        self._key = showing.key_of(setting.token)
        server = TelegramAPIServer.from_base(setting.api)
        self._bot = Bot(setting.token, Wire(api=server, timeout=CALL))
        self._tries: dict[int, int] = {}
        self._shares = delivering is not None
        self._delivering = delivering or Delivering(of, CHANNEL)
        self._elsewhere = elsewhere if elsewhere is not None else {}
        pace = pace or Pace()
        self._sending = Sending(of, self._bot, pace)
        whom = setting.organisations(of.schemes.ids())
        self._staff = Staff(of, self._bot, self._key, pace, whom, self._talking)
        self._receiving = Receiving(self._bot, setting, self._taken, self._unknown)
        self._reception = Reception(of, setting, self._key, CHANNEL, self._delivering)
        self._pressing = Pressing(of, self._bot, self._key, self._reception, self._quietly)
        self._fetching = Fetching(of, self._bot)
        self._happenings = Happenings(self._bot, self._quietly)
        mouths = self._reception.ids if setting.scheme else (*self._reception.ids, NOWHERE)
        self._delivering.mouths |= dict.fromkeys(mouths, self._sending.send)

    async def run(self) -> None:
        """Talk with Telegram until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._introduce())
                group.create_task(self._receiving.run())
                if not self._shares:
                    group.create_task(self._delivering.run())
        finally:
            await self._bot.session.close()

    async def _introduce(self) -> None:
        name = await introduce(self._bot)
        if name and self._setting.scheme:
            self._elsewhere[self._setting.scheme] = f"https://t.me/{name}"

    async def take_raw(self, raw: dict[str, Any]) -> bool:
        """Take one update that was pushed; whether it is durably kept, or given up for good."""
        return await self._receiving.take_raw(raw)

    async def _unknown(self, chat: str, known: str) -> None:
        """Something of a kind that is not known yet: who sent it hears that it was not kept."""
        await self._event(Who(chat, None), Sent("other"), known)

    async def _taken(self, update: Update | Typed) -> bool:
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

    async def _take(self, update: Update | Typed) -> None:
        """Hand an update to what answers its kind; what is no message, to `bot.channels.happenings`."""
        known = f"{self._bot.id}:{updates.inbound(update)}"  # another bot counts its messages anew
        if isinstance(update, Typed):
            text, sender = update.message, update.message.sender
            chat = str(text.chat.id)
            event = updates.typed(text.text)
            if not await self._staff.took(chat, sender.full_name, event):
                came = (text.message_id, text.date)
                await self._words(Who(chat, updates.language(sender.language_code), came), event, known)
            return
        message = update.message or update.edited_message
        if update.callback_query is not None:
            await self._pressed(update.callback_query, known)
        elif (posted := message or update.channel_post or update.edited_channel_post) is not None:
            if posted.chat.type != "private":  # a group or a channel: others read along there
                await self._quietly(self._bot.leave_chat(posted.chat.id))
            elif message is not None:
                await self._message(message, known, edited=update.edited_message is not None)
        elif (whom := await self._happenings.took(update)) is not None:
            address = await self._reception.address(str(whom.chat))
            if address is not None and await self._of.conversations.session(address) is not None:
                await self._handle(address, Who(str(whom.chat), None), whom.event, known)

    async def _message(self, message: Message, known: str, *, edited: bool) -> None:
        language = message.from_user.language_code if message.from_user else None
        came = (message.message_id, int(message.date.timestamp())) if message.message_id else None
        who = Who(str(message.chat.id), updates.language(language), came)
        event = updates.event_of(message)
        name = message.from_user.full_name if message.from_user else ""
        if await self._staff.took(who.chat, name, event):
            return
        match event:
            case Said() if edited:
                await self._event(who, Said(event.text, edited=True), known)
            case Sent() if not edited:
                await self._event(who, await self._file(who, message, event), known)
            case Sent():
                # A place that moves, a sticker that was looked up: it was answered when it came.
                if event.caption or event.overheard:
                    await self._event(
                        who, Said(event.caption, edited=True) if event.caption else event, known
                    )
            case _:
                await self._words(who, event, known)

    async def _words(
        self, who: Who, event: updates.Start | updates.OtherLanguage | Event, known: str
    ) -> None:
        """What was typed: a command, or an event of the conversation."""
        match event:
            case updates.Start():
                await self._start(who, event.wish, known)
            case updates.OtherLanguage():
                address = await self._reception.address(who.chat) or self._reception.front(who.chat)
                spoken = await self._of.conversations.locale(address)
                await self._event(who, event.chosen(spoken), known)
            case _:
                await self._event(who, event, known)

    async def _file(self, who: Who, message: Message, event: Sent) -> Sent:
        return await self._fetching.kept(await self._reception.address(who.chat), message, event)

    async def _start(self, who: Who, wish: str, known: str) -> None:
        """Begin, with the organisation of a link; a bot for several asks which one where the link names none."""
        several = self._reception.several
        if several and wish in self._reception.ids:
            await self._choose(who, wish, known)
            return
        address = await self._reception.address(who.chat)
        if address is None or several:
            elsewhere = self._elsewhere.get(wish, "") if wish in self._setting.others else ""
            event = Started(CHANNEL, who.language)
            await self._reception.received(who, event, known, elsewhere)
        else:
            await self._handle(address, who, Started(CHANNEL, who.language), known)

    async def _choose(self, who: Who, scheme: str, known: str) -> None:
        """Go on with this organisation: it hears what was told before, and then the choice is kept."""
        address = Address(CHANNEL, who.chat, scheme)
        front = await self._of.conversations.session(self._reception.front(who.chat))
        who = who if front is None else who._replace(language=updates.language(front.locale))
        await self._handle(address, who, Started(CHANNEL, who.language), f"{known}:start")
        for number, one in enumerate(told(front)):
            await self._handle(address, who, Said(one), f"{known}:told:{number}")
        await self._reception.chosen(who, scheme, known)

    async def _event(self, who: Who, event: Event, known: str) -> Kept | None:
        """Let this event come in; a conversation that has not begun is greeted first."""
        address = await self._reception.address(who.chat)
        if address is None:
            wish = named(self._reception.schemes(), event)
            if wish is not None:
                await self._choose(who, wish, known)
            else:
                await self._reception.received(who, event, known)
            return None
        return await self._handle(address, who, event, known, greet=Started(CHANNEL, who.language))

    async def _handle(
        self, address: Address, who: Who, event: Event, known: str, greet: Event | None = None
    ) -> Kept:
        face = showing.Face(self._key, who.chat, who.came, doors=self._of.site.https)
        kept = await self._of.conversations.handle(
            address, event, platform=CHANNEL, locale=who.language, inbound=known, deliver=face.outgoing,
            beside=face.beside, greet=greet,
        )  # fmt: skip
        if kept.first is not None:
            self._delivering.deliver(kept.first)
        return kept

    async def _talking(self, chat: str) -> bool:
        """Whether somebody is in a conversation here, as a client."""
        address = await self._reception.address(chat) or self._reception.front(chat)
        return await self._of.conversations.session(address) is not None

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
            await self._pressing.switch(query, who, data)
            return
        if data[:1] == showing.WHOSE:
            await self._start(who, self._pressing.whose(who, data), known)
        else:
            ids = await self._pressing.chosen(query, who, data)
            if not ids:
                await self._pressing.answer(query, who, "telegram.nothing_on")
                return
            await self._event(who, Chose(ids), known)
        self._aside(self._pressing.answer(query, who))
        self._aside(self._pressing.take_away(query, who))

    # Beside.

    def _aside(self, work: Coroutine[None, None, None]) -> None:
        self._delivering.aside(work)

    async def _quietly(self, call: Awaitable[object]) -> None:
        """A call that nobody depends on: when it fails, that is noted and nothing more."""
        try:
            await call
        except AiogramError as error:
            LOG.info("not done", error=type(error).__name__)
