"""Officers in the bot's chats: they link their account, press 'Gedaan' and 'Later vandaag', and stop it again.

The rules
 1. Nothing of a case is read or written here. What an officer types is not kept, and is answered by where to go.
 2. An officer can be a client too: after a button of their own choice the chat is a client's, as for everyone.
    While it is, this module keeps out of it; only reminders and their buttons come between.
 3. Every text passes the danger check here too (law 5).
"""

import time
from collections.abc import Awaitable, Callable, Collection

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message

from bot.chance import fresh
from bot.channels import sending, showing, updates
from bot.channels.pace import Pace
from bot.channels.showing import OFFICE, Button, Rows
from bot.delivery import Never
from bot.desk import afar, reach
from bot.desk.reach import Account, Asked
from bot.reminders.note import PRESS, settled
from bot.web.services import Services
from flows import greeting
from flows.engine import advance
from flows.events import AskedToStop, Event, Said, Sent
from flows.messages import Arg, Phrase
from locales import render, text
from storage.records import Officer

FRESH = 2.0
"""Seconds for which it is remembered which chats are officers': a client's turn asks no database for it."""

YES, NO, CLIENT, STOP = (f"{OFFICE}{act}" for act in ("y", "n", "c", "u"))
"""What a button of an officer does: link this account · do not · talk as a client · stop the reminders."""

LONGEST_NAME = 60

HELP = frozenset({"danger.suicide", "danger.now", "danger.lines"})
"""What is said to an officer who writes of danger: where help is."""

LOG = structlog.get_logger("gehoord.telegram")


