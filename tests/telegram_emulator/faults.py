"""Trouble on demand: refusals, server errors, slowness and cut connections, for the next calls of a method."""

from dataclasses import dataclass
from typing import Literal

from tests.telegram_emulator.wire import ApiError, too_many

What = Literal["too_many", "server_error", "cut_before", "cut_after", "slow"]


@dataclass
class Fault:
    """What happens to the next `times` calls of `method` (lower case, ``*`` for any) to `chat_id` (None: any).

    ``cut_before``: the connection breaks and nothing happened. ``cut_after``: it happened, and the bot never
    heard. ``slow``: it takes `seconds`. ``too_many``: 429 with `seconds` as retry_after.
    """

    what: What
    method: str = "*"
    chat_id: int | None = None
    times: int = 1
    seconds: float = 1
    code: int = 502

    def meets(self, method: str, chat_id: str) -> bool:
        """Whether it strikes this call."""
        return (
            self.times > 0
            and self.method.lower() in ("*", method)
            and (self.chat_id is None or str(self.chat_id) == chat_id)
        )

    def error(self) -> ApiError | None:
        """The refusal, when it is one."""
        match self.what:
            case "too_many":
                return too_many(int(self.seconds))
            case "server_error":
                texts = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
                return ApiError(self.code, texts.get(self.code, "Internal Server Error"))
            case _:
                return None


class Faults:
    """The faults that wait to strike, in the order in which they were set."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.struck: list[tuple[str, str]] = []

    def next(self, what: What, method: str = "*", **more: int | float | None) -> Fault:
        """Sets a fault for the next calls; see `Fault`."""
        fault = Fault(what, method, **more)  # type: ignore[arg-type]
        self._waiting.append(fault)
        return fault

    def strike(self, method: str, chat_id: str) -> Fault | None:
        """The fault for this call, used up by one."""
        for fault in self._waiting:
            if fault.meets(method, chat_id):
                fault.times -= 1
                self.struck.append((fault.what, method))
                return fault
        return None

    def clear(self) -> None:
        """No more trouble."""
        self._waiting.clear()
