"""The changed copies of `make clauses`: each differs from its scheme, and nearly all can still be read."""

import json

import msgspec
import pytest

from flows.loading import parse
from flows.scheme import Scheme
from tests.mutations import LEDGER, mutations, plain, unchanged
from tests.schemes import scheme


@pytest.mark.parametrize("id", LEDGER)
def test_each_changed_copy_differs_from_the_scheme(id: str) -> None:
    same = unchanged(id)
    assert [mutation.what for mutation in mutations(id) if mutation.text == same] == []


@pytest.mark.parametrize("id", LEDGER)
def test_each_clause_is_deleted_and_altered(id: str) -> None:
    kinds = {(clause, mutation.kind) for mutation in mutations(id) for clause in mutation.clauses}
    assert kinds == {(clause, kind) for clause in LEDGER[id] for kind in ("deleted", "altered")}


@pytest.mark.parametrize("id", LEDGER)
def test_the_changed_copies_fit_the_model(id: str) -> None:
    fitting = [msgspec.convert(json.loads(mutation.text), Scheme).id for mutation in mutations(id)]
    assert set(fitting) == {id}


@pytest.mark.parametrize("id", LEDGER)
def test_the_unchanged_copy_is_the_same_scheme(id: str) -> None:
    copied = parse(unchanged(id), f"{id}.yaml")
    original = scheme(id)
    assert {name: getattr(copied, name) for name in plain(id)} == {
        name: getattr(original, name) for name in plain(id)
    }
