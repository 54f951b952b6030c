"""What a client can do and is told: the rungs of the ladder, the questions, other ways in, facts, documents, limits."""

from typing import Literal

from flows.part import Clause, Label, Part

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


class Rung(Part, frozen=True):
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


class Ask(Part, frozen=True):
    """One question of a route: one field, or several that are asked together (contact).

    `required` says who wants it: ``law``, ``scheme`` (can be skipped, the consequence is said) or ``no``.
    """

    fields: tuple[str, ...]
    required: Literal["law", "scheme", "no"] = "no"
    clause: Clause = ()


class Way(Part, frozen=True):
    """Another way in, offered when the client stops, cannot go on, or asks: `contact` is a key of `contacts`."""

    kind: Literal["form", "email", "post", "municipality", "phone", "in_person", "online"]
    label: Label
    contact: str | None = None
    clause: Clause = ()


class Fact(Part, frozen=True):
    """Something the source states that clients are told where it helps: worded in the locales as ``fact.<id>``.

    `contact` is a key of `contacts`: where to turn for it, such as the address at which a dossier is asked for.
    """

    id: str
    contact: str | None = None
    clause: Clause = ()


class Link(Part, frozen=True):
    """A document of the organisation: `id` is ``regulation``, ``privacy`` or another; `url` when known."""

    id: str
    label: Label
    url: str | None = None
    clause: Clause = ()


class AgeLimit(Part, frozen=True):
    """Only what happened at most `years` ago is taken up (Awb 9:8). Older is explained, marked, never refused."""

    years: int
    clause: Clause = ()


class Wzd(Part, frozen=True):
    """The other regulation for involuntary care (Wet zorg en dwang): where it is and who supports there."""

    contact: str
    links: tuple[str, ...]
    clause: Clause = ()
