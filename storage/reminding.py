"""Reminders: the queue of what is due, and the mails on their way to officers. Nothing here has content.

One sweep::

    lease = await store.begin_sweep(now)                       # one process of all; None: somebody else is at it
    rungs, news = await store.due_rungs(now), await store.notices()
    bearings = await store.bearings(rungs[0].number)           # who can read the case, and who had a part in it
    await store.post(lease, mails, rungs, news, now=now)       # one transaction: told and on its way, or neither
    while mail := await store.claim_mail(now):                 # without what is done meanwhile
        … send it under mail.id …
        await store.mailed(mail, now=now)

The queue is filled in the transaction that sets a term, and emptied in the one that ends it, so that a sweep looks
at what is due and at nothing else.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from flows.effects import Effect
from flows.events import Deadline, Happened
from storage.records import Notice, Status

Kind = Literal["digest", "urgent"]
"""What a mail is: all that is due for an officer at one moment, or what does not wait."""

ADDRESS = ""
"""Stands for an officer where the scheme's own address is told (`Reminders.if_nobody`)."""


class DueRung(msgspec.Struct, frozen=True):
    """A reminder whose moment came. `officer` is empty, or who asked to be reminded once more. `date` is the term's."""

    number: str
    scheme: str
    term: str
    rung: str
    date: str
    officer: str
    due: datetime


class Item(msgspec.Struct, frozen=True):
    """One line of a mail: what is due on a case, or (without a `rung`) what happened there, coded.

    `missed` are the earlier rungs that were not told in their time. `also` are the others who are told the same.
    """

    number: str
    what: str
    rung: str = ""
    date: str = ""
    missed: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class Mail(msgspec.Struct, frozen=True):
    """A mail on its way. `id` is made once and kept over all tries; it becomes the Message-ID.

    `past` are the officers whom it could not reach before. `tries` counts those that ended in a postponement,
    `lease` is the right of this process to send it. `again`: a try before this one never ended, so that it may have
    arrived.
    """

    id: str
    scheme: str
    officer: str
    kind: Kind
    items: tuple[Item, ...]
    since: datetime
    past: tuple[str, ...] = ()
    tries: int = 0
    lease: int = 0
    again: bool = False


class Bearings(msgspec.Struct, frozen=True):
    """Who has to do with a case, without a key: `readers` it is sealed to and `out` who must not hear of it.

    `out` are those who said that they had a part in it and those whom the client refused; where the client refused
    somebody, also who came later and does not read the case, since nobody can tell whether they are meant.
    `handler` was given the case last; `declared` said that they had no part in it, in order.
    """

    number: str
    scheme: str
    readers: tuple[str, ...]
    out: frozenset[str]
    handler: str | None
    declared: tuple[str, ...]
    location: str | None


class CaseTerm(msgspec.Struct, frozen=True):
    """A term that runs on a case."""

    number: str
    deadline: Deadline


class Reminding(Protocol):
    """What reminds officers."""

    async def replan(self, scheme: str, now: datetime) -> int:
        """Put the reminders of all running terms of a scheme where its hours and ladder have them now.

        Costs nothing when neither changed since the last time. What was told stays told. Returns how many terms
        were looked at.
        """

    async def stirring(self, now: datetime) -> bool:
        """Whether a sweep would find anything: one look, without a write."""

    async def begin_sweep(self, now: datetime) -> int | None:
        """The right to sweep, for two minutes; None while another process has it."""

    async def end_sweep(self, lease: int) -> None:
        """Give the right back."""

    async def due_rungs(self, now: datetime, limit: int = 1000) -> tuple[DueRung, ...]:
        """Reminders whose moment came and that were not told, the oldest first.

        At most `limit` of them, and besides all others that are due of the same terms.
        """

    async def bearings(self, number: str) -> Bearings:
        """Who has to do with a case. Raises `UnknownCase`."""

    async def bearings_of(self, numbers: Sequence[str]) -> dict[str, Bearings]:
        """Who has to do with each of these cases, at one look; without those that are not there."""

    async def post(
        self,
        lease: int,
        mails: Sequence[Mail],
        rungs: Sequence[DueRung] = (),
        notices: Sequence[Notice] = (),
        *,
        now: datetime,
    ) -> None:
        """Put mails on their way, and note what they tell as told, in one transaction.

        Raises `Conflict` when the right to sweep was lost meanwhile; then nothing was done.
        """

    async def put_off(self, rungs: Sequence[DueRung], until: datetime) -> None:
        """Not now: these come again at `until`."""

    async def claim_mail(self, now: datetime) -> Mail | None:
        """The next mail to send, for two minutes ours; None when there is none.

        What is done or moved meanwhile, or stands still, is left out; a mail of which nothing is left is dropped.
        """

    async def mailed(self, mail: Mail, *, now: datetime) -> None:
        """It was taken by the mail server."""

    async def hold_mail(self, mail: Mail, until: datetime, *, failed: bool) -> None:
        """Not now: it is tried again at `until`. `failed`: a try was made, and came to nothing."""

    async def divert(self, mail: Mail, reason: str, instead: Sequence[Mail], *, now: datetime) -> None:
        """It cannot reach this officer (`reason`, coded): others get it instead; without any it is parked."""

    async def pass_on(
        self, mail: Mail, items: Sequence[Item], instead: Sequence[Mail], *, now: datetime
    ) -> Mail | None:
        """These lines of it are not for this officer any more: others get them. Returns the rest, if there is any."""

    async def snooze(self, number: str, term: str, officer: str, until: datetime) -> bool:
        """Remind this officer once more at `until`; False when the term does not run any more, or stands still."""

    async def settle_from_afar(
        self,
        number: str,
        term: str,
        officer: str,
        effects: Sequence[Effect],
        step: Happened,
        status: Status | None,
        *,
        now: datetime,
    ) -> bool:
        """Take a step without opening the case, as an officer by a one-time link; logged.

        False when the term does not run any more. Raises `UnknownCase`, and `NoAccess` for who may not.
        """

    async def terms_for(self, scheme: str, officer: str) -> tuple[CaseTerm, ...]:
        """The terms that run on the cases of an officer, by date; not those in which they had a part."""

    async def tally(self) -> Mapping[str, int]:
        """How often since the beginning a mail was ``posted``, ``sent``, tried ``again`` after a kill, ``held``,
        ``dropped``, ``diverted`` or ``lost``."""
