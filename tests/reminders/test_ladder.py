"""The ladder of reminders of a term: when each rung falls, on every kind of day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import reminding
from flows.calendar.zone import AMSTERDAM
from flows.checking import check
from flows.events import Deadline, Reason
from flows.reminding import Plan, later_today, next_opening, plan, rungs
from flows.scheme import Hours, Office, Reminder
from flows.terms import start
from tests import schemes
from tests.reminders import owed
from tests.schemes import scheme

WEEK = Office()
SHORT = Office(days=("tu", "fr"), hours=(Hours(("tu",), "13:00", "15:30"),))


def moment(text: str) -> datetime:
    """A moment on the clock of Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def term(start: str, last: str, **why: object) -> Deadline:
    """A term of a case."""
    return Deadline("contact", last, Reason(5, "working_days", start, "received", "scheme", **why))  # type: ignore[arg-type]


def shown(item: Deadline, of: Plan, since: str) -> list[tuple[str, str]]:
    """The rungs as texts."""
    return [(rung.id, f"{rung.at:%Y-%m-%d %H:%M %z}") for rung in rungs(item, of, moment(since))]


@pytest.mark.clause("BG-8", "DC-5")
def test_contact_within_five_working_days_is_reminded_two_days_before_on_the_day_and_after_it() -> None:
    of = scheme("blijf-groep")
    (item,) = start(of, "received", moment("2026-05-20T12:00"))
    assert shown(item, plan(of), "2026-05-20T12:00") == [
        ("before", "2026-05-26 09:00 +0200"),
        ("day", "2026-05-28 09:00 +0200"),
        ("overdue", "2026-05-29 09:00 +0200"),
    ]


@pytest.mark.clause("BB-7e")
def test_six_weeks_are_also_reminded_half_way() -> None:
    of = scheme("ben-in-de-buurt")
    items = [one for one in start(of, "received", moment("2026-05-20T12:00")) if one.id == "settled"]
    assert shown(items[0], plan(of), "2026-05-20T12:00") == [
        ("half_way", "2026-06-11 09:00 +0200"),
        ("before", "2026-06-29 09:00 +0200"),
        ("day", "2026-07-01 09:00 +0200"),
        ("overdue", "2026-07-02 09:00 +0200"),
    ]


def test_half_way_is_left_out_where_it_does_not_come_before_the_next_rung() -> None:
    assert [id for id, _ in shown(term("2026-05-20", "2026-05-22"), Plan(), "2026-05-20T08:00")] == [
        "before", "day", "overdue",
    ]  # fmt: skip


def test_year_end_and_its_holidays_are_passed_over() -> None:
    assert shown(term("2026-12-21", "2027-01-04"), Plan(), "2026-12-21T10:00") == [
        ("half_way", "2026-12-28 09:00 +0100"),
        ("before", "2026-12-30 09:00 +0100"),
        ("day", "2027-01-04 09:00 +0100"),
        ("overdue", "2027-01-05 09:00 +0100"),
    ]


def test_leap_day_is_a_day_like_any_other() -> None:
    assert shown(term("2028-02-22", "2028-02-29"), Plan(), "2028-02-22T10:00")[-2:] == [
        ("day", "2028-02-29 09:00 +0100"),
        ("overdue", "2028-03-01 09:00 +0100"),
    ]


@pytest.mark.parametrize(
    ("last", "before", "after"),
    [("2026-03-30", "+0100", "+0200"), ("2026-10-26", "+0200", "+0100")],
    ids=["spring", "autumn"],
)
def test_office_opens_at_nine_on_the_wall_when_the_clock_is_changed(
    last: str, before: str, after: str
) -> None:
    found = shown(term(f"{last[:8]}16", last), Plan(), f"{last[:8]}16T10:00")
    assert [at[11:] for id, at in found if id in ("before", "day")] == [f"09:00 {before}", f"09:00 {after}"]


def test_last_day_that_is_not_worked_is_reminded_on_the_working_day_before_it() -> None:
    found = dict(shown(term("2026-05-11", "2026-05-25"), Plan(), "2026-05-11T10:00"))  # Whit Monday
    assert (found["day"], found["overdue"]) == ("2026-05-22 09:00 +0200", "2026-05-26 09:00 +0200")


def test_rungs_that_lie_before_the_term_was_set_are_left_out() -> None:
    assert [id for id, _ in shown(term("2026-05-20", "2026-05-28"), Plan(), "2026-05-27T09:00")] == [
        "day",
        "overdue",
    ]


@pytest.mark.clause("BB-7b")
def test_term_of_the_party_concerned_is_reminded_like_that_of_an_officer() -> None:
    of = scheme("ben-in-de-buurt")
    (item,) = [
        one for one in start(of, "response_requested", moment("2026-05-20T12:00")) if one.id == "response"
    ]
    assert [id for id, _ in shown(item, plan(of), "2026-05-20T12:00")] == [
        "half_way",
        "before",
        "day",
        "overdue",
    ]


