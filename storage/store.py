"""The `Store`: what is kept, in the domain's words. Every engine keeps this contract (`tests/storage/contract.py`).

One turn::

    draft = await store.load(address)                                   # a new conversation: session None
    turn = advance(scheme, draft.session, event, now, fresh)            # pure
    done = await store.commit(address, draft.version, turn, bodies, inbound=update_id, now=now)
    parcel = done.first                                                 # from here on everything is durable
    while parcel:
        await channel.send(parcel.address, parcel.body)
        parcel = await store.delivered(parcel)                          # the next one of this conversation

`commit` is one transaction: session, effects, messages and the inbound id are kept together or not at all. Raised
errors are those of `storage.errors`; each verb names the ones to expect.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from flows.effects import Effect
from flows.events import Filed, Happened
from flows.session import Turn
from storage.absences import Absences
from storage.correspondence import Correspondence
from storage.duties import Duties
from storage.lines import Lines
from storage.officers import Unlocked
from storage.oversight import Oversight
from storage.records import (
    Access,
    Address,
    Attachment,
    CaseLine,
    Committed,
    Dossier,
    Draft,
    Due,
    Mark,
    Mouth,
    Notice,
    Officer,
    Parcel,
    Parked,
    Pile,
    Purged,
    Reader,
    Readiness,
    Standing,
    Status,
    Tombstone,
    Worklist,
)
from storage.reminding import Bearings, Reminding


class Conversations(Protocol):
    """Turns of clients."""

    async def load(self, address: Address, *, recent: bool = False) -> Draft:
        """The conversation at this address; `Draft.session` is None when it is new, wiped or older than 72 h.

        `recent`: for a turn, which `commit` keeps or refuses with `Conflict`: it may be as this process kept it last,
        within a few minutes, though another process went on with it since.
        """

    async def commit(
        self,
        address: Address,
        version: int,
        turn: Turn,
        outgoing: Sequence[bytes] = (),
        inbound: str | None = None,
        *,
        now: datetime,
        beside: bytes = b"",
    ) -> Committed:
        """Keep a whole turn: new session, effects, `outgoing` messages as rendered, and the `inbound` id.

        `version` is that of the draft the turn was made from. `inbound` is the platform's id of the message, or
        `Due.inbound`. `beside` is for the channel's own use; with a turn that files a case or wipes the
        conversation it may hold what that turn says and nothing older.
        Raises `Duplicate`, `Conflict`, `NumberTaken`, `NoRecipient`, `NoRecovery`, `UnknownCase`, `DiskFull`.
        """

    async def keep(self, address: Address, kind: str, name: str, data: bytes, *, now: datetime) -> str:
        """Keep a file the client sent, sealed as a draft, and return its reference (`Sent.ref`)."""

    async def stirred(self, longest: float) -> None:
        """Returns when something came for a conversation from outside it, after `longest` seconds at the latest.

        Where processes do not hear of each other it is always the latest: nobody relies on it but for being quick.
        """

    async def wakes(self, now: datetime, limit: int = 100) -> tuple[Due, ...]:
        """What waits for conversations from our own side, oldest first: time that came, steps of officers."""


class Outbox(Protocol):
    """Messages on their way out, per conversation in order."""

    async def claim(self, now: datetime, by: Collection[Mouth] | None = None) -> Parcel | None:
        """The oldest message of a conversation that is due and that nobody is delivering to; None when there is none.

        For the worker that delivers what a kill, a refusal or a pause left behind. `by`: only what goes out by
        these, since another process may have the others.
        """

    async def delivered(self, parcel: Parcel, *, now: datetime, mark: bytes = b"") -> Parcel | None:
        """The platform took it: it is forgotten here. Returns the next message of the same conversation.

        `mark` is what the platform called it, kept for `marks` in the same transaction.
        """

    async def postpone(self, parcel: Parcel, until: datetime) -> None:
        """Not now: try again at `until`. What comes after it waits too, so that order holds."""

    async def park(self, parcel: Parcel, reason: str, *, now: datetime) -> Parcel | None:
        """Never: the platform refuses it for good. Its content goes, `reason` (coded) stays. Returns the next."""

    async def marks(self, address: Address) -> tuple[bytes, ...]:
        """What the platform called the messages that came to this conversation, in order; they go after 72 h.

        They outlive a wipe: only then can the messages still be taken away on the platform.
        """

    async def unmark(self, address: Address) -> None:
        """The messages were taken away on the platform: forget what it called them."""

    async def undelivered(self, address: Address) -> tuple[bytes, ...]:
        """What still waits for this conversation, in order."""

    async def parked(self) -> tuple[Parked, ...]:
        """What will not be delivered, for the operator."""


class Cases(Protocol):
    """Filed cases, without and with a key."""

    async def case_for(self, scheme: str, claim_code: str) -> Filed | None:
        """The case that this claim code proves to be one's own, or None. Slow on purpose (argon2id)."""

    async def filed(self, number: str) -> Filed:
        """Where a case stands, without content. Raises `UnknownCase`."""

    async def cases(
        self, scheme: str | None = None, standing: Standing | None = None, limit: int = 1000
    ) -> tuple[CaseLine, ...]:
        """Cases without content, the newest first; only those that are still open, or closed, if asked for."""

    async def case(self, number: str) -> CaseLine:
        """One case without content. Raises `UnknownCase`."""

    async def timeline(self, number: str) -> tuple[Mark, ...]:
        """What happened on a case, coded, in order."""

    async def open_case(self, number: str, who: Unlocked, *, now: datetime, why: str = "opened") -> Dossier:
        """The whole case, for someone it is sealed to; logged with `why`, and what the client wrote counts as read.

        Raises `UnknownCase`, `NoAccess`, `KeyGone`, `Broken`.
        """

    async def open_attachment(self, number: str, ref: str, who: Unlocked, *, now: datetime) -> Attachment:
        """One file of a case; logged. Raises `UnknownAttachment` besides what `open_case` raises."""

    async def act(
        self,
        number: str,
        who: Unlocked,
        effects: Sequence[Effect] = (),
        step: Happened | None = None,
        text: str = "",
        status: Status | None = None,
        *,
        now: datetime,
    ) -> None:
        """An officer's step on a case: effects, a line on the timeline, a sealed note, another status.

        `step` also goes to the client's conversation, if that still exists (`wakes`).
        """

    async def notices(self, limit: int = 100, after: int = 0) -> tuple[Notice, ...]:
        """Notices that no officer has been sent yet, oldest first; those that come after the one with this id."""

    async def noticed(self, notice: Notice) -> None:
        """This notice was sent."""


