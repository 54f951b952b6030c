"""Who can read a line now: without anybody, no line is offered and none is pretended."""

from flows import line as lines
from flows.scheme import Scheme
from flows.session import Turn
from storage.lines import CONFIDANT
from storage.records import Officer
from storage.store import Store


async def readers(store: Store, scheme: Scheme) -> tuple[Officer, ...]:
    """The active confidants of a scheme that has a line, the longest there first."""
    if lines.own(scheme) is None:
        return ()
    return tuple(
        one for one in await store.officers(scheme.id) if one.role == CONFIDANT and one.state == "active"
    )


async def truthful(store: Store, scheme: Scheme, turn: Turn) -> Turn:
    """The turn without what leads to a line, where nobody would read it."""
    if not lines.leads(turn) or await readers(store, scheme):
        return turn
    return lines.without(turn)
