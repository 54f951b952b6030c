"""Dates as people type them, asked on Wednesday 20 May 2026 at noon unless said otherwise."""

from collections import Counter
from datetime import date, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers import When
from flows.understand.dates import event, find
from flows.understand.dates_lexicon import LANGUAGES, lexicon
from flows.understand.findings import Finding
from tests.proportion import in_proportion
from tests.understand.dates_corpus import NOW, ZONE, answer, cases, context, judge

MAY = date(2026, 5, 1)


def day(number: int) -> When:
    return When(date(2026, 5, number), date(2026, 5, number))


def one(text: str, **known: object) -> Finding:
    (found,) = find(text, context(**known))  # type: ignore[arg-type]
    return found


def share(part: str, verdict: str, *languages: str) -> float:
    verdicts = Counter(judge(case, answer(case)) for case in cases(part) if case.locale in languages)
    return verdicts[verdict] / verdicts.total()


@pytest.mark.parametrize("case", cases("public"), ids=lambda case: case.words)
def test_public_expression_is_right(case):
    assert judge(case, answer(case)) == "right"


@pytest.mark.parametrize("part", ["dev", "frozen"])
def test_dutch_is_at_least_95_percent_right_and_at_most_1_percent_wrong(part):
    assert share(part, "right", "nl") >= 0.95
    assert share(part, "wrong", "nl") <= 0.01


@pytest.mark.parametrize("language", ["en", "tr", "pl", "uk", "ar"])
def test_other_languages_are_at_least_85_percent_right(language):
    assert share("frozen", "right", language) >= 0.85


def test_corpus_holds_enough_of_every_language():
    held = Counter(case.locale for part in ("dev", "frozen") for case in cases(part))
    assert held.total() >= 400
    assert held["nl"] > held.total() / 2
    assert held["en"] >= 60
    assert min(held[language] for language in LANGUAGES) >= 25


@pytest.mark.parametrize("part", ["public", "dev", "frozen"])
def test_words_are_what_stands_at_the_span(part):
    for case in cases(part):
        for found in find(case.words, context(case.now, case.locale, case.asking)):
            begin, end = found.span
            assert 0 <= begin < end <= len(case.words)
            assert found.words == case.words[begin:end]


