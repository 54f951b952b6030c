"""Every kind of message and update, as small as the Bot API allows, and the webhook lane of each."""

from tests.telegram_emulator.methods_files import described
from tests.telegram_emulator.wire import Json
from tests.telegram_emulator.world import World

FILES = ("photo", "document", "voice", "audio", "video", "animation", "video_note", "sticker")

PERSON_LANES = {
    "callback_query": 3, "inline_query": 1, "chosen_inline_result": 2, "shipping_query": 4, "pre_checkout_query": 4,
    "my_chat_member": 5, "chat_member": 6, "chat_join_request": 6, "business_connection": 10,
    "purchased_paid_media": 12,
}  # fmt: skip


def lane(kind: str, json: Json) -> str:
    """The lane of an update on a webhook (Client.cpp): messages by chat, buttons by person, others their own.

    So a press and a message of one person can be delivered side by side, and in either order.
    """
    if kind in PERSON_LANES:
        who = (
            json["chat"] if kind == "my_chat_member" else json.get("from") or json.get("user") or json["chat"]
        )
        return f"{PERSON_LANES[kind]}:{who['id']}"
    return f"0:{json['chat']['id']}" if "chat" in json else f"{kind}:{json.get('id', '')}"


def message(
    world: World, kind: str, user: Json, *, data: bytes = b"bytes", name: str = "bestand.bin"
) -> Json:
    """The fields that make a message one of `kind` (see `MESSAGE_KINDS`)."""
    if kind in FILES:
        return {kind: described(kind, world.add_file(data, name))}
    place = {"latitude": 52.37, "longitude": 4.89}
    option = {"persistent_id": "1", "text": "ja", "voter_count": 0}
    fields: dict[str, Json] = {
        "text": {"text": "hallo"},
        "location": {"location": place},
        "live_location": {"location": {**place, "live_period": 600}},
        "venue": {"venue": {"location": place, "title": "Plein", "address": "Plein 1"}, "location": place},
        "contact": {
            "contact": {"phone_number": "+31612345678", "first_name": "Samira", "user_id": user["id"]}
        },
        "dice": {"dice": {"emoji": "🎲", "value": 4}},
        "poll": {"poll": poll(option)},
        "forwarded": {
            "text": "van een ander",
            "forward_origin": {
                "type": "hidden_user",
                "date": world.clock.date(),
                "sender_user_name": "Iemand",
            },
        },
        "story": {"story": {"chat": {"id": user["id"], "type": "private", "first_name": "S"}, "id": 5}},
        "game": {"game": {"title": "Spel", "description": "Een spel", "photo": []}},
        "web_app_data": {"web_app_data": {"data": "{}", "button_text": "Open"}},
        "users_shared": {"users_shared": {"request_id": 1, "users": [{"user_id": user["id"]}]}},
        "write_access_allowed": {"write_access_allowed": {}},
        "auto_delete_timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        "pinned": {
            "pinned_message": {
                "message_id": 1,
                "date": world.clock.date(),
                "chat": {"id": user["id"], "type": "private", "first_name": "S"},
                "text": "vast",
            }
        },
        "empty": {},
    }
    return fields[kind] if kind in fields else rare(world, kind, user)


def rare(world: World, kind: str, user: Json) -> Json:
    """The fields of messages that hardly anybody sends."""
    now = world.clock.date()
    channel = {"id": -1001, "type": "channel", "title": "Kanaal"}
    option = {"persistent_id": "1", "text": "ja", "voter_count": 0}
    bodies: dict[str, Json] = {
        "quiz": {"poll": {**poll(option), "type": "quiz"}},
        "giveaway": {
            "giveaway": {"chats": [channel], "winners_selection_date": now + 60, "winner_count": 1}
        },
        "giveaway_created": {"giveaway_created": {"prize_star_count": 5}},
        "giveaway_winners": {
            "giveaway_winners": {
                "chat": channel, "giveaway_message_id": 1, "winners_selection_date": now, "winner_count": 1,
                "winners": [user],
            }
        },
        "giveaway_completed": {"giveaway_completed": {"winner_count": 1}},
        "paid_media": {"paid_media": {"star_count": 5, "paid_media": [{"type": "preview"}]}},
        "checklist": {"checklist": {"title": "Lijst", "tasks": [{"id": 1, "text": "bellen"}]}},
        "checklist_tasks_done": {"checklist_tasks_done": {"marked_as_done_task_ids": [1]}},
        "successful_payment": {
            "successful_payment": {
                "currency": "XTR", "total_amount": 1, "invoice_payload": "x", "telegram_payment_charge_id": "1",
                "provider_payment_charge_id": "1",
            }
        },
        "passport_data": {
            "passport_data": {"data": [], "credentials": {"data": "x", "hash": "x", "secret": "x"}}
        },
        "chat_shared": {"chat_shared": {"request_id": 1, "chat_id": -1001}},
        "boost_added": {"boost_added": {"boost_count": 1}},
        "reply_to_story": {"reply_to_story": {"chat": channel, "id": 5}},
        "topic": {"forum_topic_created": {"name": "thuis", "icon_color": 1}},
    }  # fmt: skip
    return bodies[kind]


