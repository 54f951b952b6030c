"""What a page shows of a conversation so far: kept beside the session, sealed with it, and gone with it.

The rules
 1. What was said on both sides is there again after a plain form post, a reload, or a return by code.
 2. The turn that files a case, or wipes, leaves nothing older on the page (law 5 of the house: sealed).
 3. Only what the last turn offers can be chosen.
"""

import msgspec

from locales import Rendered
from storage.records import Draft

MOST = 120
"""So many turns are shown; older ones are left out of the page, not out of the conversation."""

FILED = frozenset({"done.complaint", "done.story", "done.suggestion"})
WIPED = frozenset({"wiped", "wiped.filed", "wiped.expired"})


class Turn(msgspec.Struct, frozen=True):
    """What the client said or chose (empty when nothing), and what was said to them."""

    mine: str
    said: tuple[Rendered, ...] = ()


class Page(msgspec.Struct, frozen=True, omit_defaults=True):
    """The page so far.

    `at` is when it was last used (ISO). `copy` is the client's copy, sealed under what only their cookie holds, to
    be fetched until `copy_until`. `door` is the address that a resume code leads from. `left`: they went away by
    'Snel weg', so a cookie does not lead here any more, only the code.
    """

    turns: tuple[Turn, ...] = ()
    at: str = ""
    copy: bytes = b""
    copy_until: str = ""
    door: str = ""
    left: bool = False


def page_of(draft: Draft) -> Page:
    """The page that was kept with this conversation."""
    if draft.session is None or not draft.beside:
        return Page()
    return msgspec.msgpack.decode(draft.beside, type=Page)


def keep(page: Page) -> bytes:
    """The page as it is kept."""
    return msgspec.msgpack.encode(page)


def grown(page: Page, mine: str, said: tuple[Rendered, ...], at: str) -> Page:
    """The page with one more turn; only that turn's options can be chosen (rules 2 and 3)."""
    turn = Turn(mine, said)
    if ends(said, FILED) or ends(said, WIPED):
        return Page((Turn("", said),), at, door=page.door)
    earlier = tuple(Turn(old.mine, tuple(map(_spent, old.said))) for old in page.turns[-MOST:])
    return msgspec.structs.replace(page, turns=(*earlier, turn), at=at, left=False)


def ends(said: tuple[Rendered, ...], ids: frozenset[str]) -> bool:
    """Whether one of these messages was said."""
    return any(message.id in ids for message in said)


def _spent(message: Rendered) -> Rendered:
    return msgspec.structs.replace(message, options=(), multiple=False) if message.options else message