class Office(Protocol):
    """Officers and their keys."""

    async def readiness(self, scheme: str, *, now: datetime | None = None) -> Readiness:
        """Whether the scheme can take complaints, and what it lacks, among it somebody who stands in.

        Without `now` no absence counts.
        """

    async def readers(
        self, scheme: str, roles: Sequence[str], refused: Sequence[str] = (), *, now: datetime | None = None
    ) -> tuple[Reader, ...]:
        """Who would read a complaint to these roles, without those refused by name; empty when nobody is left.

        With `now` also who stands in for one of them then.
        """

    async def officers(self, scheme: str | None = None) -> tuple[Officer, ...]:
        """All officers, disabled ones too."""

    async def add_officer(
        self, scheme: str, role: str, name: str, password: str, contact: str = "", *, now: datetime
    ) -> Officer:
        """A new officer with a key of their own. The first of a scheme is active; others wait for `approve`."""

    async def approve(self, officer: str, by: Unlocked, *, now: datetime) -> int:
        """Someone to whom complaints go lets a waiting officer in, and shares the cases of their role.

        The recovery key may too. Returns how many cases. Raises `UnknownOfficer`, and `NotTheirs` for whoever else.
        """

    async def disable(self, officer: str, *, now: datetime, by: Unlocked | None = None) -> int:
        """Close an officer's account and rotate the keys of what they could read; returns how many cases.

        Without `by` the rotation is done when a colleague next unlocks. Raises `LastRecipient`.
        """

    async def withdraw_reader(
        self,
        number: str,
        officer: str,
        by: Unlocked | None = None,
        effects: Sequence[Effect] = (),
        *,
        now: datetime,
    ) -> tuple[str, ...]:
        """This officer was involved: never again a reader of this case (BB-3c, Awb 9:7); kept on the timeline.

        With `by`, who can open it (the officer's own key will do), the case has a new key at once; else when a
        reader next unlocks, and until then the officer is refused here. `effects` are carried out with it.
        Returns the readers that remain (ids); with none only the recovery key opens it. Raises `UnknownCase`,
        `UnknownOfficer`.
        """

    async def reset_password(self, officer: str, password: str, by: Unlocked, *, now: datetime) -> int:
        """A new password and key for an officer, by a colleague or the recovery key; shares the cases again."""

    async def set_contact(self, officer: str, contact: str, *, now: datetime) -> None:
        """Where this officer gets notices. Raises `UnknownOfficer`."""

    async def change_password(self, who: Unlocked, password: str, *, now: datetime) -> None:
        """A new password for one's own key, which stays the same."""

    async def unlock(self, officer: str, password: str, *, now: datetime) -> Unlocked:
        """Open an officer's key. Raises `WrongPassword`, `Disabled`, `NotApproved`, `UnknownOfficer`."""

    async def set_recovery(self, scheme: str, public: str, typed: str, *, now: datetime) -> None:
        """Take a new recovery key into use, proved by typing it back. Raises `WrongRecovery`."""

    async def unlock_recovery(self, scheme: str, typed: str, *, now: datetime) -> Unlocked:
        """Open the scheme's cases with the recovery key. Raises `WrongRecovery`; logged."""

    async def logged(self, officer: str, what: str, *, now: datetime) -> None:
        """What an officer changed about their own account (coded) stands in the access log."""

    async def access_log(self, number: str | None = None) -> tuple[Access, ...]:
        """Who opened and did what, in order."""


