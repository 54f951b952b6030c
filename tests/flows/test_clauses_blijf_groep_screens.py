"""Blijf Groep, clause by clause: what is read on each screen, and what can be chosen."""

import pytest

from tests.conversing import Client

THE_CONFIDANT = [
    "Je kunt praten met de cliëntvertrouwenspersoon.",
    "Dat kost niets.",
    "Vraag bij Blijf Groep hoe je de cliëntvertrouwenspersoon bereikt.",
    "Die is er ook voor kinderen.",
    "Op je telefoon blijft te zien dat je hier was. Wis dat zelf.",
    "Wat wil je doen?",
]


@pytest.mark.clause("BG-6d", "BG-12")
def test_what_happened_is_needed_and_asked_for_when_it_is_skipped() -> None:
    client = Client("blijf-groep").does("sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Vertel maar in je eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("BG-12")
def test_the_commission_needs_what_happened() -> None:
    client = Client("blijf-groep").does("ik wil naar de klachtencommissie", "sla over")
    assert client.lines == [
        "Iets moet ik weten: wat er gebeurd is. Eén zin is genoeg.",
        "Wat is er gebeurd?",
    ]


@pytest.mark.clause("BG-3", "BG-6c")
def test_a_family_member_is_asked_for_whom() -> None:
    client = Client("blijf-groep").does("Gisteren was het koud in Haarlem", "ja", ["family"])
    assert client.lines == [
        "Vraag 2 van 6.",
        "Voor wie doe je dit?",
    ]
    assert client.labels == [
        "Mezelf",
        "Mijn kind",
        "Mijn partner of ex",
        "Mijn ouder",
        "Iemand uit mijn familie",
        "Een vriend of buur",
        "Een cliënt",
        "Iemand anders",
        "Sla over",
    ]


@pytest.mark.clause("BG-3", "BG-6c")
def test_every_kind_of_sender_is_offered() -> None:
    client = Client("blijf-groep").does("Gisteren was het koud in Haarlem", "ja")
    assert client.lines == [
        "Vraag 1 van 5.",
        "Wie ben jij?",
    ]
    assert client.labels == [
        "Cliënt",
        "Partner of ex van een cliënt",
        "Kind of familie van een cliënt",
        "Particulier",
        "Professional",
        "Sla over",
    ]


@pytest.mark.clause("BG-6e", "BG-7b")
def test_every_location_is_offered_by_its_name() -> None:
    client = Client("blijf-groep").does("Gisteren was het koud", "ja")
    assert client.lines == [
        "Vraag 1 van 6.",
        "Waar was het?",
    ]
    assert client.labels == [
        "Alkmaar",
        "Amsterdam",
        "Almere (Flevoland, Gooi en Vechtstreek)",
        "Haarlem",
        "Zaanstreek",
        "Veilig Thuis Flevoland",
        "Sla over",
    ]


@pytest.mark.clause("BG-7a", "BG-7b")
def test_the_confidant_costs_nothing_and_is_there_for_children() -> None:
    client = Client("blijf-groep").does(["confidant"])
    assert client.lines == THE_CONFIDANT


@pytest.mark.clause("BG-7b", "BG-6e")
def test_at_veilig_thuis_the_confidant_is_of_jeugdstem() -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud", "ja", ["veilig-thuis-flevoland"], "ik wil de vertrouwenspersoon"
    )
    assert client.lines == [
        "Je kunt praten met de vertrouwenspersoon van Jeugdstem. Die werkt niet voor Blijf Groep.",
        "Dat kost niets.",
        "Zo bereik je Jeugdstem:",
        "kijk op https://www.jeugdstem.nl",
        "Die is er ook voor kinderen.",
        "Dit schreef je hier. Je kunt het daar plakken.",
        "Gisteren was het koud",
        "Op je telefoon blijft te zien dat je hier was. Wis dat zelf.",
        "Wat wil je doen?",
    ]


@pytest.mark.parametrize("place", ["alkmaar", "amsterdam", "almere", "haarlem", "zaanstreek"])
@pytest.mark.clause("BG-6e", "BG-7a")
def test_elsewhere_the_confidant_is_the_client_confidant(place: str) -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud", "ja", [place], "ik wil de vertrouwenspersoon"
    )
    assert client.lines == THE_CONFIDANT


