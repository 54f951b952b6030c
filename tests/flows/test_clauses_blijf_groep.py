"""Blijf Groep, clause by clause, as a client meets it."""

from datetime import datetime

import pytest

from flows.events import Happened
from flows.understand import understand
from flows.understand.findings import Context
from tests.conversing import AMSTERDAM, WEDNESDAY, Client
from tests.schemes import scheme as load

STORY = "In de opvang lachte een medewerker mij gisteren uit."


def told(text: str = STORY, *, locale: str | None = None, now: datetime | None = None) -> Client:
    """A client who told what happened and confirmed what was understood."""
    client = Client("blijf-groep", locale=locale, **({"now": now} if now else {})).says(text)
    return client.chooses("yes") if client.session.pending == "understood" else client


def asked(client: Client, field: str) -> Client:
    """Skips on until this field is asked."""
    for _ in range(12):
        if client.session.asking == field:
            return client
        client.chooses("skip")
    raise AssertionError(f"{field} was never asked")


def at_check(client: Client) -> Client:
    """Skips on until the check card."""
    for _ in range(14):
        if client.session.state == "checking":
            return client
        client.chooses("skip")
    raise AssertionError("the check card never came")


@pytest.mark.clause("BG-1")
def test_the_grounds_are_offered_as_subjects_and_several_may_apply() -> None:
    client = asked(told("Gisteren ging het mis in Haarlem, ik ben cliënt."), "subject")
    labels = [option.label.text("nl") for message in client.last.messages for option in message.options[:-1]]
    assert labels == [
        "Hoe een medewerker met mij omging",
        "Hoe er beslist is",
        "Informatie die ik (niet) kreeg",
        "Ik ben niet netjes behandeld",
        "Iets anders",
    ]
    client.chooses("treatment", "decency")
    assert client.value("subject") == ("treatment", "decency")


@pytest.mark.clause("BG-1")
@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("een medewerker lachte mij uit", "treatment"),
        ("ik ben het niet mee eens met het besluit dat ik weg moet", "decision"),
        ("niemand heeft mij iets uitgelegd en ik heb niks gehoord", "information"),
        ("ik ben vernederd en gediscrimineerd", "decency"),
    ],
)
def test_each_ground_is_heard_in_the_clients_own_words(said: str, subject: str) -> None:
    heard = understand(said, Context(load("blijf-groep"), WEDNESDAY))
    assert subject in heard.findings["subject"].value  # type: ignore[operator]


@pytest.mark.clause("BG-1")
def test_a_complaint_about_a_decision_also_hears_of_bezwaar() -> None:
    client = at_check(told("Ik ben het niet eens met een beslissing van gisteren in Haarlem."))
    assert ("check.bezwaar" in client.ids) is ("decision" in (client.value("subject") or ()))  # type: ignore[operator]
    assert "check.bezwaar" in client.ids


@pytest.mark.clause("BG-2")
def test_a_talk_with_a_staff_member_is_advised_and_not_demanded() -> None:
    client = at_check(told())
    assert "fact.talk_often_helps" in client.ids
    assert {"send", "talk"} <= set(client.options)
    client.chooses("talk")
    assert client.ids == ["fact.talk_often_helps", "ladder.text", "talk.what_fits"]
    assert "Praat eerst met een medewerker, als je dat wilt en durft." in client.words
    client.chooses("resume")
    assert client.session.state == "checking"


@pytest.mark.clause("BG-2")
@pytest.mark.parametrize(
    "said",
    [
        "ik wil niet met de medewerker praten",
        "dat durf ik niet tegen de medewerker te zeggen",
        "ik heb met de medewerker gepraat maar er kwam geen oplossing",
        "ik heb met de medewerker gepraat maar ik ben niet tevreden met de oplossing",
    ],
)
def test_each_answer_about_the_talk_leads_on_to_the_officer(said: str) -> None:
    client = at_check(told(f"Gisteren schreeuwde een medewerker in Haarlem tegen mij. {said}"))
    assert client.value("talked") in ("dont_want", "dont_dare", "no_solution", "dissatisfied")
    assert "fact.talk_often_helps" not in client.ids
    client.chooses("send")
    assert client.filed.recipients == ("officer",)


