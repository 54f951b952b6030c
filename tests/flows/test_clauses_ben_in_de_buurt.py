"""Ben in de Buurt, clause by clause: what is read on each screen, and what can be chosen."""

import pytest

from tests.conversing import Client


@pytest.mark.clause("BB-3a")
def test_a_complaint_needs_what_happened() -> None:
    client = Client("ben-in-de-buurt").does("sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Vertel maar in je eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("BB-3b")
def test_when_it_was_is_asked() -> None:
    client = Client("ben-in-de-buurt").does("Het was daar koud")
    assert client.lines == [
        "Wat vervelend dat dit zo ging. Goed dat je het vertelt.",
        "Vraag 1 van 6.",
        "Wanneer was het? Ongeveer mag ook.",
    ]


@pytest.mark.clause("BB-2")
def test_it_may_be_about_staff_the_organisation_or_a_party() -> None:
    client = Client("ben-in-de-buurt").does("Gisteren was het koud, ik ben cliënt", "ja")
    assert client.lines == [
        "Vraag 1 van 4.",
        "Over wie gaat het?",
    ]
    assert client.labels == [
        "Iemand die er werkt",
        "Ben in de Buurt zelf",
        "Iemand anders die helpt",
        "Sla over",
    ]


@pytest.mark.clause("BB-2")
def test_which_party_is_asked() -> None:
    client = Client("ben-in-de-buurt").does("Gisteren was het koud, ik ben cliënt", "ja", ["party"])
    assert client.lines == [
        "Vraag 2 van 5.",
        "Over wie gaat het precies?",
    ]
    assert client.labels == [
        "Ik weet niet welke",
        "Sla over",
    ]


@pytest.mark.clause("BB-10", "BB-12")
def test_the_subject_is_asked_for_the_register() -> None:
    client = Client("ben-in-de-buurt").does("Gisteren was het koud, ik ben cliënt", "ja", ["staff"])
    assert client.lines == [
        "Vraag 2 van 4.",
        "Waar gaat het over? Je mag meer kiezen.",
    ]
    assert client.labels == [
        "Hoe iemand met mij omging",
        "De hulp zelf",
        "Afspraken en wachten",
        "Een beslissing",
        "Mijn gegevens",
        "Iets anders",
        "Sla over",
    ]


@pytest.mark.clause("BB-1")
def test_how_to_reach_them_is_asked() -> None:
    client = Client("ben-in-de-buurt").does(
        "Gisteren was het koud, ik ben cliënt", "ja", ["staff"], ["privacy"], "sla over"
    )
    assert client.lines == [
        "Vraag 4 van 4.",
        "Hoe kunnen ze je bereiken? Geef wat je wilt: je naam, je nummer, je mail en je adres.",
    ]


@pytest.mark.clause("BB-3c", "BB-9")
def test_an_uninvolved_manager_reads_it_in_confidence() -> None:
    client = Client("ben-in-de-buurt").does(
        "Gisteren was het koud, ik ben cliënt", "ja", ["staff"], ["privacy"], "sla over", "sla over"
    )
    assert client.lines == [
        "Oké. Dan kunnen ze je niet bereiken. Kijk dan hier terug met je code.",
        "Lees het rustig na.",
        "wat er is gebeurd: Gisteren was het koud, ik ben cliënt",
        "wanneer: dinsdag 19 mei 2026",
        "jij bent: Ik krijg hulp",
        "naam: niet gegeven",
        "adres: niet gegeven",
        "nummer: niet gegeven",
        "mail: niet gegeven",
        "waarover: Mijn gegevens",
        "wat je wilt: niet gegeven",
        "over wie: Iemand die er werkt",
        "Dit gaat naar een manager van Ben in de Buurt.",
        "Wie er zelf bij was, mag je klacht niet behandelen.",
        "De medewerker krijgt te horen wat je klacht is.",
        "Wie dit leest, mag het niet verder vertellen.",
        "Wil je het versturen?",
    ]


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("twee jaar geleden", "tussen 1 april en 1 juli 2024"),
        ("op 1 mei 2025", "donderdag 1 mei 2025"),
    ],
)
@pytest.mark.clause("BB-3b")
def test_what_is_longer_ago_than_a_year_is_explained_and_can_be_sent(when: str, read: str) -> None:
    client = Client("ben-in-de-buurt").does(
        f"{when} was het koud, ik ben cliënt", "ja", ["staff"], ["privacy"], "sla over", "sla over"
    )
    assert client.lines == [
        "Oké. Dan kunnen ze je niet bereiken. Kijk dan hier terug met je code.",
        "Lees het rustig na.",
        f"wat er is gebeurd: {when} was het koud, ik ben cliënt",
        f"wanneer: {read}",
        "jij bent: Ik krijg hulp",
        "naam: niet gegeven",
        "adres: niet gegeven",
        "nummer: niet gegeven",
        "mail: niet gegeven",
        "waarover: Mijn gegevens",
        "wat je wilt: niet gegeven",
        "over wie: Iemand die er werkt",
        "Dit gaat naar een manager van Ben in de Buurt.",
        "Wie er zelf bij was, mag je klacht niet behandelen.",
        "De medewerker krijgt te horen wat je klacht is.",
        "Wie dit leest, mag het niet verder vertellen.",
        "Dit is langer dan 1 jaar geleden. Misschien nemen ze het niet aan. Je mag het toch sturen.",
        "Vraag gerust hulp aan de onafhankelijke klachtenfunctionaris.",
        "Wil je het versturen?",
    ]


