"""Fear before procedure: whoever is afraid of the one they complain about gets to the confidant at once (IB-4a)."""

from flows import confidants
from flows.composer import Composer


def check(c: Composer) -> bool:
    """Offers the confidant at once when the client is afraid; True when it did. It does so one time."""
    if c.value("safe") != "no" or c.told("fear"):
        return False
    c.say("fear.known")
    confidants.offer(c)
    return True
