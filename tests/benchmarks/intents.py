"""How well wishes and bare answers are read: ``python -m tests.benchmarks.intents [dev|frozen] [--errors]``.

Prints precision and recall for each intent and each answer, the share of texts that are wholly right for each
language, false stops, wipes and withdrawals, and how long a text takes.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from flows.understand import intents, replies
from flows.understand.findings import Context
from tests.benchmarks.contacts import ANSWER, STORY, median
from tests.understand.labelled import DATA, context


class Case(NamedTuple):
    """One labelled text: the wish and the bare answer that it holds, None for none."""

    language: str
    asked: str | None
    text: str
    intent: str | None
    reply: str | None
    difficulty: str


class Judged(NamedTuple):
    """A case with what was found."""

    case: Case
    intent: str | None
    reply: str | None

    @property
    def right(self) -> bool:
        """Whether both are as labelled."""
        return (self.intent, self.reply) == (self.case.intent, self.case.reply)


def read(name: str) -> tuple[Case, ...]:
    """The cases of one file of `tests/data/`."""
    cases = []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, asked, text, intent, reply, difficulty = line.split("\t")
            none = {"-": None}
            cases.append(
                Case(
                    language,
                    none.get(asked, asked),
                    text,
                    none.get(intent, intent),
                    none.get(reply, reply),
                    difficulty,
                )
            )
    return tuple(cases)


def judge(case: Case) -> Judged:
    """Reads a case."""
    setting = context("blijf-groep", case.asked)
    wish, answer = intents.find(case.text, setting), replies.find(case.text, setting)
    return Judged(case, wish[0] if wish else None, answer.kind if answer else None)


def false_graves(judged: Iterable[Judged]) -> list[Judged]:
    """The texts that were taken for a wish that is bad to act on by mistake."""
    return [one for one in judged if one.intent in intents.GRAVE and one.intent != one.case.intent]


def scores(judged: Iterable[Judged], of: str) -> dict[str, tuple[int, int, int]]:
    """(right, missed, wrong) for each intent or for each kind of answer."""
    counted: dict[str, Counter[str]] = {}
    for one in judged:
        wanted, found = (one.case.intent, one.intent) if of == "intent" else (one.case.reply, one.reply)
        if wanted is not None:
            counted.setdefault(wanted, Counter())["right" if wanted == found else "missed"] += 1
        if found is not None and found != wanted:
            counted.setdefault(found, Counter())["wrong"] += 1
    return {key: (count["right"], count["missed"], count["wrong"]) for key, count in sorted(counted.items())}


def _both(text: str, setting: Context) -> None:
    wanted = intents.find(text, setting)
    replies.find(text, setting)
    replies.correction(text, setting, wanted[0] if wanted else None)


def main(arguments: list[str]) -> None:
    """Prints the tables."""
    for part in [name for name in ("dev", "frozen") if name in arguments] or ["dev", "frozen"]:
        judged = [judge(case) for case in read(f"intents_{part}.tsv")]
        right = sum(one.right for one in judged)
        print(
            f"{part}: {right} of {len(judged)} wholly right ({right / len(judged):.1%}), "
            f"false stop, wipe or withdraw: {len(false_graves(judged))}"
        )
        for language in dict.fromkeys(one.case.language for one in judged):
            own = [one for one in judged if one.case.language == language]
            print(f"  {language}: {sum(one.right for one in own)} of {len(own)}")
        for of in ("intent", "reply"):
            print(f"  {of:13} right missed wrong  recall precision")
            for key, (good, missed, wrong) in scores(judged, of).items():
                recall = good / (good + missed) if good + missed else 1.0
                precision = good / (good + wrong) if good + wrong else 1.0
                print(f"  {key:13} {good:5} {missed:6} {wrong:5}  {recall:6.1%} {precision:9.1%}")
        if "--errors" in arguments:
            for one in judged:
                if not one.right:
                    print(
                        f"  {one.case.text!r} [{one.case.asked}] {one.case.intent}/{one.case.reply} "
                        f"found {one.intent}/{one.reply}"
                    )
    empty = context("blijf-groep")
    for name, text in (("story of 100 words", STORY), ("answer of 5 words", ANSWER)):
        print(f"{name}: {median(_both, text, empty):.0f} µs")


if __name__ == "__main__":
    main(sys.argv[1:])
