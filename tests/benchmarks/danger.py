"""How well danger is seen: ``python -m tests.benchmarks.danger [dev|frozen] [--errors]``.

Prints recall and false alarms for each kind and language, and how long a text takes. A text counts as seen when
any danger is found in it, its kind when that kind is among those found. Unspecified, both parts are measured;
errors are only shown for the part that lists may be tuned on.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from flows.understand import danger

DATA = Path(__file__).parents[1] / "data"
STORY = (
    "Ik woon sinds maart in de opvang in Haarlem. Vorige week dinsdag lachte een medewerker mij uit waar iedereen "
    "bij was. Ik heb al drie keer gevraagd of iemand mij kan helpen met het formulier voor de gemeente, maar "
    "niemand belt mij terug. Mijn dochter zit op zwemles en daar moet ik haar zelf heen brengen, want de begeleider "
    "komt altijd te laat. Ik vind dat niet eerlijk. Ik wil graag dat er iemand naar mij luistert en dat de afspraken "
    "die we hebben gemaakt ook echt op papier komen te staan zodat ik weet waar ik aan toe ben"
)
ANSWER = "ja maar het was maandag"


class Case(NamedTuple):
    """One labelled text."""

    language: str
    kinds: frozenset[str]
    difficulty: str
    text: str


class Score(NamedTuple):
    """Of `texts` with danger `seen` were seen; of `harmless` texts `alarms` were taken for danger."""

    texts: int
    seen: int
    harmless: int
    alarms: int

    @property
    def recall(self) -> float:
        """The share of texts with danger that were seen."""
        return self.seen / self.texts if self.texts else 1.0

    @property
    def false_alarms(self) -> float:
        """The share of harmless texts that were taken for danger."""
        return self.alarms / self.harmless if self.harmless else 0.0


def cases(part: str) -> list[Case]:
    """The cases of a part of the corpus, ``dev`` or ``frozen``."""
    rows = (DATA / f"danger_{part}.tsv").read_text(encoding="utf-8").splitlines()
    return [_case(row) for row in rows if row and not row.startswith("#")]


def _case(row: str) -> Case:
    language, kinds, difficulty, text = row.split("\t")
    return Case(language, frozenset() if kinds == "-" else frozenset(kinds.split(",")), difficulty, text)


def found(case: Case) -> frozenset[str]:
    """The kinds that are found in the text of a case."""
    return frozenset(one.kind for one in danger.find(case.text, case.language))


def score(part: str, language: str) -> Score:
    """How one language of a part is understood."""
    mine = [case for case in cases(part) if case.language == language]
    danger_texts = [case for case in mine if case.kinds]
    harmless = [case for case in mine if not case.kinds]
    seen = sum(bool(found(case)) for case in danger_texts)
    return Score(len(danger_texts), seen, len(harmless), sum(bool(found(case)) for case in harmless))


def by_kind(part: str) -> Iterator[tuple[str, int, int]]:
    """Each kind, in how many texts it is and in how many of those it was found as that kind."""
    for kind in danger.KINDS:
        mine = [case for case in cases(part) if kind in case.kinds]
        yield kind, len(mine), sum(kind in found(case) for case in mine)


def median_microseconds(text: str, times: int = 2000) -> float:
    """How long one text takes, the median of `times` tries."""
    danger.find(text)
    tries = []
    for _ in range(times):
        start = time.perf_counter()
        danger.find(text)
        tries.append(time.perf_counter() - start)
    return statistics.median(tries) * 1e6


def main(arguments: list[str]) -> None:
    """Print the tables for the parts asked for."""
    parts = [part for part in ("dev", "frozen") if part in arguments] or ["dev", "frozen"]
    for part in parts:
        print(f"\n{part}\nlanguage   danger  recall   harmless  false alarms   reviewed")
        for language in ("nl", "en", "tr", "pl", "uk", "ar"):
            one = score(part, language)
            shares = f"{one.recall:7.1%} {one.harmless:9} {one.false_alarms:13.1%}"
            print(f"{language:10} {one.texts:6} {shares}   {'yes' if danger.reviewed(language) else 'no'}")
        print("\nkind               texts   as this kind")
        for kind, texts, seen in by_kind(part):
            print(f"{kind:18} {texts:5} {seen / texts if texts else 1:14.1%}")
    if "--errors" in arguments:
        for case in cases("dev"):
            if bool(case.kinds) != bool(found(case)):
                print(f"{case.language} {','.join(case.kinds) or '-'} {sorted(found(case))}: {case.text}")
    story, answer = median_microseconds(STORY), median_microseconds(ANSWER)
    print(f"\nstory of {len(STORY.split())} words {story:.0f} µs, answer of five {answer:.0f} µs")
    start = time.perf_counter()
    danger.find(STORY * 2000)
    print(f"{len(STORY) * 2000 / 1e6:.1f} MB {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
