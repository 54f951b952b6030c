"""How well contact is read: ``python -m tests.benchmarks.contacts [dev|frozen] [--errors]``.

Prints precision and recall for each kind of finding and for each language, and how long a text takes. A finding is
right when its field, its value (where the label names it), its note and whether it is sure are all as labelled.
"""

import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from flows.understand import contacts, intents, replies
from flows.understand.findings import Context, Finding
from tests.understand.labelled import DATA, context

STORY = (
    "Ik woon sinds maart in de opvang in Haarlem. Vorige week dinsdag lachte een medewerker mij uit waar iedereen bij "
    "was. Ik heb al drie keer gevraagd of iemand mij kan helpen met het formulier voor de gemeente, maar niemand belt "
    "mij terug. Mijn dochter zit op zwemles en daar moet ik haar zelf heen brengen, want de begeleider komt altijd te "
    "laat. Ik vind dat niet eerlijk. Ik wil graag dat er iemand naar mij luistert en dat de afspraken die we hebben "
    "gemaakt ook echt op papier komen te staan zodat ik weet waar ik aan toe ben"
)
ANSWER = "ja maar het was maandag"


class Said(NamedTuple):
    """What a label or a finding says: the field, whether it is sure, its value as written, and its note."""

    field: str
    sure: bool
    value: str
    note: str


class Case(NamedTuple):
    """One labelled text."""

    language: str
    asked: str | None
    text: str
    holds: tuple[Said, ...]
    difficulty: str


def said(label: str) -> Said:
    """The label's notation: ``field=value``, ``field=value@note``, ``field?note`` or ``field?note=value``."""
    mark = min(label.index(sign) for sign in "=?" if sign in label)
    field, rest = label[:mark], label[mark + 1 :]
    if label[mark] == "?":
        note, _, value = rest.partition("=")
        return Said(field, False, value, note)
    value, at, note = rest.rpartition("@")
    if not at or (field == "email" and ":" not in note):
        value, note = rest, ""
    return Said(field, True, value, note)


def read(name: str) -> tuple[Case, ...]:
    """The cases of one file of `tests/data/`."""
    cases = []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, asked, text, holds, difficulty = line.split("\t")
            labels = () if holds == "-" else tuple(map(said, holds.split(" ; ")))
            asking = None if asked == "-" else asked
            cases.append(Case(language, asking, text.replace("\\n", "\n"), labels, difficulty))
    return tuple(cases)


def _found(finding: Finding) -> Said:
    value = "+".join(finding.value) if isinstance(finding.value, tuple) else str(finding.value or "")
    return Said(finding.field, finding.sure, value, finding.note or "")


def _fits(label: Said, found: Said) -> bool:
    if not label.sure:
        return (label.field, label.sure, label.note) == (found.field, found.sure, found.note) and (
            not label.value or label.value == found.value
        )
    ids = [
        sorted(one.value.split("+")) if one.field in ("contact_how", "contact_when") else one.value
        for one in (label, found)
    ]
    return label._replace(value="") == found._replace(value="") and ids[0] == ids[1]


class Judged(NamedTuple):
    """A case with what was found: how many were right, which were missed and which are too many."""

    case: Case
    right: tuple[Said, ...]
    missed: tuple[Said, ...]
    wrong: tuple[Said, ...]


def judge(case: Case) -> Judged:
    """Reads a case and compares."""
    left = [_found(finding) for finding in contacts.find(case.text, setting(case))]
    right, missed = [], []
    for label in case.holds:
        match = next((found for found in left if _fits(label, found)), None)
        if match is None:
            missed.append(label)
        else:
            left.remove(match)
            right.append(label)
    return Judged(case, tuple(right), tuple(missed), tuple(left))


def setting(case: Case) -> Context:
    """The conversation in which the case is said."""
    return context("blijf-groep", case.asked)


def scores(judged: Iterable[Judged], by: str) -> dict[str, tuple[int, int, int]]:
    """(right, missed, wrong) for each field or for each language."""
    counted: dict[str, Counter[str]] = {}
    for one in judged:
        for kind, items in (("right", one.right), ("missed", one.missed), ("wrong", one.wrong)):
            for item in items:
                key = item.field if by == "field" else one.case.language
                counted.setdefault(key, Counter())[kind] += 1
    return {key: (count["right"], count["missed"], count["wrong"]) for key, count in sorted(counted.items())}


def median(task: object, text: str, setting: Context, rounds: int = 400) -> float:
    """The median time of one reading in microseconds."""
    assert callable(task)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        task(text, setting)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def _all(text: str, setting: Context) -> None:
    contacts.find(text, setting)
    wanted = intents.find(text, setting)
    replies.find(text, setting)
    replies.correction(text, setting, wanted[0] if wanted else None)


def main(arguments: list[str]) -> None:
    """Prints the tables."""
    for part in [name for name in ("dev", "frozen") if name in arguments] or ["dev", "frozen"]:
        judged = [judge(case) for case in read(f"contacts_{part}.tsv")]
        whole = sum(not (one.missed or one.wrong) for one in judged)
        print(f"{part}: {whole} of {len(judged)} texts wholly right")
        for by in ("field", "language"):
            print(f"  {by:13} right missed wrong  recall precision")
            for key, (right, missed, wrong) in scores(judged, by).items():
                recall = right / (right + missed) if right + missed else 1.0
                precision = right / (right + wrong) if right + wrong else 1.0
                print(f"  {key:13} {right:5} {missed:6} {wrong:5}  {recall:6.1%} {precision:9.1%}")
        if "--errors" in arguments:
            for one in judged:
                if one.missed or one.wrong:
                    print(f"  {one.case.text!r} [{one.case.asked}] missed {one.missed} wrong {one.wrong}")
    empty = context("blijf-groep")
    for name, text in (("story of 100 words", STORY), ("answer of 5 words", ANSWER)):
        print(
            f"{name}: contacts {median(contacts.find, text, empty):.0f} µs, with intents and replies "
            f"{median(_all, text, empty):.0f} µs"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
