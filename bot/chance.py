"""Chance for one turn: a case number that says nothing, and a claim code of plain words.

A number is eight characters of an alphabet without look-alikes. A claim code is five of the words in
``codewords.txt`` (each more than eight bits): short and everyday, so that a child can copy them, and guessing one
is hopeless at the pace of a chat; the store stretches what it keeps of it.
"""

import os
import pkgutil
import random
from collections.abc import Callable, Sequence
from functools import cache

from flows.session import Fresh

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without 0/O, 1/I/L and U/V, which are misread or misheard."""

NUMBER_LENGTH = 8
CODE_WORDS = 5

Pick = Callable[[Sequence[str]], str]


@cache
def codewords() -> tuple[str, ...]:
    """The words that claim codes are made of."""
    return tuple((pkgutil.get_data("bot", "codewords.txt") or b"").decode().split())


def fresh() -> Fresh:
    """True chance, for a real turn: drawn once, since asking the system for chance is what takes long.

    Of 256 bits some 80 are needed; what is left over makes each letter and word as likely as any other, but for less
    than one part in 2^100.
    """
    drawn, letters, words = int.from_bytes(os.urandom(32)), [], []
    for _ in range(NUMBER_LENGTH):
        drawn, place = divmod(drawn, len(ALPHABET))
        letters.append(ALPHABET[place])
    known = codewords()
    for _ in range(CODE_WORDS):
        drawn, place = divmod(drawn, len(known))
        words.append(known[place])
    return Fresh("".join(letters), " ".join(words))


def seeded(seed: str) -> Callable[[], Fresh]:
    """Chance that is the same on every run, for transcripts only."""
    source = random.Random(seed)  # noqa: S311 (a transcript must be repeatable; nothing is protected by it)
    return lambda: _fresh(source.choice)


def _fresh(pick: Pick) -> Fresh:
    number = "".join(pick(ALPHABET) for _ in range(NUMBER_LENGTH))
    return Fresh(number, " ".join(pick(codewords()) for _ in range(CODE_WORDS)))
