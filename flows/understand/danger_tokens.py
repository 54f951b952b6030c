"""The words of a text as the danger check compares them, each with its place.

An item is a word or a mark. Words are folded and lose apostrophes and vowel signs ("m'n" → "mn"); a mark is
`STOP` (the end of a sentence or of the text), `CRY` (one with an exclamation mark) or `PAUSE` (a comma, a dash).
"""

import re

import msgspec

from flows.understand.text import fold

STOP, CRY, PAUSE = ".", "!", ","
ENDS = frozenset({STOP, CRY})

_SIGNS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d"
_ITEM = re.compile(
    rf"[\w{_SIGNS}*@$]+(?:'[\w{_SIGNS}]+)*|[.!?;\n\u061f\u061b\u2026]+|[,:()\u060c]|(?<= )-(?= )"
)
_UNHEARD = re.compile(rf"['_*{_SIGNS}]")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_MARKS = dict.fromkeys(".!?;\n؟؛…", STOP) | dict.fromkeys(",:()\u060c-", PAUSE)


class Item(msgspec.Struct, frozen=True, gc=False):
    """A word or mark `norm` that stands at ``text[start:end]``; the marks at both ends of a text are empty."""

    norm: str
    start: int
    end: int


def items(text: str) -> list[Item]:
    """The words and marks of `text` in order, between two `STOP`s. Linear in the length of the text."""
    folded = fold(text)
    plain = folded.isascii() and not ("'" in folded or "_" in folded or "*" in folded)
    found = [Item(STOP, 0, 0)]
    for match in _ITEM.finditer(folded):
        norm = match.group()
        if norm[0] in _MARKS:
            norm = CRY if CRY in norm else _MARKS[norm[0]]
        elif not plain:
            norm = _UNHEARD.sub("", norm)
        if norm:
            found.append(Item(norm, match.start(), match.end()))
    found.append(Item(STOP, len(text), len(text)))
    return found


def unstretched(word: str) -> tuple[str, ...]:
    """What a stretched word may be: "slaaaat" → "slaat", "slat"; nothing when no letter stands three times."""
    if not _STRETCHED.search(word):
        return ()
    return _STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)
