"""What the laws themselves say of terms, each with its article."""

from datetime import date

import pytest

from flows import regimes, terms
from flows.steps import STEPS
from tests.flows.term_data import scheme

RECEIVED = {
    "jeugdwet": {},
    "gesloten_jeugdhulp": {"gesloten_jeugdhulp.decision": "2026-06-17"},
    "veilig_thuis": {},
    "wkkgz": {"wkkgz.judgment": "2026-07-01"},
    "wmo": {},
    "awb": {
        "awb.refusal": "2026-06-17",
        "awb.handling": "2026-07-01",
        "awb.handling_committee": "2026-07-29",
    },
    "wzd": {"wzd.decision": "2026-06-03", "wzd.decision_ended": "2026-06-17"},
}


@pytest.mark.parametrize("regime", regimes.REGIMES)
def test_what_begins_when_a_complaint_is_received(regime: str) -> None:
    found = terms.start(scheme(), "received", date(2026, 5, 20), regime=regime)
    assert {item.id: item.date for item in found} == RECEIVED[regime]


@pytest.mark.parametrize(
    ("regime", "event", "id", "last"),
    [
        ("jeugdwet", "opinion_received", "jeugdwet.answer", "2026-06-22"),
        ("veilig_thuis", "opinion_received", "veilig_thuis.answer", "2026-06-22"),
        ("wkkgz", "dispute_filed", "wkkgz.dispute", "2026-11-20"),
        ("awb", "outcome_sent", "awb.ombudsman", "2027-05-20"),
        ("awb", "decision_announced", "awb.objection", "2026-07-01"),
        ("wzd", "commission_decided", "wzd.court", "2026-07-01"),
    ],
)
def test_what_begins_later(regime: str, event: str, id: str, last: str) -> None:
    found = terms.start(scheme(), event, date(2026, 5, 20), regime=regime)
    assert [(item.id, item.date) for item in found] == [(id, last)]


def test_every_term_of_a_law_is_statutory_with_an_article_and_known_steps() -> None:
    rules = [rule for name in regimes.REGIMES for rule in regimes.terms(name)]
    assert {rule.basis for rule in rules} == {"statutory"}
    assert [rule.id for rule in rules if not rule.clause] == []
    named = {step for rule in rules for step in (rule.starts, rule.ends, *rule.lapses, *rule.pauses)}
    assert named - set(STEPS) == set()


@pytest.mark.parametrize(
    ("regime", "longest"), [("wkkgz", {"wkkgz.judgment": 4}), ("wzd", {}), ("gesloten_jeugdhulp", {})]
)
def test_which_terms_of_a_law_can_be_extended_by_how_many_weeks(regime: str, longest: dict[str, int]) -> None:
    found = {rule.id: rule.extension for rule in regimes.terms(regime) if rule.extension}
    assert {id: extension.count for id, extension in found.items()} == longest
    assert {extension.unit for extension in found.values()} <= {"weeks"}


def test_an_unknown_regime_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match="jeugdwet, gesloten_jeugdhulp, veilig_thuis, wkkgz, wmo, awb, wzd"):
        regimes.terms("wlz")
