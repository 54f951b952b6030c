"""The mails about an address: whether it is right, and that it is left. They say of nobody what they work on."""

from datetime import datetime
from email.message import EmailMessage

import structlog

from bot.delivery import Later, Never
from bot.desk import reach
from bot.desk.session import PATH
from bot.reminders import post
from bot.reminders.mail import dressed
from bot.reminders.post import Setting
from flows.messages import Phrase
from locales import text
from storage.records import Officer
from storage.store import Store

CONFIRM = f"{PATH}/adres"
"""Where its link leads: a page with one button."""


LOG = structlog.get_logger("gehoord.reminders")


async def ask(store: Store, officer: Officer, address: str, by: Setting, origin: str, now: datetime) -> None:
    """Send a link to an address that an officer wants notices at; it works once, for a day (`reach.WISH`).

    Raises `Later` and `Never` of `bot.delivery`; then nothing waits for a yes.
    """
    locale = await reach.language(store, officer.id, now=now) or "nl"
    token = await reach.wish(store, officer, address, now=now)
    try:
        await post.send(question(address, by.sender, f"{origin}{CONFIRM}/{token}", now, locale), by)
    except BaseException:
        await reach.forgo(store, officer, now=now)
        raise


def question(to: str, sender: str, link: str, now: datetime, locale: str) -> EmailMessage:
    """The mail with its link."""
    lead, go, foot = (text(Phrase(f"mail.address.{part}"), locale) for part in ("lead", "go", "foot"))
    subject = text(Phrase("mail.address.subject"), locale)
    plain = "\n\n".join((lead, link, foot)) + "\n"
    return dressed(
        "confirm.html", subject, to, sender, now, locale, plain, lead=lead, link=link, go=go, foot=foot
    )


async def tell_left(store: Store, by: Setting, now: datetime) -> int:
    """Tell every address that an officer left, once, that nothing comes there any more; returns how many took it.

    Who does not know of it hears so that somebody else changed it. What the mail server does not take now is tried
    again, for a day (`reach.WISH`).
    """
    count = 0
    for id, one in (await reach.left(store, now=now)).items():
        if not await reach.telling(store, id, now=now):
            continue
        locale = await reach.language(store, one.officer, now=now) or "nl"
        try:
            await post.send(farewell(id, one.address, by.sender, now, locale), by)
            count += 1
        except Later:
            continue
        except Never as error:
            LOG.info("address left untold", reason=error.reason)
        await reach.told(store, id, now=now)
    return count


def farewell(id: str, to: str, sender: str, now: datetime, locale: str) -> EmailMessage:
    """The mail to the address that was left; where mail goes now it does not say."""
    subject, lead, foot = (text(Phrase(f"mail.left.{part}"), locale) for part in ("subject", "lead", "foot"))
    made = dressed("left.html", subject, to, sender, now, locale, f"{lead}\n\n{foot}\n", lead=lead, foot=foot)
    made["Message-ID"] = f"<{id}@{sender.rpartition('@')[2]}>"
    return made
