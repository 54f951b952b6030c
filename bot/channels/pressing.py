"""Buttons that were pressed: what they stand for, the ones that are switched, and taking them away."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from aiogram import Bot
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.channels import showing, updates
from bot.channels.reception import Reception, Who
from bot.web.services import Services
from flows.messages import Phrase
from locales import text

MANY = 10_000
"""The most questions of which is remembered what is on; what falls out is read from the buttons again. And the most
presses that switched something."""

STALE = "earlier"
"""An option that no question offers: the core answers it as one of an earlier question."""


class Pressing:
    """The buttons of one bot. `quietly` makes a call that nobody depends on."""

    def __init__(
        self, of: Services, bot: Bot, key: bytes, reception: Reception,
        quietly: Callable[[Awaitable[object]], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._of, self._bot, self._key, self._reception = of, bot, key, reception
        self._quietly = quietly
        self._on: OrderedDict[tuple[str, int], set[str]] = OrderedDict()
        self._switched: OrderedDict[str, None] = OrderedDict()

    def whose(self, who: Who, data: str) -> str:
        """The organisation that this button chooses, or nothing."""
        for id in self._reception.ids:
            if showing.whose(self._key, who.chat, id) == data[1:]:
                return id
        return ""

    async def chosen(self, query: CallbackQuery, who: Who, data: str) -> tuple[str, ...]:
        """The options that were pressed; those of an earlier question are `STALE`. Empty when nothing is on."""
        address = await self._reception.address(who.chat) or self._reception.front(who.chat)
        tags = showing.remembered((await self._of.store.load(address)).beside)
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

    async def switch(self, query: CallbackQuery, who: Who, data: str) -> None:
        """Switch one of several on or off, and once: a press that comes again shows how it stands.

        After a kill a press shows the buttons as they were before it, so that it does the same again.
        """
        assert query.message is not None
        on = self._are_on(query, who)
        if query.id not in self._switched:
            on.symmetric_difference_update({data})
            self._switched[query.id] = None
            if len(self._switched) > MANY:
                self._switched.popitem(last=False)
        keyboard = [[updates.switched(button, on) for button in row] for row in updates.keyboard(query)]
        await self._quietly(
            self._bot.edit_message_reply_markup(
                chat_id=who.chat, message_id=query.message.message_id,
                reply_markup=InlineKeyboardMarkup(inline_keyboard=keyboard),
            )
        )  # fmt: skip
        await self._quietly(self._bot.answer_callback_query(query.id))

    async def answer(self, query: CallbackQuery, who: Who, id: str = "") -> None:
        """Tell the app that the press was heard, with a short notice or without."""
        words = text(Phrase(id), who.language or "nl") if id else None
        await self._quietly(self._bot.answer_callback_query(query.id, text=words))

    async def take_away(self, query: CallbackQuery, who: Who) -> None:
        """Take the buttons of this message away: they were pressed."""
        if isinstance(query.message, Message) and query.message.reply_markup is not None:
            self._on.pop((who.chat, query.message.message_id), None)
            call = self._bot.edit_message_reply_markup(chat_id=who.chat, message_id=query.message.message_id)
            await self._quietly(call)