@pytest.mark.clause("BG-3")
@pytest.mark.parametrize(
    ("said", "role"),
    [("ik ben de ex van een cliënt", "partner"), ("mijn moeder zit bij jullie", "family")],
)
def test_ex_partners_and_relatives_are_heard(said: str, role: str) -> None:
    client = told(f"Gisteren werd in Haarlem geschreeuwd. {said}.")
    assert client.value("role") == role
    assert at_check(client).chooses("send").filed.intake.answers["role"].value == role


@pytest.mark.clause("BG-3")
def test_relatives_are_told_that_they_may_complain() -> None:
    client = at_check(told()).chooses("send").chooses("process")
    assert "Je mag ook klagen voor iemand uit je familie." in client.words


@pytest.mark.clause("BG-4")
def test_the_first_screen_says_that_it_costs_nothing() -> None:
    assert "Dat kost niets." in Client("blijf-groep").words


@pytest.mark.clause("BG-5")
def test_a_human_is_the_officer_by_mail_or_post() -> None:
    client = told().says("ik wil een mens spreken")
    assert "De klachtenfunctionaris:" in client.words
    assert "klacht@blijfgroep.nl" in client.words
    assert "Postbus 2938, 1000 CX Amsterdam" in client.words


@pytest.mark.clause("BG-6a")
def test_when_it_happened_is_asked_and_may_be_unknown() -> None:
    client = asked(told("Een medewerker schreeuwde tegen mij in Haarlem."), "date")
    client.says("weet ik niet")
    assert client.value("date") == "unknown"
    assert client.session.asking != "date"


@pytest.mark.clause("BG-6b")
def test_contact_is_asked_and_a_client_without_any_still_complains() -> None:
    client = asked(told(), "name")
    assert "je naam, je adres, je nummer en je mail" in client.words
    client.chooses("skip")
    client = at_check(client).chooses("send")
    assert {"name", "address", "phone", "email"} <= set(client.filed.intake.skipped)


@pytest.mark.clause("BG-6c")
def test_the_roles_of_the_source_are_offered() -> None:
    client = asked(told("Gisteren was er geschreeuw in Haarlem."), "role")
    assert client.options[:-1] == ["client", "partner", "family", "private", "professional"]
    assert "Particulier" in str(client.last.messages[-1].options)


@pytest.mark.clause("BG-6c")
@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("ik ben bewoonster", "client"),
        ("ik ben de partner van een cliënt", "partner"),
        ("ik ben de buurvrouw", "private"),
        ("ik ben huisarts", "professional"),
    ],
)
def test_a_role_is_understood(said: str, role: str) -> None:
    assert Client("blijf-groep").says(f"Er werd gisteren geschreeuwd. {said}").value("role") == role


@pytest.mark.clause("BG-6d")
def test_the_story_is_kept_verbatim() -> None:
    client = at_check(told()).chooses("send")
    assert client.filed.intake.said == (STORY,)
    assert client.filed.intake.answers["story"].value == STORY


@pytest.mark.clause("BG-6d")
def test_nothing_is_sent_without_what_happened() -> None:
    client = Client("blijf-groep").says("Ik ben Samira")
    assert client.session.asking == "story"


@pytest.mark.clause("BG-6e")
def test_the_locations_of_the_source_are_offered() -> None:
    client = asked(told("Een medewerker schreeuwde gisteren tegen mij."), "location")
    assert client.options[:-1] == [
        "alkmaar", "amsterdam", "almere", "haarlem", "zaanstreek", "veilig-thuis-flevoland",
    ]  # fmt: skip


@pytest.mark.clause("BG-6e")
@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("in alkmaar", "alkmaar"),
        ("in amsterdam", "amsterdam"),
        ("almere", "almere"),
        ("almeer", "almere"),
        ("haarlem", "haarlem"),
        ("harlem", "haarlem"),
        ("zaanstreek", "zaanstreek"),
        ("zaandam", "zaanstreek"),
        ("vt flevoland", "veilig-thuis-flevoland"),
        ("veilig thuis flevoland", "veilig-thuis-flevoland"),
    ],
)
def test_a_location_is_understood(said: str, place: str) -> None:
    client = asked(told("Een medewerker schreeuwde gisteren tegen mij."), "location").says(said)
    assert client.value("location") == place


@pytest.mark.clause("BG-7a")
def test_the_confidant_is_offered_before_the_first_question_and_costs_nothing() -> None:
    client = Client("blijf-groep")
    assert "confidant" in client.options
    client.chooses("confidant")
    assert "de cliëntvertrouwenspersoon" in client.words
    assert "Dat kost niets." in client.words


