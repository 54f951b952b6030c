"""What both engines run is understood by both."""

import re

import pytest

from storage.postgres import dialect


def test_migration_that_cannot_be_translated_is_not_left_out_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "INSERT INTO a (b) SELECT v.value FROM c, json_each(c.d) AS v;"
    monkeypatch.setattr(dialect, "script", lambda _: said)
    assert dialect.migration("worklist") == []
    with pytest.raises(ValueError, match="the migration newer has to be said"):
        dialect.migration("newer")


def test_query_is_placed_without_touching_casts_and_percents() -> None:
    assert dialect.placed("SELECT a::text, :name LIKE 'x%'") == "SELECT a::text, %(name)s LIKE 'x%%'"


def test_what_is_planned_once_names_its_columns() -> None:
    asked = {
        name: dialect.queries()[name].replace("c.* FROM (SELECT max(id)", "") for name in dialect.PREPARED
    }
    assert [name for name, sql in asked.items() if re.search(r"(SELECT|DISTINCT|\.|,)\s*\*", sql)] == []
    assert dialect.prepared()["take_inbound"] == 'EXECUTE "take_inbound"(%(day)s, %(hash)s, %(process_key)s)'
    assert "VALUES ($1, $2, $3)" in dialect.preparations()
