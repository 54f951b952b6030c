"""Which characters of a text are spoken for."""

from bisect import bisect_left
from collections.abc import Iterable

Span = tuple[int, int]
"""From the first character to the one after the last."""


class Taken:
    """The characters that already mean something. Asking costs the logarithm of how many spans there are."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """Begins with these spans, which may overlap."""
        self._spans: list[Span] = []
        for span in spans:
            self.take(span)

    def free(self, span: Span) -> bool:
        """Whether no character of `span` is spoken for."""
        at = bisect_left(self._spans, span)
        if at < len(self._spans) and self._spans[at][0] < span[1]:
            return False
        return at == 0 or self._spans[at - 1][1] <= span[0]

    def take(self, span: Span) -> None:
        """Speaks for a span; what it overlaps becomes one with it."""
        first = last = bisect_left(self._spans, span)
        start, end = span
        while first > 0 and self._spans[first - 1][1] > start:
            first -= 1
            start, end = min(start, self._spans[first][0]), max(end, self._spans[first][1])
        while last < len(self._spans) and self._spans[last][0] < end:
            end = max(end, self._spans[last][1])
            last += 1
        self._spans[first:last] = [(start, end)]
