"""What kind of role or subject each of a scheme's own is: the bridge from general words to its lists.

A kind is looked for in a scheme by its ids, labels and aliases; what a scheme does not have becomes something wider.
"""

from typing import NamedTuple

from flows.scheme import Choice, Scheme
from flows.understand.phrases import STOPS, Words

_ROLES: dict[str, tuple[str, ...]] = {
    "client": ("client", "clienten", "bewoner", "klant", "deelnemer", "young", "jongere", "kind"),
    "parent": ("parent", "ouder", "moeder", "vader"),
    "partner": ("partner", "ex"),
    "family": ("relative", "familie", "familielid", "family", "naaste"),
    "friend": ("friend", "vriend", "naaste", "kennis"),
    "neighbour": ("buurvrouw", "buurman", "neighbour"),
    "private": ("private", "particulier"),
    "professional": ("professional", "verwijzer"),
    "other": ("other", "anders"),
}
_WIDER: dict[str, tuple[str, ...]] = {
    "client": (),
    "parent": ("family", "private", "other"),
    "partner": ("family", "private", "other"),
    "family": ("private", "other"),
    "friend": ("private", "other"),
    "neighbour": ("private", "other"),
    "private": ("neighbour", "other"),
    "professional": ("other",),
}

_SUBJECTS: dict[str, tuple[str, ...]] = {
    "treatment": ("treatment", "bejegening", "omging", "treated"),
    "decency": ("decency", "netjes", "fatsoenlijk", "decently"),
    "decision": ("decision", "beslissing", "besluit", "beslist"),
    "information": ("information", "informatie"),
    "practical": ("practical", "praktisch", "agreements", "afspraken"),
    "help": ("help", "hulp", "support"),
    "counsellor": ("counsellor", "begeleider", "coach"),
    "privacy": ("privacy", "gegevens"),
    "restraint": ("restraint", "vastgehouden", "dwang"),
    "contact": ("contact", "bereikbaarheid", "agreements"),
}


class Name(NamedTuple):
    """One of the words for a choice: `id` is the choice, `words` folded and without punctuation."""

    id: str
    words: tuple[str, ...]


def names(choices: tuple[Choice, ...]) -> tuple[Name, ...]:
    """Every label and alias of these choices, each split at "of" and commas where it lists several."""
    found: dict[Name, None] = {}
    for choice in choices:
        for written in (*choice.label.values(), *choice.aliases):
            words = tuple(word for word in Words(written).words if word not in STOPS)
            if words:
                found[Name(choice.id, words)] = None
    return tuple(found)


def _holds(names: tuple[Name, ...], word: str) -> str | None:
    """The role that is called so: by its id, or by a name of at most four words in which the word stands."""
    for name in names:
        if name.id == word or name.words == (word,):
            return name.id
    return next(
        (name.id for name in names if len(name.words) <= 4 and word in name.words and name.words[0] != "ik"),
        None,
    )


def _role(names: tuple[Name, ...], kind: str) -> str | None:
    for wider in (kind, *_WIDER.get(kind, ())):
        for probe in _ROLES[wider]:
            named = _holds(names, probe)
            if named is not None:
                return named
    return None


def role_kinds(names: tuple[Name, ...]) -> dict[str, str | None]:
    """For each kind of role the scheme's own, the nearest there is: a parent is family, any is "other"."""
    return {kind: _role(names, kind) for kind in _ROLES}


def _subject(scheme: Scheme, kind: str) -> str | None:
    probes = _SUBJECTS[kind]
    by_id = next((subject.id for subject in scheme.subjects if subject.id in probes), None)
    if by_id is not None:
        return by_id
    if kind == "restraint":
        return next((subject.id for subject in scheme.subjects if subject.flag == "wzd"), None)
    if kind == "decision":
        return next((subject.id for subject in scheme.subjects if subject.flag == "decision"), None)
    for probe in probes:
        for subject in scheme.subjects:
            if subject.flag != "other" and probe in _labelled(subject):
                return subject.id
    if kind in ("treatment", "decency"):
        return next((subject.id for subject in scheme.subjects if subject.flag == "staff"), None)
    return None


def _labelled(subject: Choice) -> str:
    return " ".join(subject.label.values()).lower()


def subject_kinds(scheme: Scheme) -> dict[str, str | None]:
    """For each kind of subject the scheme's own, or None."""
    return {kind: _subject(scheme, kind) for kind in _SUBJECTS}
