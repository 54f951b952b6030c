"""How and when people want to be reached, and whether it is safe."""

import pytest

from flows.understand import contacts
from tests.understand.labelled import context


def found(field: str, text: str, asking: str | None = None) -> object:
    """The value of this field, or None."""
    values = [one.value for one in contacts.find(text, context("blijf-groep", asking)) if one.field == field]
    return values[0] if values else None


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("liever appen", ("whatsapp",)),
        ("niet appen", ("not_whatsapp",)),
        ("bel maar niet", ("not_phone",)),
        ("app me maar niet.", ("not_whatsapp",)),
        ("liever appen dan bellen", ("whatsapp",)),
        ("niet bellen maar appen", ("not_phone", "whatsapp")),
        ("appen mag wel maar bellen niet", ("whatsapp", "not_phone")),
        ("stuur maar een brief", ("post",)),
        ("liever op papier", ("writing",)),
        ("ik word liever gebeld", ("phone",)),
        ("u mag mij mailen", ("email",)),
        ("please don't call, text me on whatsapp", ("not_phone", "whatsapp")),
        ("lütfen aramayın", ("not_phone",)),
        ("proszę nie dzwonić", ("not_phone",)),
    ],
)
def test_how_is_read_where_the_organisation_is_spoken_to(text: str, ids: tuple[str, ...]) -> None:
    assert found("contact_how", text) == ids


@pytest.mark.parametrize("text", ["in gesprek", "praten", "een gesprek graag"])
def test_a_talk_is_a_way_where_that_was_asked(text: str) -> None:
    assert found("contact_how", text, "contact_how") == ("talk",)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("bel niet savonds", ("not_evening",)),
        ("savonds niet bellen", ("not_evening",)),
        ("06-12345678, alleen na school", ("after_school",)),
        ("mag niet thuis bellen", ("not_at_home",)),
        ("niet bellen als mijn man thuis is", ("not_at_home",)),
        ("ik ben bereikbaar na 17.00 uur", ("after_17:00",)),
        ("bel me niet voor 10 uur", ("after_10:00",)),
        ("не дзвоніть увечері", ("not_evening",)),
    ],
)
def test_when_is_read_where_the_organisation_is_spoken_to(text: str, ids: tuple[str, ...]) -> None:
    assert found("contact_when", text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("na 16 uur", ("after_16:00",)),
        ("na 4 uur", ("after_16:00",)),
        ("na vieren", ("after_16:00",)),
        ("na half 4", ("after_15:30",)),
        ("voor 10 uur", ("before_10:00",)),
        ("niet na 8 uur", ("before_20:00",)),
        ("savonds na 8 uur", ("after_20:00",)),
        ("tussen 9 en 5", ("after_09:00", "before_17:00")),
        ("9-17 uur", ("after_09:00", "before_17:00")),
        ("na 5 pm", ("after_17:00",)),
        ("niet op vrijdag", ("not_friday",)),
        ("vrijdag niet", ("not_friday",)),
        ("behalve maandag", ("not_monday",)),
        ("maandag t/m woensdag", ("monday", "tuesday", "wednesday")),
        ("maandag en woensdag", ("monday", "wednesday")),
        ("maandag t/m vrijdag", ("workdays",)),
        ("niet onder schooltijd", ("not_school_hours",)),
        ("altijd", ("always",)),
    ],
)
def test_when_is_read_as_an_answer(text: str, ids: tuple[str, ...]) -> None:
    assert found("contact_when", text, "contact_when") == ids


@pytest.mark.parametrize(
    "text",
    [
        "ze belden me elke avond op",
        "ik mag niet bellen van mijn begeleider",
        "ik heb ze gemaild en gebeld maar niks",
        "bel alsjeblieft de politie",
        "wij mogen savonds niet bellen",
        "ik mag mijn moeder niet bellen",
        "de afspraak was op maandag",
        "hij kwam altijd savonds",
    ],
)
def test_calls_and_times_of_a_story_are_no_wish(text: str) -> None:
    assert found("contact_how", text) is None
    assert found("contact_when", text) is None


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("mijn man leest mee op mijn telefoon", "no"),
        ("mijn ex kijkt in mijn telefoon", "no"),
        ("mijn moeder neemt op", "no"),
        ("my husband reads my messages", "no"),
        ("nummer is alleen van mij", "yes"),
        ("niemand leest mee", "yes"),
        ("mijn begeleider neemt nooit op", None),
        ("de coach neemt contact op met school", None),
        ("kan iemand meelezen?", None),
        ("mijn moeder mag het niet weten", None),
    ],
)
def test_whether_it_is_safe_is_read_only_where_it_is_said(text: str, safe: str | None) -> None:
    assert found("contact_safe", text) == safe


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("nee mijn vader pakt hem soms", "no"),
        ("van mij en mijn zus", "no"),
        ("ja maar mijn broertje speelt er soms op", "no"),
        ("niemand anders", "yes"),
        ("alleen ik", "yes"),
        ("weet ik niet", None),
    ],
)
def test_an_answer_about_who_else_is_read(text: str, safe: str | None) -> None:
    assert found("contact_safe", text, "contact_safe") == safe
