"""What a client wants of the conversation itself, in any state and also inside an answer.

The rules:

1. Only sayings of ``words/intent*.tsv`` count: never one that merely looks like them.
2. A saying has a scope: the whole text, a whole clause, the beginning of a clause, or anywhere. Words of
   politeness around it do not count ("oké, stop dan maar").
3. What cannot be undone easily (`GRAVE`) is never read out of reported speech ("hij zei: stop", "ze riep dat ik
   moest stoppen, zei ze") nor out of the middle of a story: only at its beginning or its end.
4. Where several stand in a text, one inside a longer one gives way, then `RANK` decides, then the first.

Pure; linear in the length of the text.
"""

from functools import cache
from typing import NamedTuple

from flows.resources import table
from flows.understand.findings import Context
from flows.understand.sayings import Match, Sayings, is_mark, words
from flows.understand.text import fold

RANK = (
    "wipe", "withdraw", "confidant", "human", "commission", "wzd", "access", "status", "add", "message", "story",
    "suggestion", "complaint", "language", "correct", "who_reads", "privacy", "form", "stop", "restart", "back",
    "resume", "skip", "help",
)  # fmt: skip
"""Every intent. When one text holds several, the one that stands first here is meant."""

GRAVE = frozenset({"stop", "wipe", "withdraw"})
"""What would be bad to do by mistake."""

LISTS = ("intent", "intent_en", "intent_more")

_WHO = frozenset({"role", "about", "party", "unreadable_by", "name", "subject", "language", "interpreter"})
"""Fields whose answer may be a bare noun such as "een medewerker" or "turks"."""

_MOST_FILLERS = 8

_WISH_WITHIN = 200
"""Characters of a text in which the name of a language or a register is looked for."""


class _Meaning(NamedTuple):
    intent: str
    scope: str


@cache
def _sayings() -> Sayings[_Meaning]:
    rows: list[tuple[str, _Meaning]] = []
    macros: dict[str, tuple[str, ...]] = {}
    for name in LISTS:
        for _, intent, scope, saying in table(f"understand/words/{name}.tsv"):
            if intent == "$":
                macros[scope] = tuple(saying.split("|"))
            else:
                rows.append((saying, _Meaning(intent, scope)))
    return Sayings(rows, macros)


@cache
def _class(name: str) -> frozenset[str]:
    """The words of one class of ``intent_around.tsv``: ``filler``, ``turn`` (begins a clause), ``say``."""
    return frozenset(
        key
        for kind, listed in table("understand/words/intent_around.tsv")
        if kind == name
        for key in fold(listed).split()
    )


def _confidants(context: Context, keys: list[str]) -> list[str]:
    """The words with the first names of the scheme's own confidants read as what they are."""
    for confidant in context.scheme.confidants:
        if confidant.name:
            first = fold(confidant.name).split()[0]
            keys = ["vertrouwenspersoon" if key == first else key for key in keys]
    return keys


class _Clauses:
    """Where clauses begin and end around the words of a text."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys

    def before(self, first: int) -> int:
        """Where the clause begins of which word `first` is the first that counts; -1 when others stand before it."""
        for at in range(first - 1, max(-1, first - 1 - _MOST_FILLERS), -1):
            key = self.keys[at]
            if is_mark(key) or key in _class("turn"):
                return at + 1
            if key not in _class("filler"):
                return -1
        return 0 if first <= _MOST_FILLERS else -1

    def after(self, last: int) -> int:
        """Where the clause ends of which word `last` is the first behind it; -1 when others stand there."""
        size = len(self.keys)
        for at in range(last, min(size, last + _MOST_FILLERS)):
            key = self.keys[at]
            if is_mark(key) or key in _class("turn"):
                return at
            if key not in _class("filler"):
                return -1
        return size if size - last <= _MOST_FILLERS else -1

    def whole(self, match: Match[_Meaning]) -> bool:
        """Whether nothing that counts stands around this saying but itself again ("stop stop stop")."""
        own = self.keys[match.first : match.last]
        others = self.keys[: match.first] + self.keys[match.last :]
        if len(others) > 3 * _MOST_FILLERS:
            return False
        fillers, turns = _class("filler"), _class("turn")
        return all(is_mark(key) or key in fillers or key in turns or key in own for key in others)

    def reported(self, start: int, end: int) -> bool:
        """Whether someone is said to have said the clause: a word of saying in it, or just before or behind it."""
        say = _class("say")
        before = self.keys[max(0, start - 5) : start]
        behind = self.keys[end : end + 4]
        return any(key in say for key in before) or any(key in say for key in behind)

    def outer(self, start: int, end: int) -> bool:
        """Whether the clause stands at the beginning or at the end of the text."""
        return start <= _MOST_FILLERS or all(
            is_mark(key) or key in _class("filler") for key in self.keys[end : end + 2 * _MOST_FILLERS]
        )


def _counts(match: Match[_Meaning], clauses: _Clauses, asking: str | None) -> bool:
    intent, scope = match.label
    if scope in ("whole", "noun"):
        return clauses.whole(match) and not (scope == "noun" and asking in _WHO)
    if scope == "any":
        return True
    start = clauses.before(match.first)
    if start < 0:
        return False
    if scope == "start":
        return True
    end = clauses.after(match.last)
    if end < 0:
        return False
    return intent not in GRAVE or (clauses.outer(start, end) and not clauses.reported(start, end))


def _rank(match: Match[_Meaning]) -> tuple[int, int, int]:
    return RANK.index(match.label.intent), match.first, -match.last


def find(text: str, context: Context) -> tuple[str, tuple[int, int]] | None:
    """What the client wants of the conversation, with the place of the words that say so; None for nothing.

    The intent is one of `RANK`. Bare nouns ("een medewerker", "turks") are no wish where `context.asking` is a
    question that they answer.
    """
    said = words(fold(text))
    listed = _sayings()
    keys = _confidants(context, said.keys)
    if len(keys) < 2 * _MOST_FILLERS:
        keys = [listed.unstretched(key) for key in keys]
    found = listed.find(keys)
    if not found:
        return None
    clauses = _Clauses(keys)
    held = [match for match in found if _counts(match, clauses, context.asking)]
    held = [
        match
        for match in held
        if not any(
            other.first <= match.first
            and match.last <= other.last
            and other.last - other.first > match.last - match.first
            for other in held
        )
    ]
    if not held:
        return None
    best = min(held, key=_rank)
    return best.label.intent, (said.starts[best.first], said.ends[best.last - 1])


# --- languages and registers ----------------------------------------------------------------------------------


@cache
def _wishes(kind: str) -> Sayings[str]:
    rows = table("understand/words/intent_language.tsv")
    return Sayings((saying, value) for listed, value, saying in rows if listed == kind)


def _wish(kind: str, text: str) -> str | None:
    found = _wishes(kind).find(words(fold(text[:_WISH_WITHIN])).keys)
    return found[0].label if found else None


def language(text: str) -> str | None:
    """The language that `text` names: ``nl en tr pl uk ar``; None when it names none of these.

    Ask it where `find` says ``language``, or where the language is what was asked.
    """
    return _wish("language", text)


def register(text: str) -> str | None:
    """How someone wishes to be addressed, ``u``, ``je`` or ``kind`` (simpler words); None when they say nothing."""
    return _wish("register", text)
