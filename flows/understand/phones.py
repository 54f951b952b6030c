"""Telephone numbers as people write them, whose they are, and what is no number at all.

The rules:

1. A number counts only when `phonenumbers` calls it valid (region NL unless it begins with + or 00).
2. Digits of dates, times, amounts, accounts, files and postcodes are never a number.
3. What was clearly meant as a number and is none is said to be so (``invalid_phone``, ``emergency_number``,
   ``service_number``, ``bsn``) and never kept: no value.
4. A number that the client called, or that is the organisation's own, is not theirs and is left out.

Pure; linear in the length of the text. `phonenumbers` is imported when there is a number to judge.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import NamedTuple

from flows.once import per_scheme
from flows.resources import table
from flows.scheme import Scheme
from flows.understand.findings import Context, Finding
from flows.understand.sayings import Words, is_mark, words
from flows.understand.text import fold
from flows.understand.whose import around, whose

Span = tuple[int, int]

# Each of these shapes begins with the characters that it can begin with, since a search skips all others at once; what
# stands before the first of them is looked at behind it.
_GROUP = re.compile(r"[+o\d](?:(?<=\+)|(?<![^\W_].)(?:(?<=\d)|(?=\d))[\do]*+(?![^\W_]))")
_GAP = re.compile(r"[ \t.\-/()_*]{0,5}|,(?=\d)")
TELLING = frozenset({"nul", "zero", "oh", "plus", "sifir", "нуль"})
"""Words of which one stands in every number that is spoken."""
_DIGIT = re.compile(r"\d")
_SPOKEN = re.compile(r"[^\W\d_]+")
_DATE = re.compile(
    r"\d(?<![\d.\-/+].)(?:(?<=0)[1-9]|(?<=[12])\d|(?<=3)[01]|(?<=[1-9]))([-/. ])"
    r"(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d(?=[,.!?)]*(?:\s|$)))"
    r"(?![-/. ]?\d{2,}[-/. ]\d)(?!\d)"
)
_IBAN = re.compile(r"\b[a-z]{2}\d{2} ?[a-z]{4} ?\d{4} ?\d{4} ?\d{2}\b")
_IBAN_END = re.compile(r"\d{4} ?\d{4} ?\d{2}\b")
_MONEY = re.compile(r"(?:€|\beuro|\beur) ?\d[\d.,]*")
_SERVICE = re.compile(r"0(?:800|900|906|909)(?:\d{4}|\d{7})|14\d{2,4}|18\d{2}")
_EMERGENCY = frozenset({"112", "113", "911", "999", "144", "110", "998", "101", "102", "103"})

_MOST = 8
"""Numbers that are read in one text: a client has a few, and each costs the library some microseconds."""

_NEAR = 7
"""Words before a number that can say what it is or whose."""


class _Group(NamedTuple):
    digits: str
    start: int
    end: int


@cache
def _numerals() -> dict[str, str]:
    """Spoken numbers below a hundred with their digits: "zes" is ``6``, "vierendertig" is ``34``, "plus" is ``+``."""
    found = {"plus": "+"}
    listed: dict[str, list[list[str]]] = {}
    for kind, spoken in table("understand/words/contact.tsv"):
        listed.setdefault(kind, []).append(words(fold(spoken)).keys)
    for row in listed["ones"]:
        found |= {word: str(value) for value, word in enumerate(row)}
    found |= {word: str(10 + value) for value, word in enumerate(listed["teens"][0])}
    for ten, word in enumerate(listed["tens"][0], 2):
        found[word] = str(10 * ten)
        found |= {
            f"{one}en{word}": str(10 * ten + value) for value, one in enumerate(listed["ones"][0]) if value
        }
    return found


def _groups(folded: str, said: Words, taken: list[Span], spoken: bool) -> list[_Group]:
    """The groups of digits in the text, without those that belong to something else."""
    found = [_Group(m.group().replace("o", "0"), m.start(), m.end()) for m in _GROUP.finditer(folded)]
    if spoken:
        numerals = _numerals()
        for match in _SPOKEN.finditer(folded):
            if match.group() in numerals:
                found.append(_Group(numerals[match.group()], match.start(), match.end()))
        found.sort(key=lambda group: group.start)
    shapes = [_DATE]
    if _IBAN_END.search(folded):
        shapes.append(_IBAN)
    if "€" in folded or "eur" in folded:
        shapes.append(_MONEY)
    others = [match.span() for shape in shapes for match in shape.finditer(folded)] + taken
    if not others:
        return found
    others.sort()
    kept: list[_Group] = []
    at = 0
    for group in found:
        while at < len(others) and others[at][1] <= group.start:
            at += 1
        if at == len(others) or others[at][0] >= group.end:
            kept.append(group)
    return kept


def _runs(folded: str, groups: list[_Group]) -> list[list[_Group]]:
    """Groups that stand together, with nothing between them but what people put inside a number."""
    runs: list[list[_Group]] = []
    for group in groups:
        if runs and _within(folded, runs[-1][-1], group):
            runs[-1].append(group)
        else:
            runs.append([group])
    return runs


def _within(folded: str, before: _Group, group: _Group) -> bool:
    """Whether two groups stand in one number by what lies between them: "06 is 12345678", "nul zes, een twee"."""
    if _GAP.fullmatch(folded, before.end, group.start):
        return True
    gap = folded[before.end : group.start]
    spoken = folded[before.start].isalpha() and folded[group.start].isalpha()
    return (before.digits == "06" and gap == " is ") or (spoken and gap == ", ")


class _Number(NamedTuple):
    """A valid number: E.164, how many groups it took, and whether it is a service's (free, premium)."""

    value: str
    groups: int
    service: bool = False


