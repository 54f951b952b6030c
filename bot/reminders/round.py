"""One round: reminders where the schemes have them now, a sweep, and the mails that wait."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from bot.reminders.post import Setting
from bot.reminders.sending import send_all
from bot.reminders.sweep import sweep
from bot.schemes import Schemes
from storage.store import Store


class Done(msgspec.Struct, frozen=True):
    """What a round did: mails put on their way, and mails that the mail server took."""

    posted: int
    sent: int


async def one_round(
    store: Store, schemes: Schemes, by: Setting, origin: str, clock: Callable[[], datetime]
) -> Done:
    """Remind of everything that is due."""
    for id in schemes.ids():
        await store.replan(id, clock())
    posted = await sweep(store, schemes, clock())
    return Done(posted, await send_all(store, schemes, by, origin, clock))
