"""What goes into a store and comes out of it, in the domain's words. Times are aware datetimes."""

from datetime import datetime
from typing import Literal

import msgspec

from flows.answers import Answer
from flows.effects import Intake
from flows.events import Deadline, Event
from flows.reminding import Plan
from flows.session import Session

Status = str
"""Where a case stands: one of `flows.steps.STATUSES`."""
Standing = Literal["open", "closed"]
Missing = Literal["recipient", "recovery", "stand_in"]
OfficerState = Literal["active", "waiting", "disabled"]
EVERY_ROLE = "*"
"""The role of a practice officer, who receives what any role receives. Only practice has it."""
ADMINISTRATOR, CONFIDANT = "administrator", "confidant"
APART = frozenset({ADMINISTRATOR, CONFIDANT})
"""Roles that never receive a complaint: who keeps the accounts, and who has lines of their own."""


class Address(msgspec.Struct, frozen=True):
    """Where a conversation is held: the channel, the channel's own key for it (a chat id), and the scheme.

    The row is found by a keyed hash of this; the address itself, needed to reply, is kept sealed only.
    """

    channel: str
    key: str
    scheme: str


Mouth = tuple[str, str]
"""By which something goes out: a channel, and the scheme whose bot or account it is there."""


class Draft(msgspec.Struct, frozen=True):
    """A conversation as it stands: `session` is None when it is new or wiped; `version` goes back into `commit`.

    `beside` is what the channel asked to keep with it (the page so far); it lives and dies with the session.
    """

    session: Session | None
    version: int
    beside: bytes = b""


class Parcel(msgspec.Struct, frozen=True):
    """One message on its way out. `body` is what the channel rendered. `attempts` counts postponements.

    `lease` is the right of this process to deliver to the `conversation` (the store's own id of it), for a while.
    """

    id: int
    conversation: int
    address: Address
    body: bytes
    attempts: int
    lease: int


class Committed(msgspec.Struct, frozen=True):
    """A turn that is safely kept. `first` is what to deliver now; None when another process is at it."""

    version: int
    first: Parcel | None = None


class Due(msgspec.Struct, frozen=True):
    """Something of our own that waits for a conversation: its time came, or an officer did something.

    Hand `event` to `advance` and commit the turn with `inbound`: it then has its effect exactly once. `at` is the
    moment that was wished for, None for what an officer did.
    """

    address: Address
    event: Event
    inbound: str
    at: datetime | None = None


class Parked(msgspec.Struct, frozen=True):
    """A message that will not be delivered, and why (coded). Its content is gone."""

    id: int
    channel: str
    scheme: str
    reason: str
    since: datetime


class Keeping(msgspec.Struct, frozen=True):
    """How one scheme wants its cases kept.

    `months`: destroyed so long after the case was closed. `coded`: ids of the scheme (roles, locations, subjects,
    parties) that may stand in the clear for reports; words never do. `small`: so few clients that even those say
    who it is, so they are sealed too. `hold`: an officer may defer destruction with a reason. `confidants`: the
    roles that listen and receive no complaint. `recipients`: the roles that what comes in goes to; without any all that
    receive. `plan`: when its officers are reminded of terms.
    """

    months: int
    coded: frozenset[str] = frozenset()
    small: bool = False
    hold: bool = True
    confidants: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    plan: Plan = Plan()

    def receives(self, role: str) -> bool:
        """Whether an officer in this role may read complaints: what comes in, or in the place of a colleague."""
        return role not in APART and role not in self.confidants

    def addressed(self, role: str) -> bool:
        """Whether what comes in goes to officers in this role."""
        return self.receives(role) and (not self.recipients or role in (*self.recipients, EVERY_ROLE))


class Reader(msgspec.Struct, frozen=True):
    """Somebody who would read a complaint: their role and name, known before it is sent."""

    id: str
    role: str
    name: str


class Readiness(msgspec.Struct, frozen=True):
    """Whether a scheme can take complaints, and what it lacks. A missing stand-in does not stop it but is said."""

    ready: bool
    missing: tuple[Missing, ...] = ()


class Officer(msgspec.Struct, frozen=True):
    """Someone of the organisation. `public` is their age recipient; `contact` where notices go (sealed at rest)."""

    id: str
    scheme: str
    role: str
    name: str
    public: str
    state: OfficerState
    contact: str = ""


class Term(msgspec.Struct, frozen=True):
    """A deadline on a case and how it stands: ``running``, or the coded reason for which it ended."""

    deadline: Deadline
    state: str


class Mark(msgspec.Struct, frozen=True):
    """One line of a case's timeline: a coded fact without content, and who did it (``client`` or an officer)."""

    at: datetime
    what: str
    by: str = "client"


class CaseLine(msgspec.Struct, frozen=True):
    """What is known of a case without a key. `coded` are ids for reports, empty where the scheme seals them."""

    number: str
    scheme: str
    scheme_version: str
    kind: str
    status: Status
    received: datetime
    coded: dict[str, tuple[str, ...]]
    terms: tuple[Term, ...] = ()
    unread: int = 0
    closed: datetime | None = None
    destroy_after: datetime | None = None
    hold: str | None = None


class Entry(msgspec.Struct, frozen=True):
    """Something sealed on a case, opened: what a client said later, or an officer's note. `what` is coded."""

    id: int
    what: str
    at: datetime
    by: str
    text: str


class Attachment(msgspec.Struct, frozen=True):
    """A file that came with a case, opened."""

    ref: str
    kind: str
    name: str
    data: bytes


class Dossier(msgspec.Struct, frozen=True):
    """A whole case, opened by someone it is sealed to."""

    line: CaseLine
    intake: Intake
    refused: tuple[str, ...]
    entries: tuple[Entry, ...]
    timeline: tuple[Mark, ...]
    attachments: tuple[str, ...]

    def answer(self, field: str) -> Answer | None:
        """The client's answer to this field."""
        return self.intake.answers.get(field)


class Notice(msgspec.Struct, frozen=True):
    """A content-free notice that a role of the organisation should get."""

    id: int
    number: str
    scheme: str
    role: str
    what: str
    urgent: bool
    at: datetime


class Access(msgspec.Struct, frozen=True):
    """One line of the access log: who did what with which case. Append-only and without content."""

    at: datetime
    officer: str
    what: str
    number: str


class Tombstone(msgspec.Struct, frozen=True):
    """That a case was there and when it was destroyed: all that is left of it."""

    number: str
    scheme: str
    at: datetime


class Purged(msgspec.Struct, frozen=True):
    """What a purge destroyed (or would destroy): cases by number, and counts of the rest.

    `waiting` are cases whose time has come but that something defers, with what: a ``hold``, an ``unread`` reply, or a
    ``term`` that goes on (the client asked for their dossier).
    """

    cases: tuple[str, ...]
    drafts: int
    inbound: int
    expired: int
    days: tuple[str, ...]
    waiting: tuple[tuple[str, str], ...]
    dry: bool


Pile = Literal["all", "late", "due", "new", "waiting"]
"""Cases on a desk: past their next term · due within days · not begun · begun and not due yet."""


class Worklist(msgspec.Struct, frozen=True):
    """A page of an officer's cases by their next term, and how many there are in each `Pile`."""

    cases: tuple[CaseLine, ...]
    counts: dict[str, int]
