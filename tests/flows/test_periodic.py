"""Terms of the whole organisation begin with the end of a year or a quarter, without a case."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import periodic
from flows.scheme import Scheme, TermRule
from tests.schemes import scheme

DAYS = st.dates(date(2022, 1, 1), date(2032, 12, 31))


def quarterly() -> Scheme:
    """An organisation that reports every quarter."""
    rule = TermRule("report", {"nl": "Het verslag"}, "quarter_end", "report_sent", 4, "weeks")
    return msgspec.structs.replace(scheme("ben-in-de-buurt"), terms=(rule,), valid_from=None)


@pytest.mark.clause("BE-9")
def test_evaluation_begins_when_the_year_is_over_and_has_a_year() -> None:
    found = {
        day: [(item.id, item.why.start, item.date) for item in periodic.begun(scheme("bij-elkaar"), day)]
        for day in (date(2026, 12, 30), date(2026, 12, 31), date(2027, 6, 1))
    }
    last, this = ("evaluation", "2025-12-31", "2026-12-31"), ("evaluation", "2026-12-31", "2027-12-31")
    assert list(found.values()) == [[last], [this], [this]]


@pytest.mark.clause("BE-9")
def test_directie_sees_to_the_evaluation() -> None:
    assert periodic.roles(scheme("bij-elkaar"), "evaluation") == ("directie",)


def test_management_that_receives_no_complaints_sees_to_what_it_owes_itself() -> None:
    evaluation = next(rule for rule in scheme("bij-elkaar").terms if rule.id == "evaluation")
    other = msgspec.structs.replace(scheme("blijf-groep"), terms=(evaluation,))
    assert periodic.roles(other, "evaluation") == ("manager", "officer")
    theirs = msgspec.structs.replace(other, terms=(msgspec.structs.replace(evaluation, who="recipient"),))
    assert periodic.roles(theirs, "evaluation") == ("officer",)


def test_nothing_begins_for_a_year_before_the_regulation_was_valid() -> None:
    assert periodic.begun(scheme("bij-elkaar"), date(2022, 6, 1)) == ()


def test_schemes_without_such_a_term_have_no_duty() -> None:
    others = ("blijf-groep", "cjg-kennemerland", "ben-in-de-buurt", "ik-ben-er-ook")
    assert [periodic.begun(scheme(id), date(2027, 1, 1)) for id in others] == [()] * 4


@pytest.mark.parametrize(
    ("today", "start"),
    [
        ("2028-02-29", "2027-12-31"),
        ("2028-03-30", "2027-12-31"),
        ("2028-03-31", "2028-03-31"),
        ("2028-07-01", "2028-06-30"),
        ("2028-12-31", "2028-12-31"),
    ],
)
def test_quarter_ends_on_its_last_day(today: str, start: str) -> None:
    (item,) = periodic.begun(quarterly(), date.fromisoformat(today))
    assert item.why.start == start


@given(DAYS)
def test_period_ends_on_the_last_such_day_that_is_not_after_today(today: date) -> None:
    (found,) = periodic.begun(quarterly(), today)
    walked = today
    while (walked + timedelta(days=1)).day != 1 or (walked + timedelta(days=1)).month not in (1, 4, 7, 10):
        walked -= timedelta(days=1)
    assert found.why.start == walked.isoformat()


def test_period_is_written_as_its_year_or_its_last_month() -> None:
    assert (periodic.period("2026-12-31"), periodic.period("2026-09-30")) == ("2026", "2026-09")
