"""What many lines cost is measured among few enough to be measured often, and among many where that is asked."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import lines

ROOT = Path(__file__).parents[2]


def test_help_says_among_how_many_is_measured_and_what_the_large_run_takes() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.lines", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout  # fmt: skip

    assert (
        "how many lines stand beside 1000: 10000 unless told. 100000 is the claim of docs/architecture.md"
        in (" ".join(told.split()))
    )


@pytest.mark.parametrize(("typed", "many"), [([], 10_000), (["100000"], 100_000), (["1500"], 1_500)])
def test_as_many_lines_are_made_as_the_command_line_asks_for(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], many: int
) -> None:
    monkeypatch.setattr(sys, "argv", ["lines", *typed])

    assert lines.asked() == many
