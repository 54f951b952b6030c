"""Bare answers: yes, no, "weet ik niet", "sla over", "geen", the numbers of options, and corrections.

The rules:

1. Exact words only, at the beginning of the text. What merely sounds like an answer is asked ("eigenlijk wel").
2. An answer that speaks against itself is none: "ja nee", "nee dat klopt", "ja maar dat klopt niet".
3. Where a word has another meaning too ("no one listened", "volgende week"), what follows decides.

Pure; no more than the beginning of a text is read for an answer.
"""

import re
from functools import cache
from typing import NamedTuple

from flows.once import per_scheme
from flows.resources import table
from flows.scheme import Scheme
from flows.understand.clauses import around
from flows.understand.findings import Context, Reply
from flows.understand.sayings import Match, Sayings, Words, is_mark, words
from flows.understand.text import fold

_OPEN = frozenset(
    {"story", "wish", "points", "name", "address", "phone", "email", "talked_how", "unreadable_by"}
)
"""Fields whose question cannot be answered with "prima"."""

_CAN_LACK = frozenset(
    {"phone", "email", "address", "name", "contact_how", "contact_when", "wish", "points", "location"}
)

_HEAD = 200
"""Characters in which an answer at the beginning must have ended."""

_MARKS_ALONE = frozenset("?\u061f-")
_ONLY_QUESTION = re.compile(r"[?\u061f]+")
_ONLY_DASHES = re.compile(r"-+")


class _Meaning(NamedTuple):
    kind: str
    follow: str


@cache
def _sayings() -> Sayings[_Meaning]:
    rows = table("understand/words/reply.tsv")
    return Sayings((saying, _Meaning(kind, follow)) for _, kind, follow, saying in rows)


@cache
def _class(name: str) -> frozenset[str]:
    rows = table("understand/words/reply_around.tsv")
    return frozenset(key for kind, listed in rows if kind == name for key in fold(listed).split())


def _follows(follow: str, keys: list[str], at: int) -> bool:
    """Whether what stands at word `at` may come behind an answer that wants `follow`."""
    while at < len(keys) and keys[at] in _class("after"):
        at += 1
    if at >= len(keys):
        return True
    if follow == "whole":
        return all(is_mark(key) for key in keys[at:])
    if follow == "open" or is_mark(keys[at]) or keys[at] in around("turn"):
        return True
    return follow == "talk" and keys[at] in _class("subject")


def _said(keys: list[str], at: int) -> Match[_Meaning] | None:
    """The longest answer that begins at word `at` and may be followed by what follows it."""
    if at >= len(keys):
        return None
    for match in reversed(_sayings().at(keys, at)):
        if _follows(match.label.follow, keys, match.last):
            return match
    return None


def _kind(kind: str, asking: str | None) -> str:
    match kind:
        case "fine" | "goes":
            return "ask" if asking in _OPEN else "yes"
        case "lack":
            return "none" if asking is None or asking in _CAN_LACK else "no"
    return kind


def _both(first: str, second: str) -> str:
    """What two answers after one another come to: the same, a refinement of a no, or nothing clear."""
    if first == second:
        return first
    if first == "no" and second in ("unknown", "skip", "none"):
        return second
    if {first, second} <= {"unknown", "skip"} or {first, second} <= {"none", "skip"}:
        return "skip"
    return "ask"


def _next(keys: list[str], at: int) -> int:
    """The first word from `at` on that is neither punctuation nor said behind any answer."""
    while at < len(keys) and (
        is_mark(keys[at]) or keys[at] in _class("after") or keys[at] in _class("before")
    ):
        at += 1
    return at


