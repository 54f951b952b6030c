"""Danger as people say it: what is seen, what only looks like it, and what is said about it."""

import pytest

from flows.understand.danger import Danger, about_helpline, find, reviewed


def kinds(text: str, locale: str = "nl") -> list[str]:
    return [one.kind for one in find(text, locale)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hij geeft mij klappen", "violence"),
        ("me pa slaat me", "violence"),
        ("ze slaan mij thuis", "violence"),
        ("hij zegt dat hij me doodmaakt", "threat"),
        ("hij zit aan me", "sexual_abuse"),
        ("me polsen", "self_harm"),
        ("automutilatie", "self_harm"),
        ("kzie t nie meer zitte", "suicide"),
        ("wil er niet meer zijn", "suicide"),
        ("ik wil niet meer leven", "suicide"),
        ("ze sluiten mij op", "locked_up"),
        ("ik ben weggelopen", "runaway"),
        ("ze willen dat ik trouw", "forced_marriage"),
        ("uitgehuwelijkt", "forced_marriage"),
        ("moet dingen doen met mannen", "exploitation"),
        ("familie-eer", "honour_violence"),
        ("krijg niks te eten", "neglect"),
        ("slaap op straat", "neglect"),
        ("hij staat voor de deur", "now"),
        ("help hij komt eraan", "now"),
    ],
)
def test_a_child_says_it_in_few_words(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "hij heeft me geschobt",
        "ik ben verkragt",
        "ik denk aan selfmoort",
        "hij slaaaat me",
        "hijslaatmij",
        "ikwildood",
        "ben weg gelopen van huis",
        "ze willen mij uit te huwelijken",
        "IK WORD BEDREIGD",
        "m'n vader slaat m'n broertje",
        "ik ben mishandelt",
        "selfm*ord",
    ],
)
def test_danger_is_seen_however_it_is_spelled(text: str) -> None:
    assert len(kinds(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "doodmoe",
        "ik schrik me dood",
        "slaat nergens op",
        "ik sla over",
        "dat sloeg in als een bom",
        "afgeslagen",
        "een slag in de rondte",
        "ik ga kapot van het lachen",
        "mijn telefoon is dood",
        "opgesloten in de procedure",
        "ze snijden kosten",
        "doodgewoon",
        "afmaken van het formulier",
        "klap van de molen",
        "zelfmoordterrorist in de film",
        "weggelopen uit het gesprek",
        "opgebrand",
        "gestoken in een nieuw jasje",
        "schieten op doel",
        "ik ben leerkracht",
        "ze dreigen met uithuisplaatsing",
        "kan iemand mij helpen",
        "help mij alsjeblieft met mijn klacht",
        "help",
    ],
)
def test_what_only_looks_like_danger_is_not(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "hij slaat mij niet",
        "ik ben niet in gevaar",
        "niemand slaat mij",
        "niemand van hen heeft mij ooit geslagen",
        "hij heeft me nooit aangeraakt",
        "ik wil niet dood",
        "ik heb nooit aan zelfmoord gedacht",
        "er is geen sprake van huiselijk geweld",
    ],
)
def test_what_is_denied_is_not_danger(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "hij slaat mij niet alleen, hij schopt ook",
        "hij slaat mij niet elke dag",
        "ik durf niet naar huis hij slaat mij",
        "ik slaap niet mijn vader slaat mij",
        "ik wil niet dat hij mij slaat",
        "ik wil niet uitgehuwelijkt worden",
        "mijn coach gelooft niet dat mijn vader mij slaat",
        "mijn coach doet niks mijn vader slaat mij",
        "mijn coach doet niks een begeleider bedreigt mij",
        "als er niks verandert maak ik er een eind aan",
        "ik kan niet stoppen met mezelf snijden",
        "ik wil niet meer leven",
        "ik krijg geen eten",
    ],
)
def test_a_negation_that_belongs_to_something_else_denies_nothing(text: str) -> None:
    assert len(find(text)) > 0


