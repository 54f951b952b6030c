"""Every start day of 2024-2032 against a computation that walks the calendar and imports nothing of `flows`."""

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.scheme import Extension, Office
from flows.terms import deadline
from tests.flows import brute_terms
from tests.flows.term_data import rule, scheme

FIRST, LAST = date(2024, 1, 1), date(2032, 12, 31)
SPANS = (
    *(("working_days", count) for count in (1, 2, 5, 10)),
    *(("days", count) for count in (1, 2, 3, 4, 14, 90, 91)),
    *(("weeks", count) for count in (1, 2, 4, 6, 10, 12, 13)),
    *(("months", count) for count in (1, 2, 3, 4)),
    *(("years", count) for count in (1, 2)),
)


def days() -> Iterator[date]:
    for n in range((LAST - FIRST).days + 1):
        yield FIRST + timedelta(days=n)


def test_the_walking_computation_imports_nothing_of_the_program() -> None:
    tree = ast.parse(Path(brute_terms.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(isinstance(node, ast.Import) for node in ast.walk(tree))
    assert imported == {"collections.abc", "datetime"}


@pytest.mark.parametrize("basis", ["scheme", "statutory"])
@pytest.mark.parametrize(("unit", "count"), SPANS)
def test_every_start_day_of_nine_years(unit: str, count: int, basis: str) -> None:
    term, organisation = rule(count, unit, basis), scheme()
    found = [deadline(term, day, organisation).date for day in days()]
    walked = [
        brute_terms.last_day(day, count, unit, statutory=basis == "statutory").isoformat() for day in days()
    ]
    assert found == walked


@pytest.mark.parametrize(
    ("weekdays", "open_on"), [(("mo", "tu", "th"), (1, 2, 4)), (("we", "sa", "su"), (3, 6, 7))]
)
def test_working_days_of_an_office_with_other_days(
    weekdays: tuple[str, ...], open_on: tuple[int, ...]
) -> None:
    organisation = scheme(office=Office(days=weekdays))  # type: ignore[arg-type]
    found = [deadline(rule(5, "working_days"), day, organisation).date for day in days()]
    walked = [brute_terms.walk(day, 5, "working_days", open_on).isoformat() for day in days()]
    assert found == walked


def test_an_extension_counts_on_from_the_last_day_before_the_law_moved_it() -> None:
    term = rule(6, "weeks", "statutory", extension=Extension(4, "weeks"))
    found = [deadline(term, day, scheme(), extended=term.extension).date for day in days()]
    walked = [
        brute_terms.run_on(day, brute_terms.walk(day, 10, "weeks"), 6, "weeks").isoformat() for day in days()
    ]
    assert found == walked


@pytest.mark.parametrize("unit", ["working_days", "days", "weeks"])
def test_a_pause_of_nine_days_moves_the_last_day(unit: str) -> None:
    found = [deadline(rule(5, unit), day, scheme(), paused_days=9).date for day in days()]
    pause = "working_days" if unit == "working_days" else "days"
    walked = [brute_terms.walk(brute_terms.walk(day, 5, unit), 9, pause).isoformat() for day in days()]
    assert found == walked
