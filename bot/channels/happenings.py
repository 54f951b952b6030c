"""What Telegram tells that is no message to us: for each kind its own answer, or none, and why.

The rules
 1. Who is in a conversation here and did something that concerns it is answered in it, by a turn as any other.
 2. Groups and channels are left: others read along there.
 3. Chats of others that somebody let us into (Telegram's business accounts) are not read, kept or answered: who is in
    them did not choose to talk with us. Who let us in is told so.
 4. What asks for no answer gets none: a reaction, a poll that others vote in. A message would show on somebody's
    phone at a moment that they did not choose.
 5. Nothing costs anything here: whoever is about to pay is stopped.
"""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from aiogram import Bot
from aiogram.types import ChatMemberUpdated, Update

from flows.events import Sent, SentKind
from flows.messages import Phrase
from locales import text

PRIVATE = "private"

UNANSWERED = frozenset(
    {
        "business_message", "edited_business_message", "deleted_business_messages", "guest_message",
        "message_reaction", "message_reaction_count", "chosen_inline_result", "poll", "managed_bot",
        "subscription", "stopped_message_generation",
    }
)  # fmt: skip
"""The kinds that get no answer (rules 3 and 4), or that nobody is behind."""


class Concerned(NamedTuple):
    """Somebody whom an update concerns: their chat, and what happened."""

    chat: int
    event: Sent


class Happenings:
    """The ear of one bot for all that is no message. `quietly` makes a call that nobody depends on."""

    def __init__(self, bot: Bot, quietly: Callable[[Awaitable[object]], Awaitable[None]]) -> None:
        self._bot, self._quietly = bot, quietly

    async def took(self, update: Update) -> Concerned | None:
        """Do what an update of these kinds asks for; returns whose conversation has to answer, if any."""
        if (query := update.inline_query) is not None:
            await self._quietly(self._bot.answer_inline_query(query.id, [], cache_time=300))
        elif (paying := update.pre_checkout_query) is not None:
            words = _no_payment(paying.from_user.language_code)
            await self._quietly(self._bot.answer_pre_checkout_query(paying.id, ok=False, error_message=words))
        elif (shipping := update.shipping_query) is not None:
            words = _no_payment(shipping.from_user.language_code)
            await self._quietly(self._bot.answer_shipping_query(shipping.id, ok=False, error_message=words))
        elif (request := update.chat_join_request) is not None:
            await self._quietly(self._bot.decline_chat_join_request(request.chat.id, request.from_user.id))
            await self._leave(request.chat.id, request.chat.type)
        else:
            for one in (
                update.my_chat_member,
                update.chat_member,
                update.chat_boost,
                update.removed_chat_boost,
            ):
                if one is not None:
                    await self._leave(one.chat.id, one.chat.type)
        return concerned(update)

    async def _leave(self, chat: int, type: str) -> None:
        if type != PRIVATE:
            await self._quietly(self._bot.leave_chat(chat))


def concerned(update: Update) -> Concerned | None:
    """Whom an update concerns that is no message; None when nobody waits for an answer."""
    if (business := update.business_connection) is not None:
        return Concerned(business.user_chat_id, Sent("business")) if business.is_enabled else None
    if (bought := update.purchased_paid_media) is not None:
        return Concerned(bought.from_user.id, Sent("payment"))
    if (voted := update.poll_answer) is not None and voted.user is not None:
        return Concerned(voted.user.id, Sent("poll"))
    if (member := update.my_chat_member) is not None and member.chat.type == PRIVATE:
        kind: SentKind | None = "unblocked" if _unblocked(member) else None
        return Concerned(member.chat.id, Sent(kind)) if kind else None
    return None


def _unblocked(change: ChatMemberUpdated) -> bool:
    """Whether somebody lets us write again; that we were blocked shows when the next message is refused."""
    return change.old_chat_member.status == "kicked" and change.new_chat_member.status == "member"


def _no_payment(language: str | None) -> str:
    return text(Phrase("telegram.no_payment"), "nl" if (language or "nl").startswith("nl") else "en")