def find(text: str, context: Context) -> Reply | None:
    """The bare answer at the beginning of `text`, and where the rest begins; None when there is no clear one.

    "prima" and "doe maar" are a yes unless `context.asking` is an open question.
    """
    folded = fold(text[:_HEAD])
    stripped = text.strip()
    if stripped[:1] in _MARKS_ALONE:
        if _ONLY_QUESTION.fullmatch(stripped):
            return Reply("unknown", len(text))
        if _ONLY_DASHES.fullmatch(stripped):
            return Reply("skip", len(text))
    said = words(folded)
    listed = _sayings()
    keys = listed.unstretched(said)
    at = 0
    first = _said(keys, at)
    while first is None and at < len(keys) and (is_mark(keys[at]) or keys[at] in _class("before")):
        at += 1
        first = _said(keys, at)
    if first is None:
        return None
    kind, last = _kind(first.label.kind, context.asking), first.last
    while kind != "ask":
        behind = _next(keys, last)
        turned = behind
        while turned < len(keys) and keys[turned] in around("turn"):
            turned += 1
        more = _said(keys, turned)
        if more is None:
            break
        second = _kind(more.label.kind, context.asking)
        if turned != behind and second == kind:
            break
        kind, last = _both(kind, second), more.last
    if kind == "ask":
        return None
    if kind in ("yes", "no") and last < len(keys) and "?" in keys[last]:
        return None
    rest = _next(keys, last)
    return Reply(kind, said.starts[rest] if rest < len(keys) else _end(text, len(folded)))


def _end(text: str, read: int) -> int:
    """Where the rest of a text begins of which the first `read` characters hold the answer only."""
    return read + len(text[read:]) - len(text[read:].lstrip())


# --- the numbers of options -----------------------------------------------------------------------------------

_NUMBER_ITEM = re.compile(r"\d+(?=e\b|de\b|ste\b|st\b|nd\b|rd\b|th\b|\b|[^\W\d])|[^\W\d]+(?:'[^\W\d]+)*|\S")
_SUFFIX = frozenset({"e", "de", "ste", "st", "nd", "rd", "th"})
_BETWEEN = frozenset(",;&+/.)(:!\u060c")
_RANGE = re.compile(r"\bt ?/ ?m\b|\btm\b|\btot (?:en met|aan)\b|\bthrough\b")
_RANGE_PARTS = ("/", "tm", "tot ", "through")
"""What a range cannot be without: asked first, since looking for all of it takes longer."""
_INVISIBLE = re.compile("[\ufe0f\u20e3\u200d\u200e\u200f]")
_LONGEST_CHOICE = 120


@cache
def _numerals() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for kind, value, listed in table("understand/words/reply_number.tsv"):
        for word in fold(listed).split():
            found.setdefault(words(word).keys[0], []).append((kind, int(value)))
    return {word: tuple(meanings) for word, meanings in found.items()}


def _meaning(item: str, count: int) -> tuple[str, int] | None:
    """What one item of a choice is: ("number", 2), ("last", 1), ("and", 0) …; None for what is no choice."""
    if item.isdigit():
        return ("number", int(item)) if len(item) < 4 else None
    if item == "~":
        return "to", 0
    if item in _BETWEEN:
        return "and", 0
    meanings = dict(_numerals().get(item.replace("'", ""), ()))
    for kind in ("both", "number", "order", "last", "all", "and", "about"):
        if kind in meanings and not (kind == "both" and count != 2):
            return kind, meanings[kind]
    if len(item) == 1 and "a" <= item <= "z":
        return "number", ord(item) - ord("a") + 1
    return None


def numbers(text: str, count: int) -> tuple[int, ...] | None:
    """The options (1 … `count`) that `text` chooses, in the order said; None unless the whole text is a choice.

    "1 en 4", "1,4", "de eerste", "optie 2", "a", "allebei" (of two), "alle drie" (of three), "de laatste twee".
    """
    if len(text) > _LONGEST_CHOICE:
        return None
    folded = fold(text)
    if not folded.isascii():
        folded = _INVISIBLE.sub("", folded)
    if any(part in folded for part in _RANGE_PARTS):
        folded = _RANGE.sub("~", folded)
    items = _NUMBER_ITEM.findall(folded)
    chosen: list[int] = []
    before: tuple[str, int] | None = None
    for index, item in enumerate(items):
        if item in _SUFFIX and index and items[index - 1].isdigit():
            continue
        meaning = _meaning(item, count)
        if meaning is None:
            return None
        kind, value = meaning
        match kind:
            case "number" if before is not None and before[0] == "all":
                if value != count:
                    return None
            case "number" if before is not None and before[0] in ("order", "last"):
                if before[1] != 1 or value > count:
                    return None
                chosen[-1:] = (
                    range(1, value + 1) if before[0] == "order" else range(count - value + 1, count + 1)
                )
            case "number" | "order" if before is not None and before[0] == "to":
                chosen += range(chosen[-1], value + 1)
            case "to" if not chosen:
                return None
            case "number" | "order":
                chosen.append(value)
            case "last":
                chosen.append(count + 1 - value)
            case "all" | "both":
                chosen += range(1, count + 1)
        before = meaning
    if not chosen or not all(1 <= option <= count for option in chosen):
        return None
    return tuple(dict.fromkeys(chosen))


