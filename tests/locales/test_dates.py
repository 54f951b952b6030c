"""Days and spans are worded as exactly as they are known."""

from datetime import date

import pytest

from flows.answers import When
from locales import dates


def days(first: str, last: str, precision: str = "day", *, ongoing: bool = False) -> When:
    return When(date.fromisoformat(first), date.fromisoformat(last), precision, ongoing)  # type: ignore[arg-type]


def test_a_day_has_weekday_day_month_and_year() -> None:
    on = date(2027, 1, 8)

    assert {locale: dates.day(on, locale) for locale in ("nl", "nl@u", "nl@kind", "en")} == {
        "nl": "vrijdag 8 januari 2027",
        "nl@u": "vrijdag 8 januari 2027",
        "nl@kind": "vrijdag 8 januari 2027",
        "en": "Friday 8 January 2027",
    }


SPANS = [
    (days("2026-05-12", "2026-05-12"), "dinsdag 12 mei 2026"),
    (days("2026-05-11", "2026-05-17", "week"), "in de week van 11 mei 2026"),
    (days("2026-05-18", "2026-05-20", "week"), "in de week van 18 mei 2026"),
    (days("2026-03-01", "2026-03-31", "month"), "in maart 2026"),
    (days("2025-06-01", "2025-08-31", "season"), "in de zomer van 2025"),
    (days("2025-06-21", "2025-09-20", "season"), "in de zomer van 2025"),
    (days("2025-12-01", "2026-02-28", "season"), "in de winter van 2025–2026"),
    (days("2026-03-01", "2026-05-20", "season"), "in het voorjaar van 2026"),
    (days("2025-01-01", "2025-12-31", "year"), "in 2025"),
    (days("2026-04-20", "2026-05-10", "about"), "tussen 20 april en 10 mei 2026"),
    (days("2025-12-20", "2026-01-10", "about"), "tussen 20 december 2025 en 10 januari 2026"),
    (days("2026-05-12", "2026-05-12", "about"), "rond 12 mei 2026"),
    (days("2026-05-11", "2026-05-13", "days"), "tussen maandag 11 mei en woensdag 13 mei 2026"),
    (days("2026-05-01", "2026-06-10", "month"), "tussen 1 mei en 10 juni 2026"),
    (days("2026-03-01", "2026-03-31", "month", ongoing=True), "sinds maart 2026"),
    (days("2026-05-12", "2026-05-12", ongoing=True), "sinds dinsdag 12 mei 2026"),
    (days("2025-06-01", "2025-08-31", "season", ongoing=True), "sinds de zomer van 2025"),
    (days("2024-01-01", "2024-12-31", "year", ongoing=True), "sinds 2024"),
    (days("2026-04-20", "2026-05-10", "about", ongoing=True), "sinds een dag tussen 20 april en 10 mei 2026"),
]


@pytest.mark.parametrize(("when", "text"), SPANS, ids=[text for _, text in SPANS])
def test_a_span_says_no_more_than_is_known(when: When, text: str) -> None:
    assert dates.span(when, "nl") == text


def test_a_span_in_english() -> None:
    assert dates.span(days("2026-05-11", "2026-05-17", "week"), "en") == "in the week of 11 May 2026"