@pytest.mark.clause("BG-7b")
def test_clients_of_veilig_thuis_flevoland_are_offered_jeugdstem() -> None:
    client = told("Veilig Thuis Flevoland belde gisteren mijn school zonder iets te zeggen.")
    assert client.value("location") == "veilig-thuis-flevoland"
    client.says("ik wil de vertrouwenspersoon")
    assert "Jeugdstem" in client.words
    assert "https://www.jeugdstem.nl" in client.words
    assert "Dat kost niets." in client.words
    assert "cliëntvertrouwenspersoon" not in client.words


@pytest.mark.clause("BG-8")
def test_the_officer_makes_contact_within_five_working_days() -> None:
    client = at_check(told()).chooses("send")
    assert [(deadline.id, deadline.date) for deadline in client.filed.deadlines] == [
        ("contact", "2026-05-28")
    ]
    assert (
        "De klachtenfunctionaris neemt contact met je op. Dat is uiterlijk donderdag 28 mei 2026."
        in client.words
    )
    assert "Tweede Pinksterdag" in client.words
    client.take(Happened("contact_made"))
    assert client.session.case is not None
    assert client.session.case.deadlines == ()


@pytest.mark.clause("BG-9")
def test_it_is_discussed_and_an_answer_in_writing_is_possible() -> None:
    client = asked(told(), "contact_how")
    assert {"talk", "writing"} <= set(client.options)
    client.chooses("writing")
    client = at_check(client)
    assert "De medewerker krijgt te horen wat je klacht is." in client.words
    client.chooses("send").chooses("process")
    assert "Je kunt ook antwoord op papier krijgen." in client.words
    assert "Ze praten er het liefst over met jou en de medewerker." in client.words
    assert "De medewerker hoort wat je klacht is." in client.words
    assert client.filed.intake.answers["contact_how"].value == ("writing",)


@pytest.mark.clause("BG-10")
def test_privacy_is_told_with_the_privacyverklaring() -> None:
    client = at_check(told()).chooses("send").chooses("process")
    assert "Ze gaan netjes om met wat je vertelt." in client.words
    assert "De Privacyverklaring" in client.words


@pytest.mark.clause("BG-11")
def test_a_copy_of_the_dossier_is_passed_to_a_person() -> None:
    client = at_check(told()).chooses("send")
    client.says("ik wil een kopie van mijn dossier")
    assert [effect for effect in client.effects if getattr(effect, "what", "") == "access"]
    assert "passed_on.access" in client.ids


@pytest.mark.clause("BG-12")
def test_the_commission_can_be_reached_at_once_and_the_letter_is_made_ready() -> None:
    client = Client("blijf-groep").says("ik wil naar de klachtencommissie")
    assert client.session.route == "commission"
    client.says(STORY)
    for _ in range(12):
        if client.session.pending == "sent":
            break
        client.chooses("skip") if "skip" in client.options else client.chooses("yes")
    assert client.session.pending == "sent"
    assert STORY in client.words
    assert "https://www.klachtencommissiepoa.nl" in client.words


@pytest.mark.clause("BG-12")
def test_trying_together_first_is_asked_and_the_confidant_can_help_there() -> None:
    client = Client("blijf-groep").says("ik wil naar de klachtencommissie")
    assert "Deze commissie hoort niet bij Blijf Groep en kijkt opnieuw." in client.words
    assert "Ze vragen of je het eerst samen wilt proberen. Het hoeft niet." in client.words
    assert "De vertrouwenspersoon kan je hierbij helpen." in client.words


@pytest.mark.clause("BG-12")
def test_after_sending_the_outside_commission_is_named() -> None:
    client = at_check(told()).chooses("send")
    assert "klachtencommissiepoa.nl" in client.words


@pytest.mark.clause("BG-13")
def test_the_regulation_is_named_on_request() -> None:
    client = at_check(told()).chooses("send").chooses("process")
    assert "De klachtenregeling" in client.words


def test_a_night_at_the_turn_of_the_year_counts_the_working_days_that_follow() -> None:
    now = datetime(2026, 12, 23, 23, 30, tzinfo=AMSTERDAM)
    client = at_check(told(now=now)).chooses("send")
    assert client.filed.deadlines[0].date == "2026-12-31"
