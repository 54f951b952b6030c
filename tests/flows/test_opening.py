"""Is a contact open now, or when next: Dutch time, summer and winter."""

from datetime import UTC, datetime

import pytest

from flows.calendar.zone import AMSTERDAM
from flows.opening import Opening, minutes, opening
from flows.scheme import Hours, Weekday
from tests.flows.term_data import scheme
from tests.schemes import scheme as real

WEEK: tuple[Weekday, ...] = ("mo", "tu", "we", "th", "fr", "sa", "su")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.clause("CJ-8")
@pytest.mark.parametrize(
    ("now", "until", "opens"),
    [
        ("2026-05-20T15:59", None, "2026-05-20T16:00"),
        ("2026-05-20T16:00", "20:00", None),
        ("2026-05-20T19:59", "20:00", None),
        ("2026-05-20T20:00", None, "2026-05-21T16:00"),
        ("2026-05-22T14:59", None, "2026-05-22T15:00"),
        ("2026-05-22T16:59", "17:00", None),
        ("2026-05-22T17:00", None, "2026-05-25T16:00"),
        ("2026-05-24T12:00", None, "2026-05-25T16:00"),
    ],
)
def test_the_chat_of_jeugdstem_is_open_or_says_when(now: str, until: str | None, opens: str | None) -> None:
    hours = tuple(row for row in real("cjg-kennemerland").contacts["jeugdstem"].hours if row.of == "chat")
    found = opening(hours, at(now), real("cjg-kennemerland"))
    assert (found.open, found.until) == (until is not None, until)
    assert (found.opens.strftime("%Y-%m-%dT%H:%M") if found.opens else None) == opens


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 3, 27, 15, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 27, 14, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 30, 14, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 30, 13, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 26, 15, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 26, 14, 59, tzinfo=UTC), False),
    ],
)
def test_four_o_clock_is_four_o_clock_in_summer_and_winter(moment: datetime, is_open: bool) -> None:
    assert opening((Hours(WEEK, "16:00", "20:00"),), moment).open is is_open


def test_a_line_that_never_closes_has_no_closing_time() -> None:
    always = (Hours(WEEK, "00:00", "24:00", "phone"),)
    assert opening(always, at("2026-05-20T03:00")) == Opening(open=True)


def test_hours_that_end_at_midnight_close_then() -> None:
    assert opening((Hours(("we",), "18:00", "24:00"),), at("2026-05-20T23:00")).until == "00:00"


def test_hours_past_midnight_belong_to_the_evening_before() -> None:
    night = (Hours(("fr",), "22:00", "02:00", "phone"),)
    assert opening(night, at("2026-05-23T01:59")).until == "02:00"
    assert opening(night, at("2026-05-23T02:00")).opens == at("2026-05-29T22:00")


def test_two_stretches_that_touch_are_one() -> None:
    day = (Hours(("we",), "09:00", "12:00"), Hours(("we",), "12:00", "17:00"))
    assert opening(day, at("2026-05-20T11:00")).until == "17:00"


def test_a_lunch_break_is_closed() -> None:
    day = (Hours(("we",), "09:00", "12:00"), Hours(("we",), "13:00", "17:00"))
    assert opening(day, at("2026-05-20T12:30")) == Opening(open=False, opens=at("2026-05-20T13:00"))


def test_a_holiday_is_named_because_the_hours_do_not_say_whether_they_hold() -> None:
    chat = (Hours(("mo",), "16:00", "20:00", "chat"),)
    assert opening(chat, at("2026-05-25T17:00"), scheme()) == Opening(True, "20:00", None, "whit_monday")
    assert opening(chat, at("2026-05-24T17:00"), scheme()).holiday == "whit_monday"


def test_the_organisations_own_office_is_closed_on_its_holidays() -> None:
    office = (Hours(("mo", "tu"), "09:00", "17:00", "office"),)
    assert opening(office, at("2026-05-25T10:00"), scheme()).opens == at("2026-05-26T09:00")


def test_without_hours_nothing_is_open_and_nothing_is_promised() -> None:
    assert opening((), at("2026-05-20T12:00")) == Opening(open=False)


@pytest.mark.parametrize("clock", ["", "9", "9:5", "09.00", "24:01", "10:60", "a:00", "-1:00"])
def test_an_hour_that_is_none_is_refused(clock: str) -> None:
    with pytest.raises(ValueError, match=r"no time|after 24:00"):
        minutes(clock)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        opening((), datetime(2026, 5, 20, 12))
