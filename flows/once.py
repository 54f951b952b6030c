"""What is worked out once per scheme and then kept, beside what is worked out for every text."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flows.scheme import Scheme

_KEPT = 64
"""Schemes for which a result is kept: more than any installation has."""

T = TypeVar("T")


def per_scheme(make: Callable[[Scheme], T]) -> Callable[[Scheme], T]:
    """`make`, called once for each scheme. It is known by identity: a changed scheme is another one.

    Nothing that a client says may go into `make`: what it returns is kept as long as the process runs.
    """
    kept: dict[int, tuple[Scheme, T]] = {}

    @wraps(make)
    def made(scheme: Scheme) -> T:
        known = kept.get(id(scheme))
        if known is not None and known[0] is scheme:
            return known[1]
        fresh = make(scheme)
        if len(kept) >= _KEPT:
            kept.pop(next(iter(kept)), None)
        kept[id(scheme)] = scheme, fresh
        return fresh

    return made
