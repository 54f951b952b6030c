"""CJG Kennemerland, clause by clause: what is read on each screen, and what can be chosen."""

import pytest

from tests.conversing import Client

LITTLE = (
    "wat er is gebeurd: Het was daar koud",
    "jij bent: Ik krijg zelf hulp",
    "waar: niet gegeven",
    "naam: niet gegeven",
    "nummer: niet gegeven",
    "mail: niet gegeven",
)
"""What the card shows of someone who tells as little as they can."""


@pytest.mark.clause("CJ-1")
def test_telling_a_story_is_as_welcome_as_a_complaint() -> None:
    client = Client("cjg-kennemerland")
    assert client.lines == [
        "Hoi. Hier kun je vertellen waar je niet tevreden over bent.",
        "Ik ben een computer. Verstuur je niets? Dan wis ik alles na 3 dagen.",
        "Je verhaal kwijt, of een klacht: het mag allebei.",
        "Wat is er gebeurd?",
    ]
    assert client.labels == [
        "Praten met de vertrouwenspersoon",
        "Wie leest dit?",
        "Alleen mijn verhaal vertellen",
        "Een mens spreken",
        "English",
    ]


@pytest.mark.clause("CJ-1")
def test_a_story_is_not_a_complaint() -> None:
    client = Client("cjg-kennemerland").does(["story"], "Het duurde daar heel lang", "sla over")
    assert client.lines == [
        "Lees het rustig na.",
        "wat er is gebeurd: Het duurde daar heel lang",
        "naam: niet gegeven",
        "nummer: niet gegeven",
        "mail: niet gegeven",
        "Dit is geen klacht. Er volgt geen onderzoek.",
        "Dit gaat naar een manager of gedragswetenschapper van CJG Kennemerland.",
        "Wie dit leest, mag het niet verder vertellen.",
        "Wil je het versturen?",
    ]
    assert client.labels == [
        "Verander: wat er is gebeurd",
        "Verander: naam",
        "Verander: nummer",
        "Verander: mail",
        "Versturen",
        "Nog niet",
        "Dit mag iemand niet lezen",
    ]


@pytest.mark.clause("CJ-1")
def test_a_story_needs_what_happened() -> None:
    client = Client("cjg-kennemerland").does(["story"], "sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Wat is er gebeurd?",
    ]


