"""What comes in from Telegram, as events of the conversation."""

import hashlib
from typing import Any, Literal, NamedTuple

import msgspec
from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message, Update
from pydantic import ValidationError

from bot.channels import rich, showing
from flows import understand
from flows.events import AskedToForget, AskedToStop, Chose, Event, Said, Sent, SentKind

WANTED = tuple(name for name in Update.model_fields if name != "update_id")
"""The kinds of updates that the bot asks Telegram for: all there are, also those that it only lets pass."""


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """``getUpdates`` as it stands, so that one update that cannot be read does not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = 0
    allowed_updates: list[str]


class SaidThere(msgspec.Struct):
    """A message that Telegram took: all that is read of it."""

    message_id: int
    date: int


class Say(TelegramMethod[SaidThere]):
    """``sendMessage`` without aiogram's models, in which a turn would spend most of its time (`bot.channels.wire`)."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendMessage"

    chat_id: str
    text: str
    protect_content: bool = False
    reply_markup: dict[str, Any] | None = None

    def body(self) -> bytes:
        """The call as JSON (https://core.telegram.org/bots/api#making-requests); pages behind links are not shown."""
        call: dict[str, object] = {
            "chat_id": self.chat_id, "text": self.text, "link_preview_options": {"is_disabled": True},
        }  # fmt: skip
        if self.protect_content:
            call["protect_content"] = True
        if self.reply_markup is not None:
            call["reply_markup"] = self.reply_markup
        return msgspec.json.encode(call)


class _Chat(msgspec.Struct):
    id: int
    type: Literal["private"]


