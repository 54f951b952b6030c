"""What clients want of the conversation: found in any words that are clear, and never by mistake."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers import FIELDS
from flows.understand import intents
from flows.understand.sayings import Sayings, words
from flows.understand.text import fold
from tests.benchmarks.intents import Case, false_graves, judge, read
from tests.understand.labelled import context


def wish(text: str, asking: str | None = None, scheme: str = "blijf-groep") -> str | None:
    """The intent found."""
    found = intents.find(text, context(scheme, asking))
    return found[0] if found else None


@pytest.mark.parametrize("case", read("intents_dev.tsv"), ids=lambda case: case.text[:40])
def test_a_text_of_the_development_part_is_read_as_labelled(case: Case) -> None:
    judged = judge(case)
    assert (judged.intent, judged.reply) == (case.intent, case.reply)


def test_the_frozen_part_is_read_right_and_holds_no_false_stop_wipe_or_withdrawal() -> None:
    judged = [judge(case) for case in read("intents_frozen.tsv")]
    assert false_graves(judged) == []
    assert sum(one.right for one in judged) >= 0.97 * len(judged)


@pytest.mark.parametrize(
    "text",
    [
        "Hij zei dat ik moest stoppen met huilen",
        "ik wil dat hij stopt",
        "kunnen ze stoppen met schreeuwen",
        "Stop, zei ik, maar ze bleef duwen",
        '"stop" zei hij',
        "hij zei: stop",
        "ik wil stoppen met mijn medicijnen",
        "ik wil niet meer leven",
        "ik kan niet meer",
        "als ik stop, krijg ik straf",
        "Ik wil stoppen. Dat zei ik tegen haar. Maar ze luisterde niet.",
        "make it stop",
        "please don't stop",
        "mijn gegevens zijn gewist",
        "ik wist het niet",
        "haal me hier weg",
        "haal mijn kind niet weg",
        "verwijder die medewerker",
        "ik wil niet dat je alles wist",
        "hoe kan ik alles wissen",
        "don't delete anything",
        "ik moest mijn klacht intrekken",
        "ik wil mijn klacht niet intrekken",
        "i will not withdraw my complaint",
        "ze wil dat ik mijn klacht intrek",
        "powiedział stop",
        "nie chcę wycofać skargi",
        "він сказав стоп",
        "لا أريد سحب الشكوى",
        "durdurun onu",
    ],
)
def test_what_only_sounds_like_a_stop_a_wipe_or_a_withdrawal_is_none(text: str) -> None:
    assert wish(text) not in intents.GRAVE


@pytest.mark.parametrize("text", ["stpo", "stopp", "wsi alles", "wis ales", "ontrekken", "stip", "stap"])
def test_a_grave_wish_is_never_read_out_of_a_typing_error(text: str) -> None:
    assert wish(text) not in intents.GRAVE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ja maar ik wil ook mijn dossier zien", "access"),
        ("06-12345678 en kan ik ook een mens spreken?", "human"),
        ("dinsdag. Wie leest dit eigenlijk?", "who_reads"),
        ("Haarlem, maar ik wil nu stoppen", "stop"),
    ],
)
def test_a_wish_is_found_inside_an_answer(text: str, intent: str) -> None:
    assert wish(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "mag mama het weten?",
        "vertel je het aan mijn moeder?",
        "ga je dit tegen mijn begeleider zeggen?",
        "gaan jullie het ook aan mijn ouders vertellen",
        "niet tegen papa zeggen",
        "mama mag het niet weten",
        "hoort de juf dit?",
    ],
)
def test_who_fears_that_somebody_hears_of_it_is_told_who_reads(text: str) -> None:
    assert wish(text) == "who_reads"


@pytest.mark.parametrize(
    "text",
    [
        "hij zei dat ik het niet tegen mama mocht zeggen",
        "ik mocht het niet aan mijn moeder vertellen",
        "ik wil het niet tegen mijn begeleider zeggen",
        "mijn vader moest het weten van de coach",
    ],
)
def test_what_others_said_of_keeping_still_is_part_of_the_story(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ik durf niet",
        "durf ik niet",
        "Durf niet",
        "dat durf ik niet",
        "ik durf dit eigenlijk niet te vertellen",
        "ik durf niet verder",
        "ik ben bang",
        "ik ben heel erg bang",
        "ik vind het eng",
        "spannend",
        "ik ben bang dat mijn moeder het ziet",
        "bang dat mama het leest",
        "ben bang dat mijn moeder het ziet",
        "ik ben bang dat ze boos worden",
        "wat als ze boos worden",
        "maar wat als hij erachter komt",
        "straks worden ze boos",
        "krijg ik dan straf",
        "ik weet niet of ik dit mag zeggen",
        "mag ik dit wel zeggen",
        "I don't dare to say it",
        "I'm afraid",
        "I am afraid my mom will see it",
        "what if they get angry",
        "i don't know if i can say this",
        "will i get in trouble",
    ],
)
def test_who_does_not_dare_is_heard(text: str) -> None:
    assert wish(text) == "afraid"


@pytest.mark.parametrize(
    "text",
    [
        "ik durf niet naar buiten",
        "ik durf niet naar huis door hem",
        "ik ben bang voor honden",
        "ik was bang",
        "hij is bang",
        "mijn zoon durft niet naar school",
        "ik durfde niets te zeggen",
        "wat als het niet lukt",
        "ik weet niet of het maandag was",
        "hij zei wat als ze boos worden",
        "ik ben niet bang",
        "ik durf wel",
        "ik vond het eng",
        "wat als laatste gebeurde is dat ze boos werden",
        "they were scared",
        "moeilijk",
    ],
)
def test_fear_of_what_happened_is_part_of_the_story(text: str) -> None:
    assert wish(text) is None


def test_the_place_of_a_wish_is_its_words() -> None:
    text = "dinsdag. Wis alles!"
    found = intents.find(text, context("blijf-groep"))
    assert found is not None
    assert text[slice(*found[1])] == "Wis alles"


def test_where_several_wishes_stand_the_gravest_or_most_human_counts() -> None:
    assert wish("stop en wis alles") == "wipe"
    assert wish("ik wil een klacht indienen. kan ik een mens spreken?") == "human"
    assert wish("kan ik iemand spreken zonder dat iemand weet wie ik ben") == "confidant"


def test_the_name_of_a_schemes_own_confidant_is_a_wish_for_one() -> None:
    assert wish("mag ik met Aileen praten", scheme="ik-ben-er-ook") == "confidant"
    assert wish("mag ik met Aileen praten", scheme="blijf-groep") is None


@pytest.mark.parametrize(
    ("text", "asking"),
    [("een medewerker", "about"), ("turks", "interpreter"), ("de vertrouwenspersoon", "role")],
)
def test_a_bare_noun_is_an_answer_where_the_question_asks_for_one(text: str, asking: str) -> None:
    assert wish(text, asking) is None
    assert wish(text) is not None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("english", "en"),
        ("in english please", "en"),
        ("عربي", "ar"),
        ("türkçe", "tr"),
        ("po polsku", "pl"),
        ("українською", "uk"),
        ("nederlands", "nl"),
        ("kan het in het engels?", "en"),
        ("farsi", None),
        ("ik wil niet", None),
    ],
)
def test_a_language_is_known_by_its_names(text: str, language: str | None) -> None:
    assert intents.language(text) == language


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("zeg maar u", "u"),
        ("zeg maar jij", "je"),
        ("u mag gewoon je zeggen", "je"),
        ("te moeilijk", "kind"),
        ("makkelijker praten", "kind"),
        ("u bent te laat", None),
        ("dat is moeilijk voor mij", None),
    ],
)
def test_how_someone_wishes_to_be_addressed_is_heard(text: str, register: str | None) -> None:
    assert intents.register(text) == register


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200), asking=st.sampled_from((None, *FIELDS)))
def test_any_text_is_read_and_a_wish_stands_in_it(text: str, asking: str | None) -> None:
    found = intents.find(text, context("ik-ben-er-ook", asking))
    assert found is None or (found[0] in intents.RANK and 0 <= found[1][0] < found[1][1] <= len(text))
    intents.language(text)
    intents.register(text)


@pytest.mark.parametrize(
    "piece", ["stop ", "ik wil ", "wis alles. ", "mens praten met ", "\u0623\u0631\u064a\u062f "]
)
def test_a_text_of_two_hundred_thousand_characters_is_read(piece: str) -> None:
    assert wish(piece * (200_000 // len(piece)) + "x") in (None, "wipe")


def test_every_intent_of_the_lists_has_a_rank() -> None:
    sayings = {label.intent for labels in intents._sayings()._labels for label in labels}
    assert sayings == set(intents.RANK)


def test_sayings_know_choices_options_names_and_wild_cards() -> None:
    listed = Sayings(
        [("$want (nu) een mens/persoon", "a"), ("klacht ** indienen", "b")], {"want": ("ik wil", "kan ik")}
    )
    found = [
        [(match.first, match.last, match.label) for match in listed.find(words(fold(text)).keys)]
        for text in (
            "ik wil nu een mens",
            "kan ik een persoon",
            "klacht over hem indienen",
            "klacht niet indienen",
            "ik wil, een mens",
        )
    ]
    assert found == [[(0, 5, "a")], [(0, 4, "a")], [(0, 4, "b")], [], []]


def test_a_saying_that_begins_with_any_word_or_names_no_words_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with a word"):
        Sayings([("(nu) (graag)", "a")])
    with pytest.raises(ValueError, match="begins with a word"):
        Sayings([("* mens", "a")])
    with pytest.raises(ValueError, match="no words are called"):
        Sayings([("$wie mens", "a")])
