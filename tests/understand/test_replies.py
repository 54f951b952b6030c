"""Bare answers, the numbers of options, and corrections."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers import FIELDS
from flows.understand import replies
from tests.understand.labelled import context


def kind(text: str, asking: str | None = None) -> str | None:
    """The kind of answer found."""
    found = replies.find(text, context("blijf-groep", asking))
    return found.kind if found else None


def rest(text: str) -> str:
    """What is left behind the answer."""
    found = replies.find(text, context("blijf-groep"))
    assert found is not None
    return text[found.rest :]


YES = (
    "ja|Ja.|JAAA!|ja hoor|jazeker|ja dat klopt|klopt|klopt helemaal|is goed|prima|oké|yep|👍|evet|tak|так|да|نعم|na3am|"
    "yes|sure"
)
NO = (
    "nee|Nee!|neeee|nee hoor|nee dank je|nee dat klopt niet|klopt niet|niet waar|nope|no|no thanks|hayır|nie|ні|нет|لا|"
    "👎"
)
UNKNOWN = (
    "weet ik niet|weet niet|geen idee|dat weet ik niet meer|kweenie|?|??|idk|i don't know|bilmiyorum|nie wiem|не знаю|"
    "لا أعرف"
)
SKIP = "sla over|overslaan|skip|volgende|hoeft niet|liever niet|dat wil ik niet zeggen|-|nvt|atla|pomiń|пропустити|تخطي"
NONE = "geen|niks|niets|none|немає|nie mam|yok|ليس لدي"


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (wanted, text)
        for wanted, texts in (("yes", YES), ("no", NO), ("unknown", UNKNOWN), ("skip", SKIP), ("none", NONE))
        for text in texts.split("|")
    ],
)
def test_a_bare_answer_is_known_by_its_exact_words(wanted: str, text: str) -> None:
    assert kind(text) == wanted
    assert rest(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "nee dat klopt",
        "nee hoor dat klopt wel",
        "ja nee",
        "ja eh nee",
        "nee ja",
        "niet nee",
        "zeker niet",
        "ik wil niet",
        "eigenlijk wel",
        "klopt bijna",
        "ja klopt niet",
        "ja maar dat klopt niet",
        "nee maar ja",
        "nee toch wel",
        "ja en nee",
        "misschien",
        "soms",
        "ja soms",
        "ja denk ik",
        "denk het wel",
        "niet echt",
        "nou ja",
        "ja?",
        "ik zei ja",
        "maybe",
        "jammer",
        "jas",
        "neef",
        "volgende week",
        "geen respect",
        "no one listened",
        "no phone",
        "nie mam telefonu",
        "так боляче",
        "belki",
        "chyba",
        "można",
        "ربما",
        "",
        " ",
        "hoi",
    ],
)
def test_what_is_not_clear_is_no_answer(text: str) -> None:
    assert kind(text) is None


@pytest.mark.parametrize(
    ("text", "wanted", "left"),
    [
        ("ja maar het was maandag", "yes", "maar het was maandag"),
        ("ja, ik woon in haarlem", "yes", "ik woon in haarlem"),
        ("Nee! Het was maandag", "no", "Het was maandag"),
        ("weet ik niet precies maar het was in maart", "unknown", "maar het was in maart"),
        ("sla over want ik durf niet", "skip", "want ik durf niet"),
        ("ja hoor, dat klopt. En nog iets", "yes", "En nog iets"),
        ("tak, ale to było we wtorek", "yes", "ale to było we wtorek"),
    ],
)
def test_the_rest_begins_behind_the_answer_and_its_punctuation(text: str, wanted: str, left: str) -> None:
    assert (kind(text), rest(text)) == (wanted, left)


def test_a_good_is_a_yes_only_where_a_yes_can_be() -> None:
    assert kind("prima", "safe") == "yes"
    assert kind("prima", "story") is None


def test_not_having_is_none_of_what_can_be_lacking_and_else_a_no() -> None:
    assert kind("heb ik niet", "phone") == "none"
    assert kind("heb ik niet", "talked") == "no"


@settings(max_examples=200, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=80),
        st.sampled_from(f"{YES}|{NO}|{SKIP}".split("|")).flatmap(
            lambda head: st.text(max_size=40).map(lambda tail: f"{head} {tail}")
        ),
    ),
    asking=st.sampled_from((None, *FIELDS)),
)
def test_any_text_is_read_and_the_rest_lies_in_it(text: str, asking: str | None) -> None:
    found = replies.find(text, context("blijf-groep", asking))
    assert found is None or (
        found.kind in ("yes", "no", "unknown", "skip", "none") and 0 < found.rest <= len(text)
    )
    replies.correction(text, context("blijf-groep", asking))
    chosen = replies.numbers(text, 4)
    assert chosen is None or set(chosen) <= {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("text", "count", "chosen"),
    [
        ("1 en 4", 4, (1, 4)),
        ("1,4", 4, (1, 4)),
        ("1 2", 4, (1, 2)),
        ("1/2", 4, (1, 2)),
        ("2.", 4, (2,)),
        ("(2)", 4, (2,)),
        ("de eerste", 4, (1,)),
        ("de laatste", 4, (4,)),
        ("de eerste twee", 4, (1, 2)),
        ("de laatste twee", 4, (3, 4)),
        ("optie 2", 4, (2,)),
        ("a", 4, (1,)),
        ("A en C", 4, (1, 3)),
        ("één en vier", 4, (1, 4)),
        ("1e en 3e", 4, (1, 3)),
        ("1 t/m 3", 4, (1, 2, 3)),
        ("alles", 3, (1, 2, 3)),
        ("alle drie", 3, (1, 2, 3)),
        ("allebei", 2, (1, 2)),
        ("1 en 1", 4, (1,)),
        ("١ و ٤", 4, (1, 4)),
        ("1️⃣ 2️⃣", 4, (1, 2)),
        ("the first one", 4, (1,)),
        ("2 ve 3", 4, (2, 3)),
        ("1 i 3", 4, (1, 3)),
        ("перший", 4, (1,)),
        ("doe maar 2", 4, (2,)),
    ],
)
def test_options_are_chosen_by_number_place_or_letter(text: str, count: int, chosen: tuple[int, ...]) -> None:
    assert replies.numbers(text, count) == chosen


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5", 4),
        ("0", 4),
        ("14", 4),
        ("1 mei", 4),
        ("2 keer", 4),
        ("ik ben 9", 9),
        ("1 of 2", 4),
        ("niet 1", 4),
        ("1-3", 4),
        ("1 maar niet 2", 4),
        ("alle drie", 4),
        ("allebei", 3),
        ("geen", 4),
        ("", 4),
        ("en", 4),
        ("0612345678", 4),
        ("e", 4),
        ("tot en met 3", 4),
    ],
)
def test_what_is_not_wholly_a_choice_of_these_options_is_none(text: str, count: int) -> None:
    assert replies.numbers(text, count) is None


@pytest.mark.parametrize(
    "text",
    [
        "nee het was maandag",
        "ja maar het was maandag",
        "ik bedoel haarlem",
        "klopt niet het was dinsdag",
        "nee almere",
        "sorry, 06-12345678",
        "niet dinsdag maar woensdag",
        "dinsdag, niet maandag",
        "verander de datum",
        "*dinsdag",
        "oeps foutje",
        "het moet woensdag zijn",
        "eigenlijk was het dinsdag",
        "het was toch dinsdag",
        "dinsdag ipv maandag",
        "sorry Samir",
        "no it was monday",
        "i mean tuesday",
        "not monday but tuesday",
        "nie, we wtorek",
        "ні, у вівторок",
    ],
)
def test_a_correction_is_heard(text: str) -> None:
    assert replies.correction(text, context("blijf-groep"))


@pytest.mark.parametrize(
    "text",
    [
        "ja",
        "nee",
        "ja klopt",
        "sorry",
        "gewoon sorry",
        "het was maandag",
        "ik woon in haarlem",
        "ik ben Samira",
        "hij was niet boos maar verdrietig",
        "nee want hij luistert niet",
        "sorry maar dit is belachelijk",
        "nee niemand",
        "nee en dat is al 3 weken zo",
        "nee ik heb geen mail",
        "ik moest zijn kamer opruimen",
        "make it stop",
        "Vorige week dinsdag lachte een medewerker mij uit. Het was niet grappig maar gemeen.",
    ],
)
def test_an_answer_or_a_story_is_no_correction(text: str) -> None:
    assert not replies.correction(text, context("blijf-groep"))
