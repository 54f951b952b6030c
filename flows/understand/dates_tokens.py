"""A text as a row of items: words with their classes, numbers with what they can be, and punctuation."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise

import msgspec

from flows.understand.dates_lexicon import NOTHING, UNCLEAR_FROM, Classes, Lexicon
from flows.understand.dates_numbers import chain, compound

_CHAIN = r"\d+(?:[-/.:,]\d+)*"
_LETTER = r"[^\W\d_][\u0300-\u036f\u0640\u064b-\u0655]*"
_PLAIN = re.compile(rf"t/m\b|[a-z]+(?:'[a-z]+)*|{_CHAIN}|[^\s\w]")
_ANY = re.compile(rf"t/m\b|{_LETTER}(?:{_LETTER}|'(?=[^\W\d_]))*|{_CHAIN}|[^\s\w]")
_MARKS = dict.fromkeys([*range(0x300, 0x370), 0x640, *range(0x64B, 0x656)])
_SIGNS: Mapping[str, Classes] = {
    ",": {",": 1, "SEP": 1},
    "(": {"SEP": 1},
    ")": {")": 1},
    "-": {"SEP": 1, "DASH": 1, "TO": 1},
    "/": {"SLASH": 1, "OR": 1},
    ".": {"DOT": 1},
    "&": {"AND": 1},
    "½": {"NUM": 0.5, "HALF": 1},
}
_MONEY = frozenset("€$£")
_NO_NUMBER_BEFORE = frozenset("€$£%@_")
_OPENING = frozenset(["&"])
_NUMERALS = frozenset(["NUM", "ORD"])
_SUFFIXES = frozenset(["e", "de", "ste", "st", "nd", "rd", "th"])
_ARABIC_PREFIXES = ("وال", "بال", "فال", "لل", "ال", "و", "ب", "ف", "ل")


class Item(msgspec.Struct, eq=False, gc=False):
    """A word, a number, a sign, or what the grammar has read over several of them.

    `start` and `end` are places in the text, `classes` what it can be. `end_of_phrase` tells a sign from words.
    """

    start: int
    end: int
    classes: Classes
    word: str = ""
    end_of_phrase: bool = False

    def __repr__(self) -> str:
        return f"<{self.word or '…'} {dict(self.classes)}>"


def items(folded: str, lexicon: Lexicon) -> list[Item]:
    """The items of a folded text. Linear in its length. Words that are in no list become one item together."""
    found: list[Item] = []
    add = found.append
    words = lexicon.words
    glued_to = -1
    last: Item | None = None
    mail = -1
    end = 0
    plain = folded.isascii()
    for piece in (_PLAIN if plain else _ANY).findall(folded):
        start = folded.index(piece, end)  # only what begins no piece lies before it
        end = start + len(piece)
        first = piece[0]
        if start == mail:
            mail = end
            last = None
            add(Item(start, end, NOTHING, piece))
        elif first.isalpha() or (first.isalnum() and not first.isdecimal()):
            if start == glued_to and piece in _SUFFIXES:
                _ordinal(found[-1], end)
                continue
            classes = words.get(piece)
            if classes is None:
                short = len(piece) < UNCLEAR_FROM and plain and piece.isalpha()
                classes = NOTHING if short else _unlisted(piece, start, lexicon, found)
                if classes is None:
                    last = None
                    continue
                if classes is NOTHING and last is not None:
                    last.word = piece
                    last.end = end
                    continue
            item = Item(start, end, classes, piece)
            last = item if classes is NOTHING else None
            add(item)
        elif first.isdecimal():
            add(_digits(found, piece, folded, start))
            glued_to = end
            last = None
        else:
            if piece == "@":
                _address(found, start)
                mail = end
            elif piece == "'" and not folded[max(0, start - 1) : start].isalnum():
                continue  # a quotation mark, or that of "'s avonds"
            add(Item(start, end, _SIGNS.get(piece, NOTHING), piece, piece != "½"))
            last = None
    if hold(found, _OPENING):
        found = _phrases(found, lexicon)
    return compound(found) if hold(found, _NUMERALS) else found


def hold(row: list[Item], kinds: AbstractSet[str]) -> bool:
    """Whether an item of the row is of one of these classes."""
    return not all(map(kinds.isdisjoint, [item.classes for item in row]))


def _address(found: list[Item], end: int) -> None:
    """Takes their meaning from the items of an e-mail address that stand before its @, at `end`."""
    for item in reversed(found):
        if item.end != end or item.word == "@":
            return
        item.classes = NOTHING
        end = item.start


def near(row: list[Item], kinds: frozenset[str], reach: int) -> list[Item]:
    """The row without what lies further than `reach` items from any item of `kinds`.

    What is left out between stays as one item without classes, unless it says nothing anyhow.
    """
    found = [at for at, item in enumerate(row) if item.classes and not kinds.isdisjoint(item.classes)]
    ends = [-reach - 1, *found, len(row) + reach]
    if all(after - before <= 2 * reach + 1 for before, after in pairwise(ends)):
        return row
    keep = bytearray(len(row))
    for at in found:
        first, behind = max(0, at - reach), min(at + reach + 1, len(row))
        keep[first:behind] = b"\1" * (behind - first)
    out: list[Item] = []
    gap = False
    for kept, item in zip(keep, row, strict=True):
        if kept:
            out.append(item)
            gap = False
        elif not gap and not item.end_of_phrase and "FILL" not in item.classes:
            out.append(Item(item.start, item.end, NOTHING, item.word))
            gap = True
    return out


def _unlisted(piece: str, start: int, lexicon: Lexicon, found: list[Item]) -> Classes | None:
    """A word that stands in no list as it is: typed wrong, glued together, or with marks and prefixes."""
    words = lexicon.words
    if "'" in piece:
        head, _, tail = piece.rpartition("'")
        if lexicon.language == "nl":
            return words.get(piece.replace("'", "")) or NOTHING
        return words.get(piece.replace("'", "")) or words.get(head) or words.get(tail) or NOTHING
    if not piece.isascii():
        piece = piece.translate(_MARKS)
        classes = words.get(piece)
        if classes is None and lexicon.language == "ar":
            classes = _arabic(piece, words)
        return classes or NOTHING
    classes = lexicon.classes(piece)
    if classes is NOTHING and len(piece) >= 7:
        at = start
        for word in lexicon.split(piece):
            found.append(Item(at, at + len(word), words[word], word))
            at += len(word)
        if at > start:
            return None
    return classes


def _arabic(piece: str, words: Mapping[str, Classes]) -> Classes | None:
    for prefix in _ARABIC_PREFIXES:
        if piece.startswith(prefix) and len(piece) - len(prefix) >= 3:
            rest = piece[len(prefix) :]
            classes = words.get(rest) or words.get("ال" + rest)
            if classes is not None:
                return classes
    return None


def _ordinal(number: Item, end: int) -> None:
    value = number.classes.get("DAYNO")
    if isinstance(value, int):
        number.classes = {"ORD": value, "DAYNO": value, "DIGITS": 1}
        number.end = end


def _digits(found: list[Item], piece: str, folded: str, start: int) -> Item:
    """The item of a run of digits; the apostrophe of "'26" is part of it."""
    before = found[-1] if found else None
    end = start + len(piece)
    if (
        len(piece) == 2
        and folded[max(0, start - 1) : start] == "'"
        and not folded[start - 2 : start - 1].isalnum()
    ):
        return Item(start - 1, end, {"YEAR": 2000 + int(piece)}, piece)
    return Item(start, end, _number(piece, folded, start, before), piece)


def _number(piece: str, folded: str, start: int, before: Item | None) -> Classes:
    """What a run of digits can be; nothing where money, an e-mail address or a longer number stands around it."""
    behind = folded[start + len(piece) : start + len(piece) + 2]
    if behind[:1] in _NO_NUMBER_BEFORE or (behind[:1] == "-" and behind[1:].isdigit()):
        return NOTHING
    if before is not None:
        near = before.end == start
        if (before.word in _MONEY and start - before.end <= 1) or (
            near and before.word in ("+", "@", "#", "_")
        ):
            return NOTHING
        if near and before.word and before.word[-1].isalpha() and not before.classes:
            return NOTHING
    return chain(piece)


def _phrases(found: list[Item], lexicon: Lexicon) -> list[Item]:
    """Joins the words of a phrase that is listed as one ("oud en nieuw") into one item; longest first."""
    multi = lexicon.multi
    joined: list[Item] = []
    at, count = 0, len(found)
    while at < count:
        item = found[at]
        at += 1
        second = at + (at + 1 < count and found[at].word == "-")
        begun = (item.word, found[second].word) if second < count else ("", "")
        for rest, classes in multi.get(begun, ()):
            end = _follows(found, second + 1, rest)
            if end:
                item = Item(item.start, found[end - 1].end, classes, "_".join((*begun, *rest)))
                at = end
                break
        joined.append(item)
    return joined


def _follows(found: list[Item], at: int, rest: tuple[str, ...]) -> int:
    """The place behind `rest` when it stands at `at` (hyphens between its words allowed), else 0."""
    count = len(found)
    for word in rest:
        if at < count and found[at].word == "-":
            at += 1
        if at >= count or found[at].word != word:
            return 0
        at += 1
    return at
