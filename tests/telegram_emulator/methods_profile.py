"""What a bot can ask and set about itself, and ask about chats."""

from tests.telegram_emulator.methods_messages import Method
from tests.telegram_emulator.wire import Json, Params, bad
from tests.telegram_emulator.world import World

LONGEST = {"name": 64, "description": 512, "short_description": 120}


async def get_me(world: World, params: Params) -> Json:
    """getMe."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": True,
        "has_main_web_app": False,
    }


def _setter(what: str) -> Method:
    async def set_it(world: World, params: Params) -> bool:
        value = params.text(what)
        if len(value) > LONGEST[what]:
            raise bad(f"{what} is too long")
        language = params.text("language_code")
        world.profile[f"{what}:{language}" if language else what] = value
        return True

    return set_it


def _getter(what: str) -> Method:
    async def get_it(world: World, params: Params) -> Json:
        language = params.text("language_code")
        return {what: world.profile.get(f"{what}:{language}") or world.profile[what]}

    return get_it


def _scope(params: Params) -> str:
    scope = params.parsed("scope") or {"type": "default"}
    parts = (scope["type"], scope.get("chat_id", ""), scope.get("user_id", ""), params.text("language_code"))
    return ":".join(str(part) for part in parts)


async def set_my_commands(world: World, params: Params) -> bool:
    """setMyCommands: lower-case letters, digits and underscores, each with a description."""
    commands = params.parsed("commands") or []
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        name = command.get("command", "").removeprefix("/")
        if not (
            1 <= len(name) <= 32
            and name.replace("_", "").isalnum()
            and name == name.lower()
            and name.isascii()
        ):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile["commands"][_scope(params)] = commands
    return True


async def get_my_commands(world: World, params: Params) -> object:
    """getMyCommands."""
    return world.profile["commands"].get(_scope(params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    """deleteMyCommands."""
    world.profile["commands"].pop(_scope(params), None)
    return True


async def set_chat_menu_button(world: World, params: Params) -> bool:
    """setChatMenuButton."""
    world.profile[f"menu:{params.text('chat_id')}"] = params.parsed("menu_button") or {"type": "default"}
    return True


async def get_chat_menu_button(world: World, params: Params) -> object:
    """getChatMenuButton."""
    return world.profile.get(f"menu:{params.text('chat_id')}", {"type": "default"})


async def get_chat(world: World, params: Params) -> Json:
    """getChat."""
    chat = world.chat(params.text("chat_id"))
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return {
        **chat.json,
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


async def get_chat_member(world: World, params: Params) -> Json:
    """getChatMember, of the bot itself or of somebody in a private chat."""
    chat = world.chat(params.text("chat_id"))
    if params.number("user_id") == world.bot["id"]:
        return member(world.bot, chat.bot)
    if chat.type == "private" and params.number("user_id") == chat.id:
        return member({**chat.json, "is_bot": False}, "member")
    raise bad("PARTICIPANT_ID_INVALID")


def member(user: Json, status: str) -> Json:
    """A chat member of this status, with every field that it must have."""
    user = {key: value for key, value in user.items() if key != "type"}
    match status:
        case "kicked":
            return {"user": user, "status": status, "until_date": 0}
        case "administrator":
            rights = (
                "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
                "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
                "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
                "can_send_welcome_messages",
            )  # fmt: skip
            granted = {"can_manage_chat", "can_delete_messages"}
            return {"user": user, "status": status, **{right: right in granted for right in rights}}
        case _:
            return {"user": user, "status": status}


async def get_user_profile_photos(world: World, params: Params) -> Json:
    """getUserProfilePhotos: nobody shows one."""
    return {"total_count": 0, "photos": []}


METHODS: dict[str, Method] = {
    "getme": get_me,
    "setmyname": _setter("name"),
    "getmyname": _getter("name"),
    "setmydescription": _setter("description"),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description"),
    "getmyshortdescription": _getter("short_description"),
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getuserprofilephotos": get_user_profile_photos,
}