class Retention(Protocol):
    """Forgetting on time."""

    async def purge(self, now: datetime, *, dry: bool = False) -> Purged:
        """Destroy all whose time has come: drafts over 72 h, day keys, inbound ids, cases and lines past theirs.

        Of lines nothing is told, not even how many: that there are lines is for their confidants only.
        """

    async def purge_in_turn(self, now: datetime) -> Purged | None:
        """`purge`, by one process of all each hour; None where another one did it."""

    async def hold(self, number: str, who: str, reason: str, *, now: datetime) -> None:
        """Defer the destruction of a case, by name and with a reason, sealed for the case's readers.

        Raises `UnknownCase`, `Held`, `NoHold`.
        """

    async def tombstones(self) -> tuple[Tombstone, ...]:
        """The cases that were destroyed, in order."""

    async def release(self, number: str, who: str, *, now: datetime) -> None:
        """End a hold. Raises `UnknownCase`."""

    async def rotate_process_key(self, now: datetime) -> int:
        """Take a new process key into use and move every row over to it; returns how many. Nothing stops for it."""


class Desk(Protocol):
    """What officers work from, and what the desk keeps for itself. A drawer never holds a client's words."""

    async def worklist(
        self,
        scheme: str,
        officer: str,
        *,
        today: str,
        soon: str,
        pile: Pile = "all",
        status: str | None = None,
        location: str | None = None,
        subject: str | None = None,
        term: str | None = None,
        closed: bool = False,
        whose: Callable[[Bearings], bool] | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> Worklist:
        """A page of the cases that are sealed to this officer, by their next term, and exact counts of each pile.

        Days are ISO texts. `term`: only where a term of this id runs. `whose`: only cases of which it is true; it
        is asked of each case of the officer, so without it a long list costs less.
        """

    async def can_open(self, number: str, officer: str) -> bool:
        """Whether the case is sealed to this officer. Raises `UnknownCase`."""

    async def lay(self, kind: str, id: str, body: bytes, *, until: datetime | None = None) -> None:
        """Put something in its drawer, in place of what lay there."""

    async def lay_once(self, kind: str, id: str, *, until: datetime | None, now: datetime) -> bool:
        """Lay a mark; False when one lies there that is not over: of all who try, one does."""

    async def look(self, kind: str, id: str, *, now: datetime) -> bytes | None:
        """What lies there, or None when there is nothing or it is over."""

    async def take(self, kind: str, id: str, *, now: datetime) -> bytes | None:
        """Take out what lies there: of all who try, one gets it."""

    async def drawer(self, kind: str, *, now: datetime) -> dict[str, bytes]:
        """All of one kind that is not over, by id."""


class Store(
    Conversations,
    Outbox,
    Cases,
    Correspondence,
    Office,
    Absences,
    Retention,
    Desk,
    Reminding,
    Duties,
    Lines,
    Oversight,
    Protocol,
):
    """Everything that is kept."""

    async def close(self) -> None:
        """Finish what was begun and close. Idempotent."""
