"""Who is complained of (BB-2), and who may not read it (BB-3c)."""

from flows.scheme import Scheme
from flows.understand.findings import Finding
from flows.understand.lists import Lists, matches
from flows.understand.phrases import STOPS, Hit, Words, classes

_MINE = frozenset("mijn m'n mn me een de die zo'n onze haar zijn hun another my the".split())


def about(said: Words, hits: list[Hit], lists: Lists, scheme: Scheme, *, asked: bool) -> Finding | None:
    """``staff``, ``organisation`` or ``party``: who the complaint is about."""
    partner = _party_hit(hits, scheme)
    if partner is not None:
        return Finding("about", "party", said.said(partner.start, partner.end), (partner.start, partner.end))
    staff = classes()["staff"]
    for at, word in enumerate(said.words):
        if word in staff:
            first = at - 1 if at and said.words[at - 1] in _MINE else at
            span = (said.starts[first], said.ends[at])
            return Finding("about", "staff", said.said(*span), span)
    named = next((hit for hit in hits if hit.field == "scheme_name"), None)
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


def _own(scheme: Scheme) -> str | None:
    """The party that is the organisation itself: the one that bears its name."""
    name = scheme.name.lower()
    return next(
        (party.id for party in scheme.parties if name in " ".join(party.label.values()).lower()), None
    )


def _party_hit(hits: list[Hit], scheme: Scheme) -> Hit | None:
    own = _own(scheme)
    return next((hit for hit in hits if hit.field == "scheme_party" and hit.id != own), None)


def party(said: Words, hits: list[Hit], lists: Lists, scheme: Scheme, *, asked: bool) -> Finding | None:
    """Which of the scheme's parties it is about."""
    if not scheme.parties:
        return None
    if asked:
        found = matches(said, lists.parties)
        if len(found) == 1:
            span = (said.starts[found[0].first], said.ends[found[0].last])
            return Finding("party", found[0].id, said.said(*span), span, found[0].sure)
    hit = _party_hit(hits, scheme)
    if hit is None:
        return None
    return Finding("party", hit.id, said.said(hit.start, hit.end), (hit.start, hit.end))


_NOBODY = frozenset(
    "dit het dat deze mijn klacht verhaal niemand iemand ik je jullie hij zij ze niet jij u".split()
)


def unreadable(said: Words, hits: list[Hit], *, asked: bool) -> Finding | None:
    """The names or roles of those who may not read it, in the client's words."""
    for hit in hits:
        match hit.field:
            case "unread_after":
                found = _before(said, hit.first)
            case "unread_before" | "unread_that" | "unread_not":
                found = _inside(said, hit)
            case _:
                continue
        if found is not None:
            return found
    return _whole(said) if asked else None


def _before(said: Words, at: int) -> Finding | None:
    """The people named just before word `at`: "Petra en mijn begeleider mogen …"."""
    first = at
    while first > 0 and at - first < 6 and said.words[first - 1] not in STOPS:
        first -= 1
    while first < at and said.words[first] in ("maar", "en", "dat", "want", "dus", "ik", "wil", "niet"):
        first += 1
    if first == at or said.words[first] in _NOBODY:
        return None
    span = (said.starts[first], said.ends[at - 1])
    return Finding("unreadable_by", said.said(*span), said.said(*span), span)


def _inside(said: Words, hit: Hit) -> Finding | None:
    return None


def _whole(said: Words) -> Finding | None:
    typed = said.text.strip()
    if not typed or all(word in STOPS for word in said.words):
        return None
    start = said.text.index(typed)
    return Finding("unreadable_by", typed, typed, (start, start + len(typed)))
