"""What can come in. Events are valid by construction: one that exists can be handed to `advance`."""

from typing import Literal

import msgspec

MAX_TEXT = 20_000
"""The longest text of one message, in characters. Longer is refused with a clear answer, and nothing is lost."""

LONG_TEXT = 4_000
"""From this length on, in characters, the client is told that all of it was kept."""

SentKind = Literal[
    "photo",
    "document",
    "voice",
    "video",
    "sticker",
    "location",
    "contact",
    "forwarded",
    "dice",
    "poll",
    "video_note",
    "animation",
    "quiz",
    "story",
    "giveaway",
    "paid_media",
    "web_app_data",
    "checklist",
    "game",
    "gift",
    "payment",
    "passport",
    "timer",
    "notice",
    "business",
    "unblocked",
    "other",
]
"""What is sent that is no text. The last ones are no messages but what the platform tells of somebody: ``timer``
(messages there go by themselves from now on), ``notice`` (anything else of the app's own), ``business`` (we were
let into chats with others) and ``unblocked`` (we may write again)."""


class _Event(msgspec.Struct, frozen=True, tag_field="type"):
    pass


class Started(_Event, frozen=True, tag="started"):
    """Someone opened the chat. `locale` is a wish (``nl``, ``nl@kind``, ``en``), or None for the scheme's first.

    `platform` is a key of `flows.platforms.PLATFORMS`.
    """

    platform: str
    locale: str | None = None


class Said(_Event, frozen=True, tag="said"):
    """The client typed this, as it came; empty and over-long texts are answered, not refused.

    `edited` marks the new text of a message that was sent before.
    """

    text: str
    edited: bool = False


class Chose(_Event, frozen=True, tag="chose"):
    """One or more offered options, by id."""

    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.ids or not all(self.ids):
            raise ValueError("a choice names at least one option")


class Sent(_Event, frozen=True, tag="sent"):
    """Something that is not text. `ref` names the stored attachment when the channel could keep it, else None.

    `caption` is text that came with it, read like any text. `removed` says what was taken out of a picture.
    `overheard` are words in it that are not kept (something forwarded, a poll): they are heard for danger.
    """

    kind: SentKind
    ref: str | None = None
    caption: str = ""
    name: str = ""
    removed: tuple[str, ...] = ()
    overheard: str = ""


class Filled(_Event, frozen=True, tag="filled"):
    """The plain form was filled in: what was `written` and what was `ticked`, by field, for this `route`.

    A field that is in neither was left open. See `flows.forms`.
    """

    route: str
    written: dict[str, str]
    ticked: dict[str, tuple[str, ...]] = {}

    def __post_init__(self) -> None:
        if not all(all(ids) and ids for ids in self.ticked.values()):
            raise ValueError("a ticked field names at least one option")


class TimePassed(_Event, frozen=True, tag="time_passed"):
    """Nothing was said, but it is `now`: drafts end, and questions that the client wished for come."""


class Happened(_Event, frozen=True, tag="happened"):
    """An officer's step on the client's case: ``contact_made``, ``solution_agreed`` … (`flows.steps.STEPS`).

    `on` is a day that the step sets (ISO), such as the date agreed for a solution. `reason` is why, where a
    step needs one (an extension): the client hears it. `case` is the case as it stands after the step where a store
    keeps it: its terms are then as the officer's own turn left them. Without it they are counted here.
    """

    id: str
    on: str | None = None
    reason: str = ""
    case: "Filed | None" = None


class Writing(msgspec.Struct, frozen=True):
    """Something that the organisation wrote to the client: when (ISO with zone), and its text as it was written."""

    at: str
    text: str


class Written(_Event, frozen=True, tag="written"):
    """An officer wrote to the client of this case. `text` is empty where the words may not stand in a chat that
    somebody else might see: then only that something was written is told, and the claim code opens it."""

    text: str = ""


class Claimed(_Event, frozen=True, tag="claimed"):
    """The store's answer to a claim code that the client typed: the case, or None when no case has that code.

    `writings` is what the organisation wrote to them, in order, opened by that code.
    """

    case: "Filed | None"
    writings: tuple[Writing, ...] = ()


class AskedToStop(_Event, frozen=True, tag="asked_to_stop"):
    """The client left by the platform's own way to stop (a stop button, quick exit)."""


class AskedToForget(_Event, frozen=True, tag="asked_to_forget"):
    """The client wiped the conversation by the platform's own way."""


class Deadline(msgspec.Struct, frozen=True):
    """A term's date on one case. `id` is the term's, `date` its last day (ISO, Europe/Amsterdam).

    `why` is the explanation, ready to render: see `flows.terms.Reason`.
    """

    id: str
    date: str
    why: "Reason"


class Reason(msgspec.Struct, frozen=True):
    """Why a deadline is the day it is (law 8): rule, start, calendar and roll, as data that a locale words.

    `count` and `unit` are the rule ("5 working_days"); `start` the day of the event (ISO); `skipped` the days
    that did not count and why, as (ISO date, holiday id or ``closed_weekday``), weekends left out; `rolled` the
    days over which a statutory term ran on: (ISO date, holiday id, ``saturday``, ``sunday``, ``decree`` or
    ``two_ordinary_days``, ATW 2); `basis` is ``scheme``, ``statutory`` or ``agreed``; `article` where a law sets
    it. `extended` is the last day before the extension (ISO). `paused_days` are the days (working days in a
    term of those) on which it stood still; `paused_since` the first such day while it still does.
    """

    count: int
    unit: str
    start: str
    event: str
    basis: str
    skipped: tuple[tuple[str, str], ...] = ()
    rolled: tuple[tuple[str, str], ...] = ()
    extended: str | None = None
    paused_days: int = 0
    paused_since: str | None = None
    article: str = ""


class Filed(msgspec.Struct, frozen=True):
    """What a conversation knows of a case that was filed: no content, only where it stands."""

    number: str
    status: str
    deadlines: tuple[Deadline, ...] = ()
    filed_on: str = ""
    done: tuple[str, ...] = ()


Event = (
    Started
    | Said
    | Chose
    | Sent
    | Filled
    | TimePassed
    | Happened
    | Written
    | Claimed
    | AskedToStop
    | AskedToForget
)
