"""A message in words: what fills it, and in which language."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import phonenumbers
import pytest

from flows.answers import When
from flows.events import Reason
from flows.messages import (
    Arg,
    Because,
    Day,
    Label,
    Message,
    Names,
    Number,
    Option,
    Phrase,
    Quote,
    Row,
    Span,
)  # fmt: skip
from locales import Choice, Line, render, text
from locales.numbers import spoken

ROOT = Path(__file__).parents[2]
EVERY_ARG: list[tuple[Arg, str]] = [
    ("Samira", "Samira"),
    (3, "3"),
    (Label((("nl", "opvang"), ("nl@u", "de opvang"), ("en", "shelter"))), "opvang"),
    (Quote("gewoon sorry"), "gewoon sorry"),
    (Phrase("option.yes"), "Ja"),
    (Phrase("option.change", (("field", Phrase("field.location")),)), "Verander: waar"),
    (Day(date(2026, 5, 28)), "donderdag 28 mei 2026"),
    (Span(When(date(2026, 5, 11), date(2026, 5, 17), "week")), "in de week van 11 mei 2026"),
    (Number("+31612345678"), "06 12345678"),
    (Number("+31885551000"), "088 555 1000"),
    (Number("+32470123456"), "+32 470 12 34 56"),
    (Number("112"), "112"),
    (Names(("een", "twee", "drie")), "een, twee en drie"),
    (Names(("een", "twee"), "or"), "een of twee"),
    (Names(("een", "twee"), "plain"), "een, twee"),
    (Names(("een", "twee"), "lines"), "een\ntwee"),
    (
        Because(Reason(2, "weeks", "2026-05-20", "received", "scheme")),
        "De tijd gaat in na woensdag 20 mei 2026. Dat zijn 2 weken.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("arg", "words"), EVERY_ARG, ids=[words for _, words in EVERY_ARG])
def test_everything_that_can_fill_a_message_has_words(arg: Arg, words: str) -> None:
    assert text(arg, "nl") == words


def test_a_label_of_the_scheme_follows_the_register_and_falls_back_on_its_language() -> None:
    label = Label((("nl", "opvang"), ("nl@u", "de opvang"), ("en", "shelter")))

    assert [text(label, locale) for locale in ("nl@u", "nl@kind", "en", "ar")] == [
        "de opvang", "opvang", "shelter", "opvang",
    ]  # fmt: skip


def test_a_message_with_options_and_a_card_is_rendered_whole() -> None:
    message = Message(
        "understood",
        options=(Option("yes", Phrase("option.yes")),),
        rows=(
            Row("date", Day(date(2026, 5, 12)), "vorige week dinsdag"),
            Row("location", Label((("nl", "Haarlem"),))),
        ),
        body=Quote("Hoi. Je komt altijd te laat."),
        multiple=True,
        sensitive=True,
    )

    rendered = render(message, "nl")

    assert (rendered.options, rendered.rows, rendered.body, rendered.multiple, rendered.sensitive) == (
        (Choice("yes", "Ja"),),
        (
            Line("date", "wanneer", "dinsdag 12 mei 2026", "(je zei: vorige week dinsdag)"),
            Line("location", "waar", "Haarlem"),
        ),
        "Hoi. Je komt altijd te laat.",
        True,
        True,
    )


def test_the_same_message_is_said_in_each_register() -> None:
    message = Message("ask.name")

    assert [render(message, locale).text for locale in ("nl", "nl@u", "nl@kind", "en")] == [
        "Hoe heet je?", "Hoe heet u?", "Hoe heet je?", "What is your name?",
    ]  # fmt: skip


def test_the_clients_words_may_hold_a_percent_sign() -> None:
    message = Message("note.future", (("words", Quote("100% morgen %(words)s")),))

    assert render(message, "nl").text == "Die dag komt nog. Je zei: 100% morgen %(words)s."


def test_a_line_about_no_field_has_no_label() -> None:
    assert render(Message("check.read", rows=(Row("no_such_field", "iets"),)), "nl").rows == (
        Line("no_such_field", "", "iets"),
    )


@pytest.mark.parametrize(
    ("id", "locale", "one", "more"),
    [
        ("desk.live", "nl", "De lijst is nieuw: 1 zaak.", "De lijst is nieuw: 2 zaken."),
        ("desk.live", "en", "The list is new: 1 case.", "The list is new: 2 cases."),
        ("office.why.working_days", "nl", "1 werkdag", "2 werkdagen"),
        ("office.why.years", "en", "1 year", "2 years"),
        ("office.why.years", "nl", "1 jaar", "2 jaar"),
    ],
)
def test_count_chooses_the_words_for_one_or_for_more(id: str, locale: str, one: str, more: str) -> None:
    assert [text(Phrase(id, (("count", count),)), locale) for count in (1, 2)] == [one, more]


def test_a_process_that_was_warmed_loads_nothing_more_for_its_first_date() -> None:
    code = (
        "import sys\n"
        "from datetime import date\n"
        "from flows.messages import Day, Names\n"
        "from locales import render, text, warm\n"
        "before = 'babel.dates' in sys.modules\n"
        "warm('nl')\n"
        "loaded = set(sys.modules)\n"
        "text(Names((Day(date(2026, 5, 28)), 'a')), 'nl')\n"
        "print(before, 'babel.dates' in loaded, sorted(set(sys.modules) - loaded))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "False True []\n"


def test_a_dutch_mobile_number_is_written_as_the_library_writes_it() -> None:
    for last in range(0, 100_000_000, 654_321):
        number = f"+316{last:08d}"
        parsed = phonenumbers.parse(number)
        assert spoken(number) == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
