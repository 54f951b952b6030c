"""A scheme: one organisation's complaint regulation as data. Everything that differs between organisations.

Every key is documented here and in ``docs/schemes.md``; a test keeps the two alike. Wherever a key `clause`
stands, it names the rule of the source text that the data comes from (one id, or several). What a source does
not say stays empty and stands in `sign_off`: nothing is invented (law 2).
"""

from datetime import date
from typing import Literal

import msgspec

from flows.messages import Label as Text

Label = dict[str, str]
"""Words per locale: ``{nl: Haarlem, en: Haarlem}``; ``nl`` is always there. ``nl@u`` and ``nl@kind`` may be."""

Clause = str | tuple[str, ...]
Weekday = Literal["mo", "tu", "we", "th", "fr", "sa", "su"]
Unit = Literal["working_days", "days", "weeks", "months", "years"]
Regime = Literal["jeugdwet", "gesloten_jeugdhulp", "veilig_thuis", "wkkgz", "wmo", "awb", "wzd"]
RungKind = Literal[
    "talk",
    "online",
    "officer",
    "management",
    "confidant",
    "generalist",
    "mediation",
    "commission",
    "disputes",
]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Source(_Part, frozen=True):
    """Where the regulation was read: `title`, `url` if known, `checked` (the day someone compared it)."""

    title: str
    checked: date
    url: str | None = None


class SignOff(_Part, frozen=True):
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


class Hours(_Part, frozen=True):
    """Opening hours in Europe/Amsterdam: on `days`, from `opens` to `closes` (HH:MM). `of` says what is open."""

    days: tuple[Weekday, ...]
    opens: str
    closes: str
    of: Literal["chat", "phone", "office"] = "office"


class Contact(_Part, frozen=True):
    """How someone is reached. Only what the source gives; no phone number means no phone number.

    `label` names who answers. `post` is a postal address; a shelter's address never stands here. `steps` say
    what to do on the page at `form`. `free`: the source says that it costs nothing.
    """

    label: Label
    phone: str | None = None
    email: str | None = None
    url: str | None = None
    chat: str | None = None
    form: str | None = None
    post: str | None = None
    steps: Label | None = None
    hours: tuple[Hours, ...] = ()
    free: bool = False
    clause: Clause = ()


class Choice(_Part, frozen=True):
    """Something to choose from: a role, a subject or a party. `aliases` are other words for it, in any language.

    `flag` marks what the engine must know: ``decision`` (also hears of bezwaar), ``wzd`` (another regulation may
    apply), ``staff`` (a person is complained of), ``other``.
    """

    id: str
    label: Label
    aliases: tuple[str, ...] = ()
    flag: Literal["decision", "wzd", "staff", "other"] | None = None
    clause: Clause = ()


class Location(_Part, frozen=True):
    """A place or service. `regime` is the law that applies there (to be signed off), `confidants` who help there.

    `around` are places near it that people name instead.
    """

    id: str
    label: Label
    aliases: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    regime: Regime | None = None
    confidants: tuple[str, ...] = ()
    clause: Clause = ()


class Confidant(_Part, frozen=True):
    """A vertrouwenspersoon. `outside`: an independent body. `line`: the scheme's own, reachable by the line.

    `name` only where the source names a person. `for_all`: offered at every location. `unconfirmed`: the law
    asks for it but the source does not say it.
    """

    id: str
    contact: str
    role: Label
    name: str | None = None
    outside: bool = False
    line: bool = False
    for_all: bool = True
    free: bool = False
    anonymous: bool = False
    unconfirmed: bool = False
    says: tuple[str, ...] = ()
    clause: Clause = ()


class Recipient(_Part, frozen=True):
    """Who reads the complaints: `role` is its id, `label` its name. `names` where officers are known by name.

    `uninvolved`: only someone who was not involved may handle it. `if_nobody`: the contact that is told when
    nobody is left who may read it.
    """

    role: str
    label: Label
    names: tuple[str, ...] = ()
    uninvolved: bool = False
    if_nobody: str | None = None
    clause: Clause = ()


class Rung(_Part, frozen=True):
    """A step that a dissatisfied client can take. The order is advised and never a bar.

    `opens` says what opens it besides the rung before: ``at_once``, ``not_safe``, ``no_solution``,
    ``dissatisfied``, ``no_talk``. `asks` are the fields that its form or letter wants; `prepares` what is made
    ready: a ``form`` to copy or a ``letter``. `next` are the ways out. `text` is one plain sentence on it.
    `outside`: independent of the organisation, so the ladder may end here; commissions and disputes bodies always
    are. `rules` is the id of the link to its regulation, `support` the contact that helps on this rung, `told`
    the facts that are told with it.
    """

    id: str
    kind: RungKind
    label: Label
    text: Label
    contact: str | None = None
    confidant: str | None = None
    opens: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    prepares: Literal["form", "letter"] | None = None
    next: tuple[str, ...] = ()
    rules: str | None = None
    support: str | None = None
    told: tuple[str, ...] = ()
    outside: bool = False
    clause: Clause = ()