@pytest.mark.clause("BG-2", "BG-3", "BG-7a", "BG-7b", "BG-9", "BG-10", "BG-11", "BG-12", "BG-13")
def test_how_it_goes_on_tells_everything_the_source_states() -> None:
    client = Client("blijf-groep").does("help", ["process"])
    assert client.lines == [
        "Vaak helpt het om er eerst over te praten. Het hoeft niet.",
        "Je mag ook klagen voor iemand uit je familie.",
        "De vertrouwenspersoon kost niets.",
        "Die is er ook voor kinderen.",
        "De medewerker hoort wat je klacht is.",
        "Ze praten er het liefst over met jou en de medewerker.",
        "Je kunt ook antwoord op papier krijgen.",
        "Ze gaan netjes om met wat je vertelt.",
        "Je mag je dossier lezen. Een kopie vragen mag ook.",
        "Ze vragen of je het eerst samen wilt proberen. Het hoeft niet.",
        "De vertrouwenspersoon kan je hierbij helpen.",
        "Wil je dit lezen: De klachtenregeling? Vraag het aan Blijf Groep.",
        "Wil je dit lezen: De Privacyverklaring? Vraag het aan Blijf Groep.",
        "Wat wil je doen?",
    ]


@pytest.mark.clause("BG-5")
def test_the_ways_are_shown_with_the_municipality_of_which_no_address_is_known() -> None:
    client = Client("blijf-groep").does("stop")
    assert client.lines == [
        "Goed. Ik stop. Er is niets verstuurd. Na 3 dagen wis ik alles.",
        "Het kan ook zo:",
        "Het klachtenformulier op de website",
        "Een mail sturen: klacht@blijfgroep.nl",
        "Een brief sturen: Blijf Groep, t.a.v. de Klachtenfunctionaris, Postbus 2938, 1000 CX Amsterdam",
        "Via je gemeente",
        "Ik ken geen adres of nummer van je gemeente.",
        "Het kan ook bij je gemeente. Soms wil die dat je eerst hier klaagt.",
        "Typ iets als je verder wilt.",
    ]


@pytest.mark.clause("BG-2")
def test_the_talk_is_advised_in_the_words_of_the_source() -> None:
    client = Client("blijf-groep").does("help", ["process"], ["more"], ["rung:talk"])
    assert client.lines == [
        "Vaak helpt het om er eerst over te praten. Het hoeft niet.",
        "Praat eerst met een medewerker, als je dat wilt en durft.",
        "Wat past bij jou?",
    ]
    assert client.labels == [
        "Verder",
        "Praten met iemand die jou helpt",
        "Samen met een grote die je vertrouwt",
        "Help me met een berichtje",
        "Wat kan nog meer?",
    ]


@pytest.mark.clause("BG-2", "BG-9")
def test_the_officer_is_shown_with_what_happens_there() -> None:
    client = Client("blijf-groep").does("help", ["process"], ["more"], ["rung:officer"])
    assert client.lines == [
        "De klachtenfunctionaris. Die bespreekt je klacht met jou en met de medewerker.",
        "Zo doe je dat:",
        "mail naar klacht@blijfgroep.nl",
        "brief: Blijf Groep, t.a.v. de Klachtenfunctionaris, Postbus 2938, 1000 CX Amsterdam",
        "Ze praten er het liefst over met jou en de medewerker.",
        "Je kunt ook antwoord op papier krijgen.",
        "Wat wil je doen?",
    ]


@pytest.mark.clause("BG-2")
def test_a_message_to_the_staff_member_asks_for_a_sentence_and_a_wish() -> None:
    client = Client("blijf-groep").does("help", ["process"], ["more"], ["rung:talk"], ["message"])
    assert client.lines == [
        "Wat gebeurt er? Zeg het in één zin.",
    ]


@pytest.mark.clause("BG-2")
def test_a_message_to_the_staff_member_asks_for_a_wish() -> None:
    client = Client("blijf-groep").does(
        "help", ["process"], ["more"], ["rung:talk"], ["message"], "je kwam te laat"
    )
    assert client.lines == [
        "En wat wil je graag?",
    ]


@pytest.mark.clause("BG-9")
def test_the_wish_and_the_way_of_answering_are_asked_one_by_one() -> None:
    client = Client("blijf-groep").does("Gisteren was het koud in Haarlem, ik ben cliënt", "ja", ["other"])
    assert client.lines == [
        "Vraag 2 van 4.",
        "Wat zou je graag willen? (hoeft niet)",
    ]


@pytest.mark.clause("BG-9")
def test_an_answer_in_a_talk_or_in_writing_can_be_chosen() -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud in Haarlem, ik ben cliënt", "ja", ["other"], "sla over"
    )
    assert client.lines == [
        "Vraag 3 van 4.",
        "Hoe wil je antwoord? Je mag meer kiezen.",
    ]
    assert client.labels == [
        "In een gesprek",
        "Op papier",
        "Aan de telefoon",
        "Met een mail",
        "Sla over",
    ]


