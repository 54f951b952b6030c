"""Where clauses begin and end around words: between marks and words that turn ("maar", "want").

Words of politeness and hesitation count for nothing: "oké, stop dan maar" is the clause "stop". The word lists are
``words/intent_around.tsv``: ``filler``, ``turn`` and ``say`` (speech is reported).
"""

from functools import cache

from flows.resources import table
from flows.understand.sayings import is_mark
from flows.understand.text import fold

MOST = 8
"""Words of politeness that are looked past on each side."""


@cache
def around(name: str) -> frozenset[str]:
    """The words of one class: ``filler``, ``turn`` or ``say``."""
    rows = table("understand/words/intent_around.tsv")
    return frozenset(key for kind, listed in rows if kind == name for key in fold(listed).split())


class Clauses:
    """The clauses of these words (`flows.understand.sayings.Words.keys`)."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys

    def before(self, first: int) -> int:
        """Where the clause begins of which word `first` is the first that counts; -1 when others stand before it."""
        for at in range(first - 1, max(-1, first - 1 - MOST), -1):
            key = self.keys[at]
            if is_mark(key) or key in around("turn"):
                return at + 1
            if key not in around("filler"):
                return -1
        return 0 if first <= MOST else -1

    def after(self, last: int) -> int:
        """Where the clause ends of which word `last` is the first behind it; -1 when others stand there."""
        size = len(self.keys)
        for at in range(last, min(size, last + MOST)):
            key = self.keys[at]
            if is_mark(key) or key in around("turn"):
                return at
            if key not in around("filler"):
                return -1
        return size if size - last <= MOST else -1

    def whole(self, first: int, last: int) -> bool:
        """Whether nothing that counts stands around these words but they again ("stop stop stop")."""
        if len(self.keys) - (last - first) > 3 * MOST:
            return False
        own = self.keys[first:last]
        fillers, turns = around("filler"), around("turn")
        for others in (self.keys[:first], self.keys[last:]):
            for key in others:
                if not (key in fillers or key in turns or key in own or is_mark(key)):
                    return False
        return True

    def reported(self, start: int, end: int) -> bool:
        """Whether someone is said to have said the clause: a word of saying just before or behind it."""
        say = around("say")
        near = self.keys[max(0, start - 5) : start] + self.keys[end : end + 4]
        return any(key in say for key in near)

    def outer(self, start: int, end: int) -> bool:
        """Whether the clause stands at the beginning or at the end of the text."""
        behind = self.keys[end : end + 2 * MOST]
        return start <= MOST or all(is_mark(key) or key in around("filler") for key in behind)
