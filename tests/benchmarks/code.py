"""How much work it is to find a line's code: ``python -m tests.benchmarks.code``.

A thief with the whole disk tries codes: one guess is one argon2id at the cost that is in use. It is measured in
processor time over all of its threads, and beside it, in the same run, SHA-256 on one core: the time of one block of
64 bytes, hashed in bulk, which is the cheapest step there is to count work in (a guess at an unstretched code takes
one at least). What comes out is how many such blocks a guess is worth, and with the words that are kept secret, how
many a line takes.
"""

import hashlib
import math
import os
import statistics
import time
from importlib.resources import files

from storage.passwords import FULL, stretch

GUESSES, BLOCKS = 9, 1 << 20
SECRET_WORDS = 6


def guess() -> float:
    """Processor seconds of one guess."""
    begun = time.process_time()
    stretch("1-2-3-4-5-6", os.urandom(16), FULL)
    return time.process_time() - begun


def block() -> float:
    """Processor seconds of one block of SHA-256."""
    data = os.urandom(64 * BLOCKS)
    begun = time.process_time()
    hashlib.sha256(data).digest()
    return (time.process_time() - begun) / BLOCKS


def main() -> None:
    """Measure and print."""
    guess()
    guesses, blocks = [guess() for _ in range(GUESSES)], [block() for _ in range(GUESSES)]
    one, least = statistics.median(guesses), statistics.median(blocks)
    words = len(files("bot.line").joinpath("codewords_nl.txt").read_text(encoding="utf-8").split())
    stretched, secret = math.log2(one / least), SECRET_WORDS * math.log2(words)
    print(
        f"one guess: {1000 * one:.0f} ms of processor time (argon2id, {FULL.memory // 1024} MiB, {FULL.passes} passes)"
    )
    print(f"one block of SHA-256: {1e9 * least:.1f} ns")
    print(f"stretching: 2^{stretched:.2f}; {SECRET_WORDS} of {words} words: 2^{secret:.0f}")
    print(f"together: 2^{stretched + secret:.1f}")


if __name__ == "__main__":
    main()
