"""Ik ben er ook!, clause by clause, as a client meets it: what is read on each screen, and what can be chosen."""

import pytest

from tests.conversing import Client

AFRAID = [
    "Wat naar dat je bang bent. Je hoeft het niet alleen te doen.",
    "Dit is Aileen Kivits, de vertrouwenspersoon.",
    "Die luistert naar jou.",
    "Die kijkt met jou wat helpt.",
    "Doet die iets, dan praat die er eerst met jou over.",
    "Wat je vertelt, blijft tussen jullie.",
    "Is er gevaar? Dan praat die eerst met jou. Soms moet die hulp halen, ook als jij nee zegt.",
    "Zo bereik je Aileen Kivits, vertrouwenspersoon:",
    "bel 06 114 816 74",
    "mail naar info@akivitsbegeleiding.nl",
    "Bel je? Dan kan die jouw nummer zien.",
    "Je mag ook schrijven.",
    "Je kunt praten met de vertrouwenspersoon van Jeugdstem. Die werkt niet voor Ik ben er ook!",
    "Zo bereik je Jeugdstem:",
    "kijk op https://jeugdstem.nl",
    "Je hoeft je naam niet te zeggen.",
    "Op je telefoon blijft te zien dat je hier was. Wis dat zelf.",
    "Wat wil je doen?",
]
"""What is said to someone who is afraid, whatever they came for."""


@pytest.mark.clause("IB-2")
def test_what_it_can_be_about_is_offered_with_the_counsellor_as_one_of_it() -> None:
    client = Client("ik-ben-er-ook").does("hij lacht altijd zo raar", "sla over", ["no"])
    assert client.lines == [
        "Waar gaat het over? Je mag meer kiezen.",
    ]
    assert client.labels == [
        "De hulp die ik krijg",
        "Iets praktisch",
        "Mijn begeleider",
        "Iets anders",
        "Sla over",
    ]


