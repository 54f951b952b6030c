"""The client's own name, as it is said, signed or answered.

The rules:

1. "ik heet" and "mijn naam is" lead to a name however it is written; "ik ben" only where a capital or a common name
   tells it from what people are ("ik ben bang", "ik ben moeder", "ik ben Turks").
2. The name of someone else is not the client's ("mijn zoon heet Daan", "ik ben Daans moeder").
3. A greeting at the end is signed by the client; so is a last line that is a common name.
4. Where the name was asked, a text that is nothing but a name is one.

The value is what was typed. Pure; linear in the length of the text.
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property

from flows.resources import table
from flows.understand.clauses import Clauses
from flows.understand.findings import Context, Finding
from flows.understand.sayings import Match, Sayings, Words, is_mark, words
from flows.understand.text import fold
from flows.understand.whose import persons

_MOST_PARTS = 6
_HAPPENED = re.compile(r"ge\w+(?:d|t|en)$|raakt$|loren$")
"""How words end that say what happened: "ik ben jan tegengekomen" names someone else."""

_GAPS = frozenset({" ", "-", ". ", ".", "  ", " '", "'", " - "})
_NARROW_LINKS = frozenset({"op", "in", "aan", "bij", "uit"})
_BEHIND_NARROW = frozenset({"t", "de", "den", "het"})


@cache
def _intros() -> Sayings[str]:
    return Sayings((saying, kind) for kind, saying in table("understand/words/name_intro.tsv"))


@cache
def _class(name: str) -> frozenset[str]:
    rows = table("understand/words/name_stop.tsv")
    return frozenset(
        key
        for kind, listed in rows
        if kind == name
        for word in listed.split()
        for key in words(fold(word)).keys
    )


@cache
def _given() -> frozenset[str]:
    return frozenset(
        key for (listed,) in table("understand/words/name_given.tsv") for key in words(fold(listed)).keys
    )


@cache
def _not_given(name: str) -> frozenset[str]:
    """The words of one class that are no common names too."""
    return _class(name) - _given()


class _Text:
    """A text with its words; `loud` is one without small letters, where a capital says nothing."""

    def __init__(self, text: str, said: Words) -> None:
        self.text, self.said, self.keys = text, said, said.keys

    @cached_property
    def loud(self) -> bool:
        return self.text == self.text.upper() and any(char.isalpha() for char in self.text)

    def typed(self, at: int) -> str:
        return self.text[self.said.starts[at] : self.said.ends[at]]

    def capital(self, at: int) -> bool:
        return self.typed(at)[0].isupper() and not self.loud

    def joined(self, at: int) -> bool:
        """Whether word `at` stands in one name with the word before it, by what lies between."""
        gap = self.text[self.said.ends[at - 1] : self.said.starts[at]]
        return gap in _GAPS and ("." not in gap or len(self.keys[at - 1]) == 1)

    def word(self, at: int) -> bool:
        """Whether there is a word of letters at `at`."""
        return at < len(self.keys) and self.keys[at][0].isalpha() and not any(map(str.isdigit, self.keys[at]))


def _next(t: _Text, at: int) -> int:
    """The word behind word `at`, past the full stop of an initial: "J. de Vries"."""
    if at + 1 < len(t.keys) and t.keys[at + 1] == "." and len(t.keys[at]) == 1:
        return at + 2
    return at + 1


def _links(t: _Text, at: int, capital: bool) -> int:
    """Where the words between two parts of a name end that begin at word `at` ("van der"); `at` when there are none."""
    end = at
    while t.word(end) and t.keys[end] in _class("link") and end - at < 3:
        if t.keys[end] in _NARROW_LINKS and not (end + 1 < len(t.keys) and t.keys[end + 1] in _BEHIND_NARROW):
            break
        end += 1
    if end == at or not _is_part(t, end) or t.keys[end] in _class("group"):
        return at
    return end if not capital or t.capital(end) else at


def _is_part(t: _Text, at: int) -> bool:
    """Whether word `at` can be the part of a name that is no link."""
    if not t.word(at):
        return False
    if len(t.keys[at]) == 1 and t.capital(at) and t.keys[at + 1 : at + 2] == ["."]:
        return True
    return t.keys[at] not in _class("stop") and (t.keys[at] not in _class("not") or t.capital(at))


def _name(t: _Text, first: int, *, strict: bool = True) -> int:
    """The word behind the name that begins with word `first`; `first` itself when none does.

    `strict`: once a name has a capital, so have its other parts.
    """
    at = first
    if t.word(at) and t.keys[at] in _class("title"):
        if (
            t.keys[at] == "familie" and t.keys[max(at - 1, 0)] == "ben"
        ):  # a relative, not the family of that name
            return first
        at = _next(t, at)
        if t.keys[at : at + 1] == ["."]:
            at += 1
        if not (t.word(at) and (_is_part(t, at) or t.keys[at] in _class("link"))):
            return first
    if t.word(at) and t.keys[at] in _class("link") and t.keys[at] not in _given():
        at = _links(t, at, strict and t.capital(first))
    if not _is_part(t, at) or (t.keys[at] in persons() and t.keys[at] not in _given()):
        return first
    capital = strict and t.capital(at)
    end = at + 1
    while end - first < _MOST_PARTS:
        behind = _next(t, end - 1)
        if behind >= len(t.keys) or not t.word(behind) or not (t.joined(behind) or behind != end):
            break
        linked = _links(t, behind, capital)
        if linked != behind:
            end = linked + 1
        elif (
            _is_part(t, behind)
            and (t.capital(behind) or not capital)
            and t.keys[behind] not in _class("link")
            and t.keys[behind] not in _class("title")
        ):
            end = behind + 1
        else:
            break
    return end


def _own(t: _Text, first: int, end: int) -> bool:
    """Whether what follows a name behind "ik ben" leaves it the client's: not "kwijt", not "haar moeder"."""
    behind = t.keys[end] if end < len(t.keys) else ""
    last = t.keys[end - 1]
    if behind in _class("lost") or (end - first > 1 and last not in _given() and _HAPPENED.search(last)):
        return False
    return not (behind in _class("relation") and last.endswith("s") and last not in _given())


