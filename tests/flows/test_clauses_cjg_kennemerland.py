"""CJG Kennemerland, clause by clause: what is read on each screen, and what can be chosen."""

import pytest

from tests.conversing import Client


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
        "wat er is gebeurd: Het was daar koud",
        "jij bent: Ik krijg zelf hulp",
        "waar: niet gegeven",
        "naam: niet gegeven",
        "nummer: niet gegeven",
        "mail: niet gegeven",
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
        "wat er is gebeurd: Het was daar koud",
        "jij bent: Ik krijg zelf hulp",
        "waar: niet gegeven",
        "naam: niet gegeven",
        "nummer: niet gegeven",
        "mail: niet gegeven",
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


@pytest.mark.clause("CJ-2", "CJ-3", "CJ-4", "CJ-5")
def test_the_steps_are_shown() -> None:
    client = Client("cjg-kennemerland").does("help", ["process"], ["more"])
    assert client.lines == [
        "Dit kan allemaal. Wat past bij jou?",
    ]
    assert client.labels == [
        "Zeg het tegen de medewerker",
        "Een klacht indienen",
        "Iemand van het CJG zoekt contact",
        "Een bemiddelingsgesprek",
        "De onafhankelijke klachtencommissie",
        "Hoe gaat het verder?",
        "Stoppen",
    ]


@pytest.mark.clause("CJ-2")
def test_the_step_talk_is_told_in_the_words_of_the_source() -> None:
    client = Client("cjg-kennemerland").does("help", ["process"], ["more"], ["rung:talk"])
    assert client.lines == [
        "Vertel het aan de medewerker om wie het gaat.",
        "Wat past bij jou?",
    ]
    assert client.labels == [
        "Verder",
        "Praten met iemand die jou helpt",
        "Samen met een grote die je vertrouwt",
        "Help me met een berichtje",
        "Wat kan nog meer?",
    ]


@pytest.mark.clause("CJ-2")
def test_the_step_online_is_told_in_the_words_of_the_source() -> None:
    client = Client("cjg-kennemerland").does("help", ["process"], ["more"], ["rung:online"])
    assert client.lines == [
        "Een klacht indienen. Dat kan hier, of met het formulier op de website van het CJG.",
        "Ik ken geen adres of nummer van de klachtenpagina van het CJG.",
        "Wat wil je doen?",
    ]
    assert client.labels == [
        "Een klacht vertellen",
        "Wat kan nog meer?",
        "Praten met de vertrouwenspersoon",
        "Stoppen",
    ]


@pytest.mark.clause("CJ-3")
def test_the_step_contact_is_told_in_the_words_of_the_source() -> None:
    client = Client("cjg-kennemerland").does("help", ["process"], ["more"], ["rung:contact"])
    assert client.lines == [
        "Iemand van het CJG zoekt contact. Samen spreek je af welke stappen nodig zijn.",
        "Ik ken geen adres of nummer van het CJG.",
        "Iemand van hen neemt contact op. Dat kan een manager zijn.",
        "Samen kies je wat er dan gebeurt.",
        "Wat wil je doen?",
    ]
    assert client.labels == [
        "Een klacht vertellen",
        "Wat kan nog meer?",
        "Praten met de vertrouwenspersoon",
        "Stoppen",
    ]


@pytest.mark.clause("CJ-4")
def test_the_step_mediation_is_told_in_the_words_of_the_source() -> None:
    client = Client("cjg-kennemerland").does("help", ["process"], ["more"], ["rung:mediation"])
    assert client.lines == [
        "Een bemiddelingsgesprek. Iemand luistert goed. Samen zoek je naar een oplossing.",
        "Ik ken geen adres of nummer van het CJG.",
        "Wat wil je doen?",
    ]
    assert client.labels == [
        "Wat kan nog meer?",
        "Praten met de vertrouwenspersoon",
        "Stoppen",
    ]


@pytest.mark.clause("CJ-5", "CJ-6")
def test_the_step_commission_is_told_in_the_words_of_the_source() -> None:
    client = Client("cjg-kennemerland").does("help", ["process"], ["more"], ["rung:commission"])
    assert client.lines == [
        "De onafhankelijke klachtencommissie. Deze commissie hoort niet bij het CJG. Je schrijft een brief.",
        "Je kunt er ook eerst over praten met wie jou helpt.",
        "Een klacht bij de commissie doe je op papier.",
        "Wat is er gebeurd?",
    ]
    assert client.labels == []


@pytest.mark.clause("CJ-6")
def test_the_commission_needs_what_happened() -> None:
    client = Client("cjg-kennemerland").does("ik wil naar de klachtencommissie", "sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Wat is er gebeurd?",
    ]


@pytest.mark.clause("CJ-6")
def test_the_commission_wants_to_know_what_is_to_be_achieved() -> None:
    client = Client("cjg-kennemerland").does("ik wil naar de klachtencommissie", "de hulp kwam nooit")
    assert client.lines == [
        "Wat vervelend dat dit zo ging. Goed dat je het vertelt.",
        "Vraag 1 van 3.",
        "Wat zou je graag willen? (hoeft niet)",
    ]


@pytest.mark.clause("CJ-6")
def test_the_commission_wants_to_know_the_points_of_the_ruling() -> None:
    client = Client("cjg-kennemerland").does(
        "ik wil naar de klachtencommissie", "de hulp kwam nooit", "excuus"
    )
    assert client.lines == [
        "Vraag 2 van 3.",
        "Op welke punten wil je een oordeel van de commissie?",
    ]


@pytest.mark.clause("CJ-5", "CJ-6")
def test_the_letter_holds_both() -> None:
    client = Client("cjg-kennemerland").does(
        "ik wil naar de klachtencommissie", "de hulp kwam nooit", "excuus", "of dit mag", "sla over"
    )
    assert client.lines == [
        "Oké. Dan blijft dat leeg. Het mag gewoon.",
        "Dit is je brief. Je kunt hem overnemen:",
        "datum: woensdag 20 mei 2026",
        "wat je wilt: excuus",
        "punten: of dit mag",
        "hulp van: CJG Kennemerland",
        "wat er is gebeurd: de hulp kwam nooit",
        "Ik ken geen adres of nummer van de onafhankelijke klachtencommissie.",
        "Wil je dit lezen: Reglement Onafhankelijke Klachtencommissie Cliënten? Vraag het aan CJG Kennemerland.",
        "Heb je het verstuurd?",
    ]


@pytest.mark.clause("CJ-7", "CJ-8")
def test_the_confidant_is_of_jeugdstem_and_what_they_do_is_said() -> None:
    client = Client("cjg-kennemerland").does(["confidant"])
    assert client.lines == [
        "Je kunt praten met de vertrouwenspersoon van Jeugdstem. Die werkt niet voor CJG Kennemerland.",
        "Die werkt niet voor de gemeente en niet voor je hulp.",
        "Die legt uit hoe jeugdzorg werkt.",
        "Die helpt je met je klacht.",
        "Die vertelt wat jouw rechten zijn.",
        "Zo wordt de jeugdzorg ook beter.",
        "Dat kost niets.",
        "Zo bereik je Jeugdstem:",
        "bel 088 – 5551000, gratis",
        "chat op https://jeugdstem.nl",
        "De chat is nu dicht. Weer open op woensdag 20 mei 2026 om 16.00 uur.",
        "Die is er ook voor kinderen.",
        "Op je telefoon blijft te zien dat je hier was. Wis dat zelf.",
        "Wat wil je doen?",
    ]
