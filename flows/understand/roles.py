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
from flows.understand.lists import Lists, Match, matches
from flows.understand.phrases import STOPS, Hit, Hits, Words, best, classes

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


_NO = frozenset(("geen", "niet", "nooit", "not", "no"))
_ME = frozenset(("ik", "zelf", "ikzelf", "mezelf", "mijzelf", "mij", "myself", "me"))


_SIGNS = frozenset(("role", "relation", "scheme_role", "own_parent"))
"""The lists that say who someone is."""


class Said(NamedTuple):
    """One sign of who the writer is: the scheme's role, how much it says, and where."""

    role: str
    weight: int
    start: int
    end: int


def of_kind(lists: Lists, kind: str, words: Iterable[str] = ()) -> str | None:
    """The scheme's role for a kind of role; `words` are the ones that were used, "stiefmoeder" say."""
    for word in words:
        if any(word in classes()[name] for name in _CLASS.get(kind, ())):
            named = lists.role_words.get(word) or lists.role_words.get(word.removesuffix("s"))
            if named is not None:
                return named
    return lists.role_kinds[kind]


def _denied(said: Words, hit: Hit) -> bool:
    """Whether it is said not to be so: "ik ben geen cliënt", "ik ben haar moeder niet"."""
    words = said.words[hit.first : hit.last + 1]
    after = said.words[hit.last + 1 : hit.last + 3]
    denied = after[:1] == ["niet"] and (len(after) == 1 or after[1] in STOPS) and words[0] == "ik"
    return denied or not _NO.isdisjoint(words)


def _signs(said: Words, hits: Hits, lists: Lists, scheme: Scheme, *, asked: bool) -> list[Said]:
    found: list[Said] = []
    for hit in hits.get("scheme_role", ()):
        found.append(Said(hit.id, hit.weight, hit.start, hit.end))
    own = hits.get("own_parent", ()) if scheme.youth_care else ()
    bare = hits.get("asked_role", ()) if asked else ()
    for hit in (*hits.get("role", ()), *hits.get("relation", ()), *own, *bare):
        if _denied(said, hit):
            continue
        kind = _BY_RELATION[hit.id] if hit.field == "relation" else hit.id
        role = of_kind(lists, kind, said.known[hit.first : hit.last + 1])
        if role is not None:
            found.append(Said(role, hit.weight, hit.start, hit.end))
    return found


def find(
    said: Words, hits: Hits, lists: Lists, scheme: Scheme, asking: str | None
) -> tuple[Finding | None, Finding | None]:
    """The writer's role among those of the scheme, and for whom they speak. A client speaks for themselves."""
    if asking not in ("role", "behalf") and _SIGNS.isdisjoint(hits):
        return None, None
    role = _role(said, hits, lists, scheme, asked=asking == "role")
    whom = _behalf(said, hits, scheme, asked=asking == "behalf")
    client = role is not None and role.sure and role.value == of_kind(lists, "client")
    if client and whom is not None and whom.value != "self" and asking != "behalf":
        whom = None
    return role, whom


def _role(said: Words, hits: Hits, lists: Lists, scheme: Scheme, *, asked: bool) -> Finding | None:
    if not lists.roles:
        return None
    signs = _signs(said, hits, lists, scheme, asked=asked)
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
    elif len(found) > 1:
        found = _not_of(said, found)
    me = of_kind(lists, "client")
    if not found and me is not None and len(said.words) < 3 and said.words and said.words[0] in _ME:
        found = [Match(me, 0, 0, True)]
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


def _not_of(said: Words, found: list[Match]) -> list[Match]:
    """The matches without those that only say of whom: "huisarts van een cliënt" is no client."""
    found = sorted(found, key=lambda match: match.first)
    between = said.words[found[0].last + 1 : found[1].first]
    return found[:1] if not {"van", "of", "bij"}.isdisjoint(between) else found


def _by_class(said: Words, lists: Lists) -> list[Match]:
    for at, word in enumerate(said.known):
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


def _behalf(said: Words, hits: Hits, scheme: Scheme, *, asked: bool) -> Finding | None:
    """For whom the writer speaks, where that was said; in youth care "mijn zoon" says it."""
    hit = best(hits.get("relation", ()))
    if hit is None and scheme.youth_care:
        own = best(hits.get("own_parent", ()))
        named = own is not None and any(
            word in classes()["child"] for word in said.known[own.first : own.last + 1]
        )
        if own is not None and named:
            return Finding("behalf", "child", said.said(own.start, own.end), (own.start, own.end))
    if hit is not None:
        return Finding("behalf", hit.id, said.said(hit.start, hit.end), (hit.start, hit.end))
    if not asked:
        return None
    for at, word in enumerate(said.known):
        span = (said.starts[at], said.ends[at])
        if word in _ME:
            return Finding("behalf", "self", said.said(*span), span)
        for name, id in _BEHALF_CLASS:
            if word in classes()[name]:
                return Finding("behalf", id, said.said(*span), span)
    return None
