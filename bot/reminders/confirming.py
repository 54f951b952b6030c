"""The mail that asks whether an address is right. Without content: it says of nobody what they work on."""

from datetime import datetime
from email.message import EmailMessage

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
