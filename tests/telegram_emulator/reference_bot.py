"""One small bot, written once and run by two unrelated clients: what keeps the emulator honest."""

import json
from collections.abc import Sequence
from typing import Protocol

from tests.telegram_emulator.wire import Json


class TooMany(Exception):
    """The client heard 429; come back after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Blocked(Exception):
    """The client heard 403."""


class Refused(Exception):
    """The client heard 400, with this text."""


class Broken(Exception):
    """The client heard 5xx, or nothing."""


class Client(Protocol):
    """What the bot needs of a Bot API client. Errors come as the four exceptions above."""

    async def send(self, chat: int, text: str, buttons: Sequence[tuple[str, str]] = ()) -> int:
        """Sends a text with inline buttons (label, data) and returns its message_id."""
        ...

    async def edit(self, chat: int, message: int, text: str) -> None:
        """Changes a text and takes its buttons away."""
        ...

    async def answer(self, query: str, text: str) -> None:
        """Answers a button press."""
        ...

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Deletes messages for both sides."""
        ...

    async def document(self, chat: int, name: str, data: bytes) -> None:
        """Sends a file."""
        ...

    async def download(self, file_id: str) -> bytes:
        """Gets a file that somebody sent."""
        ...

    async def leave(self, chat: int) -> None:
        """Leaves a group."""
        ...


class ReferenceBot:
    """Echoes; shows buttons on ``knoppen``, a file on ``bestand``, deletes on ``wis``, and says what it was sent."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seen: list[str] = []
        self.refused: list[str] = []
        self.messages: dict[int, list[int]] = {}

    async def handle(self, update: Json) -> None:
        """One update, as the client understood it."""
        kind = next(key for key in update if key != "update_id")
        self.seen.append(kind)
        body = update[kind]
        try:
            match kind:
                case "message" if body["chat"]["type"] != "private":
                    await self.client.leave(body["chat"]["id"])
                case "message":
                    await self._message(body)
                case "edited_message":
                    await self._say(body["chat"]["id"], f"gewijzigd: {body['text']}")
                case "callback_query":
                    await self._pressed(body)
                case _:
                    pass
        except (TooMany, Blocked, Refused, Broken) as error:
            self.refused.append(f"{type(error).__name__}: {error}")

    async def _say(self, chat: int, text: str, buttons: Sequence[tuple[str, str]] = ()) -> None:
        self.messages.setdefault(chat, []).append(await self.client.send(chat, text, buttons))

    async def _message(self, message: Json) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        self.messages.setdefault(chat, []).append(message["message_id"])
        file = message.get("document") or message.get("voice") or (message.get("photo") or [None])[-1]
        if file:
            data = await self.client.download(file["file_id"])
            await self._say(chat, f"ontvangen: {data.decode()}")
        elif text == "knoppen":
            await self._say(chat, "Klopt dit?", [("Ja", "yes"), ("Nee", "no")])
        elif text == "bestand":
            await self.client.document(chat, "brief.txt", b"Beste lezer")
        elif text == "wis":
            await self.client.delete(chat, self.messages.pop(chat))
        else:
            await self._say(chat, text or f"geen tekst: {json.dumps(sorted(message))}")

    async def _pressed(self, query: Json) -> None:
        await self.client.answer(query["id"], f"gekozen: {query['data']}")
        message = query["message"]
        await self.client.edit(message["chat"]["id"], message["message_id"], f"Je koos {query['data']}")