@cache
def _dutch_shape() -> re.Pattern[str]:
    """What `phonenumbers` calls a valid Dutch number without its zero: the library's own patterns, as one.

    Asked itself it tries them one after the other, which takes ten times as long.
    """
    from phonenumbers import PhoneMetadata  # noqa: PLC0415 - 20 ms that a text without digits does not pay

    known = PhoneMetadata.metadata_for_region("NL")
    assert known is not None
    assert known.general_desc is not None
    kinds = [getattr(known, kind) for kind in _KINDS]
    shapes = [
        rf"(?={'|'.join(rf'.{{{length}}}$' for length in kind.possible_length)})(?:{kind.national_number_pattern})"
        for kind in kinds
        if kind is not None and kind.national_number_pattern
    ]
    return re.compile(rf"(?=(?:{known.general_desc.national_number_pattern})$)(?:{'|'.join(shapes)})")


_KINDS = (
    "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail", "fixed_line",
    "mobile",
)  # fmt: skip
"""The kinds of numbers by which the library calls one valid."""


def _valid(national: str) -> str | None:
    """The Dutch number with these digits behind its zero as E.164, if there is one."""
    national = national.lstrip("0")
    return f"+31{national}" if _dutch_shape().fullmatch(national) else None


def _abroad(run: list[_Group], digits: list[str], prefix: int) -> _Number | None:
    """The longest valid number in these groups that begins with a country code behind `prefix` characters."""
    import phonenumbers  # noqa: PLC0415

    for count in range(len(digits), 0, -1):
        written = "".join(digits[:count])[prefix:]
        if 8 <= len(written) <= 15:
            try:
                number = phonenumbers.parse(f"+{written}", None)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(number):
                return _Number(f"+{number.country_code}{number.national_number}", count)
    return None


def _number(run: list[_Group], first: int) -> _Number | None:
    """The number that begins with group `first` of this run."""
    digits = [group.digits for group in run[first : first + 16]]
    head = "".join(digits)[:5]
    if "+" in "".join(digits)[1:]:
        digits = digits[: next(i for i, part in enumerate(digits) if i and part == "+")]
    prefix = 1 if head.startswith("+") else 2 if head.startswith("00") else 0
    country = head[prefix : prefix + 2]
    if prefix and country == "31":
        return _dutch(digits, prefix + 2)
    if prefix:
        return _abroad(run, digits, prefix)
    if head.startswith("316"):
        return _dutch(digits, 2)
    return _dutch(digits, 0) if head.startswith("0") else None


def _dutch(digits: list[str], prefix: int) -> _Number | None:
    """The Dutch number in these groups: nine digits behind the country code or the zero."""
    written = ""
    for count, part in enumerate(digits, 1):
        written += part
        national = written[prefix:]
        if prefix == 0 or national.startswith("0"):
            national = national[1:]
        if _SERVICE.fullmatch("0" + national) and national[:3] in ("800", "900", "906", "909"):
            return _Number("", count, service=True)
        if len(national) > 9:
            return None
        if len(national) == 9:
            value = _valid(national)
            if value:
                return _Number(value, count)
    return None


def _is_bsn(digits: str) -> bool:
    """Whether nine digits pass the eleven test of the burgerservicenummer."""
    if len(digits) != 9 or not digits.isdigit():
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 == 0


class _Place:
    """The words around a run of digits."""

    def __init__(self, said: Words, start: int, end: int) -> None:
        first, behind = bisect_right(said.ends, start), bisect_left(said.starts, end)
        self.before = said.keys[max(0, first - _NEAR) : first]
        self.after = said.keys[behind : behind + _NEAR + 2]
        self.alone = all(is_mark(key) for key in (*self.before, *self.after))

    def says(self, name: str, within: int = _NEAR) -> bool:
        """Whether a word of this class stands in the same sentence before the number."""
        for key in reversed(self.before[-within:]):
            if key[0] in ".!?\n":
                return False
            if key in around(name):
                return True
        return False

    def called(self) -> bool:
        """Whether the client says that they called this number."""
        before = [key for key in self.before if not is_mark(key)]
        if not around("my").isdisjoint(before):
            return False
        late = any(key in around("called") for key in self.after[:5] if not is_mark(key))
        early = any(key in around("called") for key in before[-4:])
        return (late or early) and not around("i").isdisjoint(before)


