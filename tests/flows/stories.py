"""Stories that clients tell, fact by fact, and what each holds: the data of `test_stories`.

Invented, after what clients of such organisations write. Everything is told on Wednesday 20 May 2026.
"""

from datetime import date

import msgspec

from flows.answers import Value, When


class Story(msgspec.Struct, frozen=True):
    """The `facts` (sentences in any order), what was `said` by field, and the `answers` to what is asked besides."""

    facts: tuple[str, ...]
    known: tuple[tuple[str, Value], ...]
    given: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> dict[str, Value]:
        return dict(self.known)

    @property
    def answers(self) -> dict[str, str]:
        return dict(self.given)


def day(month: int, number: int) -> When:
    """One day of 2026."""
    return When(date(2026, month, number), date(2026, month, number))


YESTERDAY = day(5, 19)
MONDAY = day(5, 18)
SAFE = (("contact_safe", "ja"), ("wish", "sla over"), ("subject", "iets anders"))


def _blijf() -> tuple[Story, ...]:
    rows = (
        ("Gisteren schreeuwde een medewerker tegen mij.", "in Haarlem", "Ik ben cliënt.", "haarlem", "client"),
        ("Gisteren mocht ik mijn zoon niet bellen.", "in Alkmaar", "Ik ben bewoonster.", "alkmaar", "client"),
        ("Gisteren raakten ze mijn spullen kwijt.", "in Amsterdam", "Ik ben cliënt.", "amsterdam", "client"),
        ("Gisteren kwam de afspraak weer te vervallen.", "in Almere", "Ik ben cliënt.", "almere", "client"),
        ("Gisteren vertelde niemand mij iets.", "in Zaandam", "Ik ben cliënt.", "zaanstreek", "client"),
        ("Gisteren was de kamer vies.", "in Haarlem", "Ik ben de ex van een cliënt.", "haarlem", "partner"),
        ("Gisteren werd zij uitgelachen.", "in Alkmaar", "Mijn dochter zit bij jullie.", "alkmaar", "family"),
        ("Gisteren was er veel lawaai.", "in Amsterdam", "Ik ben een buurvrouw.", "amsterdam", "private"),
        ("Gisteren belde niemand mij terug.", "in Almere", "Ik ben huisarts.", "almere", "professional"),
        ("Er was gisteren niemand.", "bij Veilig Thuis", "Ik ben cliënt.", "veilig-thuis-flevoland", "client"),
    )  # fmt: skip
    reach = "Mijn nummer is 06 12345678, dat is alleen van mij."
    known = (("date", YESTERDAY), ("phone", "+31612345678"), ("contact_safe", "yes"))
    return tuple(
        Story((what, f"Het was {where}.", who, reach), (*known, ("location", place), ("role", role)), SAFE)
        for what, where, who, place, role in rows
    )


def _ik_ben() -> tuple[Story, ...]:
    rows = (
        ("Mijn begeleider komt altijd te laat.", "Ik ben 9 jaar.", "9"),
        ("Ik mis steeds mijn zwemles.", "Ik ben 10 jaar.", "10"),
        ("Ze vergeet wat ik vertel.", "Ik ben 14 jaar.", "14"),
        ("We doen nooit wat ik wil.", "Ik ben 11 jaar.", "11"),
        ("De kamer is altijd koud.", "Ik ben 16 jaar.", "16"),
        ("Hij praat alleen met mijn moeder.", "Ik ben 12 jaar.", "12"),
        ("De afspraak ging weer niet door.", "Ik ben 8 jaar.", "8"),
        ("Ik snap de oefeningen niet.", "Ik ben 13 jaar.", "13"),
        ("Ze kijkt steeds op haar telefoon.", "Ik ben 15 jaar.", "15"),
        ("Ik krijg geen antwoord op mijn appje.", "Ik ben 17 jaar.", "17"),
    )
    given = (("safe", "nee"), ("subject", "iets anders"), ("talked", "nog niet"))
    return tuple(
        Story((what, "Ik vind dat niet leuk.", old), (("age", age),), given) for what, old, age in rows
    )


def _bij_elkaar() -> tuple[Story, ...]:
    whats = (
        "Maandag kwam de begeleider niet opdagen.", "Maandag werd er tegen mij geschreeuwd.",
        "Maandag ging de afspraak niet door.", "Maandag stopte de hulp zonder uitleg.",
        "Maandag kreeg ik weer een andere begeleider.", "Maandag lag mijn dossier open op tafel.",
        "Maandag belde niemand mij terug.", "Maandag werd ik niet serieus genomen.",
        "Maandag waren mijn doelen zomaar veranderd.", "Maandag was er niemand op kantoor.",
    )  # fmt: skip
    return tuple(
        Story((what, "Ik ben cliënt.", "Ik heet Karim.", "U kunt mailen naar karim@example.org."),
              (("date", MONDAY), ("role", "client"), ("name", "Karim"), ("email", "karim@example.org")), SAFE)
        for what in whats
    )  # fmt: skip


def _cjg() -> tuple[Story, ...]:
    rows = (
        ("De coach belt nooit terug.", "IJmuiden", "ijmond"),
        ("We wachten al heel lang op hulp.", "Zandvoort", "haarlem-zandvoort"),
        ("Er is niet naar ons geluisterd.", "Bloemendaal", "bloemendaal"),
        ("Het verslag klopt niet.", "Beverwijk", "ijmond"),
        ("De afspraken worden niet nagekomen.", "Haarlem", "haarlem-zandvoort"),
        ("Er werd over ons gepraat zonder ons.", "Bloemendaal", "bloemendaal"),
        ("We kregen geen uitleg.", "Heemskerk", "ijmond"),
        ("De hulp past niet bij ons.", "Haarlem", "haarlem-zandvoort"),
        ("De coach koos partij.", "Bloemendaal", "bloemendaal"),
        ("Het gesprek liep helemaal mis.", "Velsen", "ijmond"),
    )
    given = (("safe", "nee"), *SAFE)
    return tuple(
        Story((what, "Ik ben de moeder.", f"Het was in {where}.", "Mijn nummer is 06 87654321."),
              (("role", "parent"), ("location", place), ("phone", "+31687654321")), given)
        for what, where, place in rows
    )  # fmt: skip


def _buurt() -> tuple[Story, ...]:
    whats = (
        "Gisteren kwam de hulp niet opdagen.", "Gisteren was de hulp heel kortaf tegen mij.",
        "Gisteren kwam mijn hulp drie uur te laat.", "Gisteren kreeg ik te horen dat ik geen hulp krijg.",
        "Gisteren lagen mijn gegevens op straat.", "Gisteren belde niemand mij terug.",
        "Gisteren ging de dagbesteding niet door.", "Gisteren werd mijn huis niet goed schoongemaakt.",
        "Gisteren praatte men over mij met de buren.", "Gisteren was de verkeerde persoon gestuurd.",
    )  # fmt: skip
    given = (("about", "1"), *SAFE)
    return tuple(
        Story((what, "Ik krijg ondersteuning.", "Ik heet Henk.", "Mijn nummer is 06 12345678."),
              (("date", YESTERDAY), ("role", "client"), ("name", "Henk"), ("phone", "+31612345678")), given)
        for what in whats
    )  # fmt: skip


STORIES: dict[str, tuple[Story, ...]] = {
    "blijf-groep": _blijf(),
    "ik-ben-er-ook": _ik_ben(),
    "bij-elkaar": _bij_elkaar(),
    "cjg-kennemerland": _cjg(),
    "ben-in-de-buurt": _buurt(),
}
"""Ten stories for each of the five organisations."""
