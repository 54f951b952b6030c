"""The clauses that officers enact and no conversation shows: their steps, letters, reports and what is kept."""

import pytest

from flows.scheme import Clause, Office, Scheme
from tests.mutations import scheme_of
from tests.schemes import scheme


def steps(clause: str) -> tuple[str, ...]:
    """The steps of officers that carry `clause`."""
    return tuple(step.id for step in of(clause).steps if carries(step.clause, clause))


def of(clause: str) -> Scheme:
    return scheme(scheme_of(clause))


def carries(clauses: Clause, clause: str) -> bool:
    return clause in (clauses if isinstance(clauses, tuple) else (clauses,))


STEPS = {
    "BG-8": ("contact_made",),
    "BG-9": ("talk_planned", "talk_held", "written_response", "solution_found"),
    "BG-11": ("copy_given",),
    "BG-12": ("referred",),
    "BE-4a": ("talk_planned", "talk_held"),
    "BE-4b": ("document_filed",),
    "BE-5a": ("solution_agreed", "solution_done"),
    "BE-5b": ("follow_up_held", "satisfied", "not_satisfied", "referred"),
    "BE-8": ("improvement_noted",),
    "BE-9": ("evaluation_held",),
    "CJ-3": ("contact_made", "steps_agreed"),
    "CJ-4": ("mediation_started", "mediation_held", "solution_found"),
    "CJ-5": ("referred",),
    "BB-1": ("contact_made",),
    "BB-3c": ("uninvolved_declared",),
    "BB-4": ("response_requested", "talk_held"),
    "BB-5": ("solution_found", "agreements_sent"),
    "BB-6": ("referred",),
    "BB-7a": ("investigation_confirmed",),
    "BB-7b": ("response_received",),
    "BB-7c": ("report_made",),
    "BB-7d": ("outcome_sent",),
    "BB-8": ("mediation_started", "mediation_held", "withdrawal_confirmed"),
    "BB-10": ("measures_recorded", "report_sent"),
}


@pytest.mark.parametrize(
    "clause", [pytest.param(clause, marks=pytest.mark.clause(clause)) for clause in STEPS]
)
def test_officers_can_take_the_steps_of_a_clause(clause: str) -> None:
    assert steps(clause) == STEPS[clause]


LETTERS = {
    "BE-4b": {"complaint_document": ("complaint", "facts", "solutions", "agreed_date")},
    "BB-5": {"agreements": ("date", "facts", "agreements")},
    "BB-7a": {"investigation": ("complaint", "investigation")},
    "BB-7b": {"response_request": ("extract", "respond_by")},
    "BB-7d": {"outcome": ("outcome", "reasons", "measures")},
    "BB-8": {"withdrawal": ("date", "stopped")},
    "BB-12": {"response_request": ("extract", "respond_by")},
}


@pytest.mark.parametrize(
    "clause", [pytest.param(clause, marks=pytest.mark.clause(clause)) for clause in LETTERS]
)
def test_a_letter_holds_the_parts_that_its_clause_names(clause: str) -> None:
    found = {letter.id: letter.parts for letter in of(clause).letters if carries(letter.clause, clause)}
    assert found == LETTERS[clause]


@pytest.mark.clause("BE-9")
def test_the_yearly_evaluation_counts_subjects_outcomes_and_improvements() -> None:
    assert [(r.id, r.period, r.what) for r in of("BE-9").reports] == [
        ("evaluation", "year", ("subject", "outcome", "improvements"))
    ]


@pytest.mark.clause("BB-10")
def test_the_municipality_gets_subjects_and_measures_and_no_small_numbers() -> None:
    assert [(r.id, r.period, r.what, r.suppress) for r in of("BB-10").reports] == [
        ("gon", "quarter", ("subject", "measures"), 5)
    ]


@pytest.mark.clause("BB-10")
def test_the_report_of_groningen_goes_to_its_municipality() -> None:
    contact = of("BB-10").contacts.get("municipality")
    assert contact is not None
    assert contact.label["nl"] == "de gemeente Groningen"


