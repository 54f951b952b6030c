"""What a step does to the terms of a case: ends, begins, holds, lengthens, drops."""

from datetime import date

import pytest

from flows import schemes, terms
from flows.events import Deadline, Filed
from flows.scheme import Extension, Scheme
from flows.steps import STATUSES, STEPS
from flows.terms import TermError
from tests.flows.term_data import rule, scheme
from tests.schemes import scheme as real

DAY = date(2026, 5, 20)


def filed(organisation: Scheme, event: str = "received", on: date = DAY, regime: str | None = None) -> Filed:
    return Filed("PR-1", "received", terms.start(organisation, event, on, regime=regime))


def dates(case: Filed) -> dict[str, str]:
    return {item.id: item.date for item in case.deadlines}


def code(case: Filed, organisation: Scheme, step: str, on: date, **more: object) -> str:
    with pytest.raises(TermError) as refused:
        terms.step(case, organisation, step, on, **more)  # type: ignore[arg-type]
    return refused.value.code


def test_every_step_has_an_id_a_meaning_and_a_known_status() -> None:
    assert [id for id, kind in STEPS.items() if kind.id != id or not kind.does] == []
    assert {kind.status for kind in STEPS.values()} - {None} <= set(STATUSES)


@pytest.mark.parametrize("id", schemes.ids())
def test_every_scheme_names_only_steps_that_exist(id: str) -> None:
    named = {step.id for step in real(id).steps}
    for term in real(id).terms:
        named |= {term.starts, term.ends, *term.pauses, *term.lapses}
    assert named - set(STEPS) == set()


@pytest.mark.clause("BG-8")
def test_contact_ends_the_term_for_contact_and_is_remembered() -> None:
    blijf = real("blijf-groep")
    after = terms.step(filed(blijf), blijf, "contact_made", date(2026, 5, 22))
    assert (dates(after), after.status, after.done) == ({}, "in_progress", ("contact_made",))
    again = terms.step(after, blijf, "contact_made", date(2026, 5, 23))
    assert again.done == ("contact_made",)


@pytest.mark.clause("BE-5a", "BE-5b")
def test_bij_elkaar_agrees_on_days_that_become_deadlines() -> None:
    bij = real("bij-elkaar")
    case = terms.step(filed(bij), bij, "talk_held", date(2026, 6, 1))
    assert dates(case) == {}
    assert code(case, bij, "solution_agreed", date(2026, 6, 1)) == "no_day"
    assert code(case, bij, "solution_agreed", date(2026, 6, 1), agreed=date(2026, 5, 1)) == "day_passed"
    case = terms.step(case, bij, "solution_agreed", date(2026, 6, 1), date(2026, 7, 15))
    assert dates(case) == {"solution": "2026-07-15"}
    assert case.deadlines[0].why.basis == "agreed"
    case = terms.step(case, bij, "solution_done", date(2026, 7, 10), date(2026, 7, 24))
    assert dates(case) == {"follow_up": "2026-07-24"}
    assert dates(terms.step(case, bij, "follow_up_held", date(2026, 7, 24))) == {}


@pytest.mark.clause("BB-7b", "BB-7e")
def test_a_response_has_its_own_term_beside_the_settling() -> None:
    ben = real("ben-in-de-buurt")
    case = terms.step(filed(ben), ben, "response_requested", date(2026, 5, 27))
    assert dates(case) == {"response": "2026-06-10", "settled": "2026-07-01"}
    case = terms.step(case, ben, "response_received", date(2026, 6, 3))
    assert dates(case) == {"settled": "2026-07-01"}
    case = terms.step(case, ben, "outcome_sent", date(2026, 6, 20))
    assert (dates(case), case.status) == ({}, "resolved")


@pytest.mark.clause("BB-8")
def test_a_wish_to_withdraw_stops_nothing_and_a_confirmed_withdrawal_stops_all() -> None:
    ben = real("ben-in-de-buurt")
    wished = terms.step(filed(ben), ben, "withdrawal_asked", DAY)
    assert (dates(wished), wished.status) == ({"settled": "2026-07-01"}, "received")
    mediated = terms.step(wished, ben, "mediation_held", DAY)
    assert dates(mediated) == {"settled": "2026-07-01"}
    assert dates(terms.step(mediated, ben, "withdrawal_confirmed", DAY)) == {}


