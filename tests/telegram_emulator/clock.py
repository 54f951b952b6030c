"""The clock of the emulator: real time, or none at all, plus what a test let pass."""

import time


class Clock:
    """Seconds since 1970. `advance` moves it; it never goes back."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._still: float | None = None

    def now(self) -> float:
        """The moment on this clock."""
        return (time.time() if self._still is None else self._still) + self._ahead

    def stop(self) -> None:
        """From here on time passes by `advance` alone, however long a busy machine takes over a second's work."""
        self._still = time.time()

    def date(self) -> int:
        """The moment as Telegram writes dates: whole seconds."""
        return int(self.now())

    def advance(self, *, seconds: float = 0, hours: float = 0, days: float = 0) -> None:
        """Let time pass at once."""
        passed = seconds + hours * 3600 + days * 86400
        if passed < 0:
            raise ValueError("time does not go back")
        self._ahead += passed
