"""What a client said stays in the session and what is sent: no cache of the program holds it when the turn is over."""

import gc
from functools import _lru_cache_wrapper
from types import FunctionType, ModuleType

import pytest

from flows.understand import sayings, text
from tests.conversing import Client

SAID = (
    "Kwibusje heeft mij vorige week dinsdag in Haarlem uitgelachen, zei Kwibusje.",
    "ik ben kwibusje",
    "06-87654321",
    "kwibusje@gmial.com",
    "nee",
    "in de opvang van kwibusje",
)


def _held() -> set[str]:
    """Every text that can be reached from a cache of the program."""
    waiting: list[object] = [
        one
        for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper)
        and one.__module__.partition(".")[0] in ("bot", "flows", "locales")
    ]
    seen: set[int] = set()
    found: set[str] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.add(one)
        elif id(one) not in seen and not isinstance(one, ModuleType | FunctionType | type):
            seen.add(id(one))
            waiting += gc.get_referents(one)
    return found


@pytest.mark.parametrize("scheme", ["blijf-groep", "ik-ben-er-ook"])
def test_no_cache_holds_what_a_client_said(scheme: str) -> None:
    client = Client(scheme)
    for words in SAID:
        client.says(words)
    held = _held()
    assert {one for one in held if "kwibusje" in one.lower() or "87654321" in one} == set()
    assert "vertrouwenspersoon" in held


def test_the_last_text_is_forgotten_with_its_turn() -> None:
    Client("blijf-groep").says("Kwibusje lachte mij uit.")
    assert (text.fold.cache_info().currsize, sayings.words.cache_info().currsize) == (0, 0)
