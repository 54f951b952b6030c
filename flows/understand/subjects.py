"""What a complaint is about, among the scheme's own subjects.

Two sources: general lists of kinds of subjects (`words/subject.tsv`), tied to a scheme's subject by its id, its
flag or a word in its label; and the scheme's own labels and aliases. Only what was said in so many words is sure
(weight 8 and up); a sign ("lachte mij uit") leaves the question open, since several may apply.
"""

from flows.understand.findings import Finding
from flows.understand.lists import Lists, matches
from flows.understand.phrases import Hit, Hits, Words, covered

SURE = 8


def find(said: Words, hits: Hits, lists: Lists, *, asked: bool) -> Finding | None:
    """The subjects that this text names (several may apply), or None."""
    if asked:
        found = matches(said, lists.subjects)
        if found:
            first, last = min(match.first for match in found), max(match.last for match in found)
            span = (said.starts[first], said.ends[last])
            ids = tuple(match.id for match in sorted(found, key=lambda match: match.first))
            return Finding("subject", ids, said.said(*span), span, all(match.sure for match in found))
    denied = covered(hits.get("no_subject", ()))
    weights: dict[str, int] = {}
    places: dict[str, Hit] = {}
    for hit in (*hits.get("subject", ()), *hits.get("scheme_subject", ())):
        id = lists.subject_kinds.get(hit.id) if hit.field == "subject" else hit.id
        if id is None or hit.first in denied:
            continue
        if hit.weight > weights.get(id, 0):
            weights[id], places[id] = hit.weight, hit
    if not weights:
        return None
    return _decide(said, weights, places, asked=asked)


def _decide(said: Words, weights: dict[str, int], places: dict[str, Hit], *, asked: bool) -> Finding:
    least = SURE if max(weights.values()) >= SURE else (5 if asked else 6)
    kept = sorted((hit.start, id) for id, hit in places.items() if weights[id] >= least)
    ids = tuple(id for _, id in kept) or (max(weights, key=lambda id: weights[id]),)
    hit = places[ids[0]]
    sure = asked or max(weights.values()) >= SURE
    return Finding("subject", ids, said.said(hit.start, hit.end), (hit.start, hit.end), sure)
