"""What a complaint is about, among the scheme's own subjects.

Two sources: general lists of kinds of subjects (`words/subject.tsv`), tied to a scheme's subject by its id, its
flag or a word in its label; and the scheme's own labels and aliases. Only what was said in so many words is sure
(weight 8 and up); a sign ("lachte mij uit") leaves the question open, since several may apply.
"""

from flows.scheme import Choice, Scheme
from flows.understand.findings import Finding
from flows.understand.lists import Lists, matches
from flows.understand.phrases import Hit, Words

_KINDS: dict[str, tuple[str, ...]] = {
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
SURE = 8


def of_kind(scheme: Scheme, kind: str) -> str | None:
    """The scheme's subject of this kind, or None."""
    probes = _KINDS[kind]
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


def find(said: Words, hits: list[Hit], lists: Lists, scheme: Scheme, *, asked: bool) -> Finding | None:
    """The subjects that this text names (several may apply), or None."""
    if asked:
        found = matches(said, lists.subjects)
        if found:
            first, last = min(match.first for match in found), max(match.last for match in found)
            span = (said.starts[first], said.ends[last])
            ids = tuple(match.id for match in sorted(found, key=lambda match: match.first))
            return Finding("subject", ids, said.said(*span), span, all(match.sure for match in found))
    weights: dict[str, int] = {}
    places: dict[str, Hit] = {}
    for hit in hits:
        if hit.field == "scheme_subject":
            id: str | None = hit.id
        elif hit.field == "subject":
            id = of_kind(scheme, hit.id)
        else:
            continue
        if id is not None and hit.weight > weights.get(id, 0):
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
