"""How often a turn waits for the server: counted, since each time costs a way there and back."""

from pathlib import Path

from storage.engine import Engine
from storage.postgres.engine import PostgresEngine
from storage.records import Address
from tests.storage.cluster import Cluster
from tests.storage.made import NOW, SAMIRA, SCHEME, file, staff, turn
from tests.storage.test_postgres import opened


def trips(engine: Engine) -> int:
    """Messages to the server so far."""
    assert isinstance(engine, PostgresEngine)
    return engine.trips


async def test_turn_takes_few_messages_to_the_server(cluster: Cluster, tmp_path: Path) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        counted = []
        version = 0
        for number, outgoing in enumerate(([], [b"1", b"2"], [b"3"], [])):
            before = trips(store._engine)
            draft = await store.load(SAMIRA)
            loaded = trips(store._engine)
            kept = await store.commit(SAMIRA, draft.version, turn("een"), outgoing, f"m{number}", now=NOW)
            counted.append((loaded - before, trips(store._engine) - loaded))
            version = kept.version
        assert version > 0
        assert counted == [(1, 5), (1, 3), (1, 2), (1, 2)]


async def test_messages_of_a_turn_are_delivered_with_few(cluster: Cluster, tmp_path: Path) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], "m1", now=NOW)
        counted, parcel = [], kept.first
        while parcel is not None:
            before = trips(store._engine)
            parcel = await store.delivered(parcel, now=NOW)
            counted.append(trips(store._engine) - before)
        assert counted == [4, 3]


async def test_list_takes_as_few_however_long_it_is(cluster: Cluster, tmp_path: Path) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        saskia = await staff(store)
        counted = []
        for number in range(4):
            await file(store, Address("web", str(number), SCHEME), number=f"BG-000{number}-00", claim_code="")
            before = trips(store._engine)
            found = await store.worklist(SCHEME, saskia.id, today="2026-05-20", soon="2026-05-27")
            listed = trips(store._engine)
            borne = await store.bearings_of([line.number for line in found.cases])
            counted.append((len(found.cases), len(borne), listed - before, trips(store._engine) - listed))
        assert counted == [(count, count, 5, 3) for count in range(1, 5)]