@pytest.mark.clause("BB-1", "BB-3a")
def test_stopping_shows_the_ways_of_which_no_address_is_known() -> None:
    client = Client("ben-in-de-buurt").does("stop")
    assert client.lines == [
        "Goed. Ik stop. Er is niets verstuurd. Na 3 dagen wis ik alles.",
        "Het kan ook zo:",
        "Het klachtenformulier op de website",
        "Een brief sturen",
        "Zelf langskomen",
        "Ik ken geen adres of nummer van Ben in de Buurt.",
        "Typ iets als je verder wilt.",
    ]


@pytest.mark.clause(
    "BB-1",
    "BB-3a",
    "BB-3c",
    "BB-4",
    "BB-5",
    "BB-6",
    "BB-7c",
    "BB-7d",
    "BB-8",
    "BB-9",
    "BB-10",
    "BB-11",
    "BB-12",
)
def test_how_it_goes_on_tells_everything_the_source_states() -> None:
    client = Client("ben-in-de-buurt").does("help", ["process"])
    assert client.lines == [
        "Ze nemen zo snel mogelijk contact met je op.",
        "Iemand die er niet werkt, kan helpen met praten.",
        "Je mag je klacht ook zelf komen vertellen.",
        "Wie er zelf bij was, mag je klacht niet behandelen.",
        "Die zoekt uit wat er gebeurd is. Die kan het anderen vragen.",
        "De medewerker hoort wat je klacht is.",
        "Wat je samen afspreekt, krijg je op papier.",
        "Die kan helpen om elkaar weer te vertrouwen.",
        "Van elk gesprek komt een verslag. Jij krijgt het ook.",
        "Wat eruit komt, krijg je op papier. Daar staat ook waarom.",
        "Je mag stoppen met je klacht. Je krijgt daar een brief over.",
        "Wie dit leest, mag het niet verder vertellen.",
        "De gemeente hoort waar klachten over gaan. Namen hoort die niet.",
        "De regels van nu blijven gelden voor jouw klacht.",
        "Ze gaan netjes om met wat je vertelt.",
        "Wat wil je doen?",
    ]


@pytest.mark.clause("BB-3c", "BB-4", "BB-6", "BB-1")
def test_the_steps_are_shown() -> None:
    client = Client("ben-in-de-buurt").does("help", ["process"], ["more"])
    assert client.lines == [
        "Dit kan allemaal. Wat past bij jou?",
    ]
    assert client.labels == [
        "Een manager",
        "De onafhankelijke klachtenfunctionaris",
        "Hoe gaat het verder?",
        "Stoppen",
    ]


@pytest.mark.clause("BB-3c", "BB-4")
def test_the_manager_was_not_involved_and_asks_those_who_were() -> None:
    client = Client("ben-in-de-buurt").does("help", ["process"], ["more"], ["rung:manager"])
    assert client.lines == [
        "Een manager. Een manager die er niet bij was, onderzoekt je klacht.",
        "Ik ken geen adres of nummer van Ben in de Buurt.",
        "Die zoekt uit wat er gebeurd is. Die kan het anderen vragen.",
        "De medewerker hoort wat je klacht is.",
        "Hulp hierbij: de onafhankelijke klachtenfunctionaris.",
        "Wat wil je doen?",
    ]


@pytest.mark.clause("BB-1", "BB-6")
def test_the_independent_officer_helps_restore_trust() -> None:
    client = Client("ben-in-de-buurt").does("help", ["process"], ["more"], ["rung:officer"])
    assert client.lines == [
        "De onafhankelijke klachtenfunctionaris. Die zoekt met jou een oplossing. Die helpt ook om elkaar weer te vertrouwen.",  # noqa: E501 (the words as they are read)
        "Ik ken geen adres of nummer van de onafhankelijke klachtenfunctionaris.",
        "Iemand die er niet werkt, kan helpen met praten.",
        "Die kan helpen om elkaar weer te vertrouwen.",
        "Wat wil je doen?",
    ]


@pytest.mark.clause("BB-1", "BB-6")
def test_a_human_is_the_independent_officer() -> None:
    client = Client("ben-in-de-buurt").does("ik wil een mens spreken")
    assert client.lines == [
        "Ik ben een computer. Hier bereik je een mens.",
        "Vraag naar de onafhankelijke klachtenfunctionaris. Een nummer ken ik niet.",
        "Vertel maar in je eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("BB-1", "BB-6")
def test_the_independent_officer_stands_in_for_a_confidant() -> None:
    client = Client("ben-in-de-buurt").does(["confidant"])
    assert client.lines == [
        "Ik ken hier geen vertrouwenspersoon van Ben in de Buurt.",
        "Hier helpt de onafhankelijke klachtenfunctionaris. Die zoekt met jou een oplossing. Die helpt ook om elkaar weer te vertrouwen.",  # noqa: E501 (the words as they are read)
        "Op je telefoon blijft te zien dat je hier was. Wis dat zelf.",
        "Wat wil je doen?",
    ]
