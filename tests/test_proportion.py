"""What is held against itself is found too slow however often it is measured, and a machine that stops is forgiven."""

import pytest

from tests.proportion import in_proportion


@pytest.mark.parametrize(("power", "fits"), [(1, True), (2, False)])
def test_what_grows_with_the_square_is_told_from_what_grows_in_proportion(power: int, fits: bool) -> None:
    assert in_proportion(lambda much: float(much) ** power, 1000, times=4, most=12) is fits


def test_measurements_that_a_busy_machine_made_longer_are_taken_again() -> None:
    disturbed = iter([1.0, 9.0, 1.0, 400.0, 1.0, 90.0, 1.0, 5.0])

    assert in_proportion(lambda _: next(disturbed), 1, times=4, most=12)
    assert list(disturbed) == []
