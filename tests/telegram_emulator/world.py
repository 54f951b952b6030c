"""Telegram's side: people, chats, messages and files, as one bot can know them."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.telegram_emulator.clock import Clock
from tests.telegram_emulator.wire import ApiError, Json, bad

FIRST_PERSON, FIRST_GROUP, FIRST_SUPERGROUP = 1001, -2001, -1_001_000_000_001


@dataclass
class Stored:
    """One message: how it looks now, how it looked before, and whether it is still there."""

    json: Json
    by_bot: bool
    at: float
    deleted: bool = False
    versions: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        """Its message_id."""
        return int(self.json["message_id"])

    @property
    def text(self) -> str:
        """Its text or caption."""
        return str(self.json.get("text") or self.json.get("caption") or "")


@dataclass
class Chat:
    """A private chat, group, supergroup or channel. `bot` is the bot's place in it: a chat member's status."""

    json: Json
    bot: str = "left"
    messages: dict[int, Stored] = field(default_factory=dict)
    own_ids: Iterator[int] | None = None
    opened: bool = False

    @property
    def id(self) -> int:
        """Its chat_id."""
        return int(self.json["id"])

    @property
    def type(self) -> str:
        """``private``, ``group``, ``supergroup`` or ``channel``."""
        return str(self.json["type"])

    def visible(self) -> list[Stored]:
        """The messages that are not deleted, in order."""
        return [self.messages[id] for id in sorted(self.messages) if not self.messages[id].deleted]

    def writable(self) -> None:
        """Refuses what a bot may not write to (the texts are the server's own)."""
        if self.type == "private":
            if self.bot == "kicked":
                raise ApiError(403, "Forbidden: bot was blocked by the user")
            if not self.opened:
                raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        elif self.bot in {"left", "kicked"}:
            how = "was kicked from" if self.bot == "kicked" else "is not a member of"
            raise ApiError(403, f"Forbidden: bot {how} the {self.type} chat")
        elif self.type == "channel" and self.bot != "administrator":
            raise bad("need administrator rights in the channel chat")


@dataclass(frozen=True)
class File:
    """A file: its bytes by its file_id. `size` may be said to be larger than the bytes, to test limits."""

    id: str
    unique_id: str
    path: str
    data: bytes
    size: int


class World:
    """Everything there is. Message ids are one sequence for private chats and groups, as Telegram has it."""

    def __init__(self, clock: Clock, bot: Json) -> None:
        self.clock, self.bot = clock, bot
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.profile: Json = {
            "name": bot["first_name"],
            "description": "",
            "short_description": "",
            "commands": {},
        }
        self.callbacks: dict[str, Json] = {}
        self.actions: list[tuple[int, str]] = []
        self._message_ids = itertools.count(1)
        self._people = itertools.count(FIRST_PERSON)
        self._groups = itertools.count(FIRST_GROUP, -1)
        self._supergroups = itertools.count(FIRST_SUPERGROUP, -1)
        self._file_ids = itertools.count(1)

    def add_private(self, user: Json) -> Chat:
        """The private chat with somebody new; `user` receives its id."""
        user["id"] = next(self._people)
        known = ("id", "first_name", "last_name", "username")
        chat = Chat({**{key: user[key] for key in known if key in user}, "type": "private"}, bot="member")
        self.chats[chat.id] = chat
        return chat

    def add_group(self, title: str, type: str) -> Chat:
        """A group, supergroup or channel without the bot in it."""
        ids = self._groups if type == "group" else self._supergroups
        chat = Chat({"id": next(ids), "type": type, "title": title})
        if type != "group":
            chat.own_ids = itertools.count(1)
        self.chats[chat.id] = chat
        return chat

    def chat(self, id: str) -> Chat:
        """The chat with this chat_id (digits or ``@username``), or a refusal."""
        if not id:
            raise bad("chat_id is empty")
        for chat in self.chats.values():
            if str(chat.id) == id or (id.startswith("@") and chat.json.get("username") == id[1:]):
                return chat
        raise bad("chat not found")

    def post(self, chat: Chat, fields: Json, *, sender: Json | None = None) -> Stored:
        """Adds a message of `sender`, or of the bot. Channels have no sender but themselves."""
        ids = chat.own_ids or self._message_ids
        json: Json = {"message_id": next(ids), "date": self.clock.date(), "chat": dict(chat.json)}
        if chat.type == "channel":
            json["sender_chat"] = dict(chat.json)
        else:
            json["from"] = dict(sender or self.bot)
        stored = Stored({**json, **fields}, by_bot=sender is None, at=self.clock.now())
        chat.messages[stored.id] = stored
        return stored

    def add_file(self, data: bytes, name: str, size: int | None = None) -> File:
        """Keeps a file under a new file_id."""
        number = next(self._file_ids)
        file = File(f"FILE-{number:06}", f"U{number:06}", f"files/{number}-{name}", data, size or len(data))
        self.files[file.id] = file
        return file
