"""People and places of a scheme: how they are reached, what can be chosen, who helps and who reads."""

from typing import Literal

from flows.part import Clause, Label, Part, Regime, Weekday


class Hours(Part, frozen=True):
    """Opening hours in Europe/Amsterdam: on `days`, from `opens` to `closes` (HH:MM). `of` says what is open."""

    days: tuple[Weekday, ...]
    opens: str
    closes: str
    of: Literal["chat", "phone", "office"] = "office"


class Contact(Part, frozen=True):
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


class Choice(Part, frozen=True):
    """Something to choose from: a role, a subject or a party. `aliases` are other words for it, in any language.

    `flag` marks what the engine must know: ``decision`` (also hears of bezwaar), ``wzd`` (another regulation may
    apply), ``staff`` (a person is complained of), ``other``.
    """

    id: str
    label: Label
    aliases: tuple[str, ...] = ()
    flag: Literal["decision", "wzd", "staff", "other"] | None = None
    clause: Clause = ()


class Location(Part, frozen=True):
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


class Confidant(Part, frozen=True):
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


class Recipient(Part, frozen=True):
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