class Staff:
    """The officers of one bot, which is for these `schemes`.

    `talking` says whether somebody is in a conversation as a client.
    """

    def __init__(
        self, of: Services, bot: Bot, key: bytes, pace: Pace, schemes: tuple[str, ...],
        talking: Callable[[str], Awaitable[bool]],
    ) -> None:  # fmt: skip
        self._of, self._bot, self._key, self._pace = of, bot, key, pace
        self._schemes = schemes
        self._talking = talking
        self._chats: frozenset[str] = frozenset()
        self._at = float("-inf")

    async def took(self, chat: str, name: str, event: updates.Start | updates.OtherLanguage | Event) -> bool:
        """Whether this was an officer's, and was answered here. `name` is what they call themselves."""
        if isinstance(event, updates.Start) and event.wish:
            if event.wish in self._of.schemes.ids() or not reach.TOKEN.fullmatch(event.wish):
                return False
            await self._opened(chat, name, event.wish)
            return True
        if not await self._known(chat):
            return False
        officers = await self._officers(chat)
        talking = await self._talking(chat)
        if isinstance(event, AskedToStop) and officers:
            if talking:
                await self._say(chat, "still", officers, (("stop", STOP),))
            else:
                await self._stop(chat, officers)
            return not talking
        if talking or not officers:
            return False
        await self._kindly(chat, officers, event)
        return True

    async def pressed(self, query: CallbackQuery) -> bool:
        """A button of an officer's was pressed. True when they want to talk as a client now."""
        assert query.message is not None
        chat, data = str(query.message.chat.id), query.data or ""
        account = self._account(chat)
        if data.startswith(PRESS):
            await self._reminder(query, data.removeprefix(PRESS))
            return False
        said = ""
        if data[:2] in (YES, NO):
            said = await self._decided(account, data, query.id)
        elif data == STOP:
            officers = await self._officers(chat)
            await self._stop(chat, officers)
        await self._answer(query, said, await self._locale(chat))
        if data != CLIENT:
            await self._bare(query)
        return data == CLIENT and await self._known(chat)

    # Linking.

    async def _opened(self, chat: str, name: str, token: str) -> None:
        """Somebody came by a link: it is asked whether they want this; the link is used."""
        now, account = self._of.clock(), self._account(chat)
        asked = Asked(account, name[:LONGEST_NAME])
        officer = await reach.show(self._of.store, token, asked, self._schemes, now=now)
        waiting = (officer.id,) if officer else await reach.asking(self._of.store, account, now=now)
        if not waiting:
            await self._words(chat, text(Phrase("mail.telegram.over"), await self._locale(chat)))
        for id in waiting:  # also when the same update comes again after a kill
            locale = await reach.language(self._of.store, id, now=now) or "nl"
            tag = showing.tag(self._key, chat, "link", id)
            await self._ask(chat, id.partition("/")[0], locale, tag)

    async def _ask(self, chat: str, scheme: str, locale: str, tag: str) -> None:
        name = self._of.schemes.load(scheme).name
        rows: Rows = (
            (Button(text(Phrase("mail.telegram.yes"), locale), f"{YES}{tag}"),),
            (Button(text(Phrase("mail.telegram.no"), locale), f"{NO}{tag}"),),
        )
        await self._words(chat, text(Phrase("mail.telegram.ask", (("scheme", name),)), locale), rows)

    async def _decided(self, account: Account, data: str, press: str) -> str:
        """Yes or no to being linked; returns the notice. A `press` that comes again after a kill hears what it did."""
        store, now = self._of.store, self._of.clock()
        for id in await reach.asking(store, account, now=now):
            if data[2:] == showing.tag(self._key, account.chat, "link", id):
                locale = await reach.language(store, id, now=now) or "nl"
                if data[:2] == NO:
                    await reach.refuse(store, id, press, now=now)
                    await self._words(account.chat, text(Phrase("mail.telegram.refused"), locale))
                elif await reach.agree(store, id, account, now=now):
                    self._at = float("-inf")
                    await self._words(account.chat, text(Phrase("mail.telegram.linked"), locale))
                return ""
        if await reach.refused(store, press, now=now):
            return "mail.telegram.refused"
        return "mail.telegram.is_linked" if await self._officers(account.chat) else "mail.telegram.over"

    async def _stop(self, chat: str, officers: tuple[Officer, ...]) -> None:
        for officer in officers:
            await reach.unlink(self._of.store, officer.id, now=self._of.clock())
        self._at = float("-inf")
        if officers:
            mailed = all("@" in officer.contact for officer in officers)
            await self._say(chat, "stopped" if mailed else "stopped.alone", officers)

    # Talking.

    async def _kindly(
        self, chat: str, officers: tuple[Officer, ...], event: updates.Start | updates.OtherLanguage | Event
    ) -> None:
        """What an officer sent is not kept; they hear where to go, and how they talk as a client."""
        words = event.text if isinstance(event, Said) else event.caption if isinstance(event, Sent) else ""
        locale = await self._locale(chat, officers)
        for help in self._help(officers[0].scheme, words, locale):
            await self._words(chat, help)
        await self._say(chat, "kindly", officers, (("client", CLIENT), ("stop", STOP)))

    def _help(self, scheme: str, words: str, locale: str) -> list[str]:
        """Where help is, when this speaks of danger: as a client would be told."""
        if not words:
            return []
        of = self._of.schemes.load(scheme)
        turn = advance(of, greeting.begin(of, "telegram", locale), Said(words), self._of.clock(), fresh())
        found = [message for message in turn.messages if message.id in HELP] if turn.danger else []
        return [render(message, turn.session.locale).text for message in found]

    # Reminders.

    async def _reminder(self, query: CallbackQuery, token: str) -> None:
        """'Gedaan' or 'Later vandaag': done once; the message then says so, and its buttons go."""
        assert query.message is not None
        chat = str(query.message.chat.id)
        officers = tuple(officer.id for officer in await self._officers(chat))
        link = await afar.press(self._of.store, self._of.schemes, token, officers, query.id, self._of.clock())
        locale = await self._locale(chat)
        done = "mail.afar.done" if link is not None and link.act == "done" else "mail.telegram.later"
        await self._answer(query, "mail.telegram.stale" if link is None else "", locale)
        await self._mark(query, text(Phrase(done), locale) if link is not None else "")

    async def _mark(self, query: CallbackQuery, said: str) -> None:
        """Take away the row that was pressed, and write below its line what was done."""
        message = query.message
        if not isinstance(message, Message) or message.reply_markup is None:
            return
        rows = updates.keyboard(query)
        pressed = next((row for row in rows if any(one.callback_data == query.data for one in row)), [])
        left = InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row is not pressed])
        place = pressed[0].text.partition(". ")[0] if pressed else ""
        words = settled(message.text or "", int(place) if place.isdecimal() else 0, said) if said else ""
        markup = left if left.inline_keyboard else None
        if words:
            call: Awaitable[object] = self._bot.edit_message_text(
                words, chat_id=message.chat.id, message_id=message.message_id, reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )  # fmt: skip
        else:
            call = self._bot.edit_message_reply_markup(
                chat_id=message.chat.id, message_id=message.message_id, reply_markup=markup
            )
        await self._quietly(call)

    # What is known, and saying it.

    def _account(self, chat: str) -> Account:
        return Account(str(self._bot.id), chat)

    async def _known(self, chat: str) -> bool:
        """Whether an officer's account is linked in this chat."""
        if time.monotonic() - self._at > FRESH:
            found = await reach.accounts(self._of.store, now=self._of.clock())
            self._chats = frozenset(one.chat for one in found if one.bot == str(self._bot.id))
            self._at = time.monotonic()
        return chat in self._chats

    async def _officers(self, chat: str) -> tuple[Officer, ...]:
        """Whose chat this is, as it stands now."""
        found = await reach.accounts(self._of.store, now=self._of.clock())
        return found.get(self._account(chat), ())

    async def _locale(self, chat: str, officers: Collection[Officer] = ()) -> str:
        for officer in officers or await self._officers(chat):
            chosen = await reach.language(self._of.store, officer.id, now=self._of.clock())
            if chosen is not None:
                return chosen
        return "nl"

    async def _say(
        self, chat: str, what: str, officers: Collection[Officer], acts: Collection[tuple[str, str]] = ()
    ) -> None:
        locale = await self._locale(chat, officers)
        rows = tuple((Button(text(Phrase(f"mail.telegram.go.{act}"), locale), data),) for act, data in acts)
        await self._words(chat, text(Phrase(f"mail.telegram.{what}"), locale), rows)

    async def _words(self, chat: str, words: str, rows: Rows = ()) -> None:
        """Sent at once; when Telegram cannot take it now, the update comes again."""
        try:
            await sending.say(self._bot, self._pace, chat, words, rows)
        except Never as error:
            LOG.info("not said", reason=error.reason)

    async def _answer(self, query: CallbackQuery, id: str, locale: str, **args: Arg) -> None:
        words = text(Phrase(id, tuple(args.items())), locale) if id else None
        await self._quietly(self._bot.answer_callback_query(query.id, text=words))

    async def _bare(self, query: CallbackQuery) -> None:
        """Take the buttons away: they were pressed."""
        if isinstance(query.message, Message) and query.message.reply_markup is not None:
            chat, id = query.message.chat.id, query.message.message_id
            await self._quietly(self._bot.edit_message_reply_markup(chat_id=chat, message_id=id))

    async def _quietly(self, call: Awaitable[object]) -> None:
        try:
            await call
        except AiogramError as error:
            LOG.info("not done", error=type(error).__name__)
