"""The readability gate: every Dutch message of every register is measured, and `make words` fails below the aims.

Flesch-Douma = 206.84 - 0.77 × syllables per 100 words - 0.93 × words per sentence (W.H. Douma, 1960).

The rules
 1. Each message scores at least 80, and 90 in the child's register. Each register is measured as it is read:
    its own words, and those it falls back on. The sentences that schemes bring along are measured too.
 2. No sentence has over 15 words, and the sentences of a register have 9 on average at most.
 3. A message asks one question at most.
 4. Names, dates, numbers, links, placeholders, explained terms (``terms.tsv``) and what is "quoted" from
    elsewhere count as one word of two syllables: their length is not ours to choose.
 5. A text of fewer than five words (most labels of options) has no score that means anything: one word too many
    decides it. None of its words may have over four syllables, and the short texts of a register together reach
    the register's aim, so that nothing is gained by cutting a text into pieces.
 6. A text that is all placeholders has no words of ours, and is not measured.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import msgspec

from flows import schemes
from flows.scheme import words
from locales.catalogues import CONVERSATION, DOMAINS, catalogue, translations
from locales.syllables import syllables

AIMS = {"nl": 80.0, "nl@u": 80.0, "nl@kind": 90.0}
"""The lowest score of a message, by register."""

LONGEST_SENTENCE = 15
LONGEST_ON_AVERAGE = 9.0
SHORT = 5
"""A text of fewer words is short (rule 5)."""

LONGEST_SHORT_WORD = 4
"""The most syllables of a word in a short text."""

REGISTERS = {"nl": "je", "nl@u": "u", "nl@kind": "kind"}
"""How a scheme names a register."""

FOR_CLIENTS = (CONVERSATION, "time", "web", "telegram", "confide")
"""The catalogues that are read in every register; officers and operators read the others, in one."""

_COUNTED = "\N{REPLACEMENT CHARACTER}"
"""Stands for one word of two syllables (rule 4)."""

_QUOTED = re.compile(r'"[^"\n]+"')
_PLACEHOLDER = re.compile(r"%\(\w+\)s")
_LINK = re.compile(
    r"\b(?:https?://)?[\w-]+(?:\.[\w-]+)*\.(?:nl|com|org|eu)\b(?:/\S*)?|\S+@\S+", re.IGNORECASE
)
_NUMBER = re.compile(r"\d[\d.,:–-]*")
_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|\n+")
_WORD = re.compile(rf"{_COUNTED}|[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Measure(msgspec.Struct, frozen=True):
    """What was counted in one text."""

    words: int
    syllables: int
    sentences: tuple[int, ...]
    questions: int
    longest_word: int
    own: int

    @property
    def score(self) -> float:
        """Flesch-Douma."""
        return flesch_douma(self.words, self.syllables, len(self.sentences))


class Verdict(msgspec.Struct, frozen=True):
    """One text of one register, its measure and what is wrong with it."""

    locale: str
    id: str
    text: str
    measure: Measure
    faults: tuple[str, ...]


def flesch_douma(words: int, syllables: int, sentences: int) -> float:
    """The score of a text with these counts."""
    return 206.84 - 0.77 * (100 * syllables / words) - 0.93 * (words / sentences)


@cache
def _terms() -> re.Pattern[str]:
    lines = files("locales").joinpath("terms.tsv").read_text(encoding="utf-8").splitlines()
    terms = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(term)}(?!\w)" for term in longest_first), re.IGNORECASE)


def measure(text: str) -> Measure | None:
    """The counts of a text; None when it has no words of its own (rule 6)."""
    counted = text.replace("%%", "%")
    for pattern in (_QUOTED, _PLACEHOLDER, _LINK, _terms(), _NUMBER):
        counted = pattern.sub(_COUNTED, counted)
    sentences = [_WORD.findall(sentence) for sentence in _END.split(counted)]
    words = [word for sentence in sentences for word in sentence]
    own = [syllables(word) for word in words if word != _COUNTED]
    if not own:
        return None
    return Measure(
        words=len(words),
        syllables=sum(own) + 2 * (len(words) - len(own)),
        sentences=tuple(len(sentence) for sentence in sentences if sentence),
        questions=len(re.findall(r"\?+", counted)),
        longest_word=max(own),
        own=len(own),
    )


def verdict(locale: str, id: str, text: str, found: Measure) -> Verdict:
    """What is wrong with one text, by the rules above."""
    faults = []
    if found.words >= SHORT and found.score < AIMS[locale]:
        faults.append(f"scores {found.score:.0f}, under {AIMS[locale]:.0f}")
    if found.words < SHORT and found.longest_word > LONGEST_SHORT_WORD:
        faults.append(f"a word of {found.longest_word} syllables")
    if max(found.sentences) > LONGEST_SENTENCE:
        faults.append(f"a sentence of {max(found.sentences)} words")
    if found.questions > 1:
        faults.append(f"asks {found.questions} questions")
    return Verdict(locale, id, text, found, tuple(faults))


def texts(locale: str) -> Iterator[tuple[str, str]]:
    """Every message of a register as it is read there, each plural form, with its id."""
    for domain in DOMAINS if locale == "nl" else FOR_CLIENTS:
        base = catalogue(domain, "nl")
        for entry in base or ():
            if not entry.id:
                continue
            catalogues = translations(domain, locale)
            if isinstance(entry.id, str):
                yield entry.id, catalogues.gettext(entry.id)
            else:
                forms = {catalogues.ngettext(entry.id[0], entry.id[0], count) for count in (1, 2)}
                yield from ((entry.id[0], form) for form in sorted(forms))


def of_schemes(locale: str) -> Iterator[tuple[str, str]]:
    """The sentences that schemes bring along, where they address people so. Their labels are the organisations'."""
    register = REGISTERS[locale]
    for scheme in (schemes.load(id) for id in schemes.ids()):
        if register in scheme.registers:
            yield from ((f"{scheme.id} {rung.id}", words(rung.text).text(locale)) for rung in scheme.ladder)
            steps = ((key, contact.steps) for key, contact in scheme.contacts.items() if contact.steps)
            yield from ((f"{scheme.id} {key}", words(text).text(locale)) for key, text in steps)


