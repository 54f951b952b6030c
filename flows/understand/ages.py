"""How old the client is: their own age only, never a child's, a room's or a number of times."""

import re
from functools import cache

from flows.resources import table
from flows.understand.findings import Finding
from flows.understand.phrases import Words
from flows.understand.text import fold

_CUE = re.compile(r"\d|\bben\b|jaar|jarig|\bjr\b|\bage\b|\byears\b|yas|\blat|рок|عمر|سنة")


@cache
def _numbers() -> dict[str, str]:
    """Number words of several languages as digits."""
    return {
        fold(word): digits for digits, words in table("understand/words/age.tsv") for word in words.split()
    }


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    number = r"(?P<age>\d{1,3}|" + "|".join(sorted(map(re.escape, _numbers()), key=len, reverse=True)) + ")"
    years = r"(?:jaar|jr|jaartjes|years?|yo|yrs?)"
    about = r"(?:(?:pas|nu|al|net|bijna|zelf|ook|nog|maar|just|only|almost)\s+){0,2}"
    end = r"(?=\s*(?:$|[.,!?;)\n]|jaar|jr\b|years?\b|en\b|maar\b|and\b|but\b|geworden\b))"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"\b(?:ik ben|ik word|ben ik|i am|i'm|im)\s+(?P<about>{about}){number}\b{end}(?:\s*{years}\b)?",
            rf"\bik\s*\(\s*{number}\s*(?:{years})?\s*\)",
            rf"\bik ben\s+(?:een\s+)?(?:meisje|jongen|vrouw|man|jongere|kind|moeder|vader|client|tiener)\s+van\s+{number}\b",
            rf"\bik ben\s+(?:een\s+)?{number}[ -]?(?:jarige?|jaar)\b",
            rf"\bik,?\s+(?:een\s+)?(?:meisje|jongen|vrouw|man)\s+van\s+{number}\b",
            rf"\bmijn leeftijd is\s+{number}\b",
            rf"\b{number}\s*(?:yasindayim|yasimdayim)\b",
            rf"\bmam\s+{number}\s+lat\b",
            rf"\bмен[іi]\s+{number}\s+р[оі]к",
            rf"\bعمري\s+{number}\b",
            rf"\b(?:meisje|jongen|[mvjf])\s*,?\s*{number}\s*{years}?\s*$",
        )
    )


@cache
def _bare() -> re.Pattern[str]:
    number = r"(?P<age>\d{1,3}|" + "|".join(sorted(map(re.escape, _numbers()), key=len, reverse=True)) + ")"
    return re.compile(rf"(?<![\d,.-]){number}(?:\s*(?:[,.]5|½|en een half|half))?(?![\d-])")


def _finding(said: Words, match: re.Match[str], *, sure: bool = True) -> Finding | None:
    written = match.group("age")
    age = int(_numbers().get(written, written)) if not written.isdigit() else int(written)
    if "bijna" in match.group() or "almost" in match.group() or "ik word" in match.group():
        age -= 1
    start, end = match.span()
    if not 3 <= age <= 115:
        return None
    return Finding("age", str(age), said.said(start, end), (start, end), sure)


def find(said: Words, *, asked: bool) -> Finding | None:
    """The client's own age in this text. `asked`: it is the answer to "how old are you?"."""
    folded = said.folded
    if not asked and not _CUE.search(folded):
        return None
    for pattern in _patterns():
        match = pattern.search(folded)
        if match is not None:
            return _finding(said, match)
    if asked:
        found = list(_bare().finditer(folded))
        if len(found) == 1:
            return _finding(said, _almost(folded, found[0]))
        if len(found) > 1:
            return _finding(said, found[0], sure=False)
    return None


def _almost(folded: str, match: re.Match[str]) -> re.Match[str]:
    """The match with "bijna" before it, where that stands there."""
    number = _bare().pattern
    return re.compile(rf"(?:bijna|almost)\s+{number}").search(folded) or match