def test_closing_leaves_only_what_the_client_may_still_do() -> None:
    case = filed(scheme(), regime="awb")
    case = terms.step(case, scheme(), "outcome_sent", date(2026, 6, 20), regime="awb")
    assert dates(case) == {"awb.ombudsman": "2027-06-20"}
    case = terms.step(case, scheme(), "closed", date(2026, 6, 21), regime="awb")
    assert (dates(case), case.status) == ({"awb.ombudsman": "2027-06-20"}, "closed")


def test_a_committee_takes_ten_weeks_in_place_of_six() -> None:
    case = terms.step(filed(scheme(), regime="awb"), scheme(), "committee_advises", date(2026, 5, 21))
    assert dates(case) == {"awb.handling_committee": "2026-07-29"}


def test_a_measure_that_ended_gives_the_commission_four_weeks_in_place_of_fourteen_days() -> None:
    case = terms.step(filed(scheme(), regime="wzd"), scheme(), "measure_ended", date(2026, 5, 21))
    assert dates(case) == {"wzd.decision_ended": "2026-06-17"}


def test_a_step_can_begin_a_term_of_the_law() -> None:
    case = terms.step(filed(scheme()), scheme(), "opinion_received", DAY, regime="jeugdwet")
    assert dates(case) == {"jeugdwet.answer": "2026-06-22"}


def test_a_term_that_no_rule_explains_any_more_stays_until_the_case_is_closed() -> None:
    old = terms.deadline(rule(id="gone"), DAY, scheme())
    case = Filed("PR-1", "received", (old,))
    assert dates(terms.step(case, scheme(), "outcome_sent", DAY)) == {"gone": "2026-07-01"}
    assert dates(terms.step(case, scheme(), "closed", DAY)) == {}


def test_an_unknown_step_is_refused() -> None:
    assert code(filed(scheme()), scheme(), "gebeld", DAY) == "unknown_event"


# Extension: once, before expiry, with a reason, within the law's maximum.

LAW = scheme(regimes=("wkkgz",))
WHY = "een getuige is ziek"


def test_an_extension_is_four_weeks_and_names_the_day_it_was_before() -> None:
    case = terms.step(filed(LAW), LAW, "extended", date(2026, 7, 1), reason=WHY)
    assert dates(case) == {"wkkgz.judgment": "2026-07-29"}
    assert case.deadlines[0].why.extended == "2026-07-01"


def test_an_extension_can_be_shorter_than_the_maximum() -> None:
    case = terms.step(filed(LAW), LAW, "extended", date(2026, 6, 30), date(2026, 7, 10), reason=WHY)
    assert dates(case) == {"wkkgz.judgment": "2026-07-10"}
    assert case.deadlines[0].why.extended == "2026-07-01"


def test_four_weeks_that_end_on_a_day_off_run_on() -> None:
    case = filed(LAW, on=date(2026, 2, 23))
    assert dates(case) == {"wkkgz.judgment": "2026-04-07"}
    case = terms.step(case, LAW, "extended", date(2026, 4, 1), reason=WHY)
    assert dates(case) == {"wkkgz.judgment": "2026-05-04"}


@pytest.mark.parametrize(
    ("on", "more", "refused"),
    [
        (date(2026, 7, 2), {"reason": WHY}, "expired"),
        (date(2026, 6, 1), {"reason": "  "}, "no_reason"),
        (date(2026, 6, 1), {}, "no_reason"),
        (date(2026, 6, 1), {"reason": WHY, "agreed": date(2026, 7, 30)}, "too_long"),
        (date(2026, 6, 1), {"reason": WHY, "agreed": date(2026, 7, 1)}, "day_passed"),
        (date(2026, 6, 1), {"reason": WHY, "term": "wkkgz.dispute"}, "not_extendable"),
    ],
)
def test_an_extension_that_the_law_does_not_allow_is_refused(
    on: date, more: dict[str, object], refused: str
) -> None:
    assert code(filed(LAW), LAW, "extended", on, **more) == refused


def test_a_second_extension_needs_the_clients_consent() -> None:
    once = terms.step(filed(LAW), LAW, "extended", date(2026, 6, 1), reason=WHY)
    assert code(once, LAW, "extended", date(2026, 6, 2), reason=WHY) == "already_extended"
    assert code(once, LAW, "extended_with_consent", date(2026, 6, 2), reason=WHY) == "no_day"
    more = terms.step(once, LAW, "extended_with_consent", date(2026, 6, 2), date(2026, 9, 1), reason=WHY)
    assert dates(more) == {"wkkgz.judgment": "2026-09-01"}
    assert more.deadlines[0].why.extended == "2026-07-29"


