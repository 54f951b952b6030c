"""Counting the syllables of Dutch words: one for each vowel sound, by spelling.

The rules
 1. A run of vowels is cut into sounds, the longest spelling first: *eeuw*, *aai*, *oe*, *ij* are one sound each,
    *io* in *radio* and *ea* in *reactie* are two.
 2. A diaeresis begins a new sound: *cliënt*, *geïnformeerd*.
 3. ``y`` is a vowel, except before one (*yoga*); ``u`` after ``q`` is none.
 4. Words that Dutch borrowed and says otherwise stand in ``syllables.tsv``.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

SOUNDS = (
    "aaie", "ooie", "oeie",  # two sounds each: draaien, gooien, moeien
    "aai", "ooi", "oei", "eeu", "ieu", "eau",
    "aa", "ee", "oo", "uu", "ie", "oe", "eu", "ei", "ij", "ui", "au", "ou", "ai", "oi",
    "a", "e", "i", "o", "u", "y",
)  # fmt: skip
TWO = frozenset({"aaie", "ooie", "oeie"})
_VOWELS = frozenset("aeiouyäëïöü")
_RUN = re.compile(r"(?:ij|[aeiouyäëïöü])+")
_ACCENTS = str.maketrans("áàâéèêíìîóòôúùûç", "aaaeeeiiiooouuuc")
_PLAIN = {"ä": "a", "ë": "e", "ï": "i", "ö": "o", "ü": "u"}


@cache
def exceptions() -> dict[str, int]:
    """Borrowed words and how many syllables they have when spoken."""
    lines = files("locales").joinpath("syllables.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: int(count) for word, count in rows}


def syllables(word: str) -> int:
    """How many syllables a Dutch word has; at least one for anything with a letter."""
    letters = unicodedata.normalize("NFC", word).lower().translate(_ACCENTS)
    return sum(_of_part(part) for part in re.findall(r"[a-zäëïöü]+", letters))


def _of_part(part: str) -> int:
    known = exceptions().get(part)
    if known is not None:
        return known
    spoken = part.replace("qu", "kw")
    if len(spoken) > 1 and spoken[0] == "y" and spoken[1] in _VOWELS:
        spoken = "j" + spoken[1:]
    return max(1, sum(_in_run(run) for run in _RUN.findall(spoken)))


def _in_run(run: str) -> int:
    """The sounds in one run of vowels."""
    total = 0
    for part in re.split(r"(?=[äëïöü])", run):
        rest = "".join(_PLAIN.get(char, char) for char in part)
        while rest:
            sound = next(sound for sound in SOUNDS if rest.startswith(sound)) if rest[0] != "j" else "j"
            total += 2 if sound in TWO else sound != "j"
            rest = rest[len(sound) :]
    return total
