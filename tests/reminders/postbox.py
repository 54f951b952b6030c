"""A real mail server on the loopback (aiosmtpd) that can be told to refuse, to cut off, or to be slow."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.reminders.post import Setting


class Postbox:
    """What came in, in order. `answers` are given instead of "taken", one for each mail; `refused` are addresses.

    `later` are addresses for which there is no room now.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answers: list[str] = []
        self.refused: set[str] = set()
        self.later: set[str] = set()
        self.cut = 0
        self.port = 0

    @property
    def setting(self) -> Setting:
        """How mail is sent here."""
        return Setting("127.0.0.1", self.port, "gehoord@example.org", "off")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Somebody is to get a mail."""
        if address in self.later:
            return "450 4.2.1 not now"
        if address in self.refused:
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """A mail came."""
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        read = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        self.mails.append(read)
        if self.cut:
            self.cut -= 1
            server.transport.close()
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to one address."""
        return [mail for mail in self.mails if mail["To"] == address]


def links(mail: EmailMessage) -> list[str]:
    """The links of a mail that act, as its plain text has them."""
    body = mail.get_body(("plain",))
    assert body is not None
    return re.findall(r"https?://\S+/bureau/herinnering/[\w-]+", body.get_content())


@asynccontextmanager
async def postbox(made: Postbox | None = None) -> AsyncIterator[Postbox]:
    """A mail server that is up."""
    box = made or Postbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, loop=loop, hostname="test"), "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
