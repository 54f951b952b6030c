"""Sending the mails that wait: in hours, to who is still there, again later, or to the next when it cannot arrive."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.delivery import Later, Never, pause
from bot.desk import afar
from bot.reminders import post
from bot.reminders.mail import message
from bot.reminders.post import Setting
from bot.reminders.sweep import address_of, instead
from bot.schemes import Schemes, UnknownScheme
from flows.reminding import is_open, next_opening
from storage.reminding import Mail
from storage.store import Store

PATIENCE = timedelta(days=2)
"""After so long without an answer to a mail the next in order gets it. With nobody left it is tried on."""

LOG = structlog.get_logger("gehoord.reminders")


async def send_all(
    store: Store, schemes: Schemes, by: Setting, origin: str, clock: Callable[[], datetime]
) -> int:
    """Send every mail that waits; returns how many the mail server took."""
    sent = 0
    while (mail := await store.claim_mail(clock())) is not None:
        sent += await _send(store, schemes, by, origin, mail, clock())
    return sent


async def _send(store: Store, schemes: Schemes, by: Setting, origin: str, mail: Mail, now: datetime) -> bool:
    try:
        scheme = schemes.load(mail.scheme)
    except UnknownScheme:
        await store.divert(mail, "no_scheme", (), now=now)
        return False
    always = mail.kind == "urgent" and scheme.reminders.urgent == "always"
    if not always and not is_open(now, scheme.office):
        await store.hold_mail(mail, next_opening(now, scheme.office), failed=False)
        return False
    to = address_of(scheme, await store.officers(mail.scheme), mail.officer)
    try:
        if to is None:
            raise Never("no_address")
        links = await afar.offer(store, scheme, mail, now)
        await post.send(message(mail, scheme, to, by.sender, origin, now, links), by)
    except Never as error:
        await store.divert(mail, error.reason, await instead(store, schemes, mail, now), now=now)
        return False
    except Later as error:
        if now - mail.since >= PATIENCE and (others := await instead(store, schemes, mail, now)):
            await store.divert(mail, "mail_delayed", others, now=now)
            return False
        LOG.warning("mail is held", tries=mail.tries + 1)
        await store.hold_mail(mail, now + pause(mail.tries, error.after), failed=True)
        return False
    await store.mailed(mail, now=now)
    return True
