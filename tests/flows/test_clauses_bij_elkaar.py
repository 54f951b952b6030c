"""Bij Elkaar, clause by clause: what is read on each screen, and what can be chosen."""

import pytest

from tests.conversing import Client


@pytest.mark.clause("BE-1")
def test_a_suggestion_is_welcome_from_the_first_screen() -> None:
    client = Client("bij-elkaar")
    assert client.lines == [
        "Dag. Hier kunt u vertellen waar u niet tevreden over bent.",
        "Ik ben een computer. Verstuurt u niets? Dan wis ik alles na 3 dagen.",
        "Wat is er gebeurd?",
    ]
    assert client.labels == [
        "Praten met de vertrouwenspersoon",
        "Wie leest dit?",
        "Ik heb een idee",
        "Een mens spreken",
        "English",
    ]


@pytest.mark.clause("BE-1")
def test_a_suggestion_asks_for_the_idea() -> None:
    client = Client("bij-elkaar").does(["suggestion"], "sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Wat is er gebeurd?",
    ]


@pytest.mark.clause("BE-1")
def test_a_suggestion_asks_how_to_reach_them() -> None:
    client = Client("bij-elkaar").does(["suggestion"], "Zet een fietsenrek bij de deur")
    assert client.lines == [
        "Dank u. Fijn dat u meedenkt.",
        "Hoe kunnen ze u bereiken? Geef wat u wilt: uw naam, uw nummer en uw mail.",
    ]


@pytest.mark.clause("BE-1", "BE-3")
def test_stopping_shows_the_ways_to_the_management_and_the_form() -> None:
    client = Client("bij-elkaar").does("stop")
    assert client.lines == [
        "Goed. Ik stop. Er is niets verstuurd. Na 3 dagen wis ik alles.",
        "Het kan ook zo:",
        "Het contactformulier",
        "De directie bellen",
        "De directie mailen",
        "Een brief aan de directie",
        "Langsgaan bij de directie",
        "Ik ken geen adres of nummer van het contactformulier van Bij Elkaar of de directie.",
        "Typ iets als u verder wilt.",
    ]


@pytest.mark.clause("BE-1", "BE-2", "BE-3", "BE-4b", "BE-5a", "BE-5b", "BE-6", "BE-7", "BE-8", "BE-9")
def test_how_it_goes_on_tells_everything_the_source_states() -> None:
    client = Client("bij-elkaar").does("help", ["process"])
    assert client.lines == [
        "Een idee mag ook.",
        "U mag ook meteen naar iemand van buiten.",
        "Iemand van buiten kan u helpen met uw klacht.",
        "U zet uw klacht samen op papier.",
        "Dit komt ook in uw dossier. Uw begeleiders kunnen het lezen.",
        "U spreekt samen af wanneer het klaar is.",
        "Daarna praat u nog een keer samen.",
        "Daar gelden de regels voor jeugdzorg.",
        "Met uw klacht maken ze de hulp beter.",
        "Elk jaar kijken ze wat ze van klachten leren.",
        "De regels voor jeugdzorg: https://klachtenportaalzorg.nl/klachtenprocedure-jeugdzorg/",
        "De regeling voor dwang in de zorg: https://klachtenportaalzorg.nl/klachtenregeling-wzd/",
        "Het Wzd-reglement: https://klachtenportaalzorg.nl/wp-content/uploads/2021/01/2021-Klachtenreglement-Wzd-KPZ.pdf",
        "Wat wilt u doen?",
    ]


@pytest.mark.clause("BE-2", "BE-3")
def test_the_steps_are_the_management_and_the_outside_body() -> None:
    client = Client("bij-elkaar").does("help", ["process"], ["more"])
    assert client.lines == [
        "Dit kan allemaal. Wat past bij u?",
    ]
    assert client.labels == [
        "De directie van Bij Elkaar",
        "Klachten Portaal Zorg",
        "Hoe gaat het verder?",
        "Stoppen",
    ]