MESSAGE_KINDS = (
    "text", *FILES, "location", "live_location", "venue", "contact", "dice", "poll", "forwarded", "story", "game",
    "web_app_data", "users_shared", "write_access_allowed", "auto_delete_timer", "pinned", "empty", "quiz", "giveaway",
    "giveaway_created", "giveaway_winners", "giveaway_completed", "paid_media", "checklist", "checklist_tasks_done",
    "successful_payment", "passport_data", "chat_shared", "boost_added", "reply_to_story", "topic",
)  # fmt: skip


def poll(option: Json) -> Json:
    """A poll with one option."""
    return {
        "id": "7001",
        "question": "Komt dit vaker voor?",
        "options": [option],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }


def update(world: World, kind: str, user: Json, chat: Json) -> Json:
    """The body of an update of `kind` that is not made by typing or pressing (see `OTHER_UPDATES`)."""
    now = world.clock.date()
    written: Json = {"message_id": 900_001, "date": now, "chat": chat, "from": user, "text": "hallo"}
    heart = {"type": "emoji", "emoji": "❤"}
    boost = {"source": "premium", "user": user}
    address = {
        "country_code": "NL", "state": "", "city": "Haarlem", "street_line1": "Plein 1", "street_line2": "",
        "post_code": "2011AA",
    }  # fmt: skip
    bodies: dict[str, Json] = {
        "business_connection": {
            "id": "B1",
            "user": user,
            "user_chat_id": user["id"],
            "date": now,
            "is_enabled": True,
            "can_reply": True,
        },
        "business_message": {**written, "business_connection_id": "B1"},
        "edited_business_message": {**written, "business_connection_id": "B1", "edit_date": now},
        "deleted_business_messages": {"business_connection_id": "B1", "chat": chat, "message_ids": [900_001]},
        "message_reaction": {
            "chat": chat,
            "message_id": 1,
            "user": user,
            "date": now,
            "old_reaction": [],
            "new_reaction": [heart],
        },
        "message_reaction_count": {
            "chat": chat,
            "message_id": 1,
            "date": now,
            "reactions": [{"type": heart, "total_count": 1}],
        },
        "inline_query": {"id": "I1", "from": user, "query": "klacht", "offset": "", "chat_type": "sender"},
        "chosen_inline_result": {"result_id": "1", "from": user, "query": "klacht"},
        "shipping_query": {"id": "S1", "from": user, "invoice_payload": "x", "shipping_address": address},
        "pre_checkout_query": {
            "id": "P1",
            "from": user,
            "currency": "EUR",
            "total_amount": 100,
            "invoice_payload": "x",
        },
        "purchased_paid_media": {"from": user, "paid_media_payload": "x"},
        "poll": poll({"persistent_id": "1", "text": "ja", "voter_count": 1}),
        "poll_answer": {"poll_id": "7001", "user": user, "option_ids": [0], "option_persistent_ids": ["1"]},
        "chat_join_request": {"chat": chat, "from": user, "user_chat_id": user["id"], "date": now},
        "chat_boost": {
            "chat": chat,
            "boost": {"boost_id": "1", "add_date": now, "expiration_date": now + 60, "source": boost},
        },
        "removed_chat_boost": {"chat": chat, "boost_id": "1", "remove_date": now, "source": boost},
    }
    return bodies[kind]


OTHER_UPDATES = (
    "business_connection", "business_message", "edited_business_message", "deleted_business_messages",
    "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "chat_join_request", "chat_boost",
    "removed_chat_boost",
)  # fmt: skip