@given(st.text(max_size=200), st.sampled_from(LANGUAGES), st.sampled_from([None, "date", "story"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_findings_inside_it_and_never_an_error(text, locale, asking):
    found = find(text, context(locale=locale, asking=asking))
    assert all(finding.words == text[slice(*finding.span)] for finding in found)
    chosen = event(found, text)
    assert chosen is None or chosen.span in [finding.span for finding in found]


@pytest.mark.parametrize(
    "text", ["dinsdag geleden", "dinsdag terug", "aswoensdag geleden", "geleden op dinsdag"]
)
def test_a_day_with_a_bare_word_for_ago_is_no_error(text):
    assert all(finding.words in text for finding in find(text, context()))


_WORDS = sorted({word for language in LANGUAGES for word in lexicon(language).words})
_PIECES = st.one_of(st.sampled_from(_WORDS), st.integers(0, 3000).map(str), st.sampled_from("-/.,:'() €"))


@given(st.lists(_PIECES, max_size=14), st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)))
@settings(max_examples=250, deadline=None)
def test_any_row_of_time_words_gives_a_past_span_or_a_note(pieces, now):
    text = " ".join(pieces)
    for locale in ("nl", "en"):
        for found in find(text, context(now.replace(tzinfo=ZONE), locale)):
            if isinstance(found.value, When) and not found.candidates:
                assert found.value.earliest <= now.date()
            else:
                assert found.note is not None


def test_reading_takes_time_in_proportion_to_the_length():
    story = "Ik woon er sinds maart, gisteren om half 8 sloeg de begeleider 2 keer met de deur op kamer 3. "

    def cost(times: int) -> float:
        text = story * times
        begin = process_time()
        event(find(text, context()), text)
        return process_time() - begin

    cost(10)
    assert in_proportion(cost, 100, times=10, most=20)


@pytest.mark.parametrize(
    "text", ["3-" * 5000, "9" * 20000, "a." * 10000, "van " * 5000, "' " * 5000, "1 of " * 4000]
)
def test_hostile_text_is_read_without_a_date(text):
    assert all(not found.sure for found in find(text, context()))


# What is asked, and why


def test_weekday_that_does_not_fit_its_date_offers_both_days():
    found = one("woensdag 12 mei")
    assert (found.sure, found.note, found.candidates) == (False, "weekday_conflict", (day(12), day(13)))


def test_two_dates_that_differ_are_offered_both():
    found = one("vorige week dinsdag 13 mei")
    assert (found.note, found.candidates) == ("weekday_conflict", (day(12), day(13)))


def test_weekday_of_today_may_be_today_or_a_week_ago():
    found = one("woensdag")
    assert (found.sure, found.note, found.candidates) == (False, "ambiguous", (day(13), day(20)))


def test_previous_weekday_of_this_week_may_be_the_week_before():
    assert one("vorige dinsdag").candidates == (day(19), day(12))
    assert one("vorige vrijdag").value == day(15)


@pytest.mark.parametrize("text", ["31 februari", "31-4-2026", "32 mei", "29 februari 2025", "2026-13-01"])
def test_day_that_does_not_exist_has_no_value(text):
    found = one(text)
    assert (found.value, found.sure, found.note) == (None, False, "impossible_date")


@pytest.mark.parametrize(
    "text", ["morgen", "volgende week dinsdag", "over twee weken", "3 mei 2030", "dinsdag 26 mei"]
)
def test_day_to_come_has_no_value(text):
    found = one(text)
    assert (found.value, found.sure, found.note) == (None, False, "future")


@pytest.mark.parametrize(
    "text", ["al maanden", "op mijn verjaardag", "net na de zomervakantie", "onlangs", "elke dag"]
)
def test_unknown_begin_is_asked(text):
    found = one(text)
    assert (found.value, found.sure, found.note) == (None, False, "unknown_start")


# What goes on, and what is wide


def test_since_says_that_it_goes_on():
    found = one("sinds maart").value
    assert found == When(date(2026, 3, 1), date(2026, 3, 31), "month", ongoing=True)


def test_already_so_long_began_about_then_and_goes_on():
    found = one("al drie weken").value
    assert found == When(date(2026, 4, 26), date(2026, 5, 2), "about", ongoing=True)


@pytest.mark.parametrize(
    ("text", "precision"),
    [("3 mei", "day"), ("vorige week", "week"), ("april", "month"), ("zomer 2025", "season"), ("in 2025", "year"),
     ("afgelopen weekend", "days"), ("een paar weken geleden", "about")],
)  # fmt: skip
def test_precision_says_what_the_words_meant(text, precision):
    assert one(text).value.precision == precision


def test_month_that_goes_on_ends_today():
    assert one("mei").value == When(MAY, NOW.date(), "month")


# Corrections and terse answers


@pytest.mark.parametrize(
    "text", ["ja maar het was maandag", "nee maandag", "maandag", "sorry ik bedoel maandag"]
)
def test_weekday_that_corrects_is_the_one_in_the_week_of_the_known_date(text):
    assert one(text, known=day(12)).value == day(11)


def test_weekday_after_a_known_week_lies_in_that_week():
    assert one("dinsdag", known=When(date(2026, 4, 20), date(2026, 4, 26), "week")).value == When(
        date(2026, 4, 21), date(2026, 4, 21)
    )


def test_weekday_that_would_be_to_come_is_not_in_the_known_week():
    assert one("nee zondag", known=day(19)).value == day(17)


@pytest.mark.parametrize(("text", "number"), [("de derde", 3), ("twaalf mei", 12), ("de 12e", 12), ("5e", 5)])
def test_terse_answer_is_understood_when_a_date_was_asked(text, number):
    found = one(text, asking="date")
    assert (found.value, found.sure) == (day(number), True)


def test_bare_number_is_asked_back_and_is_nothing_unasked():
    found = one("12", asking="date")
    assert (found.value, found.sure, found.note) == (day(12), False, "ambiguous")
    assert find("12", context()) == ()
    assert find("25", context(asking="date")) == ()


# Never a date


@pytest.mark.parametrize(
    "text",
    ["06-12345678", "+31 6 12 34 56 78", "06 12 34 56 78", "€ 50", "50 euro", "9 jaar", "ik ben 12", "kamer 3",
     "nr 12", "Dorpsstraat 12", "Dorpsstraat 3-5", "2023 AB Haarlem", "3 keer", "2 begeleiders", "24/7",
     "mijn vriendin Mei-Ling", "April was boos op mij", "Mei was boos op mij", "ma is boos", "ze zat daar",
     "zo wil ik het niet", "ik ben al 9 jaar", "10-12 jaar", "NL91ABNA0417164300", "jan@maart.nl", "1 op de 3"],
)  # fmt: skip
def test_number_or_name_is_no_date(text):
    assert find(text, context()) == ()


@pytest.mark.parametrize("text", ["week half", "week 1,5", "kwartaal half", "quarter half"])
def test_half_of_what_is_numbered_is_no_date(text):
    assert find(text, context()) == ()


# Several dates in one text


def test_every_date_is_found_in_order_with_its_words():
    text = "Ik woon er sinds maart. Vorige week dinsdag en op 3 mei ging het mis, morgen praat ik erover."
    assert [found.words for found in find(text, context())] == [
        "sinds maart", "Vorige week dinsdag", "3 mei", "morgen",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ik woon er sinds maart, gisteren sloeg de begeleider met de deur.", "gisteren"),
        ("Mijn zoon is geboren op 3 juli 2014. Op 8 mei werd hij uit de groep gezet.", "8 mei"),
        (
            "Ik heb volgende week een gesprek maar afgelopen vrijdag is mijn telefoon afgepakt",
            "afgelopen vrijdag",
        ),
        ("niet gisteren maar maandag", "maandag"),
        ("gisteren, nee eergisteren", "eergisteren"),
        ("Bel me vrijdag. Het ging mis op 3 mei.", "3 mei"),
        ("Op 3 mei schreeuwde zij. Gisteren heb ik het aan de manager verteld.", "3 mei"),
        ("Het was vorige maand, ik denk op 14 april.", "14 april"),
    ],
)
def test_event_is_told_from_the_dates_around_it(text, words):
    chosen = event(find(text, context()), text)
    assert chosen is not None
    assert (chosen.words, chosen.sure) == (words, True)


def test_date_of_moving_in_alone_is_asked():
    text = "ik woon hier sinds maart"
    chosen = event(find(text, context()), text)
    assert chosen is not None
    assert chosen.sure is False


# Languages


@pytest.mark.parametrize(
    ("locale", "text", "number"),
    [("nl", "yesterday he hit me", 19), ("nl", "dün akşam", 19), ("en", "eergisteren was het", 18),
     ("nl", "wczoraj", 19), ("nl", "вчора", 19), ("nl", "أمس", 19), ("nl", "٣ مايو", 3),
     ("tr", "afgelopen vrijdag", 15)],
)  # fmt: skip
def test_another_language_than_the_conversations_is_read_by_its_words(locale, text, number):
    assert one(text, locale=locale).value == day(number)


def test_of_two_languages_with_as_many_words_for_time_the_first_said_is_read():
    for text, said in (("wensday dinsdag", "wensday"), ("dinsdag wensday", "dinsdag")):
        assert [found.words for found in find(text, context(locale="pl"))] == [said]
