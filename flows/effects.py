"""Orders, not yet done. A turn returns them; `bot.conversation` hands them to the store in the same transaction."""

import msgspec

from flows.answers import Answer
from flows.events import Deadline


class _Effect(msgspec.Struct, frozen=True, tag_field="type"):
    pass


class Intake(msgspec.Struct, frozen=True):
    """The completed, confirmed answers: what is sealed for the recipients.

    `kind` is the route (``complaint``, ``suggestion``, ``story`` …). `said` are all of the client's texts in
    order; `answers` by field. `flags` are coded: ``danger:violence``, ``older_than_allowed``, ``wzd``, ``child``,
    ``interpreter``, ``unsafe_contact``. `attachments` are refs. `skipped` were asked and not answered.
    """

    kind: str
    scheme: str
    scheme_version: str
    locale: str
    platform: str
    received: str
    answers: dict[str, Answer]
    said: tuple[str, ...]
    flags: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


class OpenCase(_Effect, frozen=True, tag="open_case"):
    """File this intake. `recipients` are the roles it is sealed to; `refused` the names it is not sealed to.

    `number` is the case's random number; `claim_code` is what the client alone keeps (only its hash is stored).
    """

    number: str
    claim_code: str
    intake: Intake
    recipients: tuple[str, ...]
    refused: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


class SetTerm(_Effect, frozen=True, tag="set_term"):
    """A deadline began on the case, or changed; `reason` is coded for the timeline."""

    number: str
    deadline: Deadline
    reason: str = "started"


class EndTerm(_Effect, frozen=True, tag="end_term"):
    """The deadline with this term id is met or falls away; `reason` is coded for the timeline."""

    number: str
    term: str
    reason: str


class Notify(_Effect, frozen=True, tag="notify"):
    """Tell a role of the organisation, without content, that something waits: `what` is coded."""

    number: str
    role: str
    what: str
    urgent: bool = False


class PassOn(_Effect, frozen=True, tag="pass_on"):
    """Something the client said about a filed case, for a person: withdraw, change, add, copy, unresolved …

    `text` is the client's words, sealed for the case's recipients. Nothing about the case changes by it alone.
    """

    number: str
    what: str
    text: str = ""
    attachments: tuple[str, ...] = ()


class Note(_Effect, frozen=True, tag="note"):
    """A content-free fact on the case's timeline (``client_says_contact_made`` …)."""

    number: str
    what: str


class Wake(_Effect, frozen=True, tag="wake"):
    """Send a `TimePassed` to this conversation at `at` (ISO with zone); a new one replaces the old."""

    at: str


class Forget(_Effect, frozen=True, tag="forget"):
    """Wipe this conversation: its session, its messages, its unsent attachments. Cases stay.

    `earlier`: only what was there before this turn, of somebody who came back too late and says something new.
    """

    earlier: bool = False


Effect = OpenCase | SetTerm | EndTerm | Notify | PassOn | Note | Wake | Forget
