"""Short answers, thanks and answers to another question than the one that was put."""

from tests.conversing import Client

FILED = ("Gisteren was het koud in Haarlem, ik ben cliënt", "ja", ["other"], *("sla over",) * 3, ["send"])


def test_a_bare_yes_is_no_story() -> None:
    client = Client("bij-elkaar").does("klacht", "ja")
    assert (client.session.asking, client.session.said) == ("story", ())


def test_a_bare_yes_is_no_wish() -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud in Haarlem, ik ben cliënt", "ja", ["other"], "ja"
    )
    assert (client.session.asking, client.value("wish")) == ("wish", None)


def test_an_age_is_no_wish() -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud in Haarlem, ik ben cliënt", "ja", ["other"], "ik ben 12"
    )
    assert (client.value("age"), client.value("wish"), client.session.asking) == ("12", None, "wish")


def test_send_typed_at_a_question_leaves_that_question_out() -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud in Haarlem, ik ben cliënt", "ja", ["other"], *("sla over",) * 2, "versturen"
    )
    assert (client.session.state, client.value("name")) == ("checking", None)


def test_a_number_that_is_no_option_is_no_part_of_the_story() -> None:
    client = Client("ik-ben-er-ook").does("ik ben bang voor mijn begeleider", "10")
    assert client.session.said == ("ik ben bang voor mijn begeleider",)


def test_not_knowing_whether_it_is_right_goes_on() -> None:
    client = Client("cjg-kennemerland").does("mijn coach kwam gisteren niet in Velsen", "weet niet")
    assert client.session.pending is None


def test_not_knowing_whether_the_form_was_sent_is_not_yet() -> None:
    client = Client("ik-ben-er-ook").does(
        "ik wil naar de klachtencommissie",
        "mijn begeleider luistert niet",
        "sla over",
        "sla over",
        "sla over",
    )
    assert client.ids == ["not_yet"]


def test_thanks_after_sending_are_not_added_to_the_complaint() -> None:
    client = Client("blijf-groep").does(*FILED, "dank je wel")
    assert client.lines == ["Graag gedaan.", "Wat wil je doen?"]


def test_a_yes_after_sending_is_not_added_to_the_complaint() -> None:
    client = Client("blijf-groep").does(*FILED, "ja")
    assert client.ids == ["go_on"]


def test_who_gave_no_number_mail_or_address_hears_that_they_cannot_be_reached() -> None:
    client = Client("blijf-groep").does(*FILED)
    assert [line for line in client.lines if "geen nummer" in line] == [
        "Je gaf geen nummer, mail of adres. Wil je dat ze je bereiken? Typ het dan hier."
    ]


def test_an_idea_is_spoken_of_as_an_idea() -> None:
    client = Client("bij-elkaar").does(
        ["suggestion"], "Zet een fietsenrek bij de deur", "sla over", "sla over"
    )
    assert client.lines == ["Uw idee staat klaar. Wilt u het versturen?"]


def test_a_mother_may_complain_for_herself() -> None:
    client = Client("blijf-groep").does(
        "Gisteren was het koud in Haarlem, ik ben de zus van een cliënt", "ja", "voor mezelf"
    )
    assert client.value("behalf") == "self"


def test_a_bare_number_on_the_first_screen_is_the_option_with_that_number() -> None:
    assert Client("blijf-groep").says("2").ids[0] == "reads.nobody_yet"


def test_going_on_past_what_was_understood_asks_the_next_question() -> None:
    client = Client("cjg-kennemerland").does("mijn coach kwam gisteren niet in Velsen", "verder")
    assert client.session.pending is None


def test_a_parent_is_asked_whether_anyone_is_afraid() -> None:
    client = Client("cjg-kennemerland").does("De coach van mijn zoon kwam gisteren niet in Velsen", "ja")
    assert client.lines[-1] == "Is er iemand bang voor wie er helpt?"


def test_after_wiping_a_conversation_begins_anew() -> None:
    client = Client("blijf-groep").does("Gisteren was het koud in Haarlem", "wis", "ja")
    assert (client.session.state, client.session.asking) == ("opening", "story")


def test_a_number_names_who_may_not_read_it() -> None:
    client = Client("dorpszorg").does("Gisteren was het koud in de kamer")
    while client.session.state != "checking":
        client.says("ja" if client.session.pending == "understood" else "sla over")
    client.does(["unreadable"], "1")
    assert client.value("unreadable_by") == ("Toos Wiarda",)


def test_a_reader_who_is_named_in_the_story_is_pointed_out() -> None:
    client = Client("dorpszorg").does("Gisteren was Toos Wiarda heel kort tegen mij")
    while client.session.state != "checking":
        client.says("ja" if client.session.pending == "understood" else "sla over")
    assert "check.reader.named" in client.ids
