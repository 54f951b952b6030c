"""The quick questions before the dear ones never hide a finding: with them and without, the same is found.

Each of them leaves work out where a text cannot hold what is looked for. Here they are held against the long way
round, on texts made of the very words that decide.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import permutations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.schemes import load
from flows.understand import (
    contacts,
    danger_hearing,
    danger_patterns,
    danger_tokens,
    hours,
    lists,
    phones,
    phrases,
    replies,
    sayings,
)
from flows.understand.danger_spelling import Spelling
from flows.understand.dates_lexicon import LANGUAGES, Lexicon, elsewhere, foreign, lexicon
from flows.understand.phrases import Words
from flows.understand.text import fold, stretched
from tests.understand import labelled

SCHEMES = ("blijf-groep", "cjg-kennemerland")
ASKED = (
    None,
    "story",
    "role",
    "phone",
    "email",
    "name",
    "address",
    "contact_how",
    "contact_when",
    "contact_safe",
)
SIGNS = ("06-12345678", "1012 AB", "jan@home.nl", "\n", ".", ",", "na", "12-5", "’", "06", "3", "é", "\u0301")


class Everything(frozenset[str]):
    """A set that holds whatever is asked for: the question is always answered with "perhaps"."""

    def __contains__(self, _: object) -> bool:
        return True


@cache
def telling() -> list[str]:
    """Words that any of the readers of contact waits for, and some that none does."""
    words = (
        contacts._telling()
        | contacts._refusals(True).telling
        | {"ik", "mijn", "is", "bel", "Jansen", "Kerkstraat"}
    )
    return sorted(words)


@st.composite
def said(draw: st.DrawFn, words: list[str]) -> str:
    """A few of these words and signs, with one or two spaces or none between them."""
    row = draw(st.lists(st.sampled_from([*words, *SIGNS]), max_size=8))
    return draw(st.sampled_from(["", " ", "  "])).join(row) if draw(st.booleans()) else " ".join(row)


@given(st.data())
def test_what_is_said_about_contact_is_found_whatever_the_words(data: st.DataObject) -> None:
    text = data.draw(st.one_of(said(telling()), st.text(max_size=40)))
    context = labelled.context(data.draw(st.sampled_from(SCHEMES)), data.draw(st.sampled_from(ASKED)))
    folded = fold(text)
    words = sayings.Words(folded)
    if words.keys:
        assert contacts.find(text, context) == contacts.read(text, folded, words, context)


GROUP = re.compile(r"\+|(?<![^\W_])o?\d[\do]*+(?![^\W_])")
DATE = re.compile(
    r"(?<![\d.\-/+])(?:0?[1-9]|[12]\d|3[01])([-/. ])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d(?=[,.!?)]*(?:\s|$)))"
    r"(?![-/. ]?\d{2,}[-/. ]\d)(?!\d)"
)


@pytest.mark.parametrize(("shape", "plainly"), [(phones._GROUP, GROUP), (phones._DATE, DATE)])
@given(text=st.text(alphabet="0123569o+-/. _a\n,", max_size=24))
def test_the_shapes_of_numbers_are_what_they_are_when_written_plainly(
    shape: re.Pattern[str], plainly: re.Pattern[str], text: str
) -> None:
    assert [match.span() for match in shape.finditer(text)] == [
        match.span() for match in plainly.finditer(text)
    ]


@given(st.text(alphabet='abz09_.,;!?()" \n*@$-', max_size=30))
def test_a_plain_text_has_the_same_words_as_any_other(folded: str) -> None:
    assert sayings._PLAIN.findall(folded) == sayings._ITEM.findall(folded)
    assert danger_tokens._PLAIN.findall(folded) == danger_tokens._ITEM.findall(folded)


@given(st.text(alphabet="ao1.\n", max_size=12))
def test_a_stretched_letter_stands_three_times(text: str) -> None:
    assert stretched(text) == any(letter * 3 in text for letter in "ao")


@given(st.text(alphabet="anvoortes' _1é", max_size=24))
def test_a_phrase_about_hours_begins_with_a_digit_or_a_word_of_time(clause: str) -> None:
    assert hours.begins(clause) == bool(re.search(r"\d|\b(?:na|vanaf|voor|tot|tussen|half) ", clause))


def _typed(word: str) -> Iterator[str]:
    """The word with each slip of the finger."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + "q" + word[at:]
        yield word[:at] + "q" + word[at + 1 :]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_typing_error_in_a_word_for_time_is_forgiven_wherever_it_stands(language: str) -> None:
    quick = lexicon(language)
    long: Lexicon = quick._replace(ends=Everything())
    forgiven = {target for targets in quick.typos.values() for target in targets}
    for word in forgiven:
        for typed in _typed(word):
            assert quick.classes(typed) is long.classes(typed), typed


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_words_for_time_without_spaces_are_taken_apart_wherever_they_begin(
    language: str, data: st.DataObject
) -> None:
    quick = lexicon(language)
    long: Lexicon = quick._replace(heads=Everything())
    some = sorted(word for word in quick.words if word.isalpha() and len(word) > 2)
    run = "".join(data.draw(st.lists(st.sampled_from(some), min_size=1, max_size=4)))
    assert quick.split(run) == long.split(run)


