"""How fast a bot may send: one message a second in a chat, thirty a second in all (core.telegram.org/bots/faq)."""

import time
from collections.abc import Callable

from bot.delivery import Later

EACH = 1.0
"""Seconds between two messages of one chat."""

OVERALL = 30
"""Messages a second, over all chats."""

PATIENCE = 10.0
"""Who would have to wait longer goes back into the outbox: the right to deliver lasts half a minute only."""

MANY = 10_000


class Pace:
    """Gives out moments at which to send. `clock` counts seconds."""

    def __init__(
        self, each: float = EACH, overall: int = OVERALL, clock: Callable[[], float] = time.monotonic
    ):
        self._each = each
        self._gap = 1 / overall
        self._clock = clock
        self._next = 0.0
        self._chats: dict[str, float] = {}

    def turn(self, chat: str) -> float:
        """Takes the next moment for this chat; returns the seconds until then. Raises `Later`, and takes none."""
        now = self._clock()
        at = max(now, self._next, self._chats.get(chat, 0.0))
        if at - now > PATIENCE:
            raise Later(at - now)
        self._next = max(now, self._next) + self._gap
        if len(self._chats) > MANY:
            self._chats = {key: then for key, then in self._chats.items() if then > now}
        self._chats[chat] = at + self._each
        return at - now

    def hold(self, chat: str, seconds: float) -> None:
        """Telegram asked to wait so long in this chat."""
        self._chats[chat] = max(self._chats.get(chat, 0.0), self._clock() + seconds)
