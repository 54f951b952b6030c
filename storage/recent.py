"""What this process kept last of each conversation, for a moment: the next turn need not open it again.

Somebody who answers is back within minutes, and opening what was sealed costs more than keeping it. What is
remembered may be old where another process went on with the conversation; `commit` then finds another version and
refuses (`Conflict`), so a turn can be built on it, and nothing else may be.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from storage.records import Address, Draft

LONGEST = 300.0
"""Seconds for which a conversation is remembered after its last turn."""

MOST = 1000
"""The most conversations that are."""


LARGEST = 64_000
"""The most characters told, and bytes of what the channel keeps beside, of a conversation which is: so what people tell
bounds the memory too. A longer one is opened again at each turn."""


class Recent:
    """Conversations as they were last kept here. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[Address, tuple[float, Draft]] = OrderedDict()
        self._timer: asyncio.TimerHandle | None = None

    def put(self, address: Address, draft: Draft) -> None:
        """Remember how it stands now, unless that is much."""
        if draft.session is None or sum(map(len, (*draft.session.said, draft.beside))) > LARGEST:
            self.drop(address)
            return
        self._known[address] = (self._clock() + LONGEST, draft)
        self._known.move_to_end(address)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LONGEST, self._passes)

    def get(self, address: Address) -> Draft | None:
        """How it stood when it was last kept here, if that is not long ago."""
        until, draft = self._known.get(address, (0.0, None))
        return draft if until > self._clock() else None

    def drop(self, address: Address) -> None:
        """It is not so any more."""
        self._known.pop(address, None)

    def clear(self) -> None:
        """Remember nothing."""
        self._known.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _passes(self) -> None:
        """Forget what was long enough ago; the oldest stand first."""
        now = self._clock()
        while self._known and next(iter(self._known.values()))[0] <= now:
            self._known.popitem(last=False)
        self._timer = None
        if self._known:
            left = next(iter(self._known.values()))[0] - now
            self._timer = asyncio.get_running_loop().call_later(left, self._passes)
