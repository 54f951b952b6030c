"""Every date explains itself: each part of a reason is a sentence."""

import pytest

from flows import resources
from flows.events import Reason
from locales import known, reason

START = "De tijd gaat in na woensdag 20 mei 2026."


def why(count: int = 5, unit: str = "working_days", **rest: object) -> Reason:
    return Reason(count, unit, "2026-05-20", "received", **({"basis": "scheme"} | rest))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (why(), f"{START} Dat zijn 5 werkdagen."),
        (why(1), f"{START} Dat is 1 werkdag."),
        (why(2, "weeks"), f"{START} Dat zijn 2 weken."),
        (why(1, "months"), f"{START} Dat is 1 maand."),
        (why(14, "days"), f"{START} Dat zijn 14 dagen."),
        (why(5, "years"), f"{START} Dat is 5 jaar."),
        (why(0, basis="agreed"), "Die dag is gekozen op woensdag 20 mei 2026."),
        (
            why(6, "weeks", basis="statutory", article="Wkkgz 17"),
            f"{START} Dat zijn 6 weken. Dat staat in de wet (Wkkgz 17).",
        ),
        (
            why(skipped=(("2026-05-25", "whit_monday"),)),
            f"{START} Dat zijn 5 werkdagen. "
            "Maandag 25 mei 2026 telt niet mee: dan is het Tweede Pinksterdag.",
        ),
        (
            why(skipped=(("2026-05-22", "closed_weekday"),)),
            f"{START} Dat zijn 5 werkdagen. Vrijdag 22 mei 2026 telt niet mee: dan werken ze niet.",
        ),
        (
            why(
                6, "weeks", basis="statutory", rolled=(("2026-12-25", "christmas"), ("2026-12-27", "sunday"))
            ),
            f"{START} Dat zijn 6 weken. "
            "De tijd mag niet om zijn op vrijdag 25 december 2026: dan is het Eerste Kerstdag. "
            "De tijd mag niet om zijn op zondag 27 december 2026, in het weekend. "
            "Dan geldt de dag erna, zegt de wet.",
        ),
        (why(2, "weeks", paused_days=3), f"{START} Dat zijn 2 weken. De tijd stond 3 dagen stil."),
        (
            why(2, "weeks", paused_since="2026-05-22"),
            f"{START} Dat zijn 2 weken. De tijd staat stil sinds vrijdag 22 mei 2026.",
        ),
        (
            why(6, "weeks", extended="2026-07-01"),
            f"{START} Dat zijn 6 weken. Eerst was het woensdag 1 juli 2026. Er is één keer meer tijd genomen.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_reason_is_worded(given: Reason, words: str) -> None:
    assert reason(given, "nl") == words


@pytest.mark.parametrize("locale", ["nl", "nl@u", "nl@kind", "en"])
def test_every_day_that_can_be_passed_over_has_a_reason_in_words(locale: str) -> None:
    holidays = [row[0] for row in resources.table("calendar/holidays.tsv")]
    skipped = tuple(("2026-05-25", id) for id in (*holidays, "closed_weekday"))
    rolled = tuple(
        ("2026-05-25", id) for id in (*holidays, "saturday", "sunday", "decree", "two_ordinary_days")
    )

    words = reason(why(skipped=skipped, rolled=rolled), locale)

    assert [part for part in words.split() if part.startswith("time.")] == []
    assert known("time.reason.rolls", locale)