@pytest.mark.clause("CJ-1")
def test_a_complaint_needs_what_happened() -> None:
    client = Client("cjg-kennemerland").does("sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Vertel maar in je eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("CJ-2")
def test_a_message_to_the_staff_member_is_made_of_their_sentences() -> None:
    client = Client("cjg-kennemerland").does("ik wil een berichtje sturen aan mijn coach", "sla over", ["no"])
    assert client.lines == [
        "Wat gebeurt er? Zeg het in één zin.",
    ]


@pytest.mark.clause("CJ-2")
def test_a_message_to_the_staff_member_asks_for_a_wish() -> None:
    client = Client("cjg-kennemerland").does(
        "ik wil een berichtje sturen aan mijn coach", "sla over", ["no"], "je belt nooit terug"
    )
    assert client.lines == [
        "En wat wil je graag?",
    ]


@pytest.mark.clause("CJ-2")
def test_fear_is_asked_first() -> None:
    client = Client("cjg-kennemerland").does("Het was daar koud", "sla over")
    assert client.lines == [
        "Vraag 2 van 7.",
        "Ben je bang voor je coach?",
    ]
    assert client.labels == [
        "Ja",
        "Nee",
        "Weet ik niet",
        "Sla over",
    ]


@pytest.mark.clause("CJ-7")
def test_who_they_are_is_asked() -> None:
    client = Client("cjg-kennemerland").does("Het was daar koud", "sla over", ["no"])
    assert client.lines == [
        "Vraag 3 van 7.",
        "Wie ben jij?",
    ]
    assert client.labels == [
        "Ik krijg zelf hulp",
        "Ouder",
        "Verzorger of familie",
        "Iemand anders",
        "Sla over",
    ]


@pytest.mark.clause("CJ-11")
def test_where_it_was_is_asked() -> None:
    client = Client("cjg-kennemerland").does("Het was daar koud", "sla over", ["no"], ["parent"])
    assert client.lines == [
        "Vraag 4 van 7.",
        "Waar was het?",
    ]
    assert client.labels == [
        "IJmond",
        "Haarlem en Zandvoort",
        "Bloemendaal",
        "Sla over",
    ]


@pytest.mark.clause("CJ-1")
def test_what_it_is_about_is_asked() -> None:
    client = Client("cjg-kennemerland").does("Het was daar koud", "sla over", ["no"], ["client"], "sla over")
    assert client.lines == [
        "Oké. Dan blijft dat leeg. Het mag gewoon.",
        "Vraag 5 van 7.",
        "Waar gaat het over? Je mag meer kiezen.",
    ]
    assert client.labels == [
        "Mijn coach",
        "De hulp die ik kreeg",
        "Een beslissing",
        "Iets anders",
        "Sla over",
    ]


@pytest.mark.clause("CJ-1")
def test_where_the_coach_is_complained_of_somebody_else_is_near() -> None:
    client = Client("cjg-kennemerland").does(
        "Het was daar koud",
        "sla over",
        "sla over",
        ["client"],
        "sla over",
        ["counsellor"],
        "sla over",
        "sla over",
    )
    assert client.lines == [
        "Oké. Dan kunnen ze je niet bereiken. Kijk dan hier terug met je code.",
        "Lees het rustig na.",
        *LITTLE,
        "waarover: Mijn coach",
        "wat je wilt: niet gegeven",
        "bang: niet gegeven",
        "leeftijd: niet gegeven",
        "Dit gaat naar een manager of gedragswetenschapper van CJG Kennemerland.",
        "De medewerker krijgt te horen wat je klacht is.",
        "Wie dit leest, mag het niet verder vertellen.",
        "Ben je bang voor je coach? Dan mag je eerst praten met iemand die je helpt.",
        "Wil je het versturen?",
    ]


@pytest.mark.clause("CJ-3")
def test_what_is_wished_is_asked() -> None:
    client = Client("cjg-kennemerland").does(
        "Het was daar koud", "sla over", ["no"], ["client"], "sla over", ["other"]
    )
    assert client.lines == [
        "Vraag 6 van 7.",
        "Wat zou je graag willen? (hoeft niet)",
    ]


@pytest.mark.clause("CJ-3")
def test_how_to_reach_them_is_asked() -> None:
    client = Client("cjg-kennemerland").does(
        "Het was daar koud", "sla over", ["no"], ["client"], "sla over", ["other"], "sla over"
    )
    assert client.lines == [
        "Vraag 7 van 7.",
        "Hoe kunnen ze je bereiken? Geef wat je wilt: je naam, je nummer en je mail.",
    ]


@pytest.mark.clause("CJ-3", "CJ-9")
def test_who_reads_it_and_their_secrecy_are_said() -> None:
    client = Client("cjg-kennemerland").does(
        "Het was daar koud", "sla over", ["no"], ["client"], "sla over", ["other"], "sla over", "sla over"
    )
    assert client.lines == [
        "Oké. Dan kunnen ze je niet bereiken. Kijk dan hier terug met je code.",
        "Lees het rustig na.",
        *LITTLE,
        "waarover: Iets anders",
        "wat je wilt: niet gegeven",
        "bang: niet bang",
        "leeftijd: niet gegeven",
        "Dit gaat naar een manager of gedragswetenschapper van CJG Kennemerland.",
        "De medewerker krijgt te horen wat je klacht is.",
        "Wie dit leest, mag het niet verder vertellen.",
        "Wil je het versturen?",
    ]


@pytest.mark.clause("CJ-2", "CJ-11")
def test_stopping_shows_the_ways_of_which_no_address_is_known() -> None:
    client = Client("cjg-kennemerland").does("stop")
    assert client.lines == [
        "Goed. Ik stop. Er is niets verstuurd. Na 3 dagen wis ik alles.",
        "Het kan ook zo:",
        "Praten met de medewerker",
        "De link op de website van het CJG",
        "Het CJG bellen",
        "Het CJG mailen",
        "Ik ken geen adres of nummer van de klachtenpagina van het CJG of het CJG.",
        "Typ iets als je verder wilt.",
    ]


@pytest.mark.clause("CJ-1", "CJ-3", "CJ-4", "CJ-6", "CJ-7", "CJ-9", "CJ-10")
def test_how_it_goes_on_tells_everything_the_source_states() -> None:
    client = Client("cjg-kennemerland").does("help", ["process"])
    assert client.lines == [
        "Je verhaal kwijt, of een klacht: het mag allebei.",
        "Iemand van hen neemt contact op. Dat kan een manager zijn.",
        "Samen kies je wat er dan gebeurt.",
        "Ze vragen je voor een gesprek. Er is iemand bij die helpt.",
        "Je kunt er ook eerst over praten met wie jou helpt.",
        "De vertrouwenspersoon kost niets.",
        "Die werkt niet voor hen.",
        "Die is er ook voor kinderen.",
        "Wie dit leest, mag het niet verder vertellen.",
        "Wat er gebeurt met je klacht, staat in een dossier op de computer.",
        "Wil je dit lezen: Reglement Onafhankelijke Klachtencommissie Cliënten? Vraag het aan CJG Kennemerland.",
        "Wat wil je doen?",
    ]
