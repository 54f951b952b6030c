"""What holds for the danger check on any text: places, time, and lists that mean what they say."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import resources
from flows.understand.danger import KINDS, find
from flows.understand.danger_patterns import LANGUAGES, book
from flows.understand.danger_tokens import Tokens
from tests.benchmarks.danger import cases, score
from tests.proportion import in_proportion

WORDS = sorted(word for word in book().words if word.strip())
ELEMENT = re.compile(r"\??(?:[~*]?[\w'-]+\*?|@\w+|[\^$!])(?:\|(?:[~*]?[\w'-]+\*?|@\w+))*")

sentences = st.lists(
    st.sampled_from([*WORDS, ".", ",", "\n", "!", "’", "niet", "slaat", "mij"]), max_size=30
).map(" ".join)


@given(st.one_of(st.text(max_size=200), sentences, st.lists(sentences, max_size=3).map("\u0301".join)))
def test_any_text_gives_places_inside_it(text: str) -> None:
    for one in find(text):
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert one.words == text[start:end]
        assert one.kind in KINDS
        assert one.about in ("self", "other", "unknown")


@given(st.text(max_size=200))
def test_tokens_stand_in_order_and_do_not_overlap(text: str) -> None:
    tokens = Tokens(text)
    places = [tokens.span(number) for number in range(len(tokens.norms))]
    assert places == sorted(places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@given(sentences)
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    assert find(text) == find(text)


@pytest.mark.parametrize(
    "piece",
    [
        "hij slaat mij en ik wil dood. ",
        "slaat mij niet ",
        "dood ",
        "a",
        "niet",
        "geslagen",
        ".",
        "ik wil er niet meer niet meer niet meer ",
        "\u0301",
        "مش ",
    ],
    ids=lambda piece: piece[:12],
)
def test_time_grows_with_the_length_up_to_a_megabyte_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        find(text)
        return time.process_time() - start

    assert in_proportion(seconds, 100_000, times=10, most=40)


@pytest.mark.parametrize(
    ("language", "recall"), [("nl", 0.98), ("en", 0.9), ("tr", 0.9), ("pl", 0.9), ("uk", 0.9), ("ar", 0.9)]
)
def test_the_frozen_texts_are_seen_and_the_harmless_ones_left_alone(language: str, recall: float) -> None:
    frozen = score("frozen", language)
    assert frozen.recall >= recall
    assert frozen.false_alarms <= 0.05


@pytest.mark.parametrize("part", ["dev", "frozen"])
def test_every_text_of_the_corpus_stands_there_once_and_names_its_difficulty(part: str) -> None:
    texts = [(case.language, case.text) for case in cases(part)]
    assert len(texts) == len(set(texts))
    assert all(
        case.difficulty and case.kinds <= set(KINDS) and case.language in LANGUAGES for case in cases(part)
    )


def test_no_text_stands_in_both_parts() -> None:
    assert {case.text for case in cases("dev")} & {case.text for case in cases("frozen")} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_a_list_is_written_as_the_patterns_are(language: str) -> None:
    name = f"understand/words/danger_{language}.tsv"
    assert resources.text(name).splitlines()[0] in ("# reviewed: yes", "# reviewed: no")
    lines = {"veilig_thuis", "kindertelefoon", "jeugdstem", "113", "csg"}
    classes = {row[1] for row in resources.table(name) if row[0] == "words"}
    for row in resources.table(name):
        if row[0] in ("words", "forms"):
            continue
        assert row[0] in ("say", "not", "was", "about"), row
        assert set(row[1].split(",")) <= {"-", *KINDS, *lines}, row
        assert "".join(row[3:]) in ("", "k", "i"), row
        for said in row[2].split(" / "):
            _is_pattern(said, classes)


def _is_pattern(said: str, classes: set[str]) -> None:
    loose = said.startswith("{")
    parts = said.strip("{}").split()
    assert loose == said.endswith("}"), said
    assert parts[0] not in ("..", "...") and parts[-1] not in ("..", "..."), said
    for part in parts:
        assert (part in ("..", "...") and not loose) or ELEMENT.fullmatch(part), said
        assert set(re.findall(r"@(\w+)", part)) <= classes, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_affixes_are_long_enough_to_be_looked_up(language: str) -> None:
    text = resources.text(f"understand/words/danger_{language}.tsv")
    affixes = re.findall(r"(?<=[\s|])\*([\w']+)|([\w']+)\*(?=[\s|])", text)
    assert all(len(head or tail) >= 5 for head, tail in affixes)