@pytest.mark.parametrize(
    ("subject", "label"),
    [("treatment", "Hoe een medewerker met mij omging"), ("decency", "Ik ben niet netjes behandeld")],
)
@pytest.mark.clause("BG-1", "BG-2")
def test_where_a_person_is_complained_of_somebody_else_is_near(subject: str, label: str) -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud in Haarlem, ik ben cliënt",
        "ja",
        [subject],
        "sla over",
        "sla over",
        "sla over",
    )
    assert client.lines == [
        "Oké. Dan kunnen ze je niet bereiken. Kijk dan hier terug met je code.",
        "Lees het rustig na.",
        "wat er is gebeurd: Gisteren was het koud in Haarlem, ik ben cliënt",
        "wanneer: dinsdag 19 mei 2026",
        "jij bent: Cliënt",
        "waar: Haarlem",
        "naam: niet gegeven",
        "adres: niet gegeven",
        "nummer: niet gegeven",
        "mail: niet gegeven",
        "hoe: niet gegeven",
        f"waarover: {label}",
        "wat je wilt: niet gegeven",
        "Dit gaat naar de klachtenfunctionaris van Blijf Groep.",
        "De medewerker krijgt te horen wat je klacht is.",
        "Ben je bang voor de medewerker? Dan mag je eerst praten met iemand die je helpt.",
        "Vaak helpt het om er eerst over te praten. Het hoeft niet.",
        "Wil je het versturen?",
    ]


@pytest.mark.clause("BG-2")
def test_who_reads_it_is_said_before_anything_is_told() -> None:
    client = Client("blijf-groep").does("wie leest dit?")
    assert client.lines == [
        "Nu leest niemand mee. Alleen wat je verstuurt, wordt gelezen.",
        "Verstuur je een klacht? Dan leest de klachtenfunctionaris van Blijf Groep die, of wie dan invalt.",
        "Je kunt altijd stoppen. Typ 'wis' en ik wis dit gesprek. Doe je niets, dan wis ik het na 3 dagen.",
        "Vertel maar in je eigen woorden. Wat is er gebeurd?",
    ]


@pytest.mark.clause("BG-12")
def test_the_commission_is_introduced_and_its_letter_made() -> None:
    client = Client("blijf-groep").does(
        "ik wil naar de klachtencommissie", "ik werd daar uitgelachen", "sla over", "sla over", "sla over"
    )
    assert client.lines == [
        "Dit is je brief. Je kunt hem overnemen:",
        "datum: woensdag 20 mei 2026",
        "hulp van: Blijf Groep",
        "wat er is gebeurd: ik werd daar uitgelachen",
        "Hier stuur je het heen:",
        "kijk op https://www.klachtencommissiepoa.nl",
        "Heb je het verstuurd?",
    ]


@pytest.mark.clause("BG-12")
def test_the_commission_says_that_trying_together_is_asked() -> None:
    client = Client("blijf-groep").does("ik wil naar de klachtencommissie")
    assert client.lines == [
        "De klachtencommissie POA. Deze commissie hoort niet bij Blijf Groep en kijkt opnieuw.",
        "Ze vragen of je het eerst samen wilt proberen. Het hoeft niet.",
        "De vertrouwenspersoon kan je hierbij helpen.",
        "Wat is er gebeurd?",
    ]


@pytest.mark.clause("BG-11")
def test_a_copy_of_the_dossier_goes_by_a_person_or_by_mail() -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud in Haarlem, ik ben cliënt",
        "ja",
        ["other"],
        "sla over",
        "sla over",
        "sla over",
        ["send"],
        "ik wil mijn dossier lezen",
    )
    assert client.lines == [
        "Je mag je dossier lezen. Een kopie vragen mag ook.",
        "Blijf Groep:",
        "mail naar klacht@blijfgroep.nl",
        "Ik heb het doorgegeven aan de klachtenfunctionaris. Die kijkt of het veilig kan en neemt contact op.",
    ]
    assert client.labels == [
        "Hoe staat het?",
        "Praten met de vertrouwenspersoon",
    ]


@pytest.mark.clause("BG-4", "BG-7a", "BG-8", "BG-12")
def test_what_is_said_after_sending() -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud in Haarlem, ik ben cliënt",
        "ja",
        ["other"],
        "sla over",
        "sla over",
        "sla over",
        ["send"],
    )
    assert client.ids == [
        "done.complaint",
        "fact.costs_nothing",
        "done.term.contact_made",
        "done.why",
        "done.unreachable",
        "done.confidant.free",
        "done.commission",
        "done.code",
        "done.options",
    ]


@pytest.mark.clause("BG-2")
def test_the_ladder_is_shown_in_its_order() -> None:
    client = Client("blijf-groep").does("help", ["process"], ["more"])
    assert client.lines == [
        "Dit kan allemaal. Wat past bij jou?",
    ]
    assert client.labels == [
        "Praten met een medewerker",
        "De klachtenfunctionaris",
        "De klachtencommissie POA",
        "Hoe gaat het verder?",
        "Stoppen",
    ]
