"""A line on stderr now and then, so that who waits for a long run sees that it goes on, and how."""

import sys
from datetime import UTC, datetime
from typing import Protocol

EVERY = 25
"""So many kills, and there is a line."""


class Counted(Protocol):
    """What a run counts; as text it says all."""

    kills: int


def killed(count: Counted) -> None:
    """There was one more kill: count it, and after every `EVERY` say how it stands so far."""
    count.kills += 1
    if count.kills % EVERY == 0:
        at = datetime.now(UTC).strftime("%H:%M:%S")
        print(f"{at} so far: {' · '.join(str(count).splitlines())}", file=sys.stderr, flush=True)
