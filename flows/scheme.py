"""A scheme: one organisation's complaint regulation as data. Everything that differs between organisations.

Every key is documented here and in ``docs/schemes.md``; a test keeps the two alike. Wherever a key `clause`
stands, it names the rule of the source text that the data comes from (one id, or several). What a source does
not say stays empty and stands in `sign_off`: nothing is invented (law 2).

Its parts stand in ``people``, ``ways`` and ``duties``, and are all imported from here.
"""

from datetime import date

import msgspec

from flows import part
from flows.duties import (
    REMINDERS,
    Extension,
    Letter,
    Office,
    Reminder,
    Reminders,
    Report,
    Retention,
    Step,
    TermRule,
)
from flows.part import Clause, Label, Regime, Unit, Weekday, words
from flows.people import Choice, Confidant, Contact, Hours, Location, Recipient
from flows.ways import AgeLimit, Ask, Fact, Link, Rung, RungKind, Way, Wzd

__all__ = [
    "REMINDERS", "AgeLimit", "Ask", "Choice", "Clause", "Confidant", "Contact", "Extension", "Fact",
    "Hours", "Label", "Letter", "Link", "Location", "Office", "Recipient", "Regime", "Reminder",
    "Reminders", "Report", "Retention", "Rung", "RungKind", "Scheme", "SignOff", "Source", "Step",
    "TermRule", "Unit", "Way", "Weekday", "Wzd", "words",
]  # fmt: skip


class Source(part.Part, frozen=True):
    """Where the regulation was read: `title`, `url` if known, `checked` (the day someone compared it)."""

    title: str
    checked: date
    url: str | None = None


class SignOff(part.Part, frozen=True):
    """What the organisation has to confirm before it goes live: what the source does not say, or says unclearly.

    `about` are the key paths of the data meant, such as ``contacts.generalist`` or ``locations.haarlem.regime``
    (parts of a list by their id); where data is empty, `gehoord check` asks for an entry that is about it.
    `nl` says both in Dutch for those who sign, and `says` holds the words of the source, as they stand there.
    """

    what: str
    why: str
    nl: str = ""
    says: str = ""
    about: Clause = ()
    clause: Clause = ()


class Scheme(part.Part, frozen=True):
    """One organisation's complaint regulation.

    `hash` is filled in by the loader: the SHA-256 (first 12 hex digits) of the file's content; a case keeps it.
    """

    id: str
    name: str
    prefix: str
    version: str
    source: Source
    languages: tuple[str, ...]
    registers: tuple[str, ...]
    retention: Retention
    contacts: dict[str, Contact]
    human: tuple[str, ...]
    roles: tuple[Choice, ...]
    subjects: tuple[Choice, ...]
    ladder: tuple[Rung, ...]
    asks: dict[str, tuple[Ask, ...]]
    confidants: tuple[Confidant, ...]
    valid_from: date | None = None
    valid_until: date | None = None
    sign_off: tuple[SignOff, ...] = ()
    locations: tuple[Location, ...] = ()
    parties: tuple[Choice, ...] = ()
    recipient: Recipient | None = None
    ordered: bool = False
    ordered_clause: Clause = ()
    youth_care: bool = False
    worker: Label | None = None
    terms: tuple[TermRule, ...] = ()
    regimes: tuple[Regime, ...] = ()
    age_limit: AgeLimit | None = None
    wzd: Wzd | None = None
    ways: tuple[Way, ...] = ()
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    steps: tuple[Step, ...] = ()
    letters: tuple[Letter, ...] = ()
    reports: tuple[Report, ...] = ()
    office: Office = Office()
    reminders: Reminders = Reminders()
    theme: dict[str, str] = msgspec.field(default_factory=dict)
    small: bool = False
    hash: str = ""

    def fact(self, id: str) -> bool:
        """Whether the source states this fact."""
        return any(fact.id == id for fact in self.facts)

    def fact_contact(self, id: str) -> Contact | None:
        """Where to turn for what this fact states, or None when the scheme does not say."""
        named = next((fact.contact for fact in self.facts if fact.id == id), None)
        return self.contacts.get(named) if named else None

    def location(self, id: str) -> Location | None:
        """The location with this id."""
        return next((place for place in self.locations if place.id == id), None)

    def rung(self, id: str) -> Rung | None:
        """The rung with this id."""
        return next((rung for rung in self.ladder if rung.id == id), None)

    def confidants_at(self, location: str | None) -> tuple[Confidant, ...]:
        """Who can be offered to a client of `location` (an id, or None when unknown): BG-7a, BG-7b."""
        place = self.location(location) if location else None
        named = place.confidants if place else ()
        if named:
            return tuple(c for c in self.confidants if c.id in named)
        return tuple(c for c in self.confidants if c.for_all)
