"""Whether the client feels safe with the one complained of (IB-4a), said it already, and needs an interpreter."""

from flows.understand.findings import Finding
from flows.understand.phrases import Hit, Words, best

_SHORT = 7


def _of(said: Words, hits: list[Hit], field: str, *patterns: str) -> Finding | None:
    hit = best(hit for hit in hits if hit.field in patterns)
    if hit is None:
        return None
    return Finding(field, hit.id, said.said(hit.start, hit.end), (hit.start, hit.end))


def safe(said: Words, hits: list[Hit], *, asked: bool) -> Finding | None:
    """``no``: afraid of the staff member, or not safe with them; ``yes``: said not to be."""
    return _of(said, hits, "safe", "safe") or (_bare(said, hits, "safe") if asked else None)


def talked(said: Words, hits: list[Hit], *, asked: bool) -> Finding | None:
    """How far the talk with the staff member came (BG-2, IB-1)."""
    return _of(said, hits, "talked", "talked") or (_bare(said, hits, "talked") if asked else None)


def _bare(said: Words, hits: list[Hit], field: str) -> Finding | None:
    """A short answer to the very question, in words that mean nothing elsewhere ("een beetje", "nog niet")."""
    return _of(said, hits, field, f"asked_{field}") if len(said.words) <= _SHORT else None


def interpreter(said: Words, hits: list[Hit]) -> Finding | None:
    """Whether an interpreter is needed: ``yes`` or ``no``."""
    return _of(said, hits, "interpreter", "interpreter")
