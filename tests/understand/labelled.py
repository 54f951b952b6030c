"""The labelled texts of `tests/data/`, read and judged: what a text holds against what was found in it.

A finding is *right* when it is what the label says, *wrong* when something was said for sure that is not so, and
*missed* otherwise: what is missed is asked, what is wrong is believed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flows.answers import Value, When
from flows.schemes import load
from flows.understand import understand
from flows.understand.findings import Context, Finding, Heard

DATA = Path(__file__).parent.parent / "data"
NOW = datetime(2026, 5, 20, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
"""The Wednesday on which every labelled text is said."""

JUDGED = (
    "location", "role", "behalf", "date", "phone", "email", "name", "address", "age", "safe", "talked",
    "interpreter", "unreadable_by", "wish", "party",
)  # fmt: skip
"""The fields of a story of which it matters that nothing is found that is not there."""


class Case(NamedTuple):
    """One labelled text: `expected` by field, in the notation that the head of its file explains."""

    scheme: str
    asked: str | None
    difficulty: str
    text: str
    expected: Mapping[str, str]


class Verdict(NamedTuple):
    """How one field of one text was read: ``right``, ``wrong`` or ``missed``."""

    case: Case
    field: str
    verdict: str
    found: Finding | None

    def __str__(self) -> str:
        """What there is to see in a failure: the text, what it holds and what was found."""
        found = f"{self.found.value!r} sure={self.found.sure}" if self.found else "nothing"
        expected = self.case.expected.get(self.field, "-")
        return f"{self.verdict}: {self.field}={expected}, found {found}: {self.case.text}"


def _rows(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


@cache
def places_roles(part: str) -> tuple[Case, ...]:
    """The texts about where and who: `part` is ``dev`` or ``frozen``."""
    return tuple(
        Case(scheme, None if asked == "-" else asked, difficulty, text, {"location": location, "role": role})
        for scheme, asked, text, location, role, difficulty in _rows(f"places_roles_{part}.tsv")
    )


@cache
def stories(part: str) -> tuple[Case, ...]:
    """The whole stories: `part` is ``dev`` or ``frozen``."""
    cases = []
    for scheme, asked, difficulty, text, holds in _rows(f"stories_{part}.tsv"):
        pairs = (pair.strip() for pair in holds.split(";") if pair.strip())
        expected = dict(_pair(pair) for pair in pairs)
        cases.append(Case(scheme, None if asked == "-" else asked, difficulty, text, expected))
    return tuple(cases)


def _pair(written: str) -> tuple[str, str]:
    at = min(written.index(mark) for mark in "=~" if mark in written)
    return written[:at], written[at:].removeprefix("=")


def context(scheme: str, asked: str | None = None) -> Context:
    """A conversation with this organisation at `NOW`."""
    return Context(load(scheme), NOW, asking=asked)


def heard(case: Case) -> Heard:
    """The case's text, understood."""
    return understand(case.text, context(case.scheme, case.asked))


def _plain(value: Value | None) -> str:
    match value:
        case When():
            days = (value.earliest.isoformat(), value.latest.isoformat())
            return days[0] if days[0] == days[1] else "..".join(days)
        case tuple():
            return ",".join(value)
        case _:
            return value or ""


def judge(expected: str, found: Finding | None) -> str:
    """What a finding is worth against the label of its field."""
    sure = found is not None and found.sure
    match expected[:1]:
        case "*":
            return "right"
        case "-":
            return "wrong" if sure else "right"
        case "?":
            wanted = {id for id in expected[1:].split("|") if id}
            if sure:
                return "wrong"
            return (
                "right"
                if not wanted or (found and wanted == set(map(_plain, found.candidates)))
                else "missed"
            )
        case "~":
            if found is None:
                return "missed"
            return "right" if expected[1:] in _plain(found.value) else "wrong"
    if found is None or not found.sure:
        return "missed"
    return "right" if _plain(found.value) == expected else "wrong"


def verdicts(case: Case, fields: tuple[str, ...] = JUDGED) -> Iterator[Verdict]:
    """How each field of a case was read."""
    findings = heard(case).findings
    for field in dict.fromkeys(
        (*fields, *(name for name in case.expected if name not in ("danger", "intent", "correction")))
    ):
        expected = case.expected.get(field, "-")
        yield Verdict(case, field, judge(expected, findings.get(field)), findings.get(field))


def count(all_verdicts: list[Verdict]) -> Counter[str]:
    """How many of each verdict there are."""
    return Counter(verdict.verdict for verdict in all_verdicts)
