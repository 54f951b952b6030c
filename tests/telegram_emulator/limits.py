"""Telegram's own limits on sending: about one message a second in a chat, thirty a second in all."""

from collections import defaultdict, deque

from tests.telegram_emulator.clock import Clock
from tests.telegram_emulator.wire import too_many

SENDING = frozenset(
    f"send{what}"
    for what in ("message", "photo", "document", "voice", "audio", "video", "sticker", "location")
) | {"editmessagetext"}
"""The calls that count, in lower case."""


class Limits:
    """Off until `on` is set. `burst` is how many messages a chat may get within `window` seconds.

    Telegram does not publish its figures; these are the documented ones ("avoid sending more than one message
    per second", "30 messages per second", "20 messages per minute to the same group"), kept strictly.
    """

    def __init__(self, clock: Clock) -> None:
        self.on = False
        self.burst, self.window = 1, 1.0
        self.overall = 30
        self.group_minute = 20
        self.refused = 0
        self._clock = clock
        self._chats: dict[str, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()

    def check(self, method: str, chat_id: str) -> None:
        """Counts one call, or refuses it with 429 and when to come back."""
        if not self.on or method not in SENDING:
            return
        now = self._clock.now()
        lanes = [(self._all, self.overall, 1.0), (self._chats[chat_id], self.burst, self.window)]
        if chat_id.startswith("-"):
            lanes[1] = (self._chats[chat_id], self.group_minute, 60.0)
        for sent, most, window in lanes:
            while sent and now - sent[0] >= window:
                sent.popleft()
            if len(sent) >= most:
                self.refused += 1
                raise too_many(max(1, round(window - (now - sent[0]) + 0.499)))
        for sent, _, _ in lanes:
            sent.append(now)
