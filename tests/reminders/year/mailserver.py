"""A mail server in a thread of its own, with bad days: boxes that are full or gone, lines that are cut, and kills."""

import asyncio
import os
import random
import re
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Literal, NamedTuple

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.reminders.post import Setting

Answer = Literal["taken", "taken_and_cut", "refused", "later", "busy", "cut", "down"]
TAKEN: frozenset[Answer] = frozenset({"taken", "taken_and_cut"})
LINK = re.compile(r"https?://\S+/bureau/herinnering/[\w-]+")


class Line(NamedTuple):
    """What a mail says of one case: its number, what is due, by when, and the links that act."""

    number: str
    what: str
    when: str
    links: tuple[str, ...]


class Attempt(NamedTuple):
    """One try to send a mail: when by the injected clock, to whom, what the server answered, and what the mail says.

    `id` and `lines` are empty where the server refused before it read the mail.
    """

    at: datetime
    to: str
    answer: Answer
    id: str = ""
    lines: tuple[Line, ...] = ()


class MailServer:
    """The server. `weather` says what becomes of mail to an address now; `chance` what becomes of one mail."""

    def __init__(self, weather: Callable[[str], Answer], chance: random.Random, troubled: float) -> None:
        self.tries: list[Attempt] = []
        self.now = datetime.min
        self.port = 0
        self.fatal: tuple[int, int, bool] | None = None
        """Kill process (number) at its so-many-th mail from now: before it hears the yes, or just after."""
        self.fired = False
        """Whether that kill is on its way: the process may still get to the end of what it does."""
        self.script: list[Answer] = []
        """What becomes of the next mails: ``taken`` or ``busy``. When it is over chance decides."""
        self._weather, self._chance, self._troubled = weather, chance, troubled
        self._ready, self._ended = threading.Event(), asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    @property
    def setting(self) -> Setting:
        """How mail is sent here."""
        return Setting("127.0.0.1", self.port, "gehoord@example.org", "off")

    def __enter__(self) -> "MailServer":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        make = lambda: SMTP(self, loop=self._loop, hostname="test")  # noqa: E731
        server = await self._loop.create_server(make, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._ended.wait()
        server.close()
        await server.wait_closed()
        others = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _note(self, to: str, answer: Answer, id: str = "", lines: tuple[Line, ...] = ()) -> None:
        self.tries.append(Attempt(self.now, to, answer, id, lines))

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Somebody wants to send."""
        if self._weather("") == "down":
            self._note("", "down")
            return "421 4.3.2 closing"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Somebody is to get a mail."""
        match self._weather(address):
            case "later":
                self._note(address, "later")
                return "450 4.2.1 not now"
            case "refused":
                self._note(address, "refused")
                return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """A mail came."""
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        read = str(mail["To"]), str(mail["Message-ID"]), lines_of(mail)
        luck = self._chance.random()
        if self.fatal is not None:
            return await self._kill(*read)
        luck = {"busy": 0.0, "taken": 1.0}[self.script.pop(0)] if self.script else luck
        if luck < self._troubled:
            self._note(read[0], "busy", *read[1:])
            return "451 4.3.0 busy"
        if luck < 2 * self._troubled:
            self._note(read[0], "cut", *read[1:])
            server.transport.close()
            return "451 4.3.0 gone"
        if luck < 2.5 * self._troubled:
            self._note(read[0], "taken_and_cut", *read[1:])
            server.transport.close()
            return "250 OK"
        self._note(read[0], "taken", *read[1:])
        return "250 OK"

    async def _kill(self, to: str, id: str, lines: tuple[Line, ...]) -> str:
        """This mail is taken; the process that sent it may not live to note that."""
        assert self.fatal is not None
        self._note(to, "taken", id, lines)
        pid, left, deaf = self.fatal
        self.fatal = (pid, left - 1, deaf) if left > 1 else None
        if left > 1:
            return "250 OK"
        self.fired = True
        if deaf:
            os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.02)  # it is gone before it could hear
        else:
            self._loop.call_later(self._chance.random() * 0.004, os.kill, pid, signal.SIGKILL)
        return "250 OK"


def lines_of(mail: EmailMessage) -> tuple[Line, ...]:
    """What a mail says, read from its plain text; the first block greets and the last says good-bye."""
    body = mail.get_body(("plain",))
    assert body is not None
    blocks = "\n".join(body.get_content().split("\r\n")).strip().split("\n\n")[1:-1]
    return tuple(_line(block.splitlines()) for block in blocks)


def _line(said: list[str]) -> Line:
    when = said[2] if not said[2].startswith("http") else ""
    return Line(said[0], said[1], when, tuple(LINK.findall("\n".join(said))))