def test_a_word_for_time_of_another_language_is_foreign() -> None:
    for one, other in permutations(LANGUAGES, 2):
        assert {word for word, languages in elsewhere().items() if other in languages} <= foreign(one)


@pytest.mark.parametrize("scheme", SCHEMES)
@given(data=st.data())
def test_a_choice_is_named_also_by_what_merely_resembles_it(scheme: str, data: st.DataObject) -> None:
    known = lists.of(load(scheme)).subjects
    name = data.draw(st.sampled_from(known.written))
    cut = data.draw(st.integers(0, len(name)))
    typed = (
        name[:cut]
        + data.draw(st.text(alphabet="abe ", max_size=3))
        + name[cut + data.draw(st.integers(0, 3)) :]
    )
    words = Words(typed)
    long = lists.Known(known.names)
    long.whole, long.firsts = frozenset(name.words for name in known.names), Everything(known.firsts)
    assert lists.matches(words, known) == lists.matches(words, long)


def test_the_beginnings_of_a_misspelling_are_all_that_sound_so() -> None:
    spelling = Spelling()
    spelling.add("~verkracht", "verkracht", "nl")
    assert spelling._begin == {"ve", "fe", "we"}
    assert [spelling.meant(typed) for typed in ("ferkragt", "werkracht", "berkracht")] == [
        "verkracht",
        "verkracht",
        None,
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@given(words=said(["maandag", "haarlem", "almere", "moeder", "opvang", "ik"]))
def test_what_gets_corrected_is_a_day_a_place_a_number_or_known(scheme: str, words: str) -> None:
    context = labelled.context(scheme)
    keys = sayings.Words(fold(words)).keys
    places = {
        key
        for place in context.scheme.locations
        for label in place.label.values()
        for key in sayings.Words(fold(label)).keys
        if len(key) > 3
    }
    told = any(key[0].isdigit() or key in places or key in replies._dates() for key in keys)
    assert replies._telling(fold(words), context) == told


def test_a_dutch_number_is_valid_where_the_library_calls_it_so() -> None:
    for head in range(1, 10_000):
        for tail in ("1", "34", "0000", "77777", "123456", "9876543"):
            national = f"{head}{tail}"
            number = phonenumbers.PhoneNumber(country_code=31, national_number=int(national))
            assert (phones._valid(national) is not None) == phonenumbers.is_valid_number(number), national


@given(data=st.data())
def test_a_pattern_of_people_is_found_whatever_stands_beside_its_anchor(data: st.DataObject) -> None:
    index = lists.of(load("blijf-groep")).index
    long = {
        word: tuple(one._replace(beside=(None, None)) for one in patterns) for word, patterns in index.items()
    }
    text = " ".join(data.draw(st.lists(st.sampled_from(sorted(index)), max_size=10)))
    assert phrases.find(Words(text), index) == phrases.find(Words(text), long)


@given(data=st.data())
def test_the_patterns_of_danger_that_may_begin_are_those_of_which_every_word_is_there(
    data: st.DataObject,
) -> None:
    book = danger_patterns.book()
    heard = danger_hearing.hear(
        book, " ".join(data.draw(st.lists(st.sampled_from(sorted(book.words)), max_size=10)))
    )
    there = frozenset().union(*heard.elements)
    for place, patterns in heard.starts:
        assert all(pattern.elements[pattern.anchor] in heard.elements[place] for pattern in patterns)
        hot = {id(one): one for norm in heard.norms if norm in book.words for one in book.words[norm].hot}
        may = [one for one in hot.values() if one.elements[one.anchor] in heard.elements[place]]
        assert {id(one) for one in patterns} >= {id(one) for one in may if there.issuperset(one.elements)}
