"""How much one session and one address may ask in a while. Kept in memory, never written (no log of who came).

A bucket holds `burst` drops and fills with one in each `every` seconds; an act takes one. Whole shelters and
schools share one address, so an address may do far more than a session.
"""

from time import monotonic

import msgspec
from aiohttp import web


class Rate(msgspec.Struct, frozen=True):
    """At most `burst` acts at once, and after that one in each `every` seconds."""

    burst: int
    every: float


RATES: dict[str, Rate] = {
    "turn": Rate(30, 1.0),  # one session: faster than anybody types
    "page": Rate(600, 0.02),  # one address
    "begin": Rate(60, 2.0),  # new conversations from one address
    "code": Rate(8, 30.0),  # codes tried from one address
    "door": Rate(30, 10.0),  # passwords tried from one address
    "account": Rate(10, 60.0),  # and for one account from one address, so that nobody locks its owner out
    "accounts": Rate(100, 20.0),  # and for one account from everywhere
    "file": Rate(10, 10.0),  # files of one session
}
MOST = 50_000
"""So many buckets are remembered; when there are more, the full ones (who did nothing lately) go first."""


class Limits:
    """Buckets by kind and by whom. `whom` is a session or an address; it lives here only."""

    def __init__(self, rates: dict[str, Rate] | None = None) -> None:
        self.rates = dict(RATES if rates is None else rates)
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def wait(self, kind: str, whom: str, at: float | None = None) -> float:
        """Takes one drop: 0 when the act may be done, else the seconds until it may."""
        rate = self.rates[kind]
        now = monotonic() if at is None else at
        drops, since = self._buckets.get((kind, whom), (float(rate.burst), now))
        drops = min(float(rate.burst), drops + (now - since) / rate.every)
        if drops < 1:
            self._buckets[kind, whom] = (drops, now)
            return (1 - drops) * rate.every
        self._buckets[kind, whom] = (drops - 1, now)
        if len(self._buckets) > MOST:
            self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Drops every bucket that has filled up again; of the rest the oldest, until half is left."""

        def full(kind: str, drops: float, since: float) -> bool:
            rate = self.rates[kind]
            return drops + (now - since) / rate.every >= rate.burst

        kept = {
            key: (drops, since)
            for key, (drops, since) in self._buckets.items()
            if not full(key[0], drops, since)
        }
        newest = sorted(kept.items(), key=lambda item: item[1][1], reverse=True)[: MOST // 2]
        self._buckets = dict(newest)


LIMITS = web.AppKey("limits", Limits)