@pytest.mark.clause("IB-7b")
def test_term_of_the_commission_or_of_the_client_reminds_no_officer() -> None:
    of = scheme("ik-ben-er-ook")
    (item,) = start(of, "form_sent", moment("2026-05-20T12:00"))
    assert rungs(item, plan(of), moment("2026-05-20T12:00")) == ()
    assert "awb.ombudsman" in plan(of).silent


def test_term_that_stands_still_is_not_reminded() -> None:
    assert (
        rungs(term("2026-05-20", "2026-05-28", paused_since="2026-05-21"), Plan(), moment("2026-05-20T12:00"))
        == ()
    )


def test_scheme_names_its_own_rungs() -> None:
    of = Plan(WEEK, (Reminder("before", ("manager",), days=3),))
    assert shown(term("2026-05-20", "2026-06-03"), of, "2026-05-20T12:00") == [
        ("before", "2026-05-29 09:00 +0200")
    ]
    assert rungs(term("2026-05-20", "2026-06-03"), Plan(WEEK, ()), moment("2026-05-20T12:00")) == ()


def test_scheme_file_takes_reminders_of_its_own() -> None:
    own = "\nreminders:\n  manager: teamleider\n  urgent: always\n  if_nobody: onvredepunt\n  ladder:\n"
    text = schemes.text("dorpszorg").rstrip() + own + "    - {id: overdue, to: [handler, manager], days: 3}\n"
    assert check(text, "dorpszorg.yaml") == ()
    read = schemes.parsed(text, "dorpszorg.yaml").reminders
    assert (read.manager, read.urgent, read.ladder) == (
        "teamleider", "always", (Reminder("overdue", ("handler", "manager"), 3),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-05-20T08:59", "2026-05-20T09:00"),
        ("2026-05-20T16:59", "2026-05-20T16:59"),
        ("2026-05-20T17:00", "2026-05-21T09:00"),
        ("2026-05-22T18:00", "2026-05-26T09:00"),
        ("2026-12-24T17:30", "2026-12-28T09:00"),
    ],
)
def test_office_that_is_closed_opens_on_its_next_working_day(now: str, opens: str) -> None:
    assert next_opening(moment(now), WEEK) == moment(opens)


def test_office_with_hours_of_its_own_opens_then() -> None:
    assert next_opening(moment("2026-05-19T15:30"), SHORT) == moment("2026-05-22T09:00")
    assert next_opening(moment("2026-05-19T09:00"), SHORT) == moment("2026-05-19T13:00")


def test_office_that_never_works_does_not_open() -> None:
    with pytest.raises(ValueError, match="never works"):
        next_opening(moment("2026-05-19T15:30"), Office(days=()))


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("2026-05-20T09:05", "2026-05-20T12:05"),
        ("2026-05-20T15:00", "2026-05-20T16:00"),
        ("2026-05-20T16:30", "2026-05-21T09:00"),
        ("2026-05-22T16:50", "2026-05-26T09:00"),
    ],
)
def test_later_today_is_in_three_hours_or_before_closing_or_at_the_next_opening(now: str, again: str) -> None:
    assert later_today(moment(now), WEEK) == moment(again)


DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
OFFICES = st.sampled_from([WEEK, SHORT, scheme("dorpszorg").office, Office(days=("sa", "su"), closed=())])


@settings(max_examples=400, deadline=None)
@given(DAYS, st.integers(0, 120), OFFICES, st.integers(0, 120 * 24))
def test_rungs_are_those_that_walking_every_day_finds(
    start: date, length: int, office: Office, hours: int
) -> None:
    last = start + timedelta(days=length)
    since = datetime.combine(start, datetime.min.time(), AMSTERDAM) + timedelta(hours=hours)
    found = rungs(term(start.isoformat(), last.isoformat()), Plan(office), since)
    assert [(rung.id, rung.at) for rung in found] == owed.ladder(start, last, office, since)


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(0, 24 * 60 - 1), OFFICES)
def test_next_opening_is_the_first_minute_at_which_somebody_is_there(
    day: date, minute: int, office: Office
) -> None:
    now = datetime.combine(day, datetime.min.time(), AMSTERDAM) + timedelta(minutes=minute)
    opens = next_opening(now, office)
    assert owed.at_work(opens, office)
    assert opens == now or not owed.at_work(now, office)
    assert reminding.is_open(now, office) == owed.at_work(now, office)
    here = now
    while here < opens:
        assert not owed.at_work(here, office)
        here += timedelta(minutes=30)
