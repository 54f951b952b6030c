"""The whole of `understand` on the labelled texts, and what it costs: ``python -m tests.benchmarks.understanding``.

Per field: how many texts hold it, precision (of what was said for sure, how much is so) and recall (of what is there,
how much was said for sure; what is asked counts as not found). Then the median time of a story of a hundred words and
of answers of five, beside the budgets.
"""

from collections import Counter
from statistics import median
from time import perf_counter_ns

from flows.understand import understand
from tests.understand import labelled

STORY = (
    "Ik woon nu drie maanden met mijn twee kinderen in de opvang in Haarlem. Vorige week dinsdag ging ik "
    "naar mijn begeleider omdat de verwarming op onze kamer al weken kapot is. Ze lachte mij uit waar "
    "iedereen bij was en zei dat ik blij mocht zijn met een dak boven mijn hoofd. Daarna heeft ze mij "
    "drie dagen genegeerd. Ik heb het ook aan haar leidinggevende verteld maar er is niks mee gedaan. "
    "Mijn dochter van zes is steeds verkouden. Ik wil graag dat de verwarming gemaakt wordt. Je mag mij "
    "altijd bellen op 06 12345678 na vijf uur."
)
ANSWERS = (
    "in de opvang in Haarlem",
    "ja maar het was maandag",
    "nee ik durf dat niet",
    "hoe ze tegen mij doet",
    "gewoon sorry en een gesprek",
)
BUDGETS = {"a story of 100 words": 2000.0, "an answer of five": 150.0}
"""Microseconds: every text passes here, so they bound the turn."""

ROUNDS = 300


def median_us(texts: tuple[str, ...]) -> float:
    """The median time of one text, in microseconds, read in turn as they come in a conversation."""
    context = labelled.context("blijf-groep")
    times: list[int] = []
    for _ in range(ROUNDS):
        for text in texts:
            begin = perf_counter_ns()
            understand(text, context)
            times.append(perf_counter_ns() - begin)
    return median(times) / 1000


def score(verdicts: list[labelled.Verdict]) -> Counter[str]:
    """What precision and recall are made of: ``there``, ``said`` (for sure) and ``so`` (said and right)."""
    counted: Counter[str] = Counter()
    for one in verdicts:
        expected = one.case.expected.get(one.field, "-")
        if expected == "*":
            continue
        said = one.found is not None and one.found.sure
        there = expected[:1] not in ("-", "?")
        counted["there"] += there
        counted["said"] += said
        counted["so"] += said and there and one.verdict == "right"
        counted[one.verdict] += 1
    return counted


def show(title: str, verdicts: list[labelled.Verdict]) -> None:
    """Prints a table: one line per field."""
    print(f"\n{title}\n{'field':<15}{'texts':>6}{'precision':>11}{'recall':>8}{'right':>8}{'wrong':>7}")
    for field in dict.fromkeys(one.field for one in verdicts):
        counted = score([one for one in verdicts if one.field == field])
        if counted["there"] or counted["said"]:
            print(f"{field:<15}{_line(counted)}")
    print(f"{'all':<15}{_line(score(verdicts))}")


def _line(counted: Counter[str]) -> str:
    judged = counted["right"] + counted["wrong"] + counted["missed"]
    precision = counted["so"] / max(1, counted["said"])
    recall = counted["so"] / max(1, counted["there"])
    return (
        f"{counted['there']:>6}{precision:>11.1%}{recall:>8.1%}{counted['right'] / judged:>8.1%}"
        f"{counted['wrong'] / judged:>7.2%}"
    )


def main() -> None:
    """Prints every table and both times."""
    for part in ("dev", "frozen"):
        fields = ("location", "role")
        read = [one for case in labelled.places_roles(part) for one in labelled.verdicts(case, fields)]
        show(f"places and roles, {part}: {len(labelled.places_roles(part))} texts", read)
        read = [one for case in labelled.stories(part) for one in labelled.verdicts(case)]
        show(f"whole stories, {part}: {len(labelled.stories(part))} texts", read)
    print()
    for name, texts in (("a story of 100 words", (STORY,)), ("an answer of five", ANSWERS)):
        print(f"{name}: median {median_us(texts):.0f} µs, budget {BUDGETS[name]:.0f} µs")


if __name__ == "__main__":
    main()
