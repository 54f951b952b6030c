"""Text made comparable, character by character, so that every place in it is a place in what was typed."""

import re
import unicodedata
from functools import lru_cache

_ALIKE = {
    "\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2013": "-", "\u2014": "-", "\u2011": "-", "\u2010": "-",
    "\u2212": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "\u0131": "i", "\u0142": "l", "\u0141": "l", "\u00f8": "o", "\u00d8": "o", "\u0111": "d",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    """One character for one character: lower case, without accents, digits of any script as 0–9."""
    if char in _ALIKE:
        return _ALIKE[char]
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    lower = unicodedata.normalize("NFD", char)[0].lower()[0]
    return _ALIKE.get(lower, lower)


_TRIPLED = re.compile(r"(.)\1\1")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")


def tripled(text: str) -> bool:
    """Whether any character but a new line stands three times on end: the quick question, most often answered no."""
    return _TRIPLED.search(text) is not None


def stretched(text: str) -> bool:
    """Whether a letter stands three times or more on end in `text`, as in "stoooop"."""
    return tripled(text) and _STRETCHED.search(text) is not None


def unstretched(word: str) -> tuple[str, str]:
    """`word` with every letter that stands three times or more on end written twice, and written once."""
    return _STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)


_FEW = 64
"""Up to so many different characters, replacing them one by one is the fastest way."""


@lru_cache(maxsize=1)
def fold(text: str) -> str:
    """`text` in lower case without accents, **of exactly the same length**: spans carry over.

    Curly quotes and long dashes become plain ones, Arabic-Indic digits 0–9. Linear in the length of the text.
    """
    text = text.replace("`", "'")
    if text.isascii():
        return text.lower()
    others = {char for char in set(text) if not char.isascii()}
    if len(others) > _FEW:
        return "".join(map(_fold_char, text))
    for char in others:
        text = text.replace(char, _fold_char(char))
    return text.lower()


class Placed:
    """The words of a folded text, of which the places are worked out when somebody asks: most texts need none.

    `_item` finds each word in `folded`; `_spans` are the places, once they were asked for.
    """

    __slots__ = ("_item", "_spans", "folded")

    folded: str
    _item: re.Pattern[str]
    _spans: tuple[list[int], list[int]] | None

    def _placed(self) -> tuple[list[int], list[int]]:
        if self._spans is None:
            spans = [match.span() for match in self._item.finditer(self.folded)]
            self._spans = [start for start, _ in spans], [end for _, end in spans]
        return self._spans

    @property
    def starts(self) -> list[int]:
        """Where each word begins."""
        return self._placed()[0]

    @property
    def ends(self) -> list[int]:
        """Where each word ends (excluded)."""
        return self._placed()[1]