# --- corrections ----------------------------------------------------------------------------------------------

_SHORT = 160
"""Characters of a text that may be a correction as a whole."""

_FEW = 8
"""Words behind a "sorry" or a "nee" that may be a correction by themselves."""

_STARRED = re.compile(r"\s*\*\s?\w")
_NO = frozenset(("niet", "geen", "not", "nie", "не"))
_NOT_BUT = re.compile(
    rf"(?:^|[,.!] ?|\b(?:was|is|ben|op|in|het|heet) )(?:{'|'.join(sorted(_NO))}) "
    r"(\S+(?: \S+){0,3}?),? (?:maar|but|wel|tylko|ale|а) (\S.*)"
)
_BUT_NOT = re.compile(
    r"(?:het was |het is |op |in )?(\S+(?: \S+){0,2}?),? (?:en )?(?:niet|not) (?:op |in |on )?(\S+(?: \S+){0,2}?)[.! ]*"
)


@cache
def _corrections() -> Sayings[str]:
    return Sayings((saying, scope) for scope, saying in table("understand/words/reply_correction.tsv"))


@cache
def _dates() -> frozenset[str]:
    rows = table("understand/words/reply_date.tsv")
    return frozenset(key for (listed,) in rows for key in fold(listed).split())


@per_scheme
def _places(scheme: Scheme) -> frozenset[str]:
    """The longer words of the labels of the scheme's locations."""
    return frozenset(
        key
        for place in scheme.locations
        for label in place.label.values()
        for key in Words(fold(label)).keys
        if len(key) > 3
    )


def _telling(words_said: str, context: Context) -> bool:
    """Whether these words are of the kind that gets corrected: a number, a day, a month, a place, a value known."""
    keys = Words(words_said).keys
    if not (_dates().isdisjoint(keys) and _places(context.scheme).isdisjoint(keys)):
        return True
    known = {fold(value) for value in context.known.values() if isinstance(value, str)}
    return any(key[0].isdigit() or key in known for key in keys)


def correction(text: str, context: Context, intent: str | None = None) -> bool:
    """Whether `text` corrects something that was said before: "nee het was maandag", "ik bedoel haarlem".

    A long text is a story and never a correction, but for its beginning ("sorry, het was maandag. …"). `intent` is
    what `intents.find` reads in this text: a wish to change something corrects it.
    """
    if _STARRED.match(text):
        return True
    folded = fold(text[:_SHORT])
    said = words(folded)
    found = _corrections().find(said.keys)
    wrong, near = _class("wrong"), _class("near")
    head = 0
    for key in said.keys:
        if not (key in wrong or key in near or is_mark(key)):
            break
        head += 1
    told = [index for index in range(head) if said.keys[index] in wrong]
    if told:
        if any(match.label == "start" and told[0] < match.first <= head for match in found):
            return True
        left = said.keys[head:]
        if left and len(left) <= _FEW and left[0] not in _class("more"):
            typed = text[said.starts[head] : _SHORT]
            if _telling(folded[said.starts[head] :], context) or (len(left) < 3 and typed.istitle()):
                return True
    if len(text) > _SHORT:
        return False
    if any(match.label == "told" for match in found) and _telling(folded, context):
        return True
    if any(match.label == "any" or (match.label == "opens" and match.first == 0) for match in found):
        return True
    if not _NO.isdisjoint(said.keys):  # both say so, with a space on either side
        for match in (_NOT_BUT.search(folded), _BUT_NOT.fullmatch(folded)):
            if match and any(_telling(part, context) for part in match.groups()):
                return True
    return intent == "correct"
