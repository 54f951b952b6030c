"""How time grows with what there is to do, held against itself within one run: the machine then says nothing of it."""

import math
from collections.abc import Callable

_FLOOR = 0.01
"""Seconds below which a measurement says more of the clock than of the work."""

_LEAST, _MOST = 3, 10


def in_proportion(seconds: Callable[[int], float], much: int, *, times: int, most: float) -> bool:
    """Whether `times` as much takes at most `most` times the seconds that `much` takes.

    Whatever else a machine does only makes a measurement longer. So of each the quickest counts, and as long as it is
    too much both are measured again.
    """
    little, large = min(seconds(much) for _ in range(_LEAST)), math.inf
    for _ in range(_MOST):
        large = min(large, seconds(times * much))
        if large <= most * max(little, _FLOOR):
            return True
        little = min(little, seconds(much))
    return False
