"""Dutch addresses as people type them: street and number, postcode, place, post box; and no address at all.

The rules:

1. A street and number counts as the client's address only where it is said to be (“ik woon op …”, “mijn adres is …”),
   where the address was asked, where a postcode follows, or where nothing else is said. A street in a story is where
   something happened.
2. The name of a place alone is an address only where the address was asked, and then a part of one (``partial``).
3. Someone in a shelter gives no address: "via de opvang", "geheim adres", "briefadres" are the value ``none`` with the
   note ``shelter``, also when a street stands beside it. A shelter's address is never kept.

The value is what was typed, from the street to the place. Pure; linear in the length of the text.
"""

import re
from functools import cache

from flows.resources import table
from flows.understand.findings import Context, Finding
from flows.understand.sayings import Sayings, Words, is_mark, words
from flows.understand.text import fold
from flows.understand.whose import whose

Span = tuple[int, int]

_POSTCODE = re.compile(r"[1-9](?<!\w.)\d{3}( ?)(?!(?:sa|sd|ss)\b)([a-z]{2})\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<number>\d{1,5})(?P<addition>[ \-/]?(?:[a-z]{1,2}|bis|hs|huis|zw|rd|iii|\d{1,4})(?![\w]))?",
    re.IGNORECASE,
)
_MORE_NUMBER = re.compile(r"[. ]*\d{1,4}[a-z]?\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_BOX = re.compile(r"\bpostbus +\d{1,6}\b", re.IGNORECASE)
_PLACE = re.compile(
    r"[ ,\n]{0,3}(?:(?:in|te) )?"
    r"((?:'[ts][ -]|[Dd]en |[Dd]e |Sint[ -])?[^\W\d_][^\W\d_'\-]+"
    r"(?:(?:-| (?:aan|op|en|bij|a/d) (?:de |den )?| )[A-Z][^\W\d_'\-]+)*)"
)
_MOST = 4


@cache
def _class(name: str) -> frozenset[str]:
    rows = table("understand/words/contact_address.tsv")
    return frozenset(key for kind, listed in rows if kind == name for key in fold(listed).split())


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(sorted(_class("suffix"), key=len, reverse=True))


@cache
def _none() -> Sayings[str]:
    rows = table("understand/words/contact_none.tsv")
    return Sayings((saying, kind) for field, kind, saying in rows if field == "address")


def _is_street(key: str) -> bool:
    """Whether a word can end the name of a street."""
    return key not in _class("plain") and len(key) > 4 and key.endswith(_suffixes())


_LINKS = frozenset({"van", "de", "der", "den", "het", "t", "ten", "ter", "v", "en"})


class _Text:
    """A text with its words, as every reader here needs it."""

    def __init__(self, text: str, folded: str, said: Words, context: Context) -> None:
        self.text, self.folded, self.said, self.context = text, folded, said, context
        self.asked = context.asking == "address"

    def finding(self, start: int, end: int, *, partial: bool = False, note: str | None = None) -> Finding:
        words_said = self.text[start:end].rstrip(" ,.;\n")
        value = " ".join(words_said.split())
        span = (start, start + len(words_said))
        return Finding(
            "address", value, words_said, span, sure=not partial, note="partial" if partial else note
        )


def _street_start(said: Words, at: int, text: str) -> int:
    """The word with which the name of the street begins that ends with word `at`."""
    first = at
    for index in range(at - 1, max(-1, at - 6), -1):
        key = said.keys[index]
        typed = text[said.starts[index] : said.ends[index]]
        gap = text[said.ends[index] : said.starts[index + 1]]
        if (
            key == "."
            and index
            and text[said.starts[index - 1]].isupper()
            and said.ends[index] - said.starts[index - 1] < 6
        ):
            continue
        if is_mark(key) or gap not in (" ", "-", ".", " '", ""):
            break
        if key in _class("cue") or (key in _class("preposition") and typed[0].islower()):
            break
        if typed[0].isupper() or key in _class("street") or re.fullmatch(r"\d{1,2}(?:e|de|ste)|s", key):
            first = index
        elif key not in _LINKS:
            break
    return first


def _begin(said: Words, first: int, text: str) -> int:
    """Where the street's name begins: before the apostrophe of "'s-Gravenweg"."""
    start = said.starts[first]
    return start - 1 if said.keys[first] in ("s", "t") and start and text[start - 1] in "'’" else start


def _streets(t: _Text) -> list[tuple[int, int, int]]:
    """Streets with a number: the first word, where the text begins and where the number ends."""
    found: list[tuple[int, int, int]] = []
    said = t.said
    for behind in range(1, len(said.keys)):
        if not said.keys[behind][0].isdigit() or len(found) >= _MOST:
            continue
        at = (
            behind - 2
            if said.keys[behind - 1] == "." and said.keys[behind - 2].endswith("str")
            else behind - 1
        )
        if at < 0 or not said.keys[at][0].isalpha() or said.keys[at] == "postbus":
            continue
        match = _NUMBER.match(t.text, said.starts[behind])
        if match is None or t.text[said.ends[at] : said.starts[behind]] not in (" ", "  ", ", ", ". ", "-"):
            continue
        first = _street_start(said, at, t.text)
        named = _is_street(said.keys[at]) or any(
            _is_street(key) or key in _class("street") for key in said.keys[first:at]
        )
        lone = t.asked and said.keys[at] not in _class("cue") and len(said.keys[at]) > 3
        if named or lone:
            found.append((first, _begin(said, first, t.text), _number_end(t, match)))
    return found


def _number_end(t: _Text, match: re.Match[str]) -> int:
    """Where a house number ends: with its addition, unless that is a word of the sentence."""
    addition = match["addition"]
    if addition is None:
        return match.end("number")
    word = addition.strip(" -/").lower()
    if word == "nr":
        more = _MORE_NUMBER.match(t.text, match.end())
        return more.end() if more else match.end("number")
    if (
        addition[0] == " "
        and word in _class("nopostcode") | {"a"}
        and word in ("in", "te", "en", "is", "op", "de", "ik", "we", "of", "er")
    ):
        return match.end("number")
    if addition[0] == " " and re.fullmatch(r"\d{4}", word):
        return match.end("number")
    return match.end()


def _tail(t: _Text, end: int) -> tuple[int, bool]:
    """Where an address ends whose number ends at `end`: behind postcode and place; and whether it has a postcode."""
    gap = re.compile(r"[ ,\n]{0,4}").match(t.text, end)
    at = gap.end() if gap else end
    code = _POSTCODE.match(t.text, at)
    if code is not None:
        end = code.end()
    place = _PLACE.match(t.text, end)
    if place is not None and _is_place(t, place, code is not None):
        return place.end(), code is not None
    return end, code is not None


def _is_place(t: _Text, match: re.Match[str], after_code: bool) -> bool:
    named = match.group(1)
    key = fold(named.split()[0])
    if key in _class("noplace") or t.text[match.start() : match.end()].count("\n") > 1:
        return False
    said_in = re.match(r"[ ,\n]*(?:in|te) ", match.group()) is not None
    return named[0].isupper() or after_code or said_in or t.asked


def _said_so(t: _Text, first: int) -> bool:
    """Whether the words before say that an address follows: "ik woon op", "adres:"."""
    for index in range(first - 1, max(-1, first - 8), -1):
        key = t.said.keys[index]
        if key[0] in ".!?":
            return False
        if key in _class("cue"):
            own = t.said.keys[max(0, index - 2) : index]
            return not any(
                other in own for other in ("hij", "zij", "ze", "zijn", "haar", "hun", "he", "she", "their")
            )
    return False


def _alone(t: _Text, start: int, end: int) -> bool:
    """Whether the address is all that its line or clause says."""
    before = t.text[max(0, start - 3) : start].rstrip(" ")
    behind = t.text[end : end + 3].lstrip(" ")
    return (not before or before[-1] in "\n:.;,") and (not behind or behind[0] in "\n.;,")


def _addresses(t: _Text) -> list[Finding]:
    found: list[Finding] = []
    if _DIGIT.search(t.folded):
        for first, start, number_end in _streets(t):
            end, complete = _tail(t, number_end)
            if complete or t.asked or _said_so(t, first) or _alone(t, start, end):
                own = t.said.keys[max(0, first - 7) : first]
                found.append(t.finding(start, end, note=whose(own, []) if not t.asked else None))
        if "postbus" in t.folded or not t.text.isascii():  # the pattern knows more capitals than ours
            for box in _BOX.finditer(t.text):
                end, _ = _tail(t, box.end())
                found.append(t.finding(box.start(), end))
        if not found:
            found += _codes(t)
    return found[:_MOST]


def _codes(t: _Text) -> list[Finding]:
    """A postcode, with a house number or a place if they stand there."""
    for code in _POSTCODE.finditer(t.text):
        gap, letters = code.group(1), code.group(2)
        sure = letters.isupper() or not gap
        if not sure and (letters.lower() in _class("nopostcode") or not t.asked):
            continue
        if not (t.asked or letters.isupper() or _alone(t, *code.span())):
            continue
        number = re.compile(
            r",? ?(?:huisnummer |nummer |nr\.? ?)?(\d{1,5} ?-?[a-z]{0,2})\b", re.IGNORECASE
        ).match(t.text, code.end())
        end, complete = (number.end(), True) if number else (code.end(), False)
        place = _PLACE.match(t.text, end)
        if place is not None and _is_place(t, place, True):
            end = place.end()
        return [t.finding(code.start(), end, partial=not complete)]
    return []


def _refused(t: _Text) -> list[Finding]:
    """No address: a shelter's, a secret one, or none at all."""
    for match in _none().find(t.said.keys):
        kind = match.label
        if kind.endswith("?") and not t.asked and t.context.asking not in ("phone", "email"):
            continue
        start, end = t.said.starts[match.first], t.said.ends[match.last - 1]
        note = "shelter" if kind.startswith("shelter") else None
        return [Finding("address", "none", t.text[start:end], (start, end), note=note)]
    return []


def _typed(t: _Text) -> list[Finding]:
    """The answer to the question for an address that looks like nothing above: a place, or a street without number."""
    keys = [key for key in t.said.keys if not is_mark(key)]
    if not t.asked or not 0 < len(keys) <= 5 or "\n" in t.text.strip() or len(t.text) > 80:
        return []
    if _DIGIT.search(t.folded) and not any(_is_street(key) for key in keys):
        return []
    lead = re.match(r"\s*(?:ik woon |we wonen |wij wonen |woon )?(?:(?:in|op|te|aan de|aan) )?", t.folded)
    start = lead.end() if lead else 0
    rest = words(t.folded[start:]).keys
    places = {key for place in t.context.scheme.locations for key in words(fold(place.label["nl"])).keys}
    if rest and len(rest) == 1 and rest[0] in places:
        return [t.finding(start, len(t.text.rstrip()), partial=True)]
    if not rest or not (
        _is_street(rest[-1]) or t.text[start].isupper() or (lead and lead.group().strip() and len(rest) <= 2)
    ):
        return []
    if rest[0] in _class("noplace"):
        return []
    return [t.finding(start, len(t.text.rstrip()), partial=True)]


def telling() -> frozenset[str]:
    """Words of which one stands in every text that has no digit and still speaks of an address."""
    return _none().telling


def find(text: str, folded: str, said: Words, context: Context, taken: list[Span]) -> list[Finding]:
    """The addresses in this text; `taken` are places that hold a number or a mail address."""
    hopeful = _none().hopeful(said.keys)
    if not hopeful and context.asking != "address" and not _DIGIT.search(folded):
        return []
    t = _Text(text, folded, said, context)
    refused = _refused(t) if hopeful else []
    if refused:
        return refused
    found = [
        f for f in _addresses(t) if not any(f.span[0] < end and start < f.span[1] for start, end in taken)
    ]
    return found or _typed(t)
