"""Contact as a whole: the labelled corpora, refusals, places of words, and any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers import FIELDS
from flows.understand import contacts
from tests.benchmarks.contacts import Case, judge, read, scores
from tests.understand.labelled import context

ASKED = st.sampled_from((None, *FIELDS))
_TYPED = (
    "06-12345678|+31|0|12|nul zes|jan@gmail.com|@|at|punt com|Kerkstraat 12|2012 AB|Haarlem|postbus|mijn naam is|"
    "ik ben|Jan|de Vries|J.|groetjes|van|bel niet|savonds|na 4 uur|tussen 9 en|app|maar|mijn moeder|leest mee|"
    "geen telefoon|heb ik niet|de opvang|.|,|:|\n|(|)|?|'s|ж|أحمد|٠٦١٢٣|É|o6|€|bsn|12-05-2026|NL91ABNA0417164300|👍|"
    "ik wil stoppen|ja|nee"
)
PIECES = _TYPED.split("|")
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))


def said(text: str, asking: str | None = None) -> list[tuple[str, object, bool, str | None]]:
    """What is found, without places."""
    found = contacts.find(text, context("blijf-groep", asking))
    return [(one.field, one.value, one.sure, one.note) for one in found]


@pytest.mark.parametrize("case", read("contacts_dev.tsv"), ids=lambda case: case.text[:40])
def test_a_text_of_the_development_part_is_read_as_labelled(case: Case) -> None:
    judged = judge(case)
    assert (judged.missed, judged.wrong) == ((), ())


def test_phones_and_mail_addresses_of_the_frozen_part_are_all_right() -> None:
    right = scores(map(judge, read("contacts_frozen.tsv")), "field")
    assert [right[field][1:] for field in ("phone", "email")] == [(0, 0), (0, 0)]


def test_the_frozen_part_is_read_right_nearly_everywhere() -> None:
    judged = [judge(case) for case in read("contacts_frozen.tsv")]
    assert sum(not (one.missed or one.wrong) for one in judged) >= 0.97 * len(judged)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, asking=ASKED)
def test_any_text_is_read_and_every_finding_stands_in_it(text: str, asking: str | None) -> None:
    for finding in contacts.find(text, context("blijf-groep", asking)):
        start, end = finding.span
        assert 0 <= start < end <= len(text)
        assert finding.words == text[start:end]


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, asking=ASKED)
def test_what_has_no_value_is_never_sure_and_what_is_asked_has_two_candidates(
    text: str, asking: str | None
) -> None:
    for finding in contacts.find(text, context("blijf-groep", asking)):
        assert not (finding.value is None and finding.sure)
        assert len(finding.candidates) in (0, 2)
        assert finding.candidates == () or (finding.value == finding.candidates[0] and not finding.sure)


@pytest.mark.parametrize(
    "piece", ["0612345678 ", "a@b.c ", "ik ben Jan ", "bel niet savonds ", "1 ", "Kerkstraat 1 ", "nul "]
)
def test_a_text_of_two_hundred_thousand_characters_takes_no_longer_than_its_length(piece: str) -> None:
    contacts.find(piece * (200_000 // len(piece)), context("blijf-groep", "phone"))


@pytest.mark.parametrize("field", ["phone", "email", "address", "name"])
@pytest.mark.parametrize(
    "text", ["geen", "heb ik niet", "liever niet", "zeg ik niet", "Geen.", "none", "yok", "nie mam", "немає"]
)
def test_a_refusal_of_what_was_asked_is_the_value_none(field: str, text: str) -> None:
    assert (field, "none", True, None) in said(text, field)


@pytest.mark.parametrize(
    "text", ["ik heb geen mail", "geen e-mail", "mail heb ik niet", "I don't have an email"]
)
def test_a_mail_address_that_is_refused_by_name_is_none_whatever_was_asked(text: str) -> None:
    assert said(text) == [("email", "none", True, None)]


@pytest.mark.parametrize(
    "text", ["hij heeft geen telefoon", "we kregen geen telefoon", "ze zeggen dat ik geen mail krijg"]
)
def test_what_others_lack_or_a_story_tells_is_no_refusal(text: str) -> None:
    assert said(text) == []


def test_the_numbers_and_addresses_of_the_organisation_are_not_the_clients() -> None:
    assert said("ik heb gemaild naar klacht@blijfgroep.nl") == []


def test_an_empty_text_says_nothing() -> None:
    assert said("") == []
    assert said(" \n") == []
