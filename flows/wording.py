"""Values as parts of messages: which phrase, label or quote stands for what. No words of its own."""

from datetime import date

from flows import terms
from flows.answers import Answer, Value, When
from flows.fields import KINDS, NONE, UNKNOWN, label
from flows.messages import Arg, Day, Names, Number, Phrase, Quote, Span
from flows.once import per_scheme
from flows.scheme import Contact, Label, Scheme
from flows.scheme import words as of_scheme

REACH = (
    "phone", "whatsapp", "sms", "email", "post", "talk", "writing", "morning", "afternoon", "evening", "night",
    "weekend", "workdays", "after_school", "school_hours", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "always", "at_home",
)  # fmt: skip
"""How and when someone can be reached; each also with ``not_`` before it."""


def words(label: Label) -> Arg:
    """A scheme's label as part of a message."""
    return of_scheme(label)


def term(scheme: Scheme, id: str) -> Arg:
    """What a term is called, that of a law too; its id when no rule explains it any more."""
    rule = terms.rule_of(scheme, id)
    return words(rule.label) if rule is not None else id


def reach(id: str) -> Arg:
    """One way or time of being reached, such as ``not_evening`` or ``after_16:00``."""
    if id.startswith("not_"):
        return Phrase("reach.not", (("what", reach(id.removeprefix("not_"))),))
    for prefix in ("after_", "before_"):
        if id.startswith(prefix) and id not in REACH:
            return Phrase(f"reach.{prefix}hour", (("hour", id.removeprefix(prefix)),))
    return Phrase(f"reach.{id}") if id in REACH else Quote(id)


def value(scheme: Scheme, field: str, known: Value) -> Arg:
    """The words for one field's value."""
    if isinstance(known, When):
        return Span(known)
    if known == UNKNOWN:
        return Phrase("value.unknown")
    if known == NONE:
        return Phrase("value.none")
    if field == "phone":
        numbers = known if isinstance(known, tuple) else (known,)
        return Names(tuple(Number(number) for number in numbers))
    if field in ("contact_when", "contact_how"):
        return Names(tuple(reach(id) for id in (known if isinstance(known, tuple) else (known,))), "plain")
    if isinstance(known, tuple):
        return Names(tuple(label(scheme, field, id) for id in known), "plain")
    if field == "safe":
        return Phrase(f"value.safe.{known}")
    if field == "contact_safe":
        return Phrase(f"value.contact_safe.{known}")
    if KINDS[field] in ("choice", "yes_no"):
        return label(scheme, field, known)
    return Quote(known) if KINDS[field] == "text" else known


def answer(scheme: Scheme, field: str, given: Answer) -> Arg:
    """The words for an answer."""
    return value(scheme, field, given.value)


def day(iso: str) -> Day:
    """A day that is kept as ISO text."""
    return Day(date.fromisoformat(iso[:10]))


@per_scheme
def worker(scheme: Scheme) -> Arg:
    """How this organisation's clients call the one who helps them ("je begeleider")."""
    return of_scheme(scheme.worker) if scheme.worker else Phrase("value.worker")


@per_scheme
def reader(scheme: Scheme) -> Arg:
    """Who reads a complaint, by role."""
    return of_scheme(scheme.recipient.label) if scheme.recipient else Phrase("value.nobody")


def ways(contact: Contact) -> tuple[Arg, ...]:
    """Every way to reach a contact that the source gives, and no other."""
    found: list[Arg] = []
    if contact.phone:
        found.append(Phrase("contact.phone.free" if contact.free else "contact.phone",
                            (("number", contact.phone),)))  # fmt: skip
    if contact.email:
        found.append(Phrase("contact.email", (("email", contact.email),)))
    if contact.chat:
        found.append(Phrase("contact.chat", (("url", contact.chat),)))
    if contact.form:
        found.append(Phrase("contact.form", (("url", contact.form),)))
    if contact.url and contact.url not in (contact.form, contact.chat):
        found.append(Phrase("contact.url", (("url", contact.url),)))
    if contact.post:
        found.append(Phrase("contact.post", (("post", contact.post),)))
    return tuple(found)
