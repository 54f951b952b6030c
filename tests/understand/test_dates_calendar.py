"""The calendar against others' computations and published dates."""

from datetime import date

import pytest
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN
from dateutil.easter import easter as reference

from flows import resources
from flows.understand.dates_calendar import (
    easter,
    feast_yearly,
    month_span,
    orthodox_easter,
    part_of,
    season_yearly,
    week_span,
    year_span,
)


def test_easter_is_that_of_dateutil_for_four_centuries():
    years = range(1800, 2200)
    assert [easter(year) for year in years] == [reference(year, EASTER_WESTERN) for year in years]


def test_orthodox_easter_is_that_of_dateutil_in_this_and_the_last_century():
    years = range(1900, 2100)
    assert [orthodox_easter(year) for year in years] == [reference(year, EASTER_ORTHODOX) for year in years]


@pytest.mark.parametrize(
    ("feast", "year", "first", "last"),
    [
        ("pentecost", 2025, date(2025, 6, 8), date(2025, 6, 9)),
        ("ascension", 2026, date(2026, 5, 14), date(2026, 5, 14)),
        ("kingsday", 2025, date(2025, 4, 26), date(2025, 4, 26)),
        ("kingsday", 2026, date(2026, 4, 27), date(2026, 4, 27)),
        ("mothers_day", 2026, date(2026, 5, 10), date(2026, 5, 10)),
        ("newyear", 2025, date(2025, 12, 31), date(2026, 1, 1)),
        ("eid_fitr", 2026, date(2026, 3, 20), date(2026, 3, 22)),
        ("school_summer", 2025, date(2025, 7, 5), date(2025, 8, 31)),
        ("school_autumn", 2027, date(2027, 10, 16), date(2027, 10, 31)),
    ],
)
def test_feast_lies_where_it_was_published(feast, year, first, last):
    assert feast_yearly(feast)(year) == (first, last)


def test_every_feast_of_the_word_lists_has_a_place_in_2026():
    named = {
        value
        for language in ("nl", "en", "tr", "pl", "uk", "ar")
        for name, value, _ in resources.table(f"understand/words/dates_{language}.tsv")
        if name == "FEAST"
    }
    assert {feast for feast in named if feast_yearly(feast)(2026) is None} == set()


def test_school_holidays_run_from_saturday_to_sunday_without_a_gap_in_the_years():
    rows = resources.table("understand/words/holidays/school_nl.tsv")
    days = [(date.fromisoformat(first), date.fromisoformat(last)) for _, _, first, last in rows]
    assert {(first.weekday(), last.weekday()) for first, last in days} == {(5, 6)}
    summers = {(region, first[:4]) for name, region, first, _ in rows if name == "summer"}
    assert summers == {
        (region, str(year)) for region in ("north", "middle", "south") for year in range(2023, 2029)
    }


def test_week_53_exists_only_in_years_that_have_it():
    assert week_span(2026, 53) == (date(2026, 12, 28), date(2027, 1, 3))
    assert week_span(2025, 53) is None


def test_winter_of_a_year_begins_in_its_december():
    assert season_yearly("winter")(2025) == (date(2025, 12, 21), date(2026, 3, 19))


@pytest.mark.parametrize(("part", "first", "last"), [("begin", 1, 10), ("half", 11, 20), ("eind", 21, 31)])
def test_month_falls_apart_in_three(part, first, last):
    assert part_of(month_span(2026, 1), part) == (date(2026, 1, first), date(2026, 1, last))


def test_begin_of_a_year_is_its_first_three_months():
    assert part_of(year_span(2026), "begin") == (date(2026, 1, 1), date(2026, 3, 31))
