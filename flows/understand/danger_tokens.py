"""The words of a text as the danger check compares them, each with its place.

An item is a word or a mark. Words are folded and lose apostrophes, vowel signs and stretching ("m'n" → "mn",
"slaaaat" → "slaat"); a mark is `STOP` (end of a sentence or of the text) or `PAUSE` (a comma, a dash).
"""

import re
from typing import NamedTuple

from flows.understand.text import fold

STOP, PAUSE = ".", ","

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d"
_ITEM = re.compile(
    rf"([\w{_MARKS}*@$]+(?:'[\w{_MARKS}]+)*)|([.!?;\n\u061f\u061b\u2026]+)|[,:()\u060c]|(?<= )-(?= )"
)
_UNHEARD = re.compile(rf"['_*{_MARKS}]")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")


class Item(NamedTuple):
    """A word or mark `norm` that stands at ``text[start:end]``; the marks at both ends of a text are empty."""

    norm: str
    start: int
    end: int


def items(text: str) -> list[Item]:
    """The words and marks of `text` in order, between two `STOP`s. Linear in the length of the text."""
    folded = fold(text)
    plain = folded.isascii() and "'" not in folded and "_" not in folded and "*" not in folded
    found = [Item(STOP, 0, 0)]
    for match in _ITEM.finditer(folded):
        start, end = match.span()
        if match.lastindex == 1:
            norm = match.group() if plain else _UNHEARD.sub("", match.group())
            if norm:
                found.append(Item(norm, start, end))
        elif match.lastindex == 2:
            found.append(Item(STOP, start, end))
        else:
            found.append(Item(PAUSE, start, end))
    found.append(Item(STOP, len(text), len(text)))
    return found


def unstretched(word: str) -> tuple[str, ...]:
    """What a stretched word may be: "slaaaat" → "slaat", "slat"; nothing when no letter stands three times."""
    twice = _STRETCHED.sub(r"\1\1", word)
    return () if twice == word else (twice, _STRETCHED.sub(r"\1", word))
