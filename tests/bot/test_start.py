"""The first prompt comes soon, in little memory, and without what it does not need."""

from tests.benchmarks.start import CHAT, MIB, NEVER, SECONDS, loaded, start


def test_no_messenger_or_web_server_is_loaded_for_the_terminal() -> None:
    assert sorted(set(NEVER) & loaded()) == []


def test_the_first_prompt_takes_less_than_it_may() -> None:
    start(CHAT, terminal=False)  # the first run reads the disk
    best = min((start(CHAT, terminal=True) for _ in range(3)), key=lambda run: run.processor)

    assert (best.processor < SECONDS, best.mib < MIB) == (True, True)
