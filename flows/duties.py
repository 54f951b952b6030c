"""What the organisation owes and by when: terms, steps, letters, reports, keeping, its hours, and its reminders."""

from typing import Literal

from flows.part import Clause, Label, Part, Unit, Weekday
from flows.people import Hours


class Extension(Part, frozen=True):
    """One extension, before expiry and with a reason: at most `count` `unit` (Awb 9:11, Wkkgz 17).

    `count` 0 sets no maximum: the law asks only for the reason and the new day (Jeugdwet 4.2.1(5)).
    """

    count: int
    unit: Unit
    clause: Clause = ()


class TermRule(Part, frozen=True):
    """A term: `count` `unit` from the event `starts`, met by the event `ends`.

    `basis` ``scheme``: the scheme's own words, which do not roll; ``statutory``: set in a law, so the Algemene
    termijnenwet applies; ``agreed``: no count, the officer records the date. `tell`: the client is told the
    date. `who` owes it (``recipient``, ``party``, ``commission``, ``management``), or may use it (``client``).
    `pauses` are the steps during which it stands still. `lapses` are the steps after which it no longer applies,
    met or not. Terms of a law come from ``flows/regimes.tsv``, with the article as `clause`.
    """

    id: str
    label: Label
    starts: str
    ends: str
    count: int = 0
    unit: Unit = "days"
    basis: Literal["scheme", "statutory", "agreed"] = "scheme"
    tell: bool = True
    who: Literal["recipient", "party", "commission", "client", "management"] = "recipient"
    extension: Extension | None = None
    pauses: tuple[str, ...] = ()
    lapses: tuple[str, ...] = ()
    clause: Clause = ()


class Retention(Part, frozen=True):
    """How long a case is kept after it is closed, in months. The source's `minimum`, the scheme's `maximum`.

    At the maximum it is destroyed, unless a hold with a reason defers it (`hold`).
    """

    maximum: int
    minimum: int | None = None
    hold: bool = True
    clause: Clause = ()


class Step(Part, frozen=True):
    """A step that officers can take on a case of this scheme; `id` is one of `flows.steps.STEPS`."""

    id: str
    clause: Clause = ()


class Report(Part, frozen=True):
    """A report on all cases: `to` whom, each `period`, with `what`; numbers under `suppress` are left out."""

    id: str
    period: Literal["year", "quarter"]
    to: Label
    what: tuple[str, ...]
    suppress: int = 5
    clause: Clause = ()


class Office(Part, frozen=True):
    """When the organisation works: `days`, `hours` when known, and which public holidays it is `closed` on.

    Holidays by id of ``flows/calendar/holidays.tsv``; ``all`` means every statutory one.
    """

    days: tuple[Weekday, ...] = ("mo", "tu", "we", "th", "fr")
    closed: tuple[str, ...] = ("all",)
    hours: tuple[Hours, ...] = ()
    clause: Clause = ()


class Reminder(Part, frozen=True):
    """One rung of the reminders of a term; `id` says when it falls, `to` who gets it.

    ``half_way`` between the start and the last day, ``before`` so many working `days` before it, ``day`` on the
    day itself, ``overdue`` so many working `days` after it.
    """

    id: Literal["half_way", "before", "day", "overdue"]
    to: tuple[Literal["handler", "stand_in", "manager"], ...]
    days: int = 0


REMINDERS: tuple[Reminder, ...] = (
    Reminder("half_way", ("handler",)),
    Reminder("before", ("handler",), days=2),
    Reminder("day", ("handler", "stand_in")),
    Reminder("overdue", ("handler", "stand_in", "manager"), days=1),
)
"""The rungs where a scheme names none of its own."""


class Reminders(Part, frozen=True):
    """How officers are reminded of terms, in the hours of the `office`; every key has a default.

    `manager` is the role that hears of what is overdue. `if_nobody` is the contact, with an e-mail address, that is
    told when nobody is left who may be. `urgent`: whether danger is also told outside office hours.
    """

    ladder: tuple[Reminder, ...] = REMINDERS
    manager: str = "manager"
    if_nobody: str | None = None
    urgent: Literal["office", "always"] = "office"
    clause: Clause = ()


class Letter(Part, frozen=True):
    """A letter that this scheme owes the client: `id` and the parts it must hold."""

    id: str
    parts: tuple[str, ...]
    clause: Clause = ()
