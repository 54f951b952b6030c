"""Groups and channels, into which people put a bot."""

from typing import TYPE_CHECKING

from tests.telegram_emulator import texts
from tests.telegram_emulator.methods_profile import member
from tests.telegram_emulator.world import Chat, Stored

if TYPE_CHECKING:
    from tests.telegram_emulator.person import Person
    from tests.telegram_emulator.server import Emulator


class Group:
    """One group, supergroup or channel, seen from outside."""

    def __init__(self, telegram: "Emulator", chat: Chat) -> None:
        self.telegram, self.chat = telegram, chat

    @property
    def bot_is_in(self) -> bool:
        """Whether the bot is still there."""
        return self.chat.bot in {"member", "administrator"}

    def adds_bot(self, by: "Person", status: str = "member") -> None:
        """Somebody puts the bot in (as ``administrator`` in a channel): my_chat_member, and in groups a message."""
        self._bot_becomes(by, status)
        if self.chat.type != "channel":
            bot = dict(self.telegram.world.bot)
            stored = self.telegram.world.post(self.chat, {"new_chat_members": [bot]}, sender=by.user)
            self.telegram.send("message", stored.json)

    def removes_bot(self, by: "Person") -> None:
        """Somebody throws the bot out."""
        self._bot_becomes(by, "kicked")

    def _bot_becomes(self, by: "Person", status: str) -> None:
        world = self.telegram.world
        old, self.chat.bot = self.chat.bot, status
        change = {
            "chat": dict(self.chat.json),
            "from": by.user,
            "date": world.clock.date(),
            "old_chat_member": member(world.bot, old),
            "new_chat_member": member(world.bot, status),
        }
        self.telegram.send("my_chat_member", change)

    def types(self, by: "Person", text: str) -> Stored:
        """Somebody writes in the group, or posts in the channel.

        A bot in privacy mode hears in a group only commands, its own name and answers to it; in a channel, and
        as an administrator, everything.
        """
        fields = {"text": text}
        if entities := texts.commands(text):
            fields["entities"] = entities  # type: ignore[assignment]
        stored = self.telegram.world.post(self.chat, fields, sender=by.user)
        called = bool(entities) or f"@{self.telegram.world.bot['username']}" in text
        if self.chat.bot == "administrator" or (self.chat.bot == "member" and called):
            self.telegram.send("channel_post" if self.chat.type == "channel" else "message", stored.json)
        return stored

    def texts(self) -> list[str]:
        """What the bot said here."""
        return [stored.text for stored in self.chat.visible() if stored.by_bot]
