"""A line's code: eight plain words. Two say which line it is, six open it.

The lists have 1024 words each (ten bits a word), Dutch and English, with no word in both, and they never change
their order: a word stands for its place. What the secret is worth is worked out in ``docs/security.md``.
"""

import pkgutil
import re
import secrets
from collections.abc import Sequence
from functools import cache

from storage.lines import LineCode

LISTS = ("nl", "en")
SIZE = 1024
WORDS, LOCATOR_WORDS = 8, 2
_LONG = 4
"""A word of so many letters may have one slip in it, where only one word of the list lies so near."""


@cache
def words(language: str) -> tuple[str, ...]:
    """The list of a language, Dutch where there is none."""
    name = f"codewords_{language if language in LISTS else 'nl'}.txt"
    return tuple((pkgutil.get_data("bot.line", name) or b"").decode().split())


def fresh(locator: int) -> LineCode:
    """A new secret for the line at this locator."""
    return LineCode(locator, _text([secrets.randbelow(SIZE) for _ in range(WORDS - LOCATOR_WORDS)]))


def spoken(code: LineCode, language: str) -> tuple[str, ...]:
    """The code in words."""
    places = (*divmod(code.locator, SIZE), *map(int, code.secret.split("-")))
    return tuple(words(language)[place] for place in places)


def heard(typed: str) -> LineCode | None:
    """The code that was typed, in whichever language; None when it is not eight of its words."""
    said = re.findall(r"[^\W\d_]+", typed.lower())[: WORDS + 1]
    if len(said) != WORDS:
        return None
    for language in LISTS:
        places = [_place(word, language) for word in said]
        known = [place for place in places if place is not None]
        if len(known) == WORDS:
            return LineCode(known[0] * SIZE + known[1], _text(known[LOCATOR_WORDS:]))
    return None


def _text(places: Sequence[int]) -> str:
    return "-".join(map(str, places))


@cache
def _places(language: str) -> dict[str, int]:
    return {word: place for place, word in enumerate(words(language))}


def _place(word: str, language: str) -> int | None:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (only where a code is typed)

    known = _places(language)
    if word in known or len(word) < _LONG:
        return known.get(word)
    near = [place for other, place in known.items() if OSA.distance(word, other, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else None
