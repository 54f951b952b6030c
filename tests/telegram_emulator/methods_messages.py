"""What a bot can do with messages: send, edit, delete, forward, answer a button."""

from collections.abc import Awaitable, Callable

from tests.telegram_emulator import texts
from tests.telegram_emulator.wire import ApiError, Json, Params, bad
from tests.telegram_emulator.world import Chat, Stored, World

Method = Callable[[World, Params], Awaitable[object]]

DELETABLE = 48 * 3600.0
"""A message can only be deleted when it was sent less than 48 hours ago."""

CALLBACK_ANSWERABLE = 15 * 60.0
"""How long a button press can be answered; Telegram does not document its figure."""

ACTIONS = frozenset(
    ("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
     "choose_sticker", "find_location", "record_video_note", "upload_video_note")
)  # fmt: skip

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def target(world: World, params: Params) -> Chat:
    """The chat of ``chat_id``, which the bot must be able to write to."""
    chat = world.chat(params.text("chat_id"))
    chat.writable()
    return chat


def common(world: World, chat: Chat, params: Params) -> Json:
    """What every sent message can carry: protection, previews, the message it answers, buttons."""
    more: Json = {}
    if params.flag("protect_content"):
        more["has_protected_content"] = True
    if options := params.parsed("link_preview_options"):
        more["link_preview_options"] = options
    reply = params.parsed("reply_parameters") or {}
    answered = reply.get("message_id") or params.number("reply_to_message_id")
    if answered:
        stored = chat.messages.get(int(answered))
        if stored is not None and not stored.deleted:
            more["reply_to_message"] = {k: v for k, v in stored.json.items() if k != "reply_to_message"}
        elif not (reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")):
            raise bad("message to be replied not found")
    if markup := texts.markup(params):
        more["reply_markup"] = markup
    return more


def told(stored: Stored) -> Json:
    """A message as the bot hears of it: of the keyboards only the inline one."""
    markup = stored.json.get("reply_markup", {})
    if "inline_keyboard" in markup or not markup:
        return stored.json
    return {key: value for key, value in stored.json.items() if key != "reply_markup"}


async def send_message(world: World, params: Params) -> Json:
    """sendMessage."""
    chat = target(world, params)
    return told(world.post(chat, {**texts.text(params), **common(world, chat, params)}))


async def send_location(world: World, params: Params) -> Json:
    """sendLocation."""
    chat = target(world, params)
    place = {"latitude": float(params.text("latitude")), "longitude": float(params.text("longitude"))}
    return told(world.post(chat, {"location": place, **common(world, chat, params)}))


async def copy_message(world: World, params: Params) -> Json:
    """copyMessage: the content again, without saying whose it was."""
    chat, source = target(world, params), world.chat(params.text("from_chat_id"))
    stored = found(source, params.number("message_id"), "message to copy")
    personal = (
        "message_id",
        "date",
        "chat",
        "from",
        "sender_chat",
        "reply_to_message",
        "reply_markup",
        "edit_date",
    )
    fields = {key: value for key, value in stored.json.items() if key not in personal}
    return {"message_id": world.post(chat, {**fields, **common(world, chat, params)}).id}


def found(chat: Chat, id: int, what: str) -> Stored:
    """The message, or a refusal that it is not there."""
    stored = chat.messages.get(id)
    if stored is None or stored.deleted:
        raise bad(f"{what} not found")
    return stored


async def edit_message_text(world: World, params: Params) -> Json:
    """editMessageText: without a reply_markup the buttons go away."""
    stored = _own(world, params)
    if "text" not in stored.json:
        raise bad("there is no text in the message to edit")
    return _edited(world, stored, texts.text(params), ("text", "entities"), texts.markup(params))


async def edit_message_caption(world: World, params: Params) -> Json:
    """editMessageCaption."""
    stored = _own(world, params)
    fields = texts.text(params, "caption")
    return _edited(world, stored, fields, ("caption", "caption_entities"), texts.markup(params))


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    """editMessageReplyMarkup: other buttons, or none."""
    return _edited(world, _own(world, params), {}, (), texts.markup(params))


def _own(world: World, params: Params) -> Stored:
    if params.text("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    chat = target(world, params)
    if not params.number("message_id"):
        raise bad("message identifier is not specified")
    stored = found(chat, params.number("message_id"), "message to edit")
    if not stored.by_bot:
        raise bad("message can't be edited")
    return stored


def _edited(
    world: World, stored: Stored, fields: Json, replaced: tuple[str, ...], markup: Json | None
) -> Json:
    after = {
        key: value
        for key, value in stored.json.items()
        if key not in (*replaced, "reply_markup", "edit_date")
    }
    after |= fields
    if markup and markup.get("inline_keyboard"):
        after["reply_markup"] = markup
    if after == {key: value for key, value in stored.json.items() if key != "edit_date"}:
        raise bad(NOT_MODIFIED)
    stored.versions.append(stored.json)
    stored.json = {**after, "edit_date": world.clock.date()}
    return stored.json


async def delete_message(world: World, params: Params) -> bool:
    """deleteMessage."""
    chat = target(world, params)
    if not params.number("message_id"):
        raise bad("message identifier is not specified")
    stored = found(chat, params.number("message_id"), "message to delete")
    _deletable(world, chat, stored)
    stored.deleted = True
    return True


async def delete_messages(world: World, params: Params) -> bool:
    """deleteMessages: 1 to 100; those that are not there are skipped, one that cannot go keeps all."""
    chat = target(world, params)
    ids = params.parsed("message_ids")
    if not ids:
        raise bad("message identifiers are not specified")
    if len(ids) > 100:
        raise bad("too many message identifiers specified")
    there = [chat.messages[int(id)] for id in ids if int(id) in chat.messages]
    there = [stored for stored in there if not stored.deleted]
    for stored in there:
        _deletable(world, chat, stored)
    for stored in there:
        stored.deleted = True
    return True


def _deletable(world: World, chat: Chat, stored: Stored) -> None:
    age = world.clock.now() - stored.at
    dice_too_young = "dice" in stored.json and chat.type == "private" and age < 24 * 3600
    others = not stored.by_bot and chat.type != "private" and chat.bot != "administrator"
    if others:
        raise bad("message can't be deleted")
    if age >= DELETABLE or dice_too_young:
        raise bad("message can't be deleted for everyone")


async def answer_callback_query(world: World, params: Params) -> bool:
    """answerCallbackQuery: once, and in time."""
    query = world.callbacks.get(params.text("callback_query_id"))
    if query is None or world.clock.now() - query["at"] > CALLBACK_ANSWERABLE:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(params.text("text")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    if query["answer"] is None:
        query["answer"] = {"text": params.text("text"), "alert": params.flag("show_alert")}
    return True


async def answer_inline_query(world: World, params: Params) -> bool:
    """answerInlineQuery: kept under the query's id."""
    query = world.callbacks.get(params.text("inline_query_id"))
    if query is None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    query["answer"] = {"results": params.parsed("results") or []}
    return True


async def refuse_payment(world: World, params: Params) -> bool:
    """answerPreCheckoutQuery and answerShippingQuery, with words when it is no."""
    if not params.flag("ok") and not params.text("error_message"):
        raise bad("error message is empty")
    return True


async def send_chat_action(world: World, params: Params) -> bool:
    """sendChatAction."""
    chat = target(world, params)
    if params.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.actions.append((chat.id, params.text("action")))
    return True


async def leave_chat(world: World, params: Params) -> bool:
    """leaveChat: any group or channel, no private chat."""
    chat = world.chat(params.text("chat_id"))
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    if chat.bot in {"left", "kicked"}:
        raise ApiError(403, f"Forbidden: bot is not a member of the {chat.type} chat")
    chat.bot = "left"
    return True


METHODS: dict[str, Method] = {
    "sendmessage": send_message,
    "sendlocation": send_location,
    "copymessage": copy_message,
    "answerprecheckoutquery": refuse_payment,
    "answershippingquery": refuse_payment,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback_query,
    "answerinlinequery": answer_inline_query,
    "sendchataction": send_chat_action,
}