def verdicts(locale: str) -> tuple[Verdict, ...]:
    """The verdict on every message of a register, and on every sentence of a scheme that has it."""
    every = (*texts(locale), *of_schemes(locale))
    measured = ((id, text, measure(text)) for id, text in every)
    return tuple(verdict(locale, id, text, found) for id, text, found in measured if found is not None)


def of_register(locale: str, all: Iterable[Verdict]) -> tuple[str, ...]:
    """What is wrong with a register as a whole (rules 2 and 5)."""
    found = [verdict.measure for verdict in all]
    short = [measure for measure in found if measure.words < SHORT]
    faults = []
    lengths = [length for measure in found for length in measure.sentences]
    if lengths and sum(lengths) / len(lengths) > LONGEST_ON_AVERAGE:
        faults.append(
            f"{locale}: {sum(lengths) / len(lengths):.1f} words a sentence, over {LONGEST_ON_AVERAGE:.0f}"
        )
    if short and (together := pooled(short)) < AIMS[locale]:
        faults.append(f"{locale}: short texts together score {together:.0f}, under {AIMS[locale]:.0f}")
    return tuple(faults)


def pooled(measures: Iterable[Measure]) -> float:
    """The score of many texts as if they were one."""
    all = tuple(measures)
    return flesch_douma(
        sum(measure.words for measure in all),
        sum(measure.syllables for measure in all),
        sum(len(measure.sentences) for measure in all),
    )


def main(worst: int = 5) -> int:
    """Print a table for each register, the worst messages first; 1 when anything is below the aims."""
    faults = 0
    for locale in AIMS:
        all = verdicts(locale)
        wrong = [verdict for verdict in all if verdict.faults]
        as_whole = of_register(locale, all)
        faults += len(wrong) + len(as_whole)
        sys.stdout.write("\n".join(_table(locale, all, wrong, as_whole, worst)) + "\n\n")
    return 1 if faults else 0


def _table(
    locale: str, all: tuple[Verdict, ...], wrong: list[Verdict], as_whole: tuple[str, ...], worst: int
) -> Iterator[str]:
    lengths = [length for verdict in all for length in verdict.measure.sentences]
    if not lengths:
        yield f"{locale}: no messages"
        return
    long = sorted((v for v in all if v.measure.words >= SHORT), key=lambda v: v.measure.score)
    yield (
        f"{locale}: {len(all)} messages, together {pooled(v.measure for v in all):.0f}; "
        f"{sum(lengths) / len(lengths):.1f} words a sentence, longest {max(lengths)}; aim {AIMS[locale]:.0f}"
    )
    for verdict in wrong or long[:worst]:
        mark = "; ".join(verdict.faults) or "good"
        first = verdict.text.replace("\n", " / ")
        yield f"  {verdict.measure.score:6.1f}  {verdict.id:<32} {mark:<28} {first}"
    yield from (f"  {fault}" for fault in as_whole)


if __name__ == "__main__":
    sys.exit(main())
