"""The words of a text as the danger check compares them, each with its place.

Words are folded and lose apostrophes and vowel signs ("m'n" → "mn"); a mark is
`STOP` (the end of a sentence or of the text), `CRY` (one with an exclamation mark) or `PAUSE` (a comma, a dash).
"""

import re

from flows.understand.text import fold

STOP, CRY, PAUSE = ".", "!", ","
ENDS = frozenset({STOP, CRY})

_SIGNS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d"
_ITEM = re.compile(
    rf"[\w{_SIGNS}*@$]+(?:'[\w{_SIGNS}]+)*|[.!?;\n\u061f\u061b\u2026]+|[,:()\u060c]|(?<= )-(?= )"
)
_PLAIN = re.compile(r"[\w*@$]+|[.!?;\n]+|[,:()]|(?<= )-(?= )", re.ASCII)
"""The same for a text of plain letters and digits, with nothing in its words that is not heard."""
_UNHEARD = re.compile(rf"['_*{_SIGNS}]")
_MARKS = dict.fromkeys(".!?;\n؟؛…", STOP) | dict.fromkeys(",:()\u060c-", PAUSE)


class Tokens:
    """The words and marks of a text: `norms` in order, between two `STOP`s; a word of which nothing is heard is empty.

    Where they stand is worked out when it is asked for: most texts hold no danger. Linear in the length of the text.
    """

    __slots__ = ("_folded", "_plain", "_spans", "norms")

    def __init__(self, text: str) -> None:
        """Takes `text` apart."""
        self._folded = folded = fold(text)
        self._spans: list[tuple[int, int]] = []
        self._plain = folded.isascii() and not ("'" in folded or "_" in folded or "*" in folded)
        found: list[str] = (_PLAIN if self._plain else _ITEM).findall(folded)
        if not self._plain:
            found = [typed if typed[0] in _MARKS else _UNHEARD.sub("", typed) for typed in found]
        self.norms = [STOP, *(_mark(norm) if norm and norm[0] in _MARKS else norm for norm in found), STOP]

    def span(self, number: int) -> tuple[int, int]:
        """From the first character of a word or mark to the one after the last; both ends of a text are empty."""
        if not self._spans:
            size = len(self._folded)
            self._spans = [(0, 0), *(match.span() for match in _ITEM.finditer(self._folded)), (size, size)]
        return self._spans[number]

    def all_heard(self, number: int) -> bool:
        """Whether a word stands there as it was typed, without signs in it that are not heard."""
        if self._plain:
            return True
        start, end = self.span(number)
        return end - start == len(self.norms[number])


def _mark(typed: str) -> str:
    return CRY if CRY in typed else _MARKS[typed[0]]
