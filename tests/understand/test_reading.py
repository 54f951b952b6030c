"""Everything together: one finding per field, each with its place, none on another's characters; for any text."""

import json
import subprocess
import sys
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers import FIELDS
from flows.schemes import ids
from flows.understand import report, understand
from flows.understand.findings import Heard
from tests.proportion import in_proportion
from tests.understand import labelled
from tests.understand.labelled import context

STORY = (
    "Ik woon in de opvang in haarlem. Vorige week dinsdag lachte een medewerker mij uit waar iedereen bij was. "
    "Ik ben Samira, 06-12345678 maar bel niet savonds"
)
ASKED = st.sampled_from((None, *FIELDS))
PIECES = (
    "ik woon in de opvang haarlem van naar niet mijn begeleider moeder 9 jaar bang voor wil graag sorry , . ! gisteren "
    "06-12345678 Петра أعيش 'k a'dam @ ( ) vt flevo 12 mei durf tolk nodig mag lezen dit Petra koog a/d zaan"
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(PIECES.split()),
        max_size=30,
    ).map(" ".join),
)


def places(heard: Heard) -> list[tuple[str, str]]:
    """The words of each finding, and what stands in the text at its place."""
    return [
        (finding.words, heard.text[finding.span[0] : finding.span[1]]) for finding in heard.findings.values()
    ]


def test_a_story_is_read_for_all_it_holds() -> None:
    found = understand(STORY, context("blijf-groep")).findings
    assert {field: found[field].value for field in ("location", "role")} == {
        "location": "haarlem",
        "role": "client",
    }


def test_every_story_of_the_development_part_is_read_as_it_is_labelled() -> None:
    read = [verdict for case in labelled.stories("dev") for verdict in labelled.verdicts(case)]
    assert [str(one) for one in read if one.verdict != "right"] == []


def test_the_frozen_stories_are_read_right_and_hardly_ever_wrong() -> None:
    counted = labelled.count([one for case in labelled.stories("frozen") for one in labelled.verdicts(case)])
    assert counted["right"] >= 0.97 * counted.total()
    assert counted["wrong"] <= 0.01 * counted.total()


def test_there_are_a_hundred_and_fifty_stories() -> None:
    assert len(labelled.stories("dev")) + len(labelled.stories("frozen")) >= 150


@given(text=TEXTS, scheme=st.sampled_from(ids()), asked=ASKED)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_finding_stands_where_it_says(
    text: str, scheme: str, asked: str | None
) -> None:
    heard = understand(text, context(scheme, asked))
    assert all(words == typed for words, typed in places(heard))
    assert all(0 <= start < end <= len(text) for start, end in heard.danger_spans)


@given(text=TEXTS, scheme=st.sampled_from(ids()))
@settings(max_examples=50, deadline=None)
def test_the_same_text_is_always_read_the_same(text: str, scheme: str) -> None:
    assert understand(text, context(scheme)) == understand(text, context(scheme))


@pytest.mark.parametrize(
    "piece",
    [
        "ik woon in de opvang in haarlem. ",
        "mijn mijn mijn ",
        "9 ",
        "haarlem ",
        "van haarlem naar ",
        ", . ",
        "a",
        "ë",
        "12 mei ",
        "a@b.nl ",
        "ik ben Jan ",
        "06-12345678 ",
        "ik wil niet dat ",
    ],
)
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        begin = process_time()
        understand(text, context("blijf-groep"))
        return process_time() - begin

    seconds(1_000)
    assert in_proportion(seconds, 20_000, times=4, most=12)


def test_the_digits_of_a_phone_number_are_no_date_and_no_age() -> None:
    found = understand("bel 06-12052026", context("blijf-groep")).findings
    assert {"date", "age"} & set(found) == set()


def test_several_numbers_of_ones_own_are_one_finding() -> None:
    found = understand(
        "bel 06-12345678, gisteren lukte dat niet, of 0687654321", context("blijf-groep")
    ).findings
    assert found["phone"].value == ("+31612345678", "+31687654321")
    assert found["date"].words == "gisteren"


def test_the_number_of_someone_else_gives_way_to_ones_own() -> None:
    text = "die van mijn moeder is 0687654321 en mijn nummer is 06-12345678"
    assert understand(text, context("blijf-groep")).findings["phone"].value == "+31612345678"


def test_a_place_in_an_address_is_no_location() -> None:
    found = understand("Ik woon Kerkstraat 5, 1811 AB Alkmaar", context("blijf-groep")).findings
    assert "location" not in found


def test_a_place_or_a_month_in_a_name_is_neither() -> None:
    found = understand("ik heet Mei van Haarlem", context("blijf-groep")).findings
    assert (found["name"].value, {"location", "date"} & set(found)) == ("Mei van Haarlem", set())


def test_a_report_is_json_as_the_contract_says() -> None:
    heard = understand("ik zat in de opvang in Lelystad, mijn ex slaat mij", context("blijf-groep"))
    told = json.loads(json.dumps(report(heard)))
    assert told["location"] == {
        "candidates": ["almere", "veilig-thuis-flevoland"],
        "words": "Lelystad",
        "span": [23, 31],
        "sure": False,
    }
    assert told["role"] == {"value": "client", "words": "ik zat in de opvang", "span": [0, 19], "sure": True}
    assert (told["intent"], told["danger"]) == (None, ["violence"])


def test_a_report_writes_a_date_by_its_ends() -> None:
    told = report(understand("dat was gisteren", context("blijf-groep")))
    assert told["date"] == {
        "value": {"earliest": "2026-05-19", "latest": "2026-05-19", "precision": "day", "ongoing": False},
        "words": "gisteren",
        "span": [8, 16],
        "sure": True,
    }


def test_a_process_that_was_warmed_reads_its_first_text_at_once() -> None:
    code = (
        "from time import process_time as t\n"
        "from flows.schemes import load\n"
        "from flows.understand import understand, warm\n"
        "from tests.understand.labelled import context\n"
        "where = context('blijf-groep')\n"
        "a = t(); warm(load('blijf-groep'), 'nl'); b = t()\n"
        "understand('Gisteren lachte een medewerker mij uit in Haarlem.', where); c = t()\n"
        "print((c - b) / (b - a))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.5
