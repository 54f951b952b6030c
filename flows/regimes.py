"""The terms that a law sets, as blocks that a scheme or a location names (`Scheme.regimes`, `Location.regime`).

A regime belongs to an organisation or a service and is never guessed. Its terms stand beside the scheme's own
and run under the Algemene termijnenwet. The rows are data: ``regimes.tsv``, each with its article.
"""

from functools import cache
from typing import get_args

import msgspec

from flows import resources
from flows.scheme import Regime, Scheme, TermRule

REGIMES: tuple[str, ...] = get_args(Regime)
"""Every regime that can be named. ``wmo`` (Wmo 2015, 3.2) sets no term: there the scheme's own count alone."""

EVERYWHERE: tuple[str, ...] = ("avg",)
"""Laws that hold for every organisation and are named by none: what a client may ask beside the complaint."""

ACCESS = "avg.access"
"""The term in which a client who asks for it sees their dossier (AVG 12(3), 15)."""


@cache
def terms(regime: str) -> tuple[TermRule, ...]:
    """The terms of `regime`, their ids written ``regime.term`` (``wkkgz.judgment``).

    Raises `ValueError` when there is no such regime.
    """
    if regime not in REGIMES + EVERYWHERE:
        raise ValueError(f"no regime {regime!r}: choose one of {', '.join(REGIMES)}")
    return tuple(_rule(row) for row in resources.table("regimes.tsv") if row[0] == regime)


def outlasts(term: str) -> bool:
    """Whether a term (its id) goes on when the complaint is closed: it has nothing to do with how that was handled."""
    return term.partition(".")[0] in EVERYWHERE


def _rule(row: tuple[str, ...]) -> TermRule:
    regime, id, starts, ends, count, unit, longest, longest_unit, lapses, who, tell, article, nl, en = row
    extension = None if longest == "-" else {"count": int(longest), "unit": longest_unit, "clause": article}
    # The unit, who and so on are checked against the types of the scheme as a scheme file's would be.
    return msgspec.convert(
        {
            "id": f"{regime}.{id}",
            "label": {"nl": nl, "en": en},
            "starts": starts,
            "ends": ends,
            "count": int(count),
            "unit": unit,
            "basis": "statutory",
            "tell": tell == "yes",
            "who": who,
            "extension": extension,
            "lapses": () if lapses == "-" else tuple(lapses.split()),
            "clause": article,
        },
        TermRule,
    )


def named(scheme: Scheme, location: str | None = None, regime: str | None = None) -> tuple[str, ...]:
    """The regimes that hold: `regime` when given, else the location's, else those of the whole scheme."""
    if regime:
        return (regime,)
    place = scheme.location(location) if location else None
    if place and place.regime:
        return (place.regime,)
    return scheme.regimes
