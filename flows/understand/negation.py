"""Whether a match is denied ("hij slaat mij niet"), and whether it is said to be over ("vroeger", "niet meer").

Danger is denied only when a negation clearly belongs to it: a doubtful one leaves the help in view (law 5).
"""

from flows.understand.danger_hearing import Heard
from flows.understand.danger_match import Match
from flows.understand.danger_patterns import Language
from flows.understand.danger_tokens import ENDS, PAUSE

_BEFORE = 3
_BEHIND = 3
_CLAUSE = 7


def denied(heard: Heard, match: Match) -> bool:
    """Whether a negation inside, before or behind the match takes it back."""
    if "k" in match.pattern.flags:
        return False
    place = _negation(heard, match)
    return place is not None and not _undone(heard, match.pattern.language, place)


def over(heard: Heard, match: Match) -> bool:
    """Whether the match is said to have stopped: "hij slaat mij niet meer"."""
    if "k" in match.pattern.flags:
        return False
    place = _negation(heard, match)
    return place is not None and _next(heard, place) in match.pattern.language.classes["over"]


def _undone(heard: Heard, language: Language, place: int) -> bool:
    """ "niet alleen", "niet meer" and "ik wil niet geslagen worden" deny nothing."""
    behind = _next(heard, place)
    wished = any(
        heard.norms[before] in language.classes["wish"] for before in range(max(place - 2, 0), place)
    )
    return wished or behind in language.classes["soften"] or behind in language.classes["over"]


def _next(heard: Heard, place: int) -> str:
    return heard.norms[place + 1]


def _negation(heard: Heard, match: Match) -> int | None:
    language = match.pattern.language
    neg, none = language.classes["neg"], language.classes["none"]
    for place in range(match.first + 1, match.last):
        if place not in match.places and heard.norms[place] in neg | none:
            return place
    behind = _behind(heard, match, language)
    return behind if behind is not None or "i" in match.pattern.flags else _before(heard, match, language)


def _behind(heard: Heard, match: Match, language: Language) -> int | None:
    neg, fillers = language.classes["neg"], language.classes["filler"]
    place = match.last + 1
    for place in range(match.last + 1, min(match.last + 2 + _BEHIND, len(heard.norms))):
        norm = heard.norms[place]
        if norm in neg:
            return place
        if norm not in fillers:
            return None
    return None


def _before(heard: Heard, match: Match, language: Language) -> int | None:
    """A negation shortly before the match in the same clause, or a "niemand" anywhere before it in the clause.

    Only small words may stand between: in "er verandert niks, ik slaap niet, hij slaat mij" typed without the
    commas, each negation belongs to the verb beside it.
    """
    classes = language.classes
    small = (classes["common"] | classes["filler"]) - classes["break"] - classes["kin"] - classes["doer"]
    near = True
    for distance in range(1, _CLAUSE + 1):
        norm = heard.norms[match.first - distance]
        if norm in ENDS or norm == PAUSE:
            return None
        if norm in classes["none"] or (near and norm in classes["neg"]):
            return match.first - distance
        if norm in classes["wall"]:
            return None
        near = near and distance < _BEFORE and norm in small
    return None


def long_ago(heard: Heard, match: Match, past: list[Match]) -> bool:
    """Whether the sentence of the match says that it was long ago and not that it goes on."""
    start, end = _sentence(heard, match)
    if not any(start < other.first < end for other in past):
        return False
    still = match.pattern.language.classes["still"]
    return not any(heard.norms[place] in still for place in range(start, end))


def _sentence(heard: Heard, match: Match) -> tuple[int, int]:
    start, end = match.first, match.last
    while heard.norms[start] not in ENDS and match.first - start < 40:
        start -= 1
    while heard.norms[end] not in ENDS and end - match.last < 40:
        end += 1
    return start, end
