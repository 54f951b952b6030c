"""Whether the client feels safe with the one complained of (IB-4a), said it already, and needs an interpreter."""

from flows.understand.findings import Finding
from flows.understand.lists import Lists
from flows.understand.phrases import Hits, Words, best, classes

_SHORT = 7


def _of(said: Words, hits: Hits, field: str, pattern: str) -> Finding | None:
    hit = best(hits.get(pattern, ()))
    if hit is None:
        return None
    return Finding(field, hit.id, said.said(hit.start, hit.end), (hit.start, hit.end))


def safe(said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None:
    """``no``: afraid of the staff member, or not safe with them; ``yes``: said not to be."""
    found = _of(said, hits, "safe", "safe")
    if found is None:
        return _bare(said, hits, "safe") if asked else None
    if asked or _of_staff(said, found):
        return found
    return Finding("safe", found.value, found.words, found.span, sure=False)


def _of_staff(said: Words, fear: Finding) -> bool:
    """Whether the fear is of a staff member: one is named in it, or is the only one whom "hem" can mean."""
    known, staff = classes(), classes()["staff"]
    starts = zip(said.known, said.starts, strict=True)
    if any(word in staff and fear.span[0] <= start < fear.span[1] for word, start in starts):
        return True
    all_words = set(said.known)
    others = known["partner"] | known["parent"] | known["sibling"] | known["family"] | known["neighbour"]
    return not all_words.isdisjoint(staff) and all_words.isdisjoint(others)


def talked(said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None:
    """How far the talk with the staff member came (BG-2, IB-1)."""
    return _of(said, hits, "talked", "talked") or (_bare(said, hits, "talked") if asked else None)


def _bare(said: Words, hits: Hits, field: str) -> Finding | None:
    """A short answer to the very question, in words that mean nothing elsewhere ("een beetje", "nog niet")."""
    return _of(said, hits, field, f"asked_{field}") if len(said.words) <= _SHORT else None


def interpreter(said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None:
    """Whether an interpreter is needed: ``yes`` or ``no``."""
    return _of(said, hits, "interpreter", "interpreter")
