"""Somebody with a phone: types, presses, sends, edits, deletes, blocks, and reads what is on the screen."""

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.telegram_emulator import kinds, texts
from tests.telegram_emulator.methods_profile import member
from tests.telegram_emulator.wire import Json
from tests.telegram_emulator.world import Chat, Stored

if TYPE_CHECKING:
    from tests.telegram_emulator.server import Emulator

_queries = itertools.count(1)

PATIENCE = 300.0
"""Seconds that something may take to come: a busy machine takes long over it."""


@dataclass(frozen=True)
class Line:
    """One line of a transcript: who said it, what, with which buttons, and what became of it."""

    who: str
    text: str
    buttons: tuple[str, ...] = ()
    edited: bool = False
    deleted: bool = False


class Person:
    """A person and their private chat with the bot."""

    def __init__(self, telegram: "Emulator", user: Json, chat: Chat) -> None:
        self.telegram, self.user, self.chat = telegram, user, chat
        self._read = 0

    # Doing.

    def start(self, payload: str = "") -> Stored:
        """Presses START, or opens a link ``t.me/bot?start=payload``."""
        return self.types(f"/start {payload}".strip())

    def types(self, text: str, *, reply_to: Stored | None = None) -> Stored:
        """Sends a text. The first one opens the chat."""
        fields: Json = {"text": text}
        if entities := texts.commands(text):
            fields["entities"] = entities
        if reply_to is not None:
            fields["reply_to_message"] = reply_to.json
        return self.posts(fields)

    def sends(
        self, kind: str, *, caption: str = "", data: bytes = b"bytes", name: str = "bestand.bin"
    ) -> Stored:
        """Sends a message of any kind of `kinds.MESSAGE_KINDS`; a file has `data` and a caption."""
        fields = kinds.message(self.telegram.world, kind, self.user, data=data, name=name)
        return self.posts({**fields, **({"caption": caption} if caption else {})})

    def posts(self, fields: Json) -> Stored:
        """Sends a message with exactly these fields."""
        self.chat.opened = True
        if self.chat.bot == "kicked":
            self.unblocks()
        stored = self.telegram.world.post(self.chat, fields, sender=self.user)
        self.telegram.send("message", stored.json)
        return stored

    def edits(self, stored: Stored, text: str) -> None:
        """Changes a message that was sent before."""
        stored.versions.append(stored.json)
        field = "text" if "text" in stored.json else "caption"
        stored.json = {**stored.json, field: text, "edit_date": self.telegram.clock.date()}
        self.telegram.send("edited_message", stored.json)

    def deletes(self, stored: Stored) -> None:
        """Deletes a message, for both. Telegram tells the bot nothing."""
        stored.deleted = True

    def presses(self, button: str, *, on: Stored | None = None) -> str:
        """Presses a button by its label: an inline one of `on` or of the latest message that has it.

        A button of the reply keyboard types its label. Returns the callback query's id (or nothing).
        """
        if on is None and button in self.keyboard():
            self.types(button)
            return ""
        holder = on or self._with_button(button)
        data = next((b["callback_data"] for b in _inline(holder.json) if b["text"] == button), None)
        if data is None:
            raise AssertionError(f"no button {button!r} that can be pressed on {holder.text!r}")
        return self.presses_data(data, on=holder)

    def presses_data(self, data: str, *, on: Stored | None = None) -> str:
        """Sends a callback query with any `data`, as a forged client can; returns its id."""
        id = str(4_000_000_000_000_000_000 + next(_queries))
        self.telegram.world.callbacks[id] = {"at": self.telegram.clock.now(), "answer": None}
        query: Json = {"id": id, "from": self.user, "chat_instance": str(-self.chat.id), "data": data}
        if on is not None:
            # A message that is gone or older than 48 hours comes without its content (InaccessibleMessage).
            query["message"] = (
                {"chat": on.json["chat"], "message_id": on.id, "date": 0} if on.deleted else on.json
            )
        self.telegram.send("callback_query", query)
        return id

    def asks_inline(self, query: str) -> str:
        """Types ``@bot query`` in some chat; returns the inline query's id."""
        id = str(5_000_000_000_000_000_000 + next(_queries))
        self.telegram.world.callbacks[id] = {"at": self.telegram.clock.now(), "answer": None}
        asked = {**kinds.update(self.telegram.world, "inline_query", self.user, self.chat.json), "id": id}
        self.telegram.send("inline_query", {**asked, "query": query})
        return id

    def causes(self, kind: str) -> None:
        """Makes an update of `kinds.OTHER_UPDATES` happen."""
        self.telegram.send(kind, kinds.update(self.telegram.world, kind, self.user, dict(self.chat.json)))

    def blocks(self) -> None:
        """Blocks the bot."""
        self._becomes("member", "kicked")

    def unblocks(self) -> None:
        """Lets the bot write again."""
        self._becomes("kicked", "member")

    def _becomes(self, old: str, new: str) -> None:
        self.chat.bot = new
        world = self.telegram.world
        change = {
            "chat": dict(self.chat.json),
            "from": self.user,
            "date": world.clock.date(),
            "old_chat_member": member(world.bot, old),
            "new_chat_member": member(world.bot, new),
        }
        self.telegram.send("my_chat_member", change)

    # Reading.

    def screen(self) -> list[Stored]:
        """All messages that can be seen now, of both sides."""
        return self.chat.visible()

    def received(self) -> list[Stored]:
        """Every message the bot ever sent here, deleted ones too, in order."""
        return [self.chat.messages[id] for id in sorted(self.chat.messages) if self.chat.messages[id].by_bot]

    def texts(self) -> list[str]:
        """The texts of the bot that can be seen now."""
        return [stored.text for stored in self.screen() if stored.by_bot]

    def last(self) -> Stored:
        """The bot's latest message that can be seen."""
        return [stored for stored in self.screen() if stored.by_bot][-1]

    def buttons(self, stored: Stored | None = None) -> list[str]:
        """The labels of the inline buttons of a message, or of the latest."""
        return [button["text"] for button in _inline((stored or self.last()).json)]

    def keyboard(self) -> list[str]:
        """The labels of the reply keyboard that is open."""
        for stored in reversed(self.received()):
            markup = stored.json.get("reply_markup", {})
            if "remove_keyboard" in markup:
                return []
            if "keyboard" in markup:
                rows = markup["keyboard"]
                return [b if isinstance(b, str) else b["text"] for row in rows for b in row]
        return []

    def _with_button(self, label: str) -> Stored:
        for stored in reversed(self.screen()):
            if any(button["text"] == label for button in _inline(stored.json)):
                return stored
        raise AssertionError(f"no button {label!r} on the screen: {[self.buttons(s) for s in self.screen()]}")

    async def reads(self, count: int = 1, within: float = PATIENCE) -> list[str]:
        """Waits for the next `count` messages of the bot that were not read yet, and returns their texts."""
        upto = self._read + count
        seen = f"{count} more messages for {self.user['first_name']}"
        await self.telegram.until(lambda: len(self.received()) >= upto, seen, within)
        new, self._read = self.received()[self._read : upto], upto
        return [stored.text for stored in new]

    async def sees(self, text: str, within: float = PATIENCE) -> None:
        """Waits until a visible message of the bot is exactly `text`, by coming or by being edited."""
        await self.telegram.until(lambda: text in self.texts(), f"{text!r} on the screen", within)

    async def answer_to(self, query: str, within: float = PATIENCE) -> Json:
        """Waits until a button press (or inline query) was answered, and returns what was answered."""
        callbacks = self.telegram.world.callbacks
        await self.telegram.until(
            lambda: callbacks[query]["answer"] is not None, f"answer to {query}", within
        )
        return dict(callbacks[query]["answer"])

    def transcript(self) -> list[Line]:
        """The whole conversation in order, with what was edited or deleted later."""
        return [
            Line(
                who="bot" if stored.by_bot else self.user["first_name"],
                text=stored.text,
                buttons=tuple(button["text"] for button in _inline(stored.json)),
                edited=bool(stored.versions),
                deleted=stored.deleted,
            )
            for _, stored in sorted(self.chat.messages.items())
        ]


def _inline(json: Json) -> list[Json]:
    return [button for row in json.get("reply_markup", {}).get("inline_keyboard", []) for button in row]