@pytest.mark.clause("BE-3", "BE-4b", "BE-5b")
def test_the_management_talks_with_support_from_outside() -> None:
    client = Client("bij-elkaar").does("help", ["process"], ["more"], ["rung:directie"])
    assert client.lines == [
        "De directie van Bij Elkaar. De directie praat met u. Samen zet u de klacht op papier.",
        "Ik ken geen adres of nummer van de directie.",
        "U zet uw klacht samen op papier.",
        "Dit komt ook in uw dossier. Uw begeleiders kunnen het lezen.",
        "U spreekt samen af wanneer het klaar is.",
        "Hulp hierbij: een klachtenfunctionaris van Klachten Portaal Zorg.",
        "kijk op https://klachtenportaalzorg.nl/contact/",
        "Wat wilt u doen?",
    ]


@pytest.mark.clause("BE-2", "BE-5b", "BE-6")
def test_the_outside_body_is_reachable_at_once() -> None:
    client = Client("bij-elkaar").does("help", ["process"], ["more"], ["rung:kpz"])
    assert client.lines == [
        "Klachten Portaal Zorg. Dit portaal hoort niet bij Bij Elkaar. Het helpt met klachten.",
        "Daar gelden de regels voor jeugdzorg.",
        "Wat is er gebeurd?",
    ]


@pytest.mark.clause("BE-2", "BE-5b", "BE-6")
def test_the_letter_for_the_outside_body_is_made_ready() -> None:
    client = Client("bij-elkaar").does(
        "help",
        ["process"],
        ["more"],
        ["rung:kpz"],
        "Gisteren was het koud, ik ben cliënt",
        "sla over",
        "sla over",
    )
    assert client.lines == [
        "Dit is uw brief. U kunt hem overnemen:",
        "datum: woensdag 20 mei 2026",
        "wanneer: dinsdag 19 mei 2026",
        "u bent: Cliënt",
        "hulp van: Bij Elkaar",
        "wat er is gebeurd: Gisteren was het koud, ik ben cliënt",
        "Hier stuurt u het heen:",
        "formulier: https://klachtenportaalzorg.nl/klacht-indienen-klachtenportaal-zorg/",
        "De regels voor jeugdzorg: https://klachtenportaalzorg.nl/klachtenprocedure-jeugdzorg/",
        "Hebt u het verstuurd?",
    ]


@pytest.mark.clause("BE-5b")
def test_the_outside_body_needs_what_happened() -> None:
    client = Client("bij-elkaar").does("ik wil naar de klachtencommissie", "sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Wat is er gebeurd?",
    ]


