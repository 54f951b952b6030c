"""The intake summary: what was said or asked, and nothing else."""

from datetime import UTC, date, datetime

from bot.summaries import Summary, plain, summary
from flows.answers import Answer, Value, When
from flows.effects import Intake
from flows.events import Deadline, Reason
from storage.records import CaseLine, Dossier, Entry, Term
from tests.schemes import scheme

RECEIVED = datetime(2026, 5, 20, 10, 4, tzinfo=UTC)
MONDAY = When(date(2026, 5, 11), date(2026, 5, 11))
TUESDAY = When(date(2026, 5, 12), date(2026, 5, 12))
SKIPPED = (("2026-05-25", "whit_monday"),)
CONTACT = Term(
    Deadline("contact", "2026-05-28", Reason(5, "working_days", "2026-05-20", "received", "scheme", SKIPPED)),
    "running",
)
STORY = "Ik woon in de opvang in haarlem. Vorige week dinsdag lachte een medewerker mij uit waar iedereen bij was."


def dossier(
    answers: dict[str, Value | Answer] | None = None,
    *,
    flags: tuple[str, ...] = (),
    skipped: tuple[str, ...] = (),
    refused: tuple[str, ...] = (),
    terms: tuple[Term, ...] = (CONTACT,),
    entries: tuple[Entry, ...] = (),
) -> Dossier:
    given = {
        field: known if isinstance(known, Answer) else Answer(known, "")
        for field, known in (answers or {}).items()
    }
    intake = Intake(
        "complaint",
        "blijf-groep",
        "v1",
        "nl",
        "web",
        RECEIVED.isoformat(),
        given,
        (STORY,),
        flags,
        (),
        skipped,
    )
    line = CaseLine("BG-7K4Q-92", "blijf-groep", "v1", "complaint", "received", RECEIVED, {}, terms)
    return Dossier(line, intake, refused, entries, (), ())


def page(*args: object, **kwargs: object) -> Summary:
    return summary(dossier(*args, **kwargs), scheme("blijf-groep"))  # type: ignore[arg-type]


SAMIRA: dict[str, Value | Answer] = {
    "name": "Samira",
    "role": "client",
    "location": "haarlem",
    "date": Answer(MONDAY, "het was maandag", "corrected", was=TUESDAY),
    "phone": ("+31612345678",),
    "contact_safe": "yes",
    "contact_when": ("not_evening",),
    "subject": ("treatment", "decency"),
    "wish": "gewoon sorry",
}


def test_the_whole_page_reads_as_it_should() -> None:
    assert plain(page(SAMIRA), "In eigen woorden") == "\n".join(
        [
            "BG-7K4Q-92 · klacht · ontvangen wo 20 mei 2026 12:04 · webchat · Nederlands",
            "De klachtenfunctionaris neemt contact op: uiterlijk do 28 mei 2026 "
            "(5 werkdagen, 25 mei Tweede Pinksterdag)",
            "",
            "Wie           Samira · Cliënt                 "
            "Bereiken      06 12345678 (alleen van de cliënt), niet 's avonds",
            "Waar          Haarlem",
            "Wanneer       maandag 11 mei 2026 (verbeterd; eerst: dinsdag 12 mei 2026)",
            "Over          Hoe een medewerker met mij omging · Ik ben niet netjes behandeld",
            'Wil           "gewoon sorry"                  Al besproken  niet gevraagd',
            "",
            "In eigen woorden",
            f'  "{STORY}"',
        ]
    )


def test_what_was_not_asked_and_what_was_not_given_are_told_apart() -> None:
    facts = dict(page({"location": "haarlem"}, skipped=("phone", "wish")).facts)

    assert (facts["Bereiken"], facts["Wil"], facts["Wanneer"], facts["Waar"]) == (
        "niet gegeven", "niet gegeven", "niet gevraagd", "Haarlem",
    )  # fmt: skip


def test_what_must_not_be_missed_stands_apart() -> None:
    found = page(
        flags=("danger:violence", "older_than_allowed", "wzd", "child", "interpreter", "unsafe_contact"),
        refused=("Els de Vries",),
    )

    assert found.flags == (
        "Gevaar: geweld",
        "Dit is lang geleden. Kijk wat de regels zeggen.",
        "Misschien geldt de Wet zorg en dwang.",
        "Een kind.",
        "Er is een tolk nodig.",
        "Let op. Er kan iemand meekijken.",
        "Mag dit niet lezen: Els de Vries.",
    )


def test_only_deadlines_that_run_are_shown() -> None:
    met = Term(CONTACT.deadline, "contact_made")

    assert page(terms=(met,)).deadlines == ()


def test_every_coded_answer_has_words_for_the_officer() -> None:
    coded = {
        "contact_safe": ("yes", "no", "unknown"),
        "safe": ("yes", "no", "unknown"),
        "talked": ("not_yet", "dont_dare", "dont_want", "no_solution", "dissatisfied"),
        "behalf": ("child", "partner", "parent", "family", "client", "other"),
    }
    for field, values in coded.items():
        for value in values:
            facts = page({field: value, "phone": "+31612345678", "name": "Tom"}).facts
            assert [text for _, text in facts if text == value or "office." in text or "value." in text] == []


def test_an_answer_that_is_unknown_is_not_shown_as_a_way_to_reach_someone() -> None:
    facts = dict(page({"phone": "none", "email": "tom@example.org"}).facts)

    assert facts["Bereiken"] == "tom@example.org"


def test_what_was_said_later_is_added_in_the_clients_words() -> None:
    entry = Entry(1, "add", datetime(2026, 5, 23, 9, 0, tzinfo=UTC), "client", "Het gebeurde weer.")

    assert plain(page(entries=(entry,)), "").endswith('za 23 mei 2026, toegevoegd\n  "Het gebeurde weer."')
