"""The two calendars: public holidays with decree days, and an organisation's working days."""

from datetime import date

import holidays as other_table
import pytest

from flows.calendar import holidays, working
from flows.scheme import Office

SUNDAYS = {"Easter Sunday", "Pentecost"}


def theirs(year: int) -> dict[date, str]:
    """The other table's days of `year`, with its names in English."""
    return dict(other_table.country_holidays("NL", years=year, language="en_US", categories=("public",)))


@pytest.mark.parametrize("year", range(2000, 2101))
def test_the_table_agrees_with_another_but_for_known_differences(year: int) -> None:
    ours = set(holidays.of_year(year))
    others = {day for day, name in theirs(year).items() if not set(name.split("; ")) <= SUNDAYS}
    # The other table has 5 May only in years that end on 0 or 5 (a free day by custom); the ATW has it always.
    assert ours == others | {date(year, 5, 5)}


def test_the_known_differences_are_really_there() -> None:
    assert date(2026, 5, 5) not in theirs(2026)
    assert date(2025, 5, 5) in theirs(2025)
    assert set(theirs(2026).values()) > SUNDAYS
    assert {day for day in holidays.decree_days() if day in theirs(day.year)} == set()


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2000, (4, 23)), (2008, (3, 23)), (2011, (4, 24)), (2026, (4, 5)), (2038, (4, 25)), (2100, (3, 28))],
)
def test_easter_of_known_years(year: int, sunday: tuple[int, int]) -> None:
    assert holidays.easter(year) == date(year, *sunday)


@pytest.mark.parametrize(
    ("day", "named"),
    [
        ("2026-04-27", "kings_day"),
        ("2025-04-26", "kings_day"),
        ("2025-04-27", None),
        ("2031-04-26", "kings_day"),
        ("2013-04-30", "queens_day"),
        ("2006-04-29", "queens_day"),
        ("2014-04-30", None),
        ("2026-05-05", "liberation_day"),
        ("2026-04-03", "good_friday"),
        ("2026-05-15", None),
    ],
)
def test_what_holiday_a_day_is(day: str, named: str | None) -> None:
    assert holidays.holiday(date.fromisoformat(day)) == named


def test_two_holidays_on_one_day_are_one_day_off() -> None:
    ascension_and_liberation = date(2016, 5, 5)
    assert holidays.holiday(ascension_and_liberation) == "liberation_day"
    assert len(holidays.of_year(2016)) == 8


def test_a_year_outside_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="2000 to 2100"):
        holidays.of_year(2101)


def test_decree_days_are_these_and_each_is_a_working_day() -> None:
    assert [day.isoformat() for day in sorted(holidays.decree_days())] == [
        "2023-04-28",
        "2023-05-19",
        "2024-05-10",
        "2024-12-27",
        "2025-05-30",
        "2026-01-02",
        "2026-05-15",
        "2027-05-07",
        "2028-04-28",
        "2028-05-26",
    ]
    assert {working.not_worked(day, Office()) for day in holidays.decree_days()} == {None}
    assert {holidays.not_ordinary(day) for day in holidays.decree_days()} == {"decree"}


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-05-23", "saturday"),
        ("2026-05-24", "sunday"),
        ("2026-05-25", "whit_monday"),
        ("2026-12-26", "boxing_day"),
        ("2026-05-26", None),
    ],
)
def test_why_a_term_of_a_law_cannot_end_on_a_day(day: str, why: str | None) -> None:
    assert holidays.not_ordinary(date.fromisoformat(day)) == why


def test_working_days_between_two_days_count_the_last_and_not_the_first() -> None:
    assert working.between(date(2026, 5, 20), date(2026, 5, 28), Office()) == 5
    assert working.between(date(2026, 5, 28), date(2026, 5, 20), Office()) == 0
