"""The fields: when each applies, what can be chosen, and what hangs on what.

The rules of this file
 1. A field that does not apply is never asked, and a value it had is dropped.
 2. A field whose ground changed (``DEPENDS``) is asked again.
 3. What can be chosen comes from the scheme where the scheme has a list, else from the tables here.
"""

from collections.abc import Mapping
from typing import Literal

from flows.answers import Answer
from flows.messages import Arg, Option, Phrase
from flows.once import per_scheme
from flows.scheme import Choice, Location, Scheme, words

Kind = Literal["text", "choice", "choices", "yes_no", "date", "reach", "name", "age"]

KINDS: dict[str, Kind] = {
    "story": "text", "date": "date", "role": "choice", "location": "choice", "name": "name", "address": "reach",
    "phone": "reach", "email": "reach", "contact_how": "choices", "contact_when": "text", "contact_safe": "yes_no",
    "interpreter": "yes_no", "subject": "choices", "wish": "text", "points": "text", "about": "choice",
    "party": "choice", "unreadable_by": "text", "talked": "choice", "safe": "yes_no", "behalf": "choice",
    "age": "age", "register": "choice", "language": "choice",
}  # fmt: skip

CONTACT = ("name", "phone", "email", "address")
"""The fields that are one question, "how can you be reached", with several answers."""

DEPENDS: dict[str, tuple[str, ...]] = {
    "contact_safe": ("phone", "email"),
    "contact_when": ("phone",),
    "party": ("about",),
    "behalf": ("role",),
}
"""Field → the fields it rests on: when one of those changes, it is asked again."""

TALKED = ("not_yet", "dont_dare", "dont_want", "no_solution", "dissatisfied")
"""BG-2, IB-4a: how far the talk with the staff member came. Each of them leads on."""

BEHALF = ("self", "child", "partner", "parent", "family", "friend", "client", "other")
"""BG-3: whoever is near a client may complain for them, and for themselves."""

ABOUT = ("staff", "organisation", "party")
HOW = ("talk", "writing", "phone", "email")
UNSURE = frozenset({"safe", "contact_safe"})
"""Yes-or-no questions to which "I don't know" is an answer that is offered."""

NONE = "none"
UNKNOWN = "unknown"


_CONDITIONED = frozenset(
    ("contact_safe", "contact_when", "party", "behalf", "age", "location", "subject", "role")
)
"""The fields that do not always mean something."""


def applies(scheme: Scheme, field: str, answers: Mapping[str, Answer]) -> bool:
    """Whether this field means anything, given what is known so far."""
    if field not in _CONDITIONED:
        return True

    def value(name: str) -> object:
        answer = answers.get(name)
        return answer.value if answer else None

    match field:
        case "contact_safe":
            return any(value(way) not in (None, NONE, UNKNOWN) for way in ("phone", "email"))
        case "contact_when":
            return value("phone") not in (None, NONE, UNKNOWN)
        case "party":
            return bool(scheme.parties) and value("about") == "party"
        case "behalf":
            return value("role") not in (None, UNKNOWN, "client")
        case "age":
            return value("role") in (None, UNKNOWN, "client")
        case "location":
            return bool(scheme.locations)
        case "subject":
            return bool(scheme.subjects)
        case "role":
            return bool(scheme.roles)
    raise AssertionError(f"it is not said when {field} applies")


def _labels(choices: tuple[Choice, ...] | tuple[Location, ...]) -> tuple[Option, ...]:
    return tuple(Option(choice.id, words(choice.label)) for choice in choices)


def choices(scheme: Scheme, field: str) -> tuple[Option, ...]:
    """What can be chosen for a field; empty when it is answered in free words."""
    return _every_choice(scheme).get(field, ())


@per_scheme
def _every_choice(scheme: Scheme) -> dict[str, tuple[Option, ...]]:
    """What can be chosen, by field: each turn shows some of it."""
    return {field: _choices(scheme, field) for field in KINDS}


def _choices(scheme: Scheme, field: str) -> tuple[Option, ...]:
    match field:
        case "role":
            return _labels(scheme.roles)
        case "location":
            return _labels(scheme.locations)
        case "subject":
            options = _labels(scheme.subjects)
            has_other = any(subject.flag == "other" for subject in scheme.subjects)
            return options if has_other else (*options, Option("other", Phrase("option.other")))
        case "party":
            return _labels(scheme.parties)
        case "about":
            ids = ABOUT if scheme.parties else ABOUT[:2]
            return tuple(Option(id, Phrase(f"option.about.{id}", (("name", scheme.name),))) for id in ids)
        case "talked":
            return tuple(Option(id, Phrase(f"option.talked.{id}")) for id in TALKED)
        case "behalf":
            return tuple(Option(id, Phrase(f"option.behalf.{id}")) for id in BEHALF)
        case "contact_how":
            return tuple(Option(id, Phrase(f"option.contact_how.{id}")) for id in HOW)
        case "contact_safe":
            return (Option("yes", Phrase("option.yes")), Option("no", Phrase("option.contact_safe.no")))
        case "safe":
            return tuple(Option(id, Phrase(f"option.safe.{id}")) for id in ("no", "yes", UNKNOWN))
        case "interpreter":
            return (Option("yes", Phrase("option.yes")), Option("no", Phrase("option.no")))
        case _:
            return ()


def label(scheme: Scheme, field: str, id: str) -> Arg:
    """The words for one chosen id."""
    for candidate in choices(scheme, field):
        if candidate.id == id:
            return candidate.label
    return Phrase(f"value.{id}") if id in (UNKNOWN, NONE, "yes", "no") else id