def _ends_well(t: _Text, end: int) -> bool:
    """Whether a clause may end before word `end`."""
    if end >= len(t.keys) or is_mark(t.keys[end]) or t.keys[end][0].isdigit():
        return True
    return t.keys[end] in _class("stop") or t.keys[end] in _class("link")


def _soft(t: _Text, first: int, *, common: bool) -> int:
    """The word behind a name that may follow "ik ben"; `first` when it is none. `common`: only a common name counts."""
    if not t.word(first) or t.keys[first] in _not_given("link"):
        return first
    key = t.keys[first]
    if key in _class("title"):
        return _name(t, first)
    known = key in _given()
    if not known and len(key) > 1 and t.typed(first).isupper():
        return first
    if not known and (common or not t.capital(first) or key in _class("not")):
        return first
    end = _name(t, first)
    if end == first or not _own(t, first, end):
        return first
    if known and not t.capital(first):
        return end if _ends_well(t, end) or end > first + 1 else first
    return end if known or _ends_well(t, end) else first


def _led(t: _Text, match: Match[str], clauses: Clauses) -> tuple[int, int] | None:
    """The words of the name that this saying leads to."""
    first = match.last
    colon = first < len(t.keys) and (
        t.keys[first][0] == ":" or (t.keys[first] == "," and t.keys[first - 1] == "het")
    )
    if colon:
        first += 1
    if first >= len(t.keys) and match.label != "behind":
        return None
    match match.label:
        case "sure":
            end = first if t.keys[first] in _not_given("not") else _name(t, first)
        case "label":
            alone = clauses.before(match.first) >= 0 or t.keys[match.first] in ("mijn", "mn", "me", "my")
            plain = (
                colon or t.keys[match.last - 1] in ("is",) or t.capital(first) or t.keys[first] in _given()
            )
            end = _name(t, first) if alone and plain and t.keys[first] not in _not_given("not") else first
        case "call":
            end = _name(t, first)
            if not any(key in ("noemen", "heten", "zeggen") for key in t.keys[end : end + 1]):
                end = first
        case "soft" | "this":
            end = _soft(t, first, common=match.label == "this")
        case _:
            return None
    return (first, end) if end > first else None


def _behind(t: _Text, match: Match[str]) -> tuple[int, int] | None:
    """The name that stands before "heet ik"."""
    first = match.first
    while first > 0 and match.first - first < _MOST_PARTS and t.word(first - 1):
        first -= 1
    for start in range(first, match.first):
        if _name(t, start, strict=False) == match.first:
            return start, match.first
    return None


