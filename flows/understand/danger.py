"""Danger in a text: what a person says that may need help at once, in their own words (law 5).

Every inbound text passes here first. Help is shown once too often rather than once too few; a negation, an
idiom ("doodmoe", "slaat nergens op") or a film is not danger. Nothing is concluded about a person: an officer
sees the words. The words are data in ``words/danger_*.tsv``; `danger_patterns` says how they are written.
"""

from collections import Counter

import msgspec

from flows.understand.danger_hearing import Heard, hear
from flows.understand.danger_match import Match, matches
from flows.understand.danger_patterns import book
from flows.understand.negation import denied, long_ago, over

KINDS = (
    "now",
    "suicide",
    "self_harm",
    "violence",
    "sexual_abuse",
    "threat",
    "locked_up",
    "runaway",
    "forced_marriage",
    "exploitation",
    "honour_violence",
    "neglect",
)

_ENOUGH = 100
_NEAR = 5


class Danger(msgspec.Struct, frozen=True):
    """One thing said that may mean danger: ``words == text[span[0]:span[1]]``.

    `kind` is one of `KINDS`; ``neglect`` is having no food or bed, ``now`` that it happens at this moment.
    `past`: said to be over. `about` is ``self``, ``other`` or ``unknown``.
    """

    kind: str
    words: str
    span: tuple[int, int]
    past: bool
    about: str


def reviewed(locale: str) -> bool:
    """Whether someone reviewed this language's danger words; where not, the help lines are always in view."""
    language = book().languages.get(_language(locale))
    return language is not None and language.reviewed


def find(text: str, locale: str = "nl") -> tuple[Danger, ...]:
    """All danger in `text`, by place. Every language is listened for, whatever the `locale` is set to.

    Of each kind the first hundred places are looked at.
    """
    heard = hear(book(), text)
    said = list(_said(heard)) if heard.starts else []
    if not said:
        return ()
    alike = _alike(heard)
    past = list(matches(heard, "was"))
    found = []
    for match in said:
        kinds = [kind for kind in match.pattern.kinds if not _only_alike(match, kind, alike)]
        if kinds and not denied(heard, match):
            start, end = heard.span(match.first, match.last)
            gone = over(heard, match) or long_ago(heard, match, past)
            about = _about(heard, match)
            found += [Danger(kind, text[start:end], (start, end), gone, about) for kind in kinds]
    return _merged(text, found)


def about_helpline(text: str) -> frozenset[str]:
    """The ids of the help lines that `text` complains of: nobody is told to call whom they complain of."""
    heard = hear(book(), text)
    found = list(matches(heard, "about")) if heard.starts else []
    alike = _alike(heard) if found else {}
    return frozenset(
        id for match in found for id in match.pattern.kinds if not {id, "-"} & alike.get(match.first, set())
    )


def _language(locale: str) -> str:
    return locale.partition("@")[0].partition("-")[0].partition("_")[0].lower()


def _said(heard: Heard) -> list[Match]:
    """The matches of danger, bounded per kind so that a text of a million words stays quick."""
    count: Counter[tuple[str, ...]] = Counter()
    said = []
    for match in matches(heard, "say"):
        if count[match.pattern.kinds] < _ENOUGH:
            count[match.pattern.kinds] += 1
            said.append(match)
    return said


def _alike(heard: Heard) -> dict[int, set[str]]:
    """The places that only look like danger, with the kinds that they are not (``-``: none at all)."""
    alike: dict[int, set[str]] = {}
    for match in matches(heard, "not"):
        for place in match.places:
            alike.setdefault(place, set()).update(match.pattern.kinds or ("-",))
    return alike


def _only_alike(match: Match, kind: str, alike: dict[int, set[str]]) -> bool:
    """Whether the word that carries the meaning, or two of the words, belong to something harmless."""
    places = [place for place in match.places if {kind, "-"} & alike.get(place, set())]
    return match.anchor in places or len(places) > 1


def _about(heard: Heard, match: Match) -> str:
    """Whom it is about: "mij" near it, else a relative who is not the one who did it, else "ik"."""
    classes = match.pattern.language.classes
    me, kin = classes["me"], classes["kin"]
    norms = heard.norms[max(match.first - _NEAR, 0) : match.last + _NEAR + 1]
    followed = [*norms[1:], ""]
    if any(norm in me and after not in kin for norm, after in zip(norms, followed, strict=True)):
        return "self"
    doers = classes["by"]
    for place, norm in enumerate(norms):
        if norm in kin and not doers & set(norms[max(place - 2, 0) : place]):
            return "other"
    return "self" if any(norm in classes["self"] for norm in norms) else "unknown"


def _merged(text: str, found: list[Danger]) -> tuple[Danger, ...]:
    """Overlapping places of one kind as one; it is over only when all of it is."""
    merged: dict[str, list[Danger]] = {}
    for danger in sorted(found, key=lambda d: (d.span[0], -d.span[1])):
        places = merged.setdefault(danger.kind, [])
        if places and danger.span[0] < places[-1].span[1]:
            before = places.pop()
            start, end = before.span[0], max(before.span[1], danger.span[1])
            about = before.about if before.about != "unknown" else danger.about
            places.append(
                Danger(danger.kind, text[start:end], (start, end), before.past and danger.past, about)
            )
        else:
            places.append(danger)
    together = [danger for places in merged.values() for danger in places]
    return tuple(sorted(together, key=lambda d: (d.span, KINDS.index(d.kind))))
