"""Sending the mails that wait: in hours, to who is still there, again later, or to the next when it cannot arrive.

An officer who linked a Telegram account is told there. What Telegram refuses (the bot was blocked) is mailed; so is
what it puts off for the third time, or at once when it is urgent.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.delivery import Later, Never, pause, until_kept
from bot.desk import afar, reach
from bot.reminders import note, post
from bot.reminders.mail import message
from bot.reminders.post import Setting
from bot.reminders.sweep import address_of, instead
from bot.schemes import Schemes, UnknownScheme
from flows.reminding import is_open, next_opening
from flows.scheme import Scheme
from storage.duties import start_of
from storage.reminding import Mail
from storage.store import Store

if TYPE_CHECKING:
    from bot.reminders.messenger import Messenger

PATIENCE = timedelta(days=2)
"""After so long without an answer to a mail the next in order gets it. With nobody left it is tried on."""

PUT_OFF = 2
"""So often Telegram may put off a message before it is mailed."""

LOG = structlog.get_logger("gehoord.reminders")


async def send_all(
    store: Store, schemes: Schemes, by: Setting | None, origin: str, clock: Callable[[], datetime],
    messenger: "Messenger | None" = None,
) -> int:  # fmt: skip
    """Send every mail that waits; returns how many were taken. `by` and `messenger` are the ways that are set up."""
    sent = 0
    while (mail := await store.claim_mail(clock())) is not None:
        sent += await _send(store, schemes, by, origin, mail, clock(), messenger)
    return sent


async def _send(
    store: Store, schemes: Schemes, by: Setting | None, origin: str, mail: Mail, now: datetime,
    messenger: "Messenger | None",
) -> bool:  # fmt: skip
    try:
        scheme = schemes.load(mail.scheme)
    except UnknownScheme:
        await store.divert(mail, "no_scheme", (), now=now)
        return False
    always = mail.kind == "urgent" and scheme.reminders.urgent == "always"
    if not always and not is_open(now, scheme.office):
        await store.hold_mail(mail, next_opening(now, scheme.office), failed=False)
        return False
    theirs = await _theirs(store, schemes, mail, now)
    if theirs is None:
        return False
    mail = theirs
    try:
        await _hand_over(store, scheme, by, origin, mail, now, messenger)
    except Never as error:
        if (left := await _climbed(store, schemes, mail, now)) is not None:
            await store.divert(left, error.reason, (), now=now)
        return False
    except Later as error:
        if now - mail.since >= PATIENCE:
            rest = await _climbed(store, schemes, mail, now)
            if rest is None:
                return False
            mail = rest  # nobody else can be told: it is tried on
        LOG.warning("mail is held", tries=mail.tries + 1)
        await store.hold_mail(mail, now + pause(mail.tries, error.after), failed=True)
        return False
    await until_kept(lambda: store.mailed(mail, now=now))
    return True


async def _hand_over(
    store: Store, scheme: Scheme, by: Setting | None, origin: str, mail: Mail, now: datetime,
    messenger: "Messenger | None",
) -> None:  # fmt: skip
    """By Telegram where the officer linked it, else or when that fails by mail. Raises `Later`, `Never`."""
    officers = await store.officers(mail.scheme)
    locale = await reach.language(store, mail.officer, now=now) or "nl"
    to = address_of(scheme, officers, mail.officer) if by is not None else None
    account = await reach.account(store, mail.officer, now=now)
    there = any(one.id == mail.officer and one.state == "active" for one in officers)
    if messenger is not None and account is not None and there and messenger.serves(account):
        carried = await afar.buttons(store, scheme, mail, now)
        try:
            await messenger.tell(mail.id, account, note.notes(mail, scheme, origin, now, carried, locale))
        except Never as error:
            LOG.info("mailed instead", reason=error.reason)
        except Later:
            if to is None or (mail.kind != "urgent" and mail.tries < PUT_OFF):
                raise
            LOG.info("mailed instead", reason="put_off")
        else:
            return
    if to is None or by is None:
        raise Never("no_address")
    links = await afar.offer(store, scheme, mail, now)
    await post.send(message(mail, scheme, to, by.sender, origin, now, links, locale), by)


async def _theirs(store: Store, schemes: Schemes, mail: Mail, now: datetime) -> Mail | None:
    """The mail without the cases in which its officer turned out to be involved since; others hear of those."""
    out = [
        item
        for item in mail.items
        if start_of(item.number) is None and mail.officer in (await store.bearings(item.number)).out
    ]
    if not out:
        return mail
    others = await instead(store, schemes, msgspec.structs.replace(mail, items=tuple(out)), now)
    return await store.pass_on(mail, out, others, now=now)


async def _climbed(store: Store, schemes: Schemes, mail: Mail, now: datetime) -> Mail | None:
    """The mail without the lines that go to who comes next; None when none is left."""
    others = await instead(store, schemes, mail, now)
    moved = [item for item in mail.items if any(item in other.items for other in others)]
    return await store.pass_on(mail, moved, others, now=now) if others else mail