def _signed(t: _Text, match: Match[str]) -> tuple[int, int] | None:
    """The name behind a greeting at the end of the text."""
    first = match.last
    while first < len(t.keys) and is_mark(t.keys[first]):
        first += 1
    if match.first and t.keys[match.first - 1] in (
        "de",
        "het",
        "mijn",
        "zijn",
        "haar",
        "kreeg",
        "deed",
        "doe",
        "veel",
    ):
        return None
    if first >= len(t.keys) or not t.word(first) or not (t.capital(first) or t.keys[first] in _given()):
        return None
    if t.keys[first] in _not_given("not"):
        return None
    end = _name(t, first)
    behind = t.keys[end : end + 2]
    return (
        (first, end) if end > first and (not behind or is_mark(behind[0]) or behind[0][0].isdigit()) else None
    )


def _last_line(t: _Text) -> tuple[int, int] | None:
    """The name that is the last line of a text of several."""
    size = len(t.keys)
    while size and is_mark(t.keys[size - 1]):
        size -= 1
    first = size
    while first > 0 and size - first < 5 and not is_mark(t.keys[first - 1]):
        first -= 1
    if first in (0, size) or "\n" not in t.text[t.said.ends[first - 1] - 1 : t.said.starts[first]]:
        return None
    if t.keys[first] not in _given() or not t.capital(first) or _name(t, first) != size:
        return None
    return first, size


def _answer(t: _Text, context: Context) -> tuple[int, int] | None:
    """The name that a text is which answers the question for one."""
    first = 0
    while first < len(t.keys) and (is_mark(t.keys[first]) or t.keys[first] in _BEFORE_ANSWER):
        first += 1
    if t.keys[first : first + 2] == ["de", "heer"]:
        first += 1
    if first >= len(t.keys) or "heet" in t.keys or "heten" in t.keys:
        return None
    if t.keys[first] in _class("not") and t.keys[first] not in _given():
        return None
    end = _name(t, first, strict=False)
    if end == first or not _ends_well(t, end):
        return None
    named = fold(t.text[t.said.starts[first] : t.said.ends[end - 1]])
    places = {fold(label) for place in context.scheme.locations for label in place.label.values()}
    return None if named in places and end == len(t.keys) else (first, end)


_BEFORE_ANSWER = frozenset(
    {"gewoon", "hoi", "hallo", "ja", "nou", "ok", "oke", "eh", "just", "hi", "hello", "dat", "is"}
)


def _first_line(t: _Text) -> tuple[int, int] | None:
    """The name that is the first line of a block with an address or a number below it."""
    end = next((at for at, key in enumerate(t.keys) if is_mark(key) and key != "."), 0)
    if not 0 < end < len(t.keys) or "\n" not in t.text[t.said.ends[end - 1] : t.said.ends[end]]:
        return None
    return (0, end) if t.capital(0) and t.keys[0] not in _class("not") and _name(t, 0) == end else None


def _candidates(t: _Text, context: Context, block: bool) -> Iterator[tuple[int, int]]:
    """The words of every name found, the surest first."""
    found = _intros().find(t.keys)
    clauses = Clauses(t.keys)
    longest = list({match.first: match for match in found}.values())[:_MOST_INTROS]
    for label in ("sure", "call", "label", "soft", "this", "behind"):
        for match in longest:
            if match.label == label:
                named = _behind(t, match) if label == "behind" else _led(t, match, clauses)
                if named is not None:
                    yield named
    for match in longest:
        if match.label == "sign":
            named = _signed(t, match)
            if named is not None:
                yield named
    if "\n" in t.text:
        named = _last_line(t) or (_first_line(t) if block else None)
        if named is not None:
            yield named
    if context.asking == "name":
        named = _answer(t, context)
        if named is not None:
            yield named


_MOST_INTROS = 40


def telling() -> frozenset[str]:
    """Words of which one stands in every text of one line that says a name unasked."""
    return _intros().telling


def find(text: str, said: Words, context: Context, *, block: bool = False) -> list[Finding]:
    """The client's name in this text, at most one. `block`: the text also holds an address or a number."""
    if context.asking != "name" and "\n" not in text and not _intros().hopeful(said.keys):
        return []
    t = _Text(text, said)
    for first, end in _candidates(t, context, block):
        start, stop = said.starts[first], said.ends[end - 1]
        if stop < len(text) and text[stop] == "." and len(said.keys[end - 1]) == 1:
            stop += 1
        typed = text[start:stop]
        return [Finding("name", " ".join(typed.split()), typed, (start, stop))]
    return []