def test_words_and_span_are_exactly_what_was_typed() -> None:
    text = "Gisteren, echt waar: mijn Stiefvader SLÁÁT mij."
    assert find(text) == (Danger("violence", "Stiefvader SLÁÁT mij", (26, 46), past=False, about="self"),)
    assert text[26:46] == "Stiefvader SLÁÁT mij"


@pytest.mark.parametrize(
    "text",
    [
        "vroeger sloeg mijn vader mij",
        "toen ik klein was werd ik geslagen",
        "jaren geleden ben ik mishandeld",
        "hij slaat mij niet meer",
    ],
)
def test_what_is_over_is_still_said_and_marked_past(text: str) -> None:
    assert [(one.kind, one.past) for one in find(text)] == [("violence", True)]


@pytest.mark.parametrize(
    "text", ["hij sloeg mij gisteren", "vroeger en nog steeds slaat hij mij", "hij slaat mij"]
)
def test_what_goes_on_is_not_past(text: str) -> None:
    assert [one.past for one in find(text)] == [False]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("mijn vader slaat mij", "self"),
        ("me vader slaat me", "self"),
        ("ik ben geslagen door mijn vader", "self"),
        ("hij slaat mijn broertje", "other"),
        ("mijn dochter wordt mishandeld", "other"),
        ("mijn zusje wil dood", "other"),
        ("er is veel mishandeling", "unknown"),
    ],
)
def test_about_whom_it_is_said(text: str, about: str) -> None:
    assert [one.about for one in find(text)] == [about]


def test_several_dangers_each_have_their_place() -> None:
    text = "hij slaat mij en ik wil dood"
    assert [(one.kind, one.words) for one in find(text)] == [
        ("violence", "hij slaat mij"),
        ("suicide", "ik wil dood"),
    ]


def test_other_languages_are_heard_whatever_the_locale_is() -> None:
    said = [
        "he hits me",
        "kocam beni dövüyor",
        "mąż mnie bije",
        "чоловік мене б'є",
        "زوجي يضربني",
        "jozi byidrabni",
    ]
    assert [kinds(text, "nl") for text in said] == [["violence"]] * 6


def test_turkish_and_polish_are_heard_without_their_own_letters() -> None:
    assert kinds("babam beni dovuyor") == ["violence"]
    assert kinds("maz mnie bije") == ["violence"]


def test_vowel_signs_do_not_hide_a_word() -> None:
    assert kinds("زوجي يَضْرِبُني") == ["violence"]


def test_only_reviewed_languages_may_hide_the_help_lines() -> None:
    languages = ("nl", "nl@kind", "en", "en-GB", "tr", "pl", "uk", "ar", "fr", "")
    assert [language for language in languages if reviewed(language)] == ["nl", "nl@kind", "en", "en-GB"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ik heb een klacht over Veilig Thuis", {"veilig_thuis"}),
        ("een medewerker van veilig thuis gelooft mij niet", {"veilig_thuis"}),
        ("mijn vader slaat mij en veilig thuis doet niks", {"veilig_thuis"}),
        ("vt flevoland luistert niet", {"veilig_thuis"}),
        ("de kindertelefoon nam niet op", {"kindertelefoon"}),
        ("ik ben boos op jeugdstem", {"jeugdstem"}),
        ("113 hing op, ze waren onbeschoft", {"113"}),
        ("I want to complain about Veilig Thuis", {"veilig_thuis"}),
        ("ik voel me niet veilig thuis", set()),
        ("thuis is het niet veilig", set()),
        ("Veilig Thuis zei dat ik hier mag klagen", set()),
        ("mijn klacht gaat over mijn coach", set()),
    ],
)
def test_the_organisation_complained_of_is_recognised(text: str, lines: set[str]) -> None:
    assert about_helpline(text) == frozenset(lines)
