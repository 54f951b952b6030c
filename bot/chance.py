"""Chance for one turn: a case number that says nothing, and a claim code of plain words.

A number is eight characters of an alphabet without look-alikes. A claim code is five of the words in
``codewords.txt`` (each more than eight bits): short and everyday, so that a child can copy them, and guessing one
is hopeless at the pace of a chat; the store stretches what it keeps of it.
"""

import pkgutil
import random
import secrets
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
    """True chance, for a real turn. Drawn twice, not once a letter: asking the system for chance is what takes long."""
    number = _in_base(ALPHABET, NUMBER_LENGTH, secrets.randbelow(len(ALPHABET) ** NUMBER_LENGTH))
    words = codewords()
    return Fresh(
        "".join(number), " ".join(_in_base(words, CODE_WORDS, secrets.randbelow(len(words) ** CODE_WORDS)))
    )


def _in_base(digits: Sequence[str], length: int, drawn: int) -> list[str]:
    """A number written in these digits: each of them as likely as any other, at every place."""
    found = []
    for _ in range(length):
        drawn, place = divmod(drawn, len(digits))
        found.append(digits[place])
    return found


def seeded(seed: str) -> Callable[[], Fresh]:
    """Chance that is the same on every run, for transcripts only."""
    source = random.Random(seed)  # noqa: S311 (a transcript must be repeatable; nothing is protected by it)
    return lambda: _fresh(source.choice)


def _fresh(pick: Pick) -> Fresh:
    number = "".join(pick(ALPHABET) for _ in range(NUMBER_LENGTH))
    return Fresh(number, " ".join(pick(codewords()) for _ in range(CODE_WORDS)))