def test_a_term_without_a_maximum_extension_is_moved_to_the_day_that_is_named() -> None:
    youth = scheme(regimes=("jeugdwet",))
    case = filed(youth, "opinion_received")
    assert code(case, youth, "extended", DAY, reason=WHY) == "no_day"
    case = terms.step(case, youth, "extended", DAY, date(2026, 8, 3), reason=WHY)
    assert dates(case) == {"jeugdwet.answer": "2026-08-03"}


def test_a_schemes_own_term_without_extension_cannot_be_extended() -> None:
    ben = real("ben-in-de-buurt")
    assert code(filed(ben), ben, "extended", DAY, reason=WHY) == "not_extendable"


# A pause: the term stands still, and runs on after it.


@pytest.mark.parametrize(
    ("unit", "basis", "before", "after", "days"),
    [
        ("working_days", "scheme", "2026-05-28", "2026-06-05", 6),
        ("days", "scheme", "2026-05-25", "2026-06-05", 11),
        ("weeks", "scheme", "2026-06-24", "2026-07-05", 11),
        ("weeks", "statutory", "2026-06-24", "2026-07-06", 11),
    ],
)
def test_a_pause_moves_the_day_by_as_long_as_it_took(
    unit: str, basis: str, before: str, after: str, days: int
) -> None:
    organisation = scheme(rule(5, unit, basis, pauses=("mediation_started",)))
    case = terms.step(filed(organisation), organisation, "mediation_started", date(2026, 5, 21))
    assert (dates(case), case.deadlines[0].why.paused_since) == ({"term": before}, "2026-05-21")
    twice = terms.step(case, organisation, "mediation_started", date(2026, 5, 27))
    assert twice.deadlines == case.deadlines
    case = terms.step(case, organisation, "mediation_held", date(2026, 6, 1))
    assert dates(case) == {"term": after}
    assert (case.deadlines[0].why.paused_days, case.deadlines[0].why.paused_since) == (days, None)


def test_two_pauses_add_up() -> None:
    organisation = scheme(rule(6, "weeks", pauses=("paused",)))
    case = filed(organisation)
    for step, day in (("paused", 21), ("resumed", 23), ("paused", 25), ("resumed", 28)):
        case = terms.step(case, organisation, step, date(2026, 5, day))
    assert (dates(case), case.deadlines[0].why.paused_days) == ({"term": "2026-07-06"}, 5)


def test_a_pause_moves_an_extended_day_too() -> None:
    organisation = scheme(rule(6, "weeks", "statutory", extension=Extension(4, "weeks"), pauses=("paused",)))
    case = terms.step(filed(organisation), organisation, "extended", DAY, reason=WHY)
    case = terms.step(case, organisation, "paused", date(2026, 7, 20))
    case = terms.step(case, organisation, "resumed", date(2026, 7, 23))
    assert dates(case) == {"term": "2026-08-03"}
    assert case.deadlines[0].why.extended == "2026-07-01"


def test_a_paused_term_can_be_extended_after_its_day_passed() -> None:
    organisation = scheme(rule(6, "weeks", "statutory", extension=Extension(4, "weeks"), pauses=("paused",)))
    case = terms.step(filed(organisation), organisation, "paused", date(2026, 6, 20))
    case = terms.step(case, organisation, "extended", date(2026, 7, 10), reason=WHY)
    assert dates(case) == {"term": "2026-07-29"}


def test_a_term_that_does_not_pause_runs_on() -> None:
    organisation = scheme(rule(6, "weeks"))
    case = terms.step(filed(organisation), organisation, "paused", date(2026, 5, 21))
    assert terms.step(case, organisation, "resumed", date(2026, 6, 21)).deadlines == case.deadlines


def test_an_agreed_day_that_never_was_is_no_deadline() -> None:
    bij = real("bij-elkaar")
    case = Filed(
        "BE-1", "received", (Deadline("solution", "2026-07-15", terms.deadline(rule(), DAY, bij).why),)
    )
    assert dates(terms.step(case, bij, "solution_done", date(2026, 7, 10))) == {}