class Extension(_Part, frozen=True):
    """One extension, before expiry and with a reason: at most `count` `unit` (Awb 9:11, Wkkgz 17).

    `count` 0 sets no maximum: the law asks only for the reason and the new day (Jeugdwet 4.2.1(5)).
    """

    count: int
    unit: Unit
    clause: Clause = ()


class TermRule(_Part, frozen=True):
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


class Retention(_Part, frozen=True):
    """How long a case is kept after it is closed, in months. The source's `minimum`, the scheme's `maximum`.

    At the maximum it is destroyed, unless a hold with a reason defers it (`hold`).
    """

    maximum: int
    minimum: int | None = None
    hold: bool = True
    clause: Clause = ()


class Ask(_Part, frozen=True):
    """One question of a route: one field, or several that are asked together (contact).

    `required` says who wants it: ``law``, ``scheme`` (can be skipped, the consequence is said) or ``no``.
    """

    fields: tuple[str, ...]
    required: Literal["law", "scheme", "no"] = "no"
    clause: Clause = ()


class Way(_Part, frozen=True):
    """Another way in, offered when the client stops, cannot go on, or asks: `contact` is a key of `contacts`."""

    kind: Literal["form", "email", "post", "municipality", "phone", "in_person", "online"]
    label: Label
    contact: str | None = None
    clause: Clause = ()


class Fact(_Part, frozen=True):
    """Something the source states that clients are told where it helps: worded in the locales as ``fact.<id>``.

    `contact` is a key of `contacts`: where to turn for it, such as the address at which a dossier is asked for.
    """

    id: str
    contact: str | None = None
    clause: Clause = ()


class Link(_Part, frozen=True):
    """A document of the organisation: `id` is ``regulation``, ``privacy`` or another; `url` when known."""

    id: str
    label: Label
    url: str | None = None
    clause: Clause = ()


class AgeLimit(_Part, frozen=True):
    """Only what happened at most `years` ago is taken up (Awb 9:8). Older is explained, marked, never refused."""

    years: int
    clause: Clause = ()


class Wzd(_Part, frozen=True):
    """The other regulation for involuntary care (Wet zorg en dwang): where it is and who supports there."""

    contact: str
    links: tuple[str, ...]
    clause: Clause = ()


class Step(_Part, frozen=True):
    """A step that officers can take on a case of this scheme; `id` is one of `flows.steps.STEPS`."""

    id: str
    clause: Clause = ()


class Report(_Part, frozen=True):
    """A report on all cases: `to` whom, each `period`, with `what`; numbers under `suppress` are left out."""

    id: str
    period: Literal["year", "quarter"]
    to: Label
    what: tuple[str, ...]
    suppress: int = 5
    clause: Clause = ()


class Office(_Part, frozen=True):
    """When the organisation works: `days`, `hours` when known, and which public holidays it is `closed` on.

    Holidays by id of ``flows/calendar/holidays.tsv``; ``all`` means every statutory one.
    """

    days: tuple[Weekday, ...] = ("mo", "tu", "we", "th", "fr")
    closed: tuple[str, ...] = ("all",)
    hours: tuple[Hours, ...] = ()
    clause: Clause = ()


class Reminder(_Part, frozen=True):
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


class Reminders(_Part, frozen=True):
    """How officers are reminded of terms, in the hours of the `office`; every key has a default.

    `manager` is the role that hears of what is overdue. `if_nobody` is the contact, with an e-mail address, that is
    told when nobody is left who may be. `urgent`: whether danger is also told outside office hours.
    """

    ladder: tuple[Reminder, ...] = REMINDERS
    manager: str = "manager"
    if_nobody: str | None = None
    urgent: Literal["office", "always"] = "office"
    clause: Clause = ()


class Letter(_Part, frozen=True):
    """A letter that this scheme owes the client: `id` and the parts it must hold."""

    id: str
    parts: tuple[str, ...]
    clause: Clause = ()


class Scheme(_Part, frozen=True):
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
    theme: dict[str, str] = {}
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


def words(label: Label) -> Text:
    """A scheme's label as part of a message."""
    return Text(tuple(label.items()))
