"""The five schemes: sound, complete against the ledger of clauses, and quick to read."""

import pytest

from flows import schemes
from flows.checking import check
from tests.mutations import LEDGER, data_of
from tests.schemes import scheme


@pytest.mark.parametrize("id", LEDGER)
def test_a_scheme_that_ships_has_nothing_to_refuse_or_warn_of(id: str) -> None:
    assert check(schemes.text(id), f"{id}.yaml") == ()


def test_the_five_schemes_ship_in_the_order_in_which_they_are_shown() -> None:
    assert schemes.ids() == tuple(LEDGER)


@pytest.mark.parametrize("id", LEDGER)
def test_every_clause_of_a_regulation_stands_at_a_datum_and_no_other(id: str) -> None:
    standing = {clause for _, clauses in data_of(id) for clause in clauses}
    assert standing == set(LEDGER[id])


def test_a_scheme_that_does_not_ship_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        schemes.load("geen-organisatie")


def test_the_five_have_prefixes_and_ids_of_their_own() -> None:
    loaded = [scheme(id) for id in LEDGER]
    assert [one.id for one in loaded] == list(LEDGER)
    assert len({one.prefix for one in loaded}) == 5
