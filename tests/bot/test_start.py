"""The first prompt comes soon, in little memory, and without what it does not need."""

from tests.benchmarks.start import CHAT, LIBRARY, MIB, NEVER, NOT_YET, RATIO, Run, loaded, start


def test_no_messenger_or_web_server_is_loaded_for_the_terminal() -> None:
    assert sorted(set(NEVER) & loaded()) == []


def test_nothing_is_loaded_before_the_first_prompt_that_only_a_later_turn_needs() -> None:
    assert sorted(set(NOT_YET) & loaded()) == []


def test_the_first_prompt_takes_little_memory_and_not_much_more_than_its_line_editor() -> None:
    """How many seconds a machine takes says most about the machine: held against the line editor alone, in turn."""
    for command in (CHAT, LIBRARY):
        start(command, terminal=True)  # the first run reads the disk and compiles
    ours, theirs = _least(CHAT), _least(LIBRARY)

    assert (ours.processor < RATIO * theirs.processor, ours.mib < MIB) == (True, True)


def _least(command: list[str]) -> Run:
    return min((start(command, terminal=True) for _ in range(3)), key=lambda run: run.processor)
