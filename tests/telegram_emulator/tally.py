"""What became of messages that had to arrive once and in order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """How many were lost, how many came more than once (each extra counts), and how many came out of order."""

    lost: int
    repeated: int
    reordered: int


def tally(expected: Iterable[str], seen: Iterable[str]) -> Tally:
    """Compares what had to come with what came; what was not expected is left out.

    A message is out of order when, at its first coming, a later one had already come.
    """
    wanted = list(expected)
    place = {text: number for number, text in enumerate(wanted)}
    if len(place) != len(wanted):
        raise ValueError("expected messages must differ, or nobody can say which one came")
    came = [text for text in seen if text in place]
    counts = Counter(came)
    furthest, reordered = -1, 0
    for text in dict.fromkeys(came):
        reordered += place[text] < furthest
        furthest = max(furthest, place[text])
    return Tally(
        lost=len(place) - len(counts),
        repeated=sum(counts.values()) - len(counts),
        reordered=reordered,
    )