@pytest.mark.clause("IB-2", "IB-7a")
def test_only_a_story_is_needed_and_asked_for_when_it_is_skipped() -> None:
    client = Client("ik-ben-er-ook").does("sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Vertel maar in je eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("IB-1")
def test_the_steps_are_shown_in_the_order_of_the_source_and_none_is_barred() -> None:
    client = Client("ik-ben-er-ook").does(
        "hij lacht raar", "sla over", ["no"], ["other"], ["not_yet"], ["more"]
    )
    assert client.lines == [
        "De stappen gaan één voor één. Zo staat het in de regels.",
        "De regels raden deze volgorde aan. Het hoeft niet.",
        "Dit kan allemaal. Wat past bij jou?",
    ]
    assert client.labels == [
        "Zeg het tegen je begeleider",
        "Praat met Aileen",
        "De generalist van de gemeente",
        "De klachtencommissie",
        "Hoe gaat het verder?",
        "Stoppen",
    ]


@pytest.mark.clause("IB-1", "IB-3")
def test_the_first_step_is_a_talk_or_a_message() -> None:
    client = Client("ik-ben-er-ook").does("hij lacht raar", "sla over", ["no"], ["other"], ["not_yet"])
    assert client.lines == [
        "Samen zoek je wat helpt.",
        "Vertel het in een gesprek. Is dat lastig? Stuur dan een appje of een mail.",
        "Wat past bij jou?",
    ]
    assert client.labels == [
        "Praten met iemand die jou helpt",
        "Samen met een grote die je vertrouwt",
        "Help me met een berichtje",
        "Wat kan nog meer?",
    ]


@pytest.mark.clause("IB-1", "IB-4a", "IB-4b", "IB-4c", "IB-5")
def test_the_second_step_is_the_confidant_who_listens_and_acts_only_together() -> None:
    client = Client("ik-ben-er-ook").does(
        "hij lacht raar", "sla over", ["no"], ["other"], ["not_yet"], ["more"], ["rung:confidant"]
    )
    assert client.lines == [
        "Dit is Aileen Kivits, de vertrouwenspersoon.",
        "Aileen luistert en kijkt met jou wat helpt. Je naam hoeft niet.",
        "Wat je vertelt, blijft tussen jullie.",
        "Doet die iets, dan praat die er eerst met jou over.",
        "Is er gevaar? Dan praat die eerst met jou. Soms moet die hulp halen, ook als jij nee zegt.",
        "Zo bereik je Aileen Kivits, vertrouwenspersoon:",
        "bel 06 114 816 74",
        "mail naar info@akivitsbegeleiding.nl",
        "Bel je? Dan kan die jouw nummer zien.",
        "Je mag ook schrijven.",
        "Je kunt praten met de vertrouwenspersoon van Jeugdstem. Die werkt niet voor Ik ben er ook!",
        "Zo bereik je Jeugdstem:",
        "kijk op https://jeugdstem.nl",
        "Dit schreef je hier. Je kunt het daar plakken.",
        "hij lacht raar",
        "Je hoeft je naam niet te zeggen.",
        "Op je telefoon blijft te zien dat je hier was. Wis dat zelf.",
        "Wat wil je doen?",
    ]
    assert client.labels == [
        "Schrijven zonder naam",
        "Verder",
        "Een mens spreken",
        "Stoppen",
    ]


@pytest.mark.clause("IB-1", "IB-4a")
def test_no_solution_after_the_talk_leads_to_the_second_step_with_its_reason() -> None:
    client = Client("ik-ben-er-ook").does(
        "hij lacht raar", "sla over", ["no"], ["other"], ["no_solution"], "nee"
    )
    assert client.lines == [
        "Dit is stap 2 van 4. Zo staat het in de regels. Je mag ook kiezen.",
        "Dit is Aileen Kivits, de vertrouwenspersoon.",
        "Aileen luistert en kijkt met jou wat helpt. Je naam hoeft niet.",
        "Wat je vertelt, blijft tussen jullie.",
        "Doet die iets, dan praat die er eerst met jou over.",
        "Is er gevaar? Dan praat die eerst met jou. Soms moet die hulp halen, ook als jij nee zegt.",
        "Zo bereik je Aileen Kivits, vertrouwenspersoon:",
        "bel 06 114 816 74",
        "mail naar info@akivitsbegeleiding.nl",
        "Bel je? Dan kan die jouw nummer zien.",
        "Je mag ook schrijven.",
        "Je kunt praten met de vertrouwenspersoon van Jeugdstem. Die werkt niet voor Ik ben er ook!",
        "Zo bereik je Jeugdstem:",
        "kijk op https://jeugdstem.nl",
        "Dit schreef je hier. Je kunt het daar plakken.",
        "hij lacht raar",
        "Je hoeft je naam niet te zeggen.",
        "Op je telefoon blijft te zien dat je hier was. Wis dat zelf.",
        "Wat wil je doen?",
    ]


@pytest.mark.clause("IB-4a", "IB-4b", "IB-4c", "IB-5")
def test_being_afraid_opens_the_second_step_at_once() -> None:
    client = Client("ik-ben-er-ook").does("hij lacht raar", "sla over", ["yes"])
    pasted = ["Dit schreef je hier. Je kunt het daar plakken.", "hij lacht raar"]
    assert client.lines == [*AFRAID[:-3], *pasted, *AFRAID[-3:]]


@pytest.mark.clause("IB-4a")
def test_in_a_message_too_being_afraid_comes_first() -> None:
    client = Client("ik-ben-er-ook").does(
        "ik wil een berichtje sturen aan mijn begeleider", "sla over", ["yes"]
    )
    assert client.lines == AFRAID


@pytest.mark.clause("IB-1", "IB-6")
def test_the_third_step_is_the_generalist_whom_the_municipality_knows() -> None:
    client = Client("ik-ben-er-ook").does(
        "hij lacht raar", "sla over", ["no"], ["other"], ["not_yet"], ["more"], ["rung:generalist"]
    )
    assert client.lines == [
        "De generalist van de gemeente. Die hoort bij jou en werkt voor de gemeente. Mail, bel of praat.",
        "Ik ken geen adres of nummer van de generalist van de gemeente.",
        "Weet je niet wie dat is? Vraag het aan je gemeente.",
        "Wat wil je doen?",
    ]


@pytest.mark.clause("IB-1", "IB-7a", "IB-7c")
def test_the_fourth_step_is_the_commission_with_an_online_dossier() -> None:
    client = Client("ik-ben-er-ook").does(
        "hij lacht raar", "sla over", ["no"], ["other"], ["not_yet"], ["more"], ["rung:commission"]
    )
    assert client.lines == [
        "De klachtencommissie. Vul daar een formulier in. Ik zet alles voor je klaar.",
        "Daar komt een dossier op internet. Jullie kijken er samen naar.",
        "Vraag 1 van 2.",
        "Wat zou je graag willen? (hoeft niet)",
    ]


@pytest.mark.clause("IB-1", "IB-7a")
def test_all_that_the_form_of_the_commission_asks_is_made_ready() -> None:
    client = Client("ik-ben-er-ook").does(
        "ik wil naar de klachtencommissie", "hij lacht mij altijd uit", "sla over", "Sem", "sla over"
    )
    assert client.lines == [
        "Oké. Dan blijft dat leeg. Het mag gewoon.",
        "Dit kun je zo op het formulier zetten:",
        "datum: woensdag 20 mei 2026",
        "naam: Sem",
        "hulp van: Ik ben er ook!",
        "wat er is gebeurd: hij lacht mij altijd uit",
        "Hier stuur je het heen:",
        "formulier: https://www.erisietsmisgegaan.nl",
        'Zo vind je het formulier. Scrol naar beneden en klik op "ik ben cliënt en wil mijn onvrede melden".',
        "Heb je het verstuurd?",
    ]


@pytest.mark.clause("IB-7a")
def test_the_form_asks_how_the_client_is_reached() -> None:
    client = Client("ik-ben-er-ook").does(
        "ik wil naar de klachtencommissie", "hij lacht mij altijd uit", "sla over"
    )
    assert client.lines == [
        "Vraag 2 van 2.",
        "Hoe kunnen ze je bereiken? Geef wat je wilt: je naam, je adres, je nummer en je mail.",
    ]


@pytest.mark.clause("IB-3")
def test_a_message_is_asked_for_in_one_sentence() -> None:
    client = Client("ik-ben-er-ook").does(
        "ik wil een berichtje sturen aan mijn begeleider", "sla over", ["no"]
    )
    assert client.lines == [
        "Wat gebeurt er? Zeg het in één zin.",
    ]


@pytest.mark.clause("IB-3")
def test_a_message_asks_what_is_wished() -> None:
    client = Client("ik-ben-er-ook").does(
        "ik wil een berichtje sturen aan mijn begeleider", "sla over", ["no"], "je bent altijd te laat"
    )
    assert client.lines == [
        "En wat wil je graag?",
    ]


@pytest.mark.clause("IB-1", "IB-3")
def test_the_message_is_for_the_client_to_send() -> None:
    client = Client("ik-ben-er-ook").does(
        "ik wil een berichtje sturen aan mijn begeleider",
        "sla over",
        ["no"],
        "je bent altijd te laat",
        "dat je op tijd komt",
        "ja",
    )
    assert client.lines == [
        "Top. Stuur het zelf aan je begeleider, of lees het voor.",
        "Helpt het niet? Kom dan terug. Dan doen we de volgende stap.",
    ]
    assert client.labels == [
        "Wat is de volgende stap?",
        "Klaar",
    ]


@pytest.mark.clause("IB-3")
def test_stopping_shows_the_ways_that_the_source_gives() -> None:
    client = Client("ik-ben-er-ook").does("stop")
    assert client.lines == [
        "Goed. Ik stop. Er is niets verstuurd. Na 3 dagen wis ik alles.",
        "Het kan ook zo:",
        "Een gesprek met je begeleider",
        "Een appje of mail aan je begeleider",
        "Ik ken geen adres of nummer van je begeleider.",
        "Typ iets als je verder wilt.",
    ]


@pytest.mark.clause("IB-1", "IB-3", "IB-4b", "IB-4c", "IB-6", "IB-7c")
def test_how_it_goes_on_tells_everything_the_source_states() -> None:
    client = Client("ik-ben-er-ook").does("help", ["process"])
    assert client.lines == [
        "De stappen gaan één voor één. Zo staat het in de regels.",
        "Samen zoek je wat helpt.",
        "Wat je vertelt, blijft tussen jullie.",
        "Doet die iets, dan praat die er eerst met jou over.",
        "Is er gevaar? Dan praat die eerst met jou. Soms moet die hulp halen, ook als jij nee zegt.",
        "Wat wil je doen?",
    ]


@pytest.mark.clause("IB-2")
def test_who_is_not_sure_about_fear_of_the_counsellor_hears_of_someone_who_helps() -> None:
    client = Client("ik-ben-er-ook").does(
        "hij lacht raar", "sla over", "sla over", ["counsellor"], ["not_yet"]
    )
    assert client.lines == [
        "Samen zoek je wat helpt.",
        "Vertel het in een gesprek. Is dat lastig? Stuur dan een appje of een mail.",
        "Ben je bang voor je begeleider? Dan mag je eerst praten met iemand die je helpt.",
        "Wat past bij jou?",
    ]


@pytest.mark.clause("IB-1")
def test_whether_the_counsellor_knows_is_asked() -> None:
    client = Client("ik-ben-er-ook").does("hij lacht raar", "sla over", ["no"], ["other"])
    assert client.lines == [
        "Weet je begeleider al dat jij dit niet fijn vindt?",
    ]
    assert client.labels == [
        "Nee, nog niet",
        "Dat durf ik niet",
        "Dat wil ik niet",
        "Ja, maar het hielp niet",
        "Ja, maar ik ben niet tevreden",
        "Sla over",
    ]
