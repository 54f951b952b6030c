"""A small torture on PostgreSQL on every run; the full one is ``make torture ARGS=--postgres``."""

from pathlib import Path

from tests.torture.postgres import KINDS, on_postgres


async def test_killed_processes_connections_servers_and_primaries_lose_nothing(tmp_path: Path) -> None:
    count = await on_postgres(tmp_path, kills=len(KINDS), people=3, seed=11)
    assert (count.lost, count.doubled, count.disordered) == (0, 0, 0)
    assert count.kills == len(KINDS)
    assert count.filed >= 3
