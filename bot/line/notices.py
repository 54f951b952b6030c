"""A notice that there is an answer: only for who asked for it, to the one address that they gave.

It says nothing: no organisation, no name, no link. The address lies sealed under the line's own key and is gone with
the line (`storage.lines.Lines.notify_line`). A notice goes out some minutes after the answer, with what else is due,
so that its moment tells little; one that the mail server does not take is tried again the next time.
"""

import asyncio
import os
from email.message import EmailMessage

import structlog

from bot.delivery import Later, Never
from bot.reminders import post
from bot.web.services import Services
from flows.messages import Phrase
from locales import text
from storage.errors import StoreError

EVERY = 300.0
"""Seconds between two looks at who is to be told."""

LOG = structlog.get_logger("gehoord.line")


def setting(of: Services) -> post.Setting | None:
    """How mail goes out of this site; None where it does not."""
    if of.site.demo or of.site.origin is None:
        return None
    try:
        return post.setting(os.environ)
    except post.Wrong:
        return None


def able(of: Services) -> bool:
    """Whether a notice can be sent at all: else none is offered."""
    return setting(of) is not None


def sender(of: Services) -> str:
    """From whom a notice comes: that is what is seen of it."""
    found = setting(of)
    return found.sender if found is not None else ""


async def send_all(of: Services, by: post.Setting) -> int:
    """Tell everybody who waits; returns how many the mail server took."""
    sent = 0
    for notice in await of.store.line_notices():
        try:
            await post.send(message(notice.address, by.sender), by)
            sent += 1
        except Later:
            continue
        except Never as error:
            LOG.info("no notice", reason=error.reason)
        await of.store.line_noticed(notice)
    return sent


def message(to: str, sender: str) -> EmailMessage:
    """The mail: that there is something new, and nothing else."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, text(Phrase("mail.line.subject"), "nl")
    made.set_content(text(Phrase("mail.line.body"), "nl") + "\n")
    return made


async def run(of: Services) -> None:
    """Look and tell, until cancelled."""
    by = setting(of)
    while True:
        await asyncio.sleep(EVERY)
        if by is None:
            continue
        try:
            await send_all(of, by)
        except StoreError as error:
            LOG.error("no notices", error=type(error).__name__)