@pytest.mark.clause("BG-10")
def test_a_dossier_is_kept_five_years_and_then_destroyed_unless_held() -> None:
    kept = of("BG-10").retention
    assert (kept.minimum, kept.maximum, kept.hold) == (60, 60, True)


@pytest.mark.clause("CJ-10")
def test_a_dossier_is_kept_at_least_two_years_and_at_most_three() -> None:
    kept = of("CJ-10").retention
    assert (kept.minimum, kept.maximum) == (24, 36)


@pytest.mark.clause("CJ-11")
def test_the_cjg_works_from_monday_to_friday() -> None:
    assert of("CJ-11").office.days == ("mo", "tu", "we", "th", "fr")
    assert of("CJ-11").office != Office()


@pytest.mark.parametrize(
    ("clause", "id", "starts", "ends", "label"),
    [
        pytest.param("BE-5a", "solution", "solution_agreed", "solution_done", "De oplossing is uitgevoerd",
                     marks=pytest.mark.clause("BE-5a")),
        pytest.param("BE-5b", "follow_up", "solution_done", "follow_up_held", "De directie praat weer met je",
                     marks=pytest.mark.clause("BE-5b")),
        pytest.param("CJ-3", "contact", "received", "contact_made", "Iemand van het CJG zoekt contact",
                     marks=pytest.mark.clause("CJ-3")),
    ],
)  # fmt: skip
def test_an_agreed_term_has_no_count_but_a_day_that_the_officer_records(
    clause: str, id: str, starts: str, ends: str, label: str
) -> None:
    agreed = [term for term in of(clause).terms if term.basis == "agreed" and carries(term.clause, clause)]
    assert [(t.id, t.starts, t.ends, t.count, t.label["nl"]) for t in agreed] == [
        (id, starts, ends, 0, label)
    ]


def links(clause: str) -> list[tuple[str, str, str | None]]:
    """The documents that carry `clause`: id, Dutch title, address."""
    return [
        (link.id, link.label["nl"], link.url) for link in of(clause).links if carries(link.clause, clause)
    ]


@pytest.mark.clause("BG-13")
def test_the_regulation_of_blijf_groep_is_a_document_whose_address_is_to_be_filled_in() -> None:
    assert links("BG-13") == [("regulation", "De klachtenregeling", None)]


@pytest.mark.clause("BG-10")
def test_the_privacy_statement_of_blijf_groep_is_a_document_whose_address_is_to_be_filled_in() -> None:
    assert links("BG-10") == [("privacy", "De Privacyverklaring", None)]


@pytest.mark.clause("CJ-6")
def test_the_rules_of_the_commission_are_named_without_an_address() -> None:
    assert links("CJ-6") == [
        ("commission_rules", "Reglement Onafhankelijke Klachtencommissie Cliënten", None)
    ]


@pytest.mark.clause("BE-6")
def test_the_rules_of_kpz_for_youth_care_are_those_of_the_outside_rung() -> None:
    assert links("BE-6") == [
        (
            "kpz_rules",
            "De regels voor jeugdzorg",
            "https://klachtenportaalzorg.nl/klachtenprocedure-jeugdzorg/",
        )
    ]
    assert [rung.id for rung in of("BE-6").ladder if rung.rules == "kpz_rules"] == ["kpz"]


@pytest.mark.clause("BG-11")
def test_the_dossier_of_blijf_groep_is_asked_for_by_mail() -> None:
    contact = of("BG-11").fact_contact("dossier_readable")
    assert contact is not None
    assert contact.email == "klacht@blijfgroep.nl"


@pytest.mark.clause("BE-6")
def test_the_confidant_of_youth_care_costs_nothing_and_is_still_to_be_confirmed() -> None:
    found = [c for c in of("BE-6").confidants if carries(c.clause, "BE-6")]
    assert [(c.id, c.contact, c.free, c.unconfirmed) for c in found] == [
        ("jeugdstem", "jeugdstem", True, True)
    ]
