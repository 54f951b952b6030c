"""However many cases there are: what is asked in a turn, for a list, each second, each hour goes by an index."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from storage.months import months_after
from storage.postgres.dialect import queries
from storage.postgres.transaction import PostgresTransaction
from storage.sqlite import SqliteStore
from storage.sqlite.retention import SHORT
from tests.storage.cluster import Cluster
from tests.storage.made import CLAIM, NOW, PASSWORD, SAMIRA, SCHEME, TOM, file, turn
from tests.storage.many_cases import LIKE, OFFICER, fill, opened

LARGE = frozenset({
    "cases", "entries", "timeline", "terms", "reminders", "notices", "access", "desk_cases", "desk_marks",
    "conversations", "inbound", "correspondents", "attachments", "commits",
})  # fmt: skip
"""The tables that grow with the cases; the others hold what waits, or the organisations' own few rows."""

WHOLE = {"free_conversations", "idle_process_keys"}
"""Asked once when a process died, and once after a process key was changed: they look at every conversation."""

Asked = dict[str, dict[str, object]]


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """What is asked meanwhile: the names of queries, each with values."""
    found: Asked = {}
    said = PostgresTransaction._said

    def hearing(self: PostgresTransaction, name: str, values: dict[str, object]) -> str:
        found.setdefault(name, values)
        return said(self, name, values)

    with monkeypatch.context() as changed:
        changed.setattr(PostgresTransaction, "_said", hearing)
        yield found


async def a_day(store: SqliteStore) -> None:
    """What goes on in a day: turns, deliveries, a complaint, lists, reminders, somebody with a claim code, a purge."""
    for number in range(2):
        draft = await store.load(SAMIRA)
        kept = await store.commit(SAMIRA, draft.version, turn("een"), [b"1", b"2"], f"m{number}", now=NOW)
        if kept.first is not None:
            await store.delivered(kept.first, now=NOW, mark=b"7")
    await store.claim(NOW)
    await store.claim(NOW, [("telegram", SCHEME)])
    await store.wakes(NOW)
    await file(store, TOM, number="BG-9999-99", claim_code="wolk zand lepel")
    for closed in (False, True):
        await store.worklist(SCHEME, OFFICER, today="2026-05-20", soon="2026-05-27", closed=closed, pile="due",
                             location="haarlem", subject="treatment", term="contact")  # fmt: skip
        await store.worklist(SCHEME, OFFICER, today="2026-05-20", soon="2026-05-27", closed=closed)
    saskia = await store.unlock(OFFICER, PASSWORD, now=NOW)
    await store.open_case(LIKE, saskia, now=NOW)
    await store.act(LIKE, saskia, status="closed", now=NOW)
    await store.terms_for(SCHEME, OFFICER)
    await store.case_for(SCHEME, CLAIM)
    later = NOW + timedelta(days=6)
    await store.stirring(later)
    lease = await store.begin_sweep(later)
    assert lease is not None
    await store.notices()
    await store.bearings("BG-9999-99")
    await store.post(lease, [], await store.due_rungs(later), now=later)
    await store.claim_mail(later)
    await store.purge(later)


async def test_what_is_asked_all_day_goes_by_an_index(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, data = cluster.url(cluster.name_of(cluster.new_database())), tmp_path / "data"
    await asyncio.to_thread(fill, url, data, 400)
    async with opened(url, data) as store:
        with listening(monkeypatch) as asked:
            await a_day(store)
    whole = {}
    with psycopg.connect(url) as connection:
        connection.execute("SET enable_seqscan = off")  # then one is left only where no index would do
        said = psycopg.ClientCursor(connection)
        for name, values in asked.items():
            if re.match(r"SELECT|UPDATE|DELETE|WITH", queries()[name]):
                plan = said.execute(b"EXPLAIN " + queries()[name].encode(), values).fetchall()
                found = {table for (line,) in plan for table in re.findall(r"Seq Scan on (\w+)", line)}
                if found & LARGE and name not in WHOLE:
                    whole[name] = sorted(found & LARGE)
    assert (whole, len(asked) > 60) == ({}, True)


def test_no_case_ends_before_it_is_sought() -> None:
    (length,) = re.findall(r"closed \+ keep_months \* (\d+) <=", queries()["finished_cases"])
    days = [datetime(2023, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(0, 1500)]
    for months in (*range(1, 25), 60, 84, 240, 600):
        shortest = min(months_after(day, months) - day for day in days)
        assert shortest + SHORT >= timedelta(seconds=months * int(length))
