"""CJG Kennemerland, clause by clause: the steps that can be taken, the commission and the confidant."""

import pytest

from tests.conversing import Client

ON_FROM_A_STEP = ["Een klacht vertellen", "Wat kan nog meer?", "Praten met de vertrouwenspersoon", "Stoppen"]


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
    assert client.labels == ON_FROM_A_STEP


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
    assert client.labels == ON_FROM_A_STEP


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
        "Bel je? Dan kan die jouw nummer zien.",
        "De chat is nu dicht. Weer open op woensdag 20 mei 2026 om 16.00 uur.",
        "Die is er ook voor kinderen.",
        "Op je telefoon blijft te zien dat je hier was. Wis dat zelf.",
        "Wat wil je doen?",
    ]