@pytest.mark.clause("BE-3")
def test_a_complaint_needs_what_happened() -> None:
    client = Client("bij-elkaar").does("sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Vertel het gerust in uw eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("BE-3")
def test_a_human_is_the_officer_of_the_portal() -> None:
    client = Client("bij-elkaar").does("ik wil een mens spreken")
    assert client.lines == [
        "Ik ben een computer. Hier bereikt u een mens.",
        "Een klachtenfunctionaris van Klachten Portaal Zorg:",
        "kijk op https://klachtenportaalzorg.nl/contact/",
        "Vertel het gerust in uw eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("BE-4b")
def test_what_is_wished_is_asked() -> None:
    client = Client("bij-elkaar").does("Gisteren was het koud, ik ben cliënt", "ja", ["other"])
    assert client.lines == [
        "Vraag 2 van 3.",
        "Wat zou u graag willen? (hoeft niet)",
    ]


@pytest.mark.clause("BE-4a")
def test_how_the_management_can_reach_them_is_asked() -> None:
    client = Client("bij-elkaar").does("Gisteren was het koud, ik ben cliënt", "ja", ["other"], "sla over")
    assert client.lines == [
        "Vraag 3 van 3.",
        "Hoe kunnen ze u bereiken? Geef wat u wilt: uw naam, uw nummer, uw mail en uw adres.",
    ]


@pytest.mark.clause("BE-3", "BE-4b")
def test_who_reads_it_and_that_it_goes_into_the_dossier_is_said() -> None:
    client = Client("bij-elkaar").does(
        "Gisteren was het koud, ik ben cliënt", "ja", ["other"], "sla over", "sla over"
    )
    assert client.lines == [
        "Goed. Dan kunnen ze u niet bereiken. Kijk dan hier terug met uw code.",
        "Lees het rustig na.",
        "wat er is gebeurd: Gisteren was het koud, ik ben cliënt",
        "wanneer: dinsdag 19 mei 2026",
        "u bent: Cliënt",
        "naam: niet gegeven",
        "adres: niet gegeven",
        "nummer: niet gegeven",
        "mail: niet gegeven",
        "waarover: Iets anders",
        "wat u wilt: niet gegeven",
        "Dit gaat naar de directie van Bij Elkaar.",
        "De medewerker krijgt te horen wat uw klacht is.",
        "Dit komt ook in uw dossier. Uw begeleiders kunnen het lezen.",
        "Wilt u het versturen?",
    ]


@pytest.mark.clause("BE-7")
def test_being_held_or_locked_in_is_a_subject() -> None:
    client = Client("bij-elkaar").does("Gisteren was het koud, ik ben cliënt", "ja")
    assert client.lines == [
        "Vraag 1 van 3.",
        "Waar gaat het over? U mag meer kiezen.",
    ]
    assert client.labels == [
        "Hoe een begeleider met mij omging",
        "De hulp zelf",
        "Afspraken en planning",
        "Een beslissing",
        "Vastgehouden of opgesloten",
        "Iets anders",
        "Sla over",
    ]


@pytest.mark.clause("BE-7")
def test_who_was_locked_in_hears_of_the_other_regulation() -> None:
    client = Client("bij-elkaar").does("Gisteren deed de begeleider de deur op slot, ik was opgesloten")
    assert client.lines == [
        "Wat erg. U verdient hulp. Het is niet uw schuld.",
        "Bent u nu in gevaar? Bel 112.",
        "Praten met een mens kan ook:",
        "Veilig Thuis, 0800-2000, gratis, nu open, ook chat: veiligthuis.nl",
        "Kindertelefoon, 0800-0432, gratis, nu open, ook chat: kindertelefoon.nl",
        "Ik ben een computer. Ik bel zelf niemand.",
        "Verstuurt u iets, dan leest een medewerker dat. Bent u in gevaar, dan moet die soms iets doen.",
        "Misschien geldt een andere regeling. U mag hier wel verder gaan.",
        "Hulp hierbij: Klachten Portaal Zorg.",
        "kijk op https://klachtenportaalzorg.nl/klachtenregeling-wzd/",
        "De regeling voor dwang in de zorg: https://klachtenportaalzorg.nl/klachtenregeling-wzd/",
        "Het Wzd-reglement: https://klachtenportaalzorg.nl/wp-content/uploads/2021/01/2021-Klachtenreglement-Wzd-KPZ.pdf",
        "Zal ik u ook helpen met waar u voor kwam?",
    ]


@pytest.mark.clause("BE-7")
def test_the_other_regulation_is_shown_with_support_and_links() -> None:
    client = Client("bij-elkaar").does("het gaat over onvrijwillige zorg")
    assert client.lines == [
        "Misschien geldt een andere regeling. U mag hier wel verder gaan.",
        "Hulp hierbij: Klachten Portaal Zorg.",
        "kijk op https://klachtenportaalzorg.nl/klachtenregeling-wzd/",
        "De regeling voor dwang in de zorg: https://klachtenportaalzorg.nl/klachtenregeling-wzd/",
        "Het Wzd-reglement: https://klachtenportaalzorg.nl/wp-content/uploads/2021/01/2021-Klachtenreglement-Wzd-KPZ.pdf",
        "Vertel het gerust in uw eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("BE-7")
def test_after_that_the_story_is_asked_of_the_other_regulation_too() -> None:
    client = Client("bij-elkaar").does("het gaat over onvrijwillige zorg", "sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Vertel het gerust in uw eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("BE-6")
def test_the_confidant_is_an_outside_one() -> None:
    client = Client("bij-elkaar").does(["confidant"])
    assert client.lines == [
        "U kunt praten met de vertrouwenspersoon van Jeugdstem. Die werkt niet voor Bij Elkaar.",
        "Zo bereikt u Jeugdstem:",
        "kijk op https://jeugdstem.nl",
        "Op uw telefoon blijft te zien dat u hier was. Wis dat zelf.",
        "Wat wilt u doen?",
    ]
