"""Numbers: what a run of digits can be, and numerals of several words."""

from typing import TYPE_CHECKING

from flows.understand.dates_lexicon import NOTHING, Classes

if TYPE_CHECKING:
    from flows.understand.dates_tokens import Item

_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def chain(token: str) -> Classes:
    """The classes of a run of digits and signs between them: ``3``, ``2025``, ``3-5-2026``, ``12/04``, ``14:00``.

    ``NUMDATE`` is (year or None, month, day) as written; ``DM`` a day and month that needs something around it
    to be a date ("24/7", "10-12 jaar"); ``PAIR`` two numbers ("2-3 weken"). A phone number has no class.
    """
    if token.isdigit():
        return _plain(token)
    parts: list[str] = []
    signs = ""
    digits = ""
    for char in token:
        if char.isdigit():
            digits += char
        else:
            parts.append(digits)
            signs += char
            digits = ""
        if len(parts) > 3:
            return NOTHING
    parts.append(digits)
    if len(parts) == 3 and signs[0] == signs[1] and signs[0] in "-/.":
        return _date(parts, signs[0])
    if len(parts) == 2:
        return _pair(parts[0], parts[1], signs)
    return NOTHING


def _plain(token: str) -> Classes:
    if len(token) > 4:
        return NOTHING
    value = int(token)
    if len(token) == 4:
        return {"YEAR": value, "DIGITS": 1} if _FIRST_YEAR <= value <= _LAST_YEAR else NOTHING
    if len(token) <= 2 and 1 <= value <= 99:
        classes: dict[str, object] = {"NUM": value, "DAYNO": value, "DIGITS": 1}
        if len(token) == 2:
            classes["YY"] = value
        return classes
    return {"NUM": value, "DIGITS": 1}


def _date(parts: list[str], sign: str) -> Classes:
    lengths = tuple(map(len, parts))
    first, second, third = map(int, parts) if max(lengths) <= 4 else (0, 0, 0)
    if lengths[0] == 4 and _FIRST_YEAR <= first <= _LAST_YEAR and max(lengths[1:]) <= 2:
        return {"NUMDATE": (first, second, third)}
    if max(lengths[:2]) > 2 or lengths[2] not in (2, 4):
        return NOTHING
    year = third if lengths[2] == 4 else 2000 + third
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return NOTHING
    if second > 12 >= first and second <= 31 and sign == "/":
        first, second = second, first
    return {"NUMDATE": (year, second, first)}


def _pair(first: str, second: str, sign: str) -> Classes:
    if len(first) > 2 or len(second) > 2:
        return (
            {"YM": (int(first), int(second))}
            if len(first) == 4 and sign == "-" and len(second) == 2
            else NOTHING
        )
    low, high = int(first), int(second)
    classes: dict[str, object] = {}
    if sign in ":." and len(second) == 2 and low <= 24 and high <= 59:
        classes["CLOCK"] = low
    if sign in ",." and second in ("5", "50", "25", "75"):
        classes["NUM"] = low + high / (10 if len(second) == 1 else 100)
    if sign in "-/" and low < high:
        classes["PAIR"] = (low, high)
    if sign in "-/." and 1 <= low <= 31 and 1 <= high <= 12 and (low, high, sign) != (24, 7, "/"):
        classes["DM" if sign != "." else "DMDOT"] = (None, high, low)
        if len(second) == 2 and second[0] == "0":
            classes["PADDED"] = 1
    return classes


def compound(found: list["Item"]) -> list["Item"]:
    """Joins numerals of two or three words: "twenty first", "vijf en twintig", "двадцять п'ять", "خمسة وعشرون"."""
    joined: list[Item] = []
    at = 0
    while at < len(found):
        item = found[at]
        at += 1
        value = item.classes.get("NUM", item.classes.get("ORD"))
        if isinstance(value, int) and "DIGITS" not in item.classes and at < len(found):
            end, total, ordinal = _numeral(found, at, value)
            if end:
                item.classes = {"DAYNO": total, "ORD" if ordinal else "NUM": total}
                item.end = found[end - 1].end
                at = end
        joined.append(item)
    return joined


def _numeral(found: list["Item"], at: int, value: int) -> tuple[int, int, bool]:
    """The place behind the numeral whose first word, before `at`, is `value`; its sum; whether it is an ordinal."""
    link = found[at]
    hyphen, and_ = link.word == "-", "AND" in link.classes
    after = at + 1 if hyphen or and_ else at
    if after >= len(found):
        return 0, 0, False
    other = found[after]
    number = other.classes.get("NUM", other.classes.get("ORD"))
    if not isinstance(number, int) or "DIGITS" in other.classes or "A" in other.classes:
        return 0, 0, False
    ordinal = "ORD" in other.classes
    if value in (20, 30, 40, 50) and 1 <= number <= 9 and not and_:
        return after + 1, value + number, ordinal
    if 1 <= value <= 9 and number in (20, 30, 40, 50) and (and_ or other.word.startswith("و")):
        return after + 1, value + number, ordinal
    return 0, 0, False
