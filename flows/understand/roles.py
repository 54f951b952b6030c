"""Who the writer is and for whom they speak, from what they say of themselves and of the one it is about.

The ids of `behalf`: ``self`` (said in so many words only), ``child`` (the writer is the parent), ``partner``,
``parent`` (it is about the writer's mother or father), ``family``, ``friend``, ``client`` (a professional speaks
for one), ``other``.

A relation gives a *kind* of role; the scheme's own roles say which of them that is: first the very word
("stiefmoeder"), then the words for its kind, then a wider kind (a parent is family, family is a private person,
and any is "other").
"""

from collections.abc import Iterable
from typing import NamedTuple

from flows.scheme import Scheme
from flows.understand.findings import Finding
from flows.understand.lists import Lists, Match, Name, matches
from flows.understand.phrases import Hit, Words, best, classes

_PROBES: dict[str, tuple[str, ...]] = {
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
_CLASS: dict[str, tuple[str, ...]] = {
    "parent": ("parent",),
    "partner": ("spouse", "lover"),
    "family": ("family", "sibling"),
    "private": ("neighbour", "friend"),
    "professional": ("professional",),
}
_BY_RELATION = {
    "child": "parent",
    "partner": "partner",
    "parent": "family",
    "family": "family",
    "friend": "private",
    "client": "professional",
    "self": "client",
}


class Said(NamedTuple):
    """One sign of who the writer is: the scheme's role, how much it says, and where."""

    role: str
    weight: int
    start: int
    end: int
    sure: bool = True


def _holds(names: tuple[Name, ...], word: str) -> str | None:
    """The role that is called so: by its id, or by a name of at most four words in which the word stands."""
    for name in names:
        if name.id == word or name.words == (word,):
            return name.id
    return next(
        (name.id for name in names if len(name.words) <= 4 and word in name.words and name.words[0] != "ik"),
        None,
    )


def of_kind(lists: Lists, kind: str, words: Iterable[str] = ()) -> str | None:
    """The scheme's role for a kind of role; `words` are the ones that were used, "stiefmoeder" say."""
    known = {word for name in _CLASS.get(kind, ()) for word in classes()[name]}
    for word in words:
        if word in known:
            named = next((name.id for name in lists.roles if name.words == (word,)), None)
            if named is not None:
                return named
    for wider in (kind, *_WIDER.get(kind, ())):
        for probe in _PROBES[wider]:
            named = _holds(lists.roles, probe)
            if named is not None:
                return named
    return None


def _signs(said: Words, hits: list[Hit], lists: Lists, scheme: Scheme) -> list[Said]:
    found: list[Said] = []
    for hit in hits:
        if hit.field == "scheme_role":
            found.append(Said(hit.id, hit.weight, hit.start, hit.end))
            continue
        if hit.field == "role":
            kind = hit.id
        elif hit.field == "relation":
            kind = _BY_RELATION[hit.id]
        else:
            continue
        role = of_kind(lists, kind, said.words[hit.first : hit.last + 1])
        if role is not None:
            found.append(Said(role, hit.weight, hit.start, hit.end))
    return found


def find(said: Words, hits: list[Hit], lists: Lists, scheme: Scheme, *, asked: bool) -> Finding | None:
    """The writer's role among those of the scheme, or None."""
    if not lists.roles:
        return None
    signs = _signs(said, hits, lists, scheme)
    if asked:
        bare = _bare(said, lists)
        if bare is not None and (not signs or max(sign.weight for sign in signs) < 8):
            return bare
    if not signs:
        return None
    most = max(sign.weight for sign in signs)
    kept = sorted((sign for sign in signs if sign.weight == most), key=lambda sign: sign.start)
    roles = tuple(dict.fromkeys(sign.role for sign in kept))
    first = kept[0]
    longest = max((sign for sign in kept if sign.role == first.role), key=lambda sign: sign.end - sign.start)
    span = (longest.start, longest.end)
    words = said.said(*span)
    if len(roles) > 1:
        return Finding("role", roles[0], words, span, False, roles, "ambiguous")
    return Finding("role", first.role, words, span)


def _bare(said: Words, lists: Lists) -> Finding | None:
    """The answer to "who are you?" in a word or two: a name of a role, or a relation."""
    found = matches(said, lists.roles)
    if not found:
        found = _by_class(said, lists)
    if not found:
        return None
    span = (said.starts[found[0].first], said.ends[found[0].last])
    ids = tuple(match.id for match in found)
    if len(ids) > 1 or not found[0].sure:
        several = ids if len(ids) > 1 else ()
        return Finding(
            "role", ids[0], said.said(*span), span, False, several, "ambiguous" if several else None
        )
    return Finding("role", ids[0], said.said(*span), span)


def _by_class(said: Words, lists: Lists) -> list[Match]:
    for at, word in enumerate(said.words):
        for kind, names in _CLASS.items():
            if any(word in classes()[name] for name in names):
                role = of_kind(lists, kind, (word,))
                if role is not None:
                    return [Match(role, at, at, True)]
        other = (
            "client" if word in classes()["client"] else ("family" if word in classes()["child"] else None)
        )
        role = of_kind(lists, other) if other else None
        if role is not None:
            return [Match(role, at, at, True)]
    return []


_BEHALF_CLASS = (("child", "child"), ("spouse", "partner"), ("lover", "partner"), ("parent", "parent"),
                 ("sibling", "family"), ("family", "family"), ("neighbour", "friend"), ("friend", "friend"),
                 ("client", "client"))  # fmt: skip


def behalf(said: Words, hits: list[Hit], *, asked: bool) -> Finding | None:
    """For whom the writer speaks, where that was said."""
    hit = best(hit for hit in hits if hit.field == "relation")
    if hit is not None:
        return Finding("behalf", hit.id, said.said(hit.start, hit.end), (hit.start, hit.end))
    if not asked:
        return None
    for at, word in enumerate(said.words):
        span = (said.starts[at], said.ends[at])
        if word in ("mezelf", "mijzelf", "zelf", "ik", "mij", "myself", "me"):
            return Finding("behalf", "self", said.said(*span), span)
        for name, id in _BEHALF_CLASS:
            if word in classes()[name]:
                return Finding("behalf", id, said.said(*span), span)
    return None
