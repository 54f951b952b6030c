"""One round: reminders where the schemes have them now, a sweep, and the mails that wait."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from bot.reminders import duties
from bot.reminders.confirming import tell_left
from bot.reminders.post import Setting
from bot.reminders.sending import send_all
from bot.reminders.sweep import sweep
from bot.schemes import Schemes
from storage.store import Store

if TYPE_CHECKING:
    from bot.reminders.messenger import Messenger


class Done(msgspec.Struct, frozen=True):
    """What a round did: mails put on their way, and those that the mail server or Telegram took."""

    posted: int
    sent: int


async def one_round(
    store: Store, schemes: Schemes, by: Setting | None, origin: str, clock: Callable[[], datetime],
    messenger: "Messenger | None" = None,
) -> Done:  # fmt: skip
    """Remind of everything that is due, by the ways that are set up."""
    for id in schemes.ids():
        await store.replan(id, clock())
        await duties.running(store, schemes.load(id), clock())
    if by is not None:
        await tell_left(store, by, clock())
    posted = await sweep(store, schemes, clock())
    return Done(posted, await send_all(store, schemes, by, origin, clock, messenger))
