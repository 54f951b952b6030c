"""What a client wants of the conversation itself, in any state and also inside an answer.

The rules:

1. Only sayings of ``words/intent*.tsv`` count: never one that merely looks like them.
2. A saying has a scope: the whole text, a whole clause, the beginning of a clause, a brief text, or anywhere. Words of
   politeness around it do not count ("oké, stop dan maar").
3. What cannot be undone easily (`GRAVE`) is never read out of reported speech ("hij zei: stop", "ze riep dat ik
   moest stoppen, zei ze") nor out of the middle of a story: only at its beginning or its end.
4. Where several stand in a text, one inside a longer one gives way, then `RANK` decides, then the first.

Pure; linear in the length of the text.
"""

from functools import cache
from typing import NamedTuple

from flows.once import per_scheme
from flows.resources import table
from flows.scheme import Scheme
from flows.understand.clauses import Clauses
from flows.understand.findings import Context
from flows.understand.sayings import Match, Sayings, words
from flows.understand.text import fold

RANK = (
    "wipe", "withdraw", "confidant", "human", "commission", "wzd", "access", "status", "add", "message", "story",
    "suggestion", "complaint", "language", "correct", "who_reads", "privacy", "form", "stop", "restart", "back",
    "resume", "skip", "afraid", "help",
)  # fmt: skip
"""Every intent. When one text holds several, the one that stands first here is meant."""

GRAVE = frozenset({"stop", "wipe", "withdraw"})
"""What would be bad to do by mistake."""

LISTS = ("intent", "intent_en", "intent_more")

_WHO = frozenset({"role", "about", "party", "unreadable_by", "name", "subject", "language", "interpreter"})
"""Fields whose answer may be a bare noun such as "een medewerker" or "turks"."""

_BRIEF = 9
"""Words of a text in which a mood is a wish: "ik snap het niet" in a story is part of the story."""

_STRETCHED = 16
"""Words up to which stretched ones are read ("stoooop"): longer texts are stories."""

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


@per_scheme
def _first_names(scheme: Scheme) -> frozenset[str]:
    """The first names of the scheme's own confidants."""
    return frozenset(fold(confidant.name).split()[0] for confidant in scheme.confidants if confidant.name)


def _confidants(context: Context, keys: list[str]) -> list[str]:
    """The words with the first names of the scheme's own confidants read as what they are."""
    firsts = _first_names(context.scheme)
    if firsts.isdisjoint(keys):
        return keys
    return ["vertrouwenspersoon" if key in firsts else key for key in keys]


def _counts(match: Match[_Meaning], clauses: Clauses, asking: str | None) -> bool:
    intent, scope = match.label
    if scope in ("whole", "noun"):
        return clauses.whole(match.first, match.last) and not (scope == "noun" and asking in _WHO)
    if scope == "any":
        return True
    if scope == "brief" and len(clauses.keys) > _BRIEF:
        return False
    start = clauses.before(match.first)
    if start < 0:
        return False
    if scope in ("start", "brief"):
        return True
    end = clauses.after(match.last)
    if end < 0:
        return False
    return intent not in GRAVE or (clauses.outer(start, end) and not clauses.reported(start, end))


def _outermost(matches: list[Match[_Meaning]]) -> list[Match[_Meaning]]:
    """The sayings that do not lie inside a longer one."""
    kept: list[Match[_Meaning]] = []
    for match in sorted(matches, key=lambda match: (match.first, -match.last)):
        if not kept or match.last > kept[-1].last or match[:2] == kept[-1][:2]:
            kept.append(match)
    return kept


def _rank(match: Match[_Meaning]) -> tuple[int, int, int]:
    return RANK.index(match.label.intent), match.first, -match.last


def find(text: str, context: Context) -> tuple[str, tuple[int, int]] | None:
    """What the client wants of the conversation, with the place of the words that say so; None for nothing.

    The intent is one of `RANK`. Bare nouns ("een medewerker", "turks") are no wish where `context.asking` is a
    question that they answer.
    """
    said = words(fold(text))
    listed = _sayings()
    keys = listed.unstretched(said) if len(said.keys) < _STRETCHED else said.keys
    keys = _confidants(context, keys)
    found = listed.find(keys)
    if not found:
        return None
    clauses = Clauses(keys)
    held = [match for match in found if _counts(match, clauses, context.asking)]
    held = _outermost(held)
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
