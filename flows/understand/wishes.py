"""What the client wants, in their own words: the words after "ik wil graag", never rephrased (law 4)."""

from flows.understand.findings import Finding
from flows.understand.lists import Lists
from flows.understand.phrases import STOPS, Hit, Hits, Words, covered

_BREAKS = frozenset(("maar", "want", "omdat", "but", "because"))


def find(said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None:
    """The wish in this text; `asked`: the whole answer is the wish."""
    refused = covered(hits.get("not_wish", ()))
    for hit in sorted(hits.get("wish", ()), key=lambda hit: (hit.first, -hit.last)):
        if refused.isdisjoint(range(hit.first, hit.last + 1)):
            found = _after(said, hit) if hit.id == "after" else _before(said, hit)
            if found is not None:
                return found
    return _whole(said) if asked else None


def _after(said: Words, hit: Hit) -> Finding | None:
    """The words after the pattern, to the end of the sentence."""
    words = said.words
    first = hit.last + 1
    while first < len(words) and words[first] == ",":
        first += 1
    last = first
    while last < len(words) and words[last] != "." and not (last > first and words[last] in _BREAKS):
        last += 1
    while last > first and words[last - 1] in STOPS:
        last -= 1
    if last <= first:
        return None
    span = (said.starts[first], said.ends[last - 1])
    return Finding("wish", said.said(*span), said.said(*span), span)


def _before(said: Words, hit: Hit) -> Finding | None:
    """The words of the sentence before the pattern: Turkish puts wanting last."""
    first = hit.first
    while first > 0 and said.words[first - 1] not in STOPS:
        first -= 1
    if first == hit.first:
        return None
    span = (said.starts[first], said.ends[hit.first - 1])
    return Finding("wish", said.said(*span), said.said(*span), span)


def _whole(said: Words) -> Finding | None:
    typed = said.text.strip()
    if not typed or not any(word not in STOPS for word in said.words):
        return None
    start = said.text.index(typed)
    span = (start, start + len(typed))
    return Finding("wish", typed, typed, span)
