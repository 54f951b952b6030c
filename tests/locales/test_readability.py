"""The readability gate: what it counts, what it lets through, and that every message passes."""

import pytest

from locales.readability import (
    AIMS,
    Measure,
    flesch_douma,
    main,
    measure,
    of_register,
    of_schemes,
    texts,
    verdict,
    verdicts,
)


def counted(text: str) -> Measure:
    found = measure(text)
    assert found is not None
    return found


def faults(text: str, locale: str = "nl") -> tuple[str, ...]:
    return verdict(locale, "test", text, counted(text)).faults


def test_the_formula_is_that_of_douma() -> None:
    assert round(flesch_douma(words=100, syllables=150, sentences=10), 2) == round(206.84 - 115.5 - 9.3, 2)


def test_words_syllables_and_sentences_are_counted() -> None:
    assert counted("Hoi. Wat is er gebeurd?") == Measure(
        words=5, syllables=6, sentences=(1, 4), questions=1, longest_word=2, own=5
    )


@pytest.mark.parametrize(
    "text",
    [
        "%(who)s belt je.",
        "Klachtenfunctionaris belt je.",
        "Veilig Thuis belt je.",
        "www.klachtencommissiepoa.nl belt je.",
        "088-5551000 belt je.",
        "iemand@organisatie.nl belt je.",
        '"ik ben cliënt en wil mijn onvrede melden" belt je.',
    ],
)
def test_names_numbers_links_and_explained_terms_are_one_word_of_two_syllables(text: str) -> None:
    assert (counted(text).words, counted(text).syllables) == (3, 4)


def test_a_long_word_that_is_not_explained_counts_in_full() -> None:
    assert counted("De verantwoordelijkheid ligt daar nu.").syllables == 10


def test_a_hard_sentence_is_refused() -> None:
    assert faults(
        "De afhandeling van ingediende klachten geschiedt overeenkomstig de klachtenprocedure."
    ) == ("scores -24, under 80",)


def test_the_child_register_aims_higher() -> None:
    text = "Hebben ze contact met je gehad?"

    assert (faults(text, "nl"), faults(text, "nl@kind")) == ((), ("scores 86, under 90",))


def test_a_sentence_of_sixteen_words_is_refused_and_one_of_fifteen_is_not() -> None:
    fifteen = "ik zie en hoor dat je nu een dag of wat in de kou zat"

    assert (faults(f"{fifteen}."), faults(f"{fifteen} hoor.")) == ((), ("a sentence of 16 words",))


def test_two_questions_in_one_message_are_refused() -> None:
    assert faults("Wat is er? Wie ben jij?") == ("asks 2 questions",)


def test_a_line_break_ends_a_sentence() -> None:
    assert counted("Zo doe je dat:\nbel ons nu").sentences == (4, 3)


def test_a_short_text_has_no_score_of_its_own_but_no_very_long_word_either() -> None:
    assert (faults("Niet tevreden?"), faults("Verantwoordelijkheid")) == ((), ("a word of 6 syllables",))


def test_short_texts_are_scored_together_so_that_cutting_up_a_text_gains_nothing() -> None:
    hard = "De behandeling van deze klacht zal uiterlijk binnenkort plaatsvinden bij vestiging Amsterdam Zuidoost"
    words = hard.split()
    pieces = [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
    cut = [verdict("nl", "test", piece, counted(piece)) for piece in pieces]

    assert [piece.faults for piece in cut] == [(), (), (), ()]
    assert [fault.split(",")[1] for fault in of_register("nl", cut)] == [" under 80"]


def test_a_register_of_long_sentences_is_refused() -> None:
    ten = "ik zie dat je nu een dag in de kou."
    long = verdict("nl", "test", ten, counted(ten))

    assert of_register("nl", [long]) == ("nl: 10.0 words a sentence, over 9",)


def test_a_message_of_placeholders_only_is_not_measured() -> None:
    assert measure("%(what)s: %(url)s") is None


def test_every_register_is_measured_whole_with_what_it_falls_back_on() -> None:
    for_clients = {
        id for id, _ in texts("nl") if not id.startswith(("office.", "terminal.", "desk.", "mail."))
    }

    assert [{id for id, _ in texts(locale)} for locale in ("nl@u", "nl@kind")] == [for_clients, for_clients]


def test_the_sentences_of_a_scheme_are_measured_in_its_own_registers() -> None:
    schemes = {locale: {id.split()[0] for id, _ in of_schemes(locale)} for locale in AIMS}

    assert ("bij-elkaar" in schemes["nl@u"], "bij-elkaar" in schemes["nl@kind"]) == (True, False)
    assert "ik-ben-er-ook" in schemes["nl@kind"]


@pytest.mark.parametrize("locale", AIMS)
def test_every_message_of_the_register_passes(locale: str) -> None:
    all = verdicts(locale)

    assert [(found.id, found.text, found.faults) for found in all if found.faults] == []
    assert of_register(locale, all) == ()


def test_the_table_shows_the_worst_of_every_register(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0

    headings = [
        line.partition(":")[0] for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")
    ]
    assert [heading for heading in headings if heading] == list(AIMS)
