"""Number words of several languages, up to a hundred, for ages."""

from functools import cache

from flows.resources import table
from flows.understand.text import fold

_UNITS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")


@cache
def numbers() -> dict[str, int]:
    """The number that each word means, folded; Dutch ones from twenty on as they are composed."""
    known = {
        fold(word): int(digits)
        for digits, words in table("understand/words/number.tsv")
        for word in words.split()
    }
    for ten, written in enumerate(_TENS, 2):
        known[written] = ten * 10
        for unit, word in enumerate(_UNITS, 1):
            known[f"{word}en{written}"] = ten * 10 + unit
    return known
