"""Who is complained of (BB-2), and who may not read it (BB-3c)."""

from functools import cache

from flows.resources import table
from flows.understand.findings import Finding
from flows.understand.lists import Lists, matches
from flows.understand.phrases import STOPS, Hit, Hits, Words, classes
from flows.understand.text import fold

_MINE = frozenset(("mijn", "m'n", "mn", "me", "een", "de", "die", "onze", "haar", "zijn", "hun", "my", "the"))


def about(said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None:
    """``staff``, ``organisation`` or ``party``: who the complaint is about."""
    partner = _party_hit(hits, lists)
    if partner is not None:
        return Finding("about", "party", said.said(partner.start, partner.end), (partner.start, partner.end))
    staff = classes()["staff"]
    for at, word in enumerate(said.known if not staff.isdisjoint(said.known) else ()):
        if word in staff:
            first = at - 1 if at and said.words[at - 1] in _MINE else at
            span = (said.starts[first], said.ends[at])
            return Finding("about", "staff", said.said(*span), span)
    named = next(iter(hits.get("scheme_name", ())), None)
    if named is not None and asked:
        return Finding("about", "organisation", said.said(named.start, named.end), (named.start, named.end))
    if asked:
        return _asked_about(said)
    return None


def _asked_about(said: Words) -> Finding | None:
    for at, word in enumerate(said.words):
        id = {"organisatie": "organisation", "stichting": "organisation", "instelling": "organisation",
              "jullie": "organisation", "organisation": "organisation", "organization": "organisation",
              "partij": "party", "party": "party", "persoon": "staff", "iemand": "staff"}.get(word)  # fmt: skip
        if id is not None:
            span = (said.starts[at], said.ends[at])
            return Finding("about", id, said.said(*span), span)
    return None


def _party_hit(hits: Hits, lists: Lists) -> Hit | None:
    return next((hit for hit in hits.get("scheme_party", ()) if hit.id != lists.own_party), None)


def party(said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None:
    """Which of the scheme's parties it is about."""
    if asked:
        found = matches(said, lists.parties)
        if len(found) == 1:
            span = (said.starts[found[0].first], said.ends[found[0].last])
            return Finding("party", found[0].id, said.said(*span), span, found[0].sure)
    hit = _party_hit(hits, lists)
    if hit is None:
        return None
    return Finding("party", hit.id, said.said(hit.start, hit.end), (hit.start, hit.end))


def unreadable(said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None:
    """The names or roles of those who may not read it, in the client's words."""
    for hit in hits.get("unread_after", ()):
        found = _named(said, range(hit.first - 1, max(-1, hit.first - 7), -1))
        if found is not None:
            return found
    for hit in hits.get("unread_inside", ()):
        found = _named(said, range(hit.last, hit.first - 1, -1))
        if found is not None:
            return found
    for hit in hits.get("unread_to", ()):
        found = _named_after(said, hit.last + 1)
        if found is not None:
            return found
    return _whole(said) if asked else None


@cache
def _plain() -> frozenset[str]:
    """Words that name nobody: what stands around a name in these sentences."""
    return frozenset(fold(" ".join(words for _, words in table("understand/words/nobody.tsv"))).split())


def _named(said: Words, backwards: range) -> Finding | None:
    """The last run of words, going back, that may name someone: "Petra", "mijn begeleider en Joke"."""
    plain = _plain()
    first = last = -1
    for at in backwards:
        word = said.words[at]
        if word in STOPS:
            break
        names = word not in plain
        if last < 0 and names:
            first = last = at
        elif last >= 0 and (
            names or (word in _MINE and first == at + 1) or (word in ("en", "of") and first == at + 1)
        ):
            first = at
        elif last >= 0:
            break
    while first < last and said.words[first] in ("en", "of"):
        first += 1
    if last < 0:
        return None
    span = (said.starts[first], said.ends[last])
    return Finding("unreadable_by", said.said(*span), said.said(*span), span)


def _named_after(said: Words, first: int) -> Finding | None:
    """The words that name someone from `first` on: "de teamleider van Almere"."""
    words, plain = said.words, _plain()
    last, at = -1, first
    while at < len(words) and at < first + 6 and words[at] not in STOPS:
        if words[at] not in plain:
            last = at
        elif words[at] not in _MINE and words[at] not in ("van", "en", "of"):
            break
        at += 1
    if last < 0:
        return None
    span = (said.starts[first], said.ends[last])
    return Finding("unreadable_by", said.said(*span), said.said(*span), span)


def _whole(said: Words) -> Finding | None:
    typed = said.text.strip()
    if not typed or all(word in STOPS for word in said.words):
        return None
    start = said.text.index(typed)
    return Finding("unreadable_by", typed, typed, (start, start + len(typed)))
