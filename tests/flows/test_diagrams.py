"""Diagrams come from the data: the ladder with its reasons, the agenda with what is required."""

import re

import pytest

from flows import diagrams, schemes
from tests.schemes import scheme


def test_the_ladder_of_the_sixth_organisation() -> None:
    assert diagrams.ladder(scheme("dorpszorg")) == (
        "flowchart TD\n"
        '  start((( "Dorpszorg De Linde" )))\n'
        '  luisteren["De luisteraar"]\n'
        '  kamer[["De Geschillenkamer"]]\n'
        "  start --> luisteren\n"
        "  luisteren -->|no_solution, dissatisfied| kamer\n"
    )


def test_the_ladder_in_english() -> None:
    assert '  kamer[["The Disputes Chamber"]]\n' in diagrams.ladder(scheme("dorpszorg"), "en")


def test_the_questions_of_one_route() -> None:
    assert diagrams.agenda(scheme("dorpszorg"), "commission") == (
        "flowchart LR\n"
        "  subgraph commission\n"
        '    commission0{{"story"}}\n'
        '    commission1("wish")\n'
        '    commission2("name, phone")\n'
        "    commission0 --> commission1\n"
        "    commission1 --> commission2\n"
        "  end\n"
    )


@pytest.mark.parametrize("id", schemes.ids())
def test_every_way_out_is_an_arrow(id: str) -> None:
    ladder = scheme(id).ladder
    ways = [(rung.id, following) for rung in ladder for following in rung.next]
    drawn = re.findall(r"^  (\S+) -->(?:\|[^|]*\|)? (\S+)$", diagrams.ladder(scheme(id)), re.MULTILINE)
    assert [pair for pair in drawn if pair[0] != "start"] == ways


@pytest.mark.parametrize("id", schemes.ids())
def test_every_route_is_drawn(id: str) -> None:
    assert re.findall(r"subgraph (\w+)", diagrams.agenda(scheme(id))) == list(scheme(id).asks)