def _span(folded: str, run: list[_Group]) -> Span:
    start, end = run[0].start, run[-1].end
    if start and folded[start - 1] == "(" and ")" in folded[start:end]:
        start -= 1
    return start, end


@per_scheme
def _own(scheme: Scheme) -> frozenset[str]:
    """The digits of the organisation's own numbers, without country code and zero."""
    numbers = (contact.phone for contact in scheme.contacts.values() if contact.phone)
    return frozenset(
        "".join(filter(str.isdigit, number)).removeprefix("31").lstrip("0")[-9:] for number in numbers
    )


def _judged(text: str, folded: str, said: Words, run: list[_Group], context: Context) -> list[Finding]:
    """What one run of digits says about the client's telephone."""
    found: list[Finding] = []
    at = 0
    while at < len(run) and len(found) < _MOST:
        number = _number(run, at)
        if number is None:
            at += 1
            continue
        part = run[at : at + number.groups]
        start, end = _span(folded, part)
        place = _Place(said, start, end)
        rest = run[at + number.groups : at + number.groups + 3]
        at += number.groups
        asked = context.asking == "phone" or place.says("phone") or place.alone
        if place.says("notphone", 3) or place.called():
            continue
        if number.service:
            if asked:
                found.append(
                    Finding("phone", None, text[start:end], (start, end), sure=False, note="service_number")
                )
            continue
        if rest and _trails(said, rest) and _number(run, at) is None and asked:
            start, end = _span(folded, run[at - number.groups :])
            found.append(
                Finding("phone", None, text[start:end], (start, end), sure=False, note="invalid_phone")
            )
            return found
        if number.value[-9:] in _own(context.scheme):
            if context.asking == "phone":
                found.append(
                    Finding("phone", None, text[start:end], (start, end), sure=False, note="service_number")
                )
            continue
        note = whose(place.before, place.after)
        found.append(Finding("phone", number.value, text[start:end], (start, end), note=note))
    return found


def _trails(said: Words, rest: list[_Group]) -> bool:
    """Whether the one or two digits left behind a number belong to nothing else: a digit too many."""
    if sum(len(group.digits) for group in rest) > 2:
        return False
    following = _Place(said, rest[0].start, rest[-1].end).after
    return not (following and following[0] in around("unit"))


def _wrong(text: str, folded: str, said: Words, run: list[_Group], context: Context) -> Finding | None:
    """What digits that are no number were meant to be, if they were meant as one."""
    digits = "".join(group.digits for group in run).lstrip("+")
    start, end = _span(folded, run)
    place = _Place(said, start, end)
    bare = place.alone or context.asking == "phone"
    note: str | None = None
    if (_is_bsn(digits) and (place.says("bsn") or (bare and not digits.startswith(("0", "6"))))) or (
        place.says("bsn", 3) and len(digits) in (8, 9)
    ):
        note = "bsn"
    elif place.says("notphone", 3) or (place.after and place.after[0] in around("unit")):
        return None
    elif bare or place.says("phone", 5):
        if digits in _EMERGENCY:
            note = "emergency_number"
        elif _SERVICE.fullmatch(digits):
            note = "service_number"
        elif 5 <= len(digits) <= 16 and (
            len(digits) > 8 or context.asking == "phone" or place.says("phone", 5)
        ):
            note = "invalid_phone"
    elif digits.startswith("06") and len(digits) in (9, 11):
        note = "invalid_phone"
    return (note and Finding("phone", None, text[start:end], (start, end), sure=False, note=note)) or None


def find(text: str, folded: str, said: Words, context: Context, taken: list[Span]) -> list[Finding]:
    """The numbers in this text; `taken` are places that belong to something else (an e-mail address)."""
    spoken = context.asking == "phone" or not TELLING.isdisjoint(said.keys)
    if not spoken and _DIGIT.search(folded) is None:
        return []
    found: list[Finding] = []
    for run in _runs(folded, _groups(folded, said, taken, spoken)):
        if len(found) >= _MOST:
            break
        if sum(len(group.digits) for group in run) < 3:
            continue
        numbers = _judged(text, folded, said, run, context)
        if numbers:
            found += numbers
        else:
            wrong = _wrong(text, folded, said, run, context) if not _left_out(said, run) else None
            if wrong is not None:
                found.append(wrong)
    return found


def _left_out(said: Words, run: list[_Group]) -> bool:
    """Whether these digits hold a number that was left out for good reason."""
    return _number(run, 0) is not None
