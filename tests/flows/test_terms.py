"""The day a thing is due, and why: vectors, explanations, moments, and the terms of the five organisations."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import terms
from flows.calendar import zone
from flows.events import Deadline, Reason
from flows.scheme import Extension, Location, Office, Retention, Scheme, TermRule
from flows.terms import TermError, deadline
from tests.flows.term_data import rule, scheme
from tests.schemes import scheme as real

CHRISTMAS = (("2026-12-25", "christmas"), ("2026-12-26", "boxing_day"), ("2026-12-27", "sunday"))


def dates(found: tuple[Deadline, ...]) -> dict[str, str]:
    return {item.id: item.date for item in found}


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2026-11-13", "2026-12-28"),
        ("2027-02-12", "2027-03-30"),
        ("2027-03-25", "2027-05-10"),
        ("2026-04-03", "2026-05-18"),
    ],
)
@pytest.mark.parametrize(("regime", "term"), [("wkkgz", "wkkgz.judgment"), ("awb", "awb.handling")])
def test_six_weeks_of_a_law_run_on_over_holidays_and_decree_days(
    start: str, last: str, regime: str, term: str
) -> None:
    assert dates(terms.start(scheme(), "received", date.fromisoformat(start), regime=regime))[term] == last


def test_five_working_days_before_christmas_end_on_old_years_day() -> None:
    found = deadline(rule(5, "working_days"), date(2026, 12, 23), scheme())
    assert found.date == "2026-12-31"
    assert found.why.skipped == (("2026-12-25", "christmas"),)


def test_a_schemes_own_six_weeks_do_not_run_on() -> None:
    assert deadline(rule(6, "weeks"), date(2026, 11, 13), scheme()).date == "2026-12-25"


def test_the_explanation_of_a_term_of_a_law_names_each_day_it_ran_over() -> None:
    found = deadline(rule(6, "weeks", "statutory", clause="Wkkgz 17"), date(2026, 11, 13), scheme())
    assert found == Deadline(
        "term",
        "2026-12-28",
        Reason(
            count=6,
            unit="weeks",
            start="2026-11-13",
            event="received",
            basis="statutory",
            rolled=CHRISTMAS,
            article="Wkkgz 17",
        ),
    )


def test_a_decree_day_is_a_working_day_for_the_organisation_and_none_for_the_law() -> None:
    ascension_eve = date(2026, 5, 13)
    own = deadline(rule(1, "working_days"), ascension_eve, scheme())
    law = deadline(rule(2, "days", "statutory"), ascension_eve, scheme())
    assert (own.date, own.why.skipped) == ("2026-05-15", (("2026-05-14", "ascension"),))
    assert law.date == "2026-05-18"
    assert law.why.rolled == (("2026-05-15", "decree"), ("2026-05-16", "saturday"), ("2026-05-17", "sunday"))


def test_three_days_of_a_law_hold_two_ordinary_days() -> None:
    friday = date(2026, 11, 13)
    found = deadline(rule(3, "days", "statutory"), friday, scheme())
    assert (found.date, found.why.rolled) == ("2026-11-17", (("2026-11-16", "two_ordinary_days"),))
    assert deadline(rule(3, "days"), friday, scheme()).date == "2026-11-16"


@pytest.mark.parametrize(
    ("count", "unit", "runs_on"),
    [
        (90, "days", True),
        (91, "days", False),
        (12, "weeks", True),
        (13, "weeks", False),
        (3, "months", True),
        (4, "months", False),
        (1, "years", False),
    ],
)
def test_long_terms_of_a_law_do_not_run_on(count: int, unit: str, runs_on: bool) -> None:
    ends_in_weekend = next(
        day
        for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(60))
        if date.fromisoformat(deadline(rule(count, unit), day, scheme()).date).weekday() == 5
    )
    own = deadline(rule(count, unit), ends_in_weekend, scheme()).date
    law = deadline(rule(count, unit, "statutory"), ends_in_weekend, scheme()).date
    assert (law > own) is runs_on


@pytest.mark.parametrize(
    ("start", "unit", "last"),
    [
        ("2026-01-31", "months", "2026-02-28"),
        ("2028-01-31", "months", "2028-02-29"),
        ("2026-02-28", "months", "2026-03-28"),
        ("2026-12-31", "months", "2027-01-31"),
        ("2028-02-29", "years", "2029-02-28"),
    ],
)
def test_a_month_ends_on_the_same_day_number_or_the_months_last_day(start: str, unit: str, last: str) -> None:
    assert deadline(rule(1, unit), date.fromisoformat(start), scheme()).date == last


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 14, 22, 59, 59, tzinfo=UTC), "2026-01-14"),
        (datetime(2026, 1, 14, 23, 0, tzinfo=UTC), "2026-01-15"),
        (datetime(2026, 7, 14, 21, 59, 59, tzinfo=UTC), "2026-07-14"),
        (datetime(2026, 7, 14, 22, 0, tzinfo=UTC), "2026-07-15"),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), "2026-03-30"),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "2026-10-26"),
        (datetime(2026, 5, 20, 1, 0, tzinfo=timezone(timedelta(hours=9))), "2026-05-19"),
        (datetime(2026, 5, 20, 0, 0, tzinfo=zone.AMSTERDAM), "2026-05-20"),
    ],
)
def test_a_moment_is_taken_as_its_day_in_amsterdam(moment: datetime, day: str) -> None:
    assert deadline(rule(), moment, scheme()).why.start == day


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        deadline(rule(), datetime(2026, 5, 20, 12), scheme())


@pytest.mark.parametrize("count", [0, -1])
def test_a_term_that_counts_nothing_is_refused(count: int) -> None:
    with pytest.raises(TermError) as refused:
        deadline(rule(count), date(2026, 5, 20), scheme())
    assert refused.value.code == "no_count"


def test_an_office_that_never_works_has_no_working_days() -> None:
    with pytest.raises(ValueError, match="never works"):
        deadline(rule(5, "working_days"), date(2026, 5, 20), scheme(office=Office(days=())))


def test_an_office_that_works_on_kings_day_counts_it() -> None:
    open_then = Office(closed=("christmas", "boxing_day", "new_year"))
    closed_then = Office()
    friday = date(2026, 4, 24)
    term = rule(1, "working_days")
    assert deadline(term, friday, scheme(office=open_then)).date == "2026-04-27"
    assert deadline(term, friday, scheme(office=closed_then)).date == "2026-04-28"


def test_a_weekday_on_which_the_office_never_works_is_explained_and_a_weekend_is_not() -> None:
    found = deadline(
        rule(2, "working_days"), date(2026, 5, 21), scheme(office=Office(days=("mo", "tu", "we")))
    )
    assert found.date == "2026-05-27"
    assert found.why.skipped == (("2026-05-22", "closed_weekday"), ("2026-05-25", "whit_monday"))


def test_a_term_of_the_law_stands_beside_the_schemes_own() -> None:
    own = rule(2, "weeks", id="talk")
    found = terms.start(scheme(own), "received", date(2026, 5, 20), regime="wkkgz")
    assert dates(found) == {"talk": "2026-06-03", "wkkgz.judgment": "2026-07-01"}
    assert [item.why.article for item in found] == ["", "Wkkgz 17"]


def test_the_locations_regime_holds_before_the_schemes() -> None:
    places = (Location("vt", {"nl": "VT"}, regime="veilig_thuis"), Location("opvang", {"nl": "Opvang"}))
    organisation = scheme(locations=places, regimes=("wkkgz",))

    def ids(event: str, place: str | None) -> list[str]:
        return [item.id for item in terms.start(organisation, event, date(2026, 5, 20), location=place)]

    assert ids("received", "vt") == []
    assert ids("opinion_received", "vt") == ["veilig_thuis.answer"]
    assert ids("received", "opvang") == ["wkkgz.judgment"]
    assert ids("received", None) == ["wkkgz.judgment"]


def test_deadlines_come_the_earliest_first() -> None:
    organisation = scheme(rule(3, "weeks", id="later"), rule(2, "days", id="sooner"))
    found = terms.due(organisation, date(2026, 5, 20))
    assert [item.id for item in found] == ["sooner", "later"]


def test_an_unknown_event_is_refused_with_those_that_exist() -> None:
    with pytest.raises(TermError, match="choose one of received, acknowledged") as refused:
        terms.due(scheme(), date(2026, 5, 20), "ontvangen")
    assert refused.value.code == "unknown_event"


# What the five organisations promise.


@pytest.mark.clause("BG-8")
def test_blijf_groep_makes_contact_within_five_working_days() -> None:
    (found,) = terms.due(real("blijf-groep"), date(2026, 5, 20))
    assert (found.id, found.date, found.why.unit) == ("contact", "2026-05-28", "working_days")
    assert found.why.skipped == (("2026-05-25", "whit_monday"),)


@pytest.mark.clause("IB-7b")
def test_the_commission_of_ik_ben_er_ook_makes_contact_two_working_days_after_the_form() -> None:
    found = terms.due(real("ik-ben-er-ook"), date(2026, 5, 21), "form_sent")
    assert dates(found) == {"commission_contact": "2026-05-26"}
    assert terms.due(real("ik-ben-er-ook"), date(2026, 5, 21)) == ()


@pytest.mark.clause("BE-4a")
def test_the_management_of_bij_elkaar_talks_within_two_weeks_which_do_not_run_on() -> None:
    (found,) = terms.due(real("bij-elkaar"), date(2026, 12, 11))
    assert (found.id, found.date, found.why.rolled) == ("talk", "2026-12-25", ())


@pytest.mark.clause("BB-7e")
def test_ben_in_de_buurt_settles_within_six_weeks() -> None:
    assert dates(terms.due(real("ben-in-de-buurt"), date(2026, 5, 20))) == {"settled": "2026-07-01"}


@pytest.mark.clause("BB-7b")
def test_the_staff_member_has_two_weeks_from_the_request_to_respond() -> None:
    (found,) = terms.due(real("ben-in-de-buurt"), date(2026, 5, 20), "response_requested")
    assert (found.id, found.date) == ("response", "2026-06-03")


def test_no_date_is_invented_where_the_source_names_none() -> None:
    assert terms.due(real("cjg-kennemerland"), date(2026, 5, 20)) == ()


@pytest.mark.clause("BG-10")
def test_blijf_groep_keeps_a_dossier_five_years_and_then_destroys_it() -> None:
    found = terms.retention(real("blijf-groep"), date(2028, 2, 29))
    assert dates(found) == {"retention_minimum": "2033-02-28", "retention": "2033-02-28"}


@pytest.mark.clause("CJ-10")
def test_the_cjg_keeps_a_dossier_at_least_two_years_and_not_for_ever() -> None:
    found = dates(terms.due(real("cjg-kennemerland"), date(2026, 5, 20), "closed"))
    assert found["retention_minimum"] == "2028-05-20"
    assert found["retention"] > found["retention_minimum"]


def test_a_yearly_evaluation_is_a_term_from_the_end_of_a_year() -> None:
    evaluation = TermRule(
        id="evaluation",
        label={"nl": "evaluatie"},
        starts="year_end",
        ends="evaluation_held",
        count=1,
        unit="years",
        who="management",
    )
    found = terms.due(scheme(evaluation), date(2025, 12, 31), "year_end")
    assert dates(found) == {"evaluation": "2026-12-31"}


def test_a_scheme_without_a_minimum_names_only_the_day_of_destruction() -> None:
    organisation = scheme(retention=Retention(maximum=12))
    assert dates(terms.retention(organisation, date(2026, 5, 31))) == {"retention": "2027-05-31"}


DAYS = st.dates(date(2023, 1, 1), date(2032, 12, 31))
UNITS = st.sampled_from(["working_days", "days", "weeks", "months"])
COUNTS = st.integers(1, 20)
BASES = st.sampled_from(["scheme", "statutory"])


def last(term: TermRule, day: date, organisation: Scheme, extended: Extension | None = None) -> date:
    return date.fromisoformat(deadline(term, day, organisation, extended=extended).date)


@given(DAYS, st.integers(0, 30), COUNTS, UNITS, BASES)
@settings(max_examples=150, deadline=None)
def test_a_later_start_never_ends_earlier(day: date, later: int, count: int, unit: str, basis: str) -> None:
    term = rule(count, unit, basis)
    assert last(term, day, scheme()) <= last(term, day + timedelta(days=later), scheme())


@given(DAYS, COUNTS, UNITS, BASES)
@settings(max_examples=150, deadline=None)
def test_a_term_ends_after_it_began_and_a_law_never_makes_it_shorter(
    day: date, count: int, unit: str, basis: str
) -> None:
    ends = last(rule(count, unit, basis), day, scheme())
    assert ends > day
    assert ends >= last(rule(count, unit), day, scheme())


@given(DAYS, COUNTS, UNITS, BASES, st.integers(1, 28))
@settings(max_examples=150, deadline=None)
def test_an_extension_never_ends_before_the_term_it_extends(
    day: date, count: int, unit: str, basis: str, more: int
) -> None:
    term = rule(count, unit, basis, extension=Extension(more, "days"))
    assert last(term, day, scheme(), Extension(more, "days")) >= last(term, day, scheme())


@given(DAYS, COUNTS, UNITS)
@settings(max_examples=150, deadline=None)
def test_a_term_of_a_law_never_ends_on_a_day_off(day: date, count: int, unit: str) -> None:
    term = rule(min(count, 3) if unit == "months" else min(count, 12), unit, "statutory")
    ends = last(term, day, scheme())
    assert ends.weekday() < 5
