"""The eight words: what they are worth, how they are typed, and that they stand for one code only."""

from math import log2

import pytest

from bot.line.codes import LISTS, LOCATOR_WORDS, SIZE, WORDS, fresh, heard, spoken, words
from storage.lines import LOCATORS, LineCode

CODE = LineCode(5, "1-2-3-4-5-1023")


@pytest.mark.parametrize("language", LISTS)
def test_a_list_has_1024_plain_words_in_order(language: str) -> None:
    found = words(language)

    assert (len(found), list(found)) == (SIZE, sorted(set(found)))
    assert [word for word in found if not (word.isascii() and word.isalpha() and word.islower())] == []
    assert [word for word in found if not 3 <= len(word) <= 12] == []


def test_no_word_stands_in_both_lists() -> None:
    assert set(words("nl")) & set(words("en")) == set()


def test_two_words_are_a_locator_and_six_hold_sixty_bits() -> None:
    assert (SIZE**LOCATOR_WORDS, (WORDS - LOCATOR_WORDS) * log2(SIZE)) == (LOCATORS, 60)


@pytest.mark.parametrize("language", LISTS)
def test_what_is_spoken_is_heard_again(language: str) -> None:
    said = spoken(CODE, language)

    assert heard(" ".join(said)) == CODE
    assert heard("  " + " · ".join(said).upper() + "\n") == CODE


def test_one_slip_in_a_long_word_is_forgiven_where_no_other_word_is_near() -> None:
    code = LineCode(words("nl").index("sinaasappel") * SIZE, "0-0-0-0-0-0")
    said = " ".join(spoken(code, "nl"))

    assert heard(said.replace("sinaasappel", "sinasappel")) == code


@pytest.mark.parametrize("typed", ["", "appel", "x " * 8, "appel " * 7, "appel " * 9, "fiets acorn " * 4])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert heard(typed) is None


def test_codes_are_drawn_anew() -> None:
    assert len({fresh(1).secret for _ in range(50)}) == 50


def test_a_code_does_not_show_itself() -> None:
    assert repr(CODE) == "<LineCode>"
