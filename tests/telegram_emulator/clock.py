"""The clock of the emulator: real time, plus what a test let pass."""

import time


class Clock:
    """Seconds since 1970. `advance` moves it; it never goes back."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """The moment on this clock."""
        return time.time() + self._ahead

    def date(self) -> int:
        """The moment as Telegram writes dates: whole seconds."""
        return int(self.now())

    def advance(self, *, seconds: float = 0, hours: float = 0, days: float = 0) -> None:
        """Let time pass at once."""
        passed = seconds + hours * 3600 + days * 86400
        if passed < 0:
            raise ValueError("time does not go back")
        self._ahead += passed