class _Sender(msgspec.Struct):
    first_name: str
    last_name: str = ""
    language_code: str | None = None

    @property
    def full_name(self) -> str:
        """The name as Telegram shows it."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


class _Message(msgspec.Struct, forbid_unknown_fields=True):
    """A text somebody typed: what such a message holds and nothing else, so that no other kind passes for one."""

    message_id: int
    date: int
    chat: _Chat
    sender: _Sender = msgspec.field(name="from")
    text: str
    entities: list[dict[str, Any]] = []
    link_preview_options: dict[str, Any] = {}


class Typed(msgspec.Struct, forbid_unknown_fields=True):
    """An update with a text that was typed in a private chat.

    Most of what comes is that. It is read without aiogram's models, which take as long as keeping the turn does.
    """

    update_id: int
    message: _Message


def read(raw: dict[str, Any], bot: Bot) -> Update | Typed | None:
    """The update, or None when it is of a shape that is not known (yet)."""
    try:
        return msgspec.convert(raw, Typed)
    except msgspec.ValidationError:
        pass
    try:
        return Update.model_validate(raw, context={"bot": bot})
    except ValidationError:
        return None


def private_chat(raw: dict[str, Any]) -> str | None:
    """In whose private chat an update stands that could not be read; None when that is not to be seen."""
    for body in raw.values():
        chat = body.get("chat") if isinstance(body, dict) else None
        if isinstance(chat, dict) and chat.get("type") == "private" and isinstance(chat.get("id"), int):
            return str(chat["id"])
    return None


COMMANDS = ("stop", "terug", "taal", "mens", "wis", "privacy")
"""The commands of the menu, besides ``/start``. Each can be typed as a word as well."""


NOTICES = (
    "pinned_message", "write_access_allowed", "connected_website", "chat_background_set", "boost_added",
    "checklist_tasks_done", "checklist_tasks_added", "poll_option_added", "poll_option_deleted",
    "direct_message_price_changed", "paid_message_price_changed", "managed_bot_created",
    "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
    "suggested_post_refunded", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
    "video_chat_participants_invited", "new_chat_title", "new_chat_photo", "delete_chat_photo", "forum_topic_created",
    "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
    "general_forum_topic_unhidden", "community_chat_added", "community_chat_removed", "community_chat_joined",
)  # fmt: skip
"""What Telegram itself writes into a chat: somebody did something with the app, and told us nothing."""


SPOKEN = frozenset({"nl", "en", "tr", "pl", "uk", "ar", "de", "fr", "es", "so", "ti", "fa", "ru", "bg", "ro"})
"""Codes of languages (ISO 639-1) that may stand behind ``/taal``: one that is not offered is answered as such."""


class Start(NamedTuple):
    """``/start``, with what stands behind it: the id of a scheme, or nothing."""

    wish: str


class OtherLanguage(NamedTuple):
    """``/taal``: the other language than the one that is spoken."""

    def chosen(self, locale: str) -> Chose:
        """The choice of it, which counts whatever was asked: a name may be asked, and words be taken for one."""
        return Chose(("language:en" if locale.partition("@")[0] == "nl" else "language:nl",))


class File(NamedTuple):
    """A file that can be had from Telegram: its id there and its size in bytes, if that is known."""

    kind: SentKind
    id: str
    size: int


def lane(update: Update | Typed) -> str:
    """Whose update this is: those of one lane are taken one after the other."""
    if isinstance(update, Typed):
        return str(update.message.chat.id)
    if update.callback_query is not None:
        return str(update.callback_query.from_user.id)
    if update.inline_query is not None:
        return str(update.inline_query.from_user.id)
    holder = (
        update.message
        or update.edited_message
        or update.channel_post
        or update.my_chat_member
        or update.message_reaction
    )
    return str(holder.chat.id) if holder is not None else ""


def event_of(message: Message) -> Start | OtherLanguage | Event:
    """What a message says. A file is an event without a reference: `file_of` says where it can be had."""
    if message.forward_origin is not None:
        return Sent("forwarded", overheard=_words(message))
    if message.text is not None:
        return typed(message.text)
    if message.rich_message is not None and (written := rich.words(message.rich_message.model_dump())):
        return typed(written)
    contact, sender = message.contact, message.from_user
    if (
        contact is not None and sender is not None and contact.user_id == sender.id
    ):  # their own, by their choice
        return Said(f"+{contact.phone_number.lstrip('+')}")
    return Sent(_kind(message), caption=message.caption or "", overheard=_words(message))


def _words(message: Message) -> str:
    """The words in what is not kept: those that somebody wrote elsewhere, or on a poll or a list."""
    found: list[str | None] = []
    if message.forward_origin is not None:
        found += [message.text, message.caption]
        if message.rich_message is not None:
            found.append(rich.words(message.rich_message.model_dump()))
    if (poll := message.poll) is not None:
        found += [poll.question, *(option.text for option in poll.options)]
    if (checklist := message.checklist) is not None:
        found += [checklist.title, *(task.text for task in checklist.tasks)]
    return "\n".join(one for one in found if one)


def typed(text: str) -> Start | OtherLanguage | Event:
    """What a text says: a command, or words. A command that is not known is read as a word."""
    head, _, rest = text.partition(" ")
    command = head.partition("@")[0].lower()
    match command:
        case "/start":
            return Start(rest.strip())
        case "/stop":
            return AskedToStop()
        case "/wis":
            return AskedToForget()
        case "/terug":
            return Chose(("back",))
        case "/mens":
            return Chose(("human",))
        case "/privacy":
            return Chose(("who_reads",))
        case "/taal" | "/language":
            return _language(rest.strip())
        case "/help" | "/settings":  # every app may show these two
            return Chose(("command:help",))
        case _:
            return Said(text.removeprefix("/"))


def _language(wish: str) -> OtherLanguage | Chose:
    """The language of this name or code; without a name the other one. Where none is named it is asked which."""
    if not wish:
        return OtherLanguage()
    named = understand.language(wish) or (wish.lower() if wish.lower() in SPOKEN else "")
    return Chose((f"language:{named}" if named else "command:language",))


def _kind(message: Message) -> SentKind:
    kinds: tuple[tuple[object | None, SentKind], ...] = (
        (message.photo or message.live_photo, "photo"),
        (message.voice or message.audio, "voice"),
        (message.animation, "animation"),  # comes with a document beside it
        (message.video_note, "video_note"),
        (message.video, "video"),
        (message.document, "document"),
        (message.sticker, "sticker"),
        (message.location or message.venue or message.proximity_alert_triggered, "location"),
        (message.contact or message.users_shared or message.chat_shared or message.user_shared, "contact"),
        (message.dice, "dice"),
        (message.poll and message.poll.type == "quiz", "quiz"),
        (message.poll, "poll"),
        (message.story or message.reply_to_story, "story"),
        (message.giveaway or message.giveaway_created, "giveaway"),
        (message.giveaway_winners or message.giveaway_completed, "giveaway"),
        (message.paid_media, "paid_media"),
        (message.web_app_data, "web_app_data"),
        (message.checklist, "checklist"),
        (message.game, "game"),
        (message.gift or message.unique_gift or message.gift_upgrade_sent, "gift"),
        (message.invoice or message.successful_payment or message.refunded_payment, "payment"),
        (message.passport_data, "passport"),
        (message.message_auto_delete_timer_changed, "timer"),
        (next((getattr(message, name) for name in NOTICES if getattr(message, name)), None), "notice"),
    )
    return next((kind for found, kind in kinds if found), "other")


def file_of(message: Message) -> File | None:
    """The file of a photo, document or voice; None for everything else, and for what was forwarded."""
    if message.forward_origin is not None or message.animation is not None:
        return None
    if message.photo:
        largest = message.photo[-1]
        return File("photo", largest.file_id, largest.file_size or 0)
    if (voice := message.voice or message.audio) is not None:
        return File("voice", voice.file_id, voice.file_size or 0)
    if message.document is not None:
        return File("document", message.document.file_id, message.document.file_size or 0)
    return None


def inbound(update: Update | Typed) -> str:
    """The id with which this has its effect once. Not the update's own: those begin anew after a quiet week."""
    if isinstance(update, Typed):
        return f"message:{update.message.message_id}"
    if update.callback_query is not None:
        return f"press:{update.callback_query.id}"
    if update.message is not None and update.message.message_id:  # one that goes by itself has none
        return f"message:{update.message.message_id}"
    if update.edited_message is not None:
        edited = update.edited_message  # two changes can be of one second
        now = hashlib.blake2b(repr(event_of(edited)).encode(), digest_size=8).hexdigest()
        return f"edit:{edited.message_id}:{edited.edit_date}:{now}"
    return f"update:{update.update_id}"


def keyboard(query: CallbackQuery) -> list[list[InlineKeyboardButton]]:
    """The rows of buttons below the message that was pressed; none when it can no longer be seen."""
    if not isinstance(query.message, Message) or query.message.reply_markup is None:
        return []
    return query.message.reply_markup.inline_keyboard


def below(query: CallbackQuery) -> tuple[tuple[str, str], ...]:
    """Every button of `keyboard`, as label and data."""
    return tuple((button.text, button.callback_data or "") for row in keyboard(query) for button in row)


def language(code: str | None) -> str | None:
    """The language of somebody's app, as a wish; None for Dutch, which the organisation words in its own way."""
    return None if not code or code.lower().startswith("nl") else code


def switched(button: InlineKeyboardButton, on: set[str]) -> InlineKeyboardButton:
    """The button as it looks with these on."""
    data = button.callback_data or ""
    if data[:1] != showing.SWITCH:
        return button
    return InlineKeyboardButton(text=showing.marked(button.text, on=data in on), callback_data=data)
