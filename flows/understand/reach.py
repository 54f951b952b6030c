"""How and when someone wants to be reached, and whether what reaches them is seen by someone else.

Values are ids. `contact_how`: ``phone whatsapp sms email post talk writing``. `contact_when`: ``morning afternoon
evening night weekend workdays after_school school_hours monday … sunday always``, hours as ``after_HH:MM`` and
``before_HH:MM``; ``not_at_home`` is "not at home, or not when someone is". Each but the hours may stand with ``not_``
before it; "not after eight" is ``before_20:00``. `contact_safe` is ``yes`` or ``no``, and only when it is said.

The rules:

1. A channel or a time counts where the clause speaks to the organisation ("bel me niet 's avonds") or where that was
   asked; not in a story ("ze belden me elke avond").
2. "bel niet 's avonds" forbids the evening and not the telephone.
Pure; linear in the length of the text.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from flows.resources import table
from flows.understand import hours
from flows.understand.clauses import around
from flows.understand.findings import Context, Finding
from flows.understand.sayings import Match, Sayings, Words, is_mark, words
from flows.understand.text import fold
from flows.understand.whose import persons

Span = tuple[int, int]

_ASKS = frozenset({"contact_how", "contact_when"})
_NEAR = frozenset({"phone", "contact_safe", "email"})
_SPLITS = frozenset({"maar", "but", "ale", "але", "но", "ama", "لكن"})
_MOST_CLAUSES = 40
_LONGEST_CLAUSE = 40
"""Words: what goes on longer without a mark is read in pieces, so that time stays linear."""

_WITH_MAAR = frozenset(
    {"me", "mij", "stuur", "bel", "app", "mail", "doe", "gewoon", "sms", "schrijf", "liever"}
)
_AFTER_BUT = (
    ["niet"],
    ["wel"],
    ["alleen"],
    ["liever"],
    ["geen"],
    ["nooit"],
    ["ook"],
    ["ik"],
    ["dat"],
    ["app"],
    ["mail"],
)
_PARTICIPLES = frozenset(
    {"gebeld", "gemaild", "geappt", "geschreven", "gestuurd", "gekregen", "called", "emailed"}
)
_NOUNS = frozenset({"talk", "post", "writing"})
"""Channels whose words stand in many stories: they need a word of wishing beside them."""

_WISHES = frozenset(
    {
        "graag",
        "liever",
        "liefst",
        "alleen",
        "wil",
        "stuur",
        "mag",
        "kan",
        "rather",
        "prefer",
        "want",
        "please",
        "op",
    }
)
_SOMEONE = frozenset(
    {"de", "het", "the", "hem", "hen", "them", "him", "jullie", "112", "veilig", "jeugdstem"}
)
"""Words behind a channel that say that someone else is called: "bel de politie"."""

_HAVING = frozenset({"heb", "had", "hebben", "hadden", "heeft", "ben", "have"})


class _Target(NamedTuple):
    """A channel (``how``), a time (``when``), a no (``neg``), an only (``wel``) or a ``than``."""

    kind: str
    id: str
    first: int
    last: int


@cache
def _targets() -> Sayings[tuple[str, str]]:
    rows = table("understand/words/contact_reach.tsv")
    return Sayings((saying, (kind, id)) for kind, id, saying in rows if kind not in ("lead", "stray"))


@cache
def _words(name: str) -> frozenset[str]:
    rows = table("understand/words/contact_reach.tsv")
    return frozenset(key for kind, _, listed in rows if kind == name for key in words(fold(listed)).keys)


@cache
def _channels() -> frozenset[str]:
    rows = table("understand/words/contact_reach.tsv")
    return frozenset(
        key for kind, _, saying in rows if kind == "how" for key in words(fold(saying.replace("/", " "))).keys
    ) - {"de", "per", "via", "door", "over", "met", "in", "to", "by", "z", "بريد"}


@cache
def _times() -> frozenset[str]:
    """Words that can tell of a time behind a clause that speaks."""
    rows = table("understand/words/contact_reach.tsv")
    listed = (saying.replace("/", " ").replace("_", " ") for kind, _, saying in rows if kind == "when")
    return frozenset(key for saying in listed for key in words(fold(saying)).keys if len(key) > 3) | {
        "na",
        "voor",
        "tussen",
    }


@cache
def _safes() -> tuple[Sayings[str], Sayings[str]]:
    rows = table("understand/words/contact_safe.tsv")
    macros = {row[1]: tuple(row[2].split("|")) for row in rows if row[0] == "$"}
    anywhere = [(saying, value) for scope, value, saying in rows if scope == "any"]
    asked = [(saying, value) for scope, value, saying in rows if scope == "asked"]
    return Sayings(anywhere, macros), Sayings(asked, macros)


# --- clauses --------------------------------------------------------------------------------------------------


class _Clause:
    """The words from `first` to `last` (excluded) of a text, between marks and buts."""

    def __init__(self, folded: str, said: Words, first: int, last: int) -> None:
        self.first, self.last, self.said = first, last, said
        self.keys = said.keys[first:last]
        self.start, self.end = said.starts[first], said.ends[last - 1]
        self.folded = folded[self.start : self.end]
        found = _targets().find(self.keys)
        longest: list[_Target] = []
        for match in sorted(found, key=lambda m: (m.first, -m.last)):
            if (
                not longest
                or match.first >= longest[-1].last
                or (match.first == longest[-1].first and match.last == longest[-1].last)
            ):
                longest.append(_Target(*match.label, match.first, match.last))
        self.targets = longest

    def of(self, kind: str) -> list[_Target]:
        return [target for target in self.targets if target.kind == kind]

    def speaks(self) -> bool:
        """Whether the clause asks the organisation for something: only words of asking stand before the channel."""
        channels = self.of("how")
        if not channels or self._named():
            return False
        if channels[0].id in _NOUNS and _WISHES.isdisjoint(self.keys):
            return False
        lead = self.keys[: channels[0].first]
        if any(
            key not in _words("lead") and not key[0].isdigit() and not self._time(i)
            for i, key in enumerate(lead)
        ):
            return False
        if lead[-1:] == ["ik"] or ("ik" in lead and ("mag" in lead or "kan" in lead or "moet" in lead)):
            return False
        return not self._narrates(channels[0])

    def _named(self) -> bool:
        """Whether the clause is a label: "Mail: …"."""
        return len(self.keys) == 1 and self.said.keys[self.last : self.last + 1] == [":"]

    def _time(self, at: int) -> bool:
        return any(target.kind == "when" and target.first <= at < target.last for target in self.targets)

    def _narrates(self, channel: _Target) -> bool:
        """Whether someone else is called or writes: "bel mijn moeder", "bellen met de begeleider"."""
        behind = self.keys[channel.last : channel.last + 4]
        if any(
            key in persons() and key not in ("haar", "hem", "school", "werk", "opvang") for key in behind[:3]
        ):
            return "thuis" not in self.keys and "als" not in behind
        if behind and behind[0] in _SOMEONE and "nummer" not in behind:
            return True
        told = not _PARTICIPLES.isdisjoint(self.keys) and not _HAVING.isdisjoint(self.keys)
        return told or behind[:1] == ["met"] or any(key in around("say") for key in self.keys[:2])

    def only_times(self) -> bool:
        """Whether the clause is a time and nothing else: "alleen na school"."""
        return bool(self.of("when") or hours.HOURS.search(self.folded)) and all(
            key in _words("lead") or key[0].isdigit() or self._time(at) or key in hours.HOUR_WORDS
            for at, key in enumerate(self.keys)
        )


def _negated(clause: _Clause, target: _Target) -> bool:
    """Whether a no in this clause holds for `target`: the no before it, or right behind it and for nothing else."""
    negs, others = clause.of("neg"), clause.of("how") + clause.of("when")
    for neg in reversed(negs):
        if neg.last <= target.first:
            between = [
                t
                for t in clause.of("wel")
                if neg.last <= t.first < target.first and clause.keys[t.first] == "wel"
            ]
            if between:
                return False
            later_times = [t for t in clause.of("when") if t.first >= neg.last]
            timed = later_times or hours.HOURS.search(clause.folded)
            return not (target.kind == "how" and timed)
        if (
            neg.first >= target.last
            and not any(t.first >= neg.last for t in others)
            and not hours.HOURS.search(
                clause.folded, clause.said.starts[clause.first + neg.first] - clause.start
            )
        ):
            nearer = [t for t in others if target.last <= t.first < neg.first and t.kind == target.kind]
            return not nearer
    return False


def _how(clause: _Clause, lenient: bool) -> list[str]:
    """The channels that a clause asks for or forbids."""
    found: list[str] = []
    than = clause.of("than")
    times = bool(clause.of("when") or hours.HOURS.search(clause.folded))
    for target in clause.of("how"):
        if than and target.first >= than[0].last and target.first - than[0].last <= 1 and found:
            continue
        negated = _negated(clause, target)
        if not negated and times and clause.of("neg"):
            continue
        found.append(f"not_{target.id}" if negated else target.id)
    return [id for id in found if id != "sms" or "whatsapp" not in found]


def _when(clause: _Clause) -> list[str]:
    """The times that a clause asks for or forbids."""
    found: list[str] = []
    covered: list[Span] = []
    for match in hours.HOURS.finditer(clause.folded):
        before = clause.folded[: match.start()]
        negs = [
            t
            for t in clause.of("neg")
            if clause.said.ends[clause.first + t.last - 1] - clause.start <= len(before)
        ]
        ids = hours.ids(match, clause.folded, bool(negs))
        if ids:
            found += ids
            covered.append(match.span())
    for target in clause.of("when"):
        start = clause.said.starts[clause.first + target.first] - clause.start
        if any(low <= start < high for low, high in covered) or (covered and target.id == "evening"):
            continue
        negated = _negated(clause, target)
        if target.id == "at_home":
            if negated:
                found.append("not_at_home")
        elif not (target.id == "always" and negated):
            found.append(f"not_{target.id}" if negated else target.id)
    return found


def _clauses(said: Words) -> Iterator[tuple[int, int]]:
    """The first word of every clause and the word behind it."""
    first = 0
    size = len(said.keys)
    for at in range(size + 1):
        if at == size or _turns(said.keys, at) or (is_mark(said.keys[at]) and not _inside(said, at)):
            if at > first:
                yield first, at
            first = at + 1
        elif at - first == _LONGEST_CLAUSE:
            yield first, at
            first = at


def _turns(keys: list[str], at: int) -> bool:
    """Whether a but begins a clause: not in "bel me maar op …", "stuur maar een brief"."""
    if keys[at] not in _SPLITS:
        return False
    return (
        keys[at] != "maar" or not at or keys[at - 1] not in _WITH_MAAR or keys[at + 1 : at + 2] in _AFTER_BUT
    )


def _inside(said: Words, at: int) -> bool:
    """Whether the mark at `at` stands inside an hour: "16.30"."""
    return (
        said.keys[at] in (".", ":")
        and 0 < at < len(said.keys) - 1
        and said.keys[at - 1][0].isdigit()
        and said.keys[at + 1][0].isdigit()
        and said.ends[at - 1] == said.starts[at]
        and said.ends[at] == said.starts[at + 1]
    )


def _finding(text: str, field: str, ids: list[str], spans: list[Span]) -> Finding:
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return Finding(field, tuple(dict.fromkeys(ids)), text[start:end], (start, end))


def _ways(text: str, folded: str, said: Words, context: Context, taken: list[Span]) -> list[Finding]:
    """What is said about how and when."""
    lenient = context.asking in _ASKS
    if not lenient and _channels().isdisjoint(said.keys) and not taken and context.asking not in _NEAR:
        return []
    hows: list[str] = []
    whens: list[str] = []
    how_spans: list[Span] = []
    when_spans: list[Span] = []
    spoken = bool(taken) or context.asking in _NEAR
    for first, last in islice(_clauses(said), _MOST_CLAUSES):
        keys = said.keys[first:last]
        timed = spoken and any(key in _times() or key[0].isdigit() for key in keys)
        if not lenient and not timed and _channels().isdisjoint(keys):
            continue
        clause = _Clause(folded, said, first, last)
        speaks = clause.speaks()
        numbered = any(low < clause.end and clause.start < high for low, high in taken)
        if not (lenient or speaks or (spoken and clause.only_times())):
            continue
        if lenient and not speaks and not _words("stray").isdisjoint(clause.keys):
            continue
        spoken = spoken or speaks
        ids = _how(clause, lenient) if (lenient or speaks) and not numbered else []
        if ids:
            hows += ids
            how_spans.append((clause.start, clause.end))
        ids = _when(clause)
        if ids:
            whens += ids
            when_spans.append((clause.start, clause.end))
    found = [_finding(text, "contact_how", hows, how_spans)] if hows else []
    return found + ([_finding(text, "contact_when", whens, when_spans)] if whens else [])


def _asks(said: Words, match: Match[str]) -> bool:
    """Whether the sentence of this saying is a question."""
    for key in said.keys[match.last : match.last + 6]:
        if is_mark(key):
            return "?" in key or "\u061f" in key
    return False


def _safe(text: str, said: Words, context: Context) -> list[Finding]:
    """Whether someone else sees or hears it, if that is said."""
    anywhere, asked = _safes()
    found = anywhere.find(said.keys) if anywhere.hopeful(said.keys) else []
    if context.asking == "contact_safe":
        found += asked.find(said.keys)
    found = [match for match in found if not _asks(said, match)]
    if not found:
        return []
    best = max(found, key=lambda match: (match.last - match.first, match.label == "no"))
    start, end = said.starts[best.first], said.ends[best.last - 1]
    return [Finding("contact_safe", best.label, text[start:end], (start, end))]


def find(text: str, folded: str, said: Words, context: Context, taken: list[Span]) -> list[Finding]:
    """How, when and whether it is safe; `taken` are the places of numbers, addresses and refusals."""
    return _ways(text, folded, said, context, taken) + _safe(text, said, context)
