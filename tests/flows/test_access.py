"""Asking to see one's dossier: a right beside the complaint, with a term of its own (AVG 12(3), 15)."""

from datetime import date

import pytest

from flows import regimes, terms
from flows.effects import Notify, PassOn, SetTerm
from flows.events import Filed
from flows.terms import TermError
from tests.conversing import Client
from tests.schemes import scheme

ASKED = date(2026, 5, 20)


def asked(*, received: bool = True) -> Filed:
    """A case of Blijf Groep whose client asked for the dossier."""
    of = scheme("blijf-groep")
    begun = terms.start(of, "received", ASKED) if received else ()
    return terms.step(Filed("BG-1", "received", begun), of, "access_asked", ASKED)


def days(case: Filed) -> dict[str, str]:
    return {item.id: item.date for item in case.deadlines}


@pytest.mark.clause("BG-11")
def test_asking_for_the_dossier_begins_a_month_and_passes_it_to_a_person_once() -> None:
    client = Client("blijf-groep").says("Gisteren lachte een medewerker mij uit in Haarlem.")
    while "send" not in client.options:
        client.chooses(next(id for id in ("skip", "yes") if id in client.options))
    client.chooses("send").says("ik wil een kopie van mijn dossier")
    orders = [effect for effect in client.effects if isinstance(effect, SetTerm | PassOn | Notify)]
    assert [type(one) for one in orders[-3:]] == [PassOn, Notify, SetTerm]
    (begun,) = [one.deadline for one in orders if isinstance(one, SetTerm)]
    # 20 June is a Saturday: a term of a law runs on to the next working day.
    assert (begun.id, begun.date, begun.why.article) == (regimes.ACCESS, "2026-06-22", "AVG 12(3)")
    client.waits(days=2).says("ik wil mijn dossier zien")
    assert [one.deadline for one in client.effects if isinstance(one, SetTerm)] == [begun]


def test_closing_the_complaint_ends_its_terms_and_not_the_access_request() -> None:
    case = terms.step(asked(), scheme("blijf-groep"), "closed", date(2026, 5, 22))
    assert days(case) == {regimes.ACCESS: "2026-06-22"}


@pytest.mark.parametrize("step", ["copy_given", "access_refused"])
def test_giving_a_copy_or_refusing_it_with_reasons_meets_the_term(step: str) -> None:
    case = terms.step(asked(), scheme("blijf-groep"), step, date(2026, 5, 22), reason="x")
    assert days(case) == {"contact": "2026-05-28"}


def test_access_can_be_put_off_two_months_once_with_reasons() -> None:
    of = scheme("blijf-groep")
    longer = terms.step(asked(received=False), of, "extended", date(2026, 6, 1), reason="Het is veel.")
    assert days(longer) == {regimes.ACCESS: "2026-08-20"}
    for reason, code in (("", "no_reason"), ("Nog meer.", "already_extended")):
        with pytest.raises(TermError) as error:
            terms.step(longer, of, "extended", date(2026, 6, 2), reason=reason)
        assert error.value.code == code


def test_right_holds_under_every_law_and_no_scheme_can_name_it() -> None:
    for regime in regimes.REGIMES:
        assert regimes.ACCESS in {rule.id for rule in terms.rules_of(scheme("blijf-groep"), regime=regime)}
    assert set(regimes.EVERYWHERE) & set(regimes.REGIMES) == set()
