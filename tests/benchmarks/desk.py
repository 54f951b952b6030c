"""How long today's list takes with many open cases: ``python -m tests.benchmarks.desk``.

Fetches the page from a real site on this machine, with 100 open cases and with 10,000. The aim is at most three
times as long.
"""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from tests.desk.site import DeskSite, Visitor, desk_site, visitor

FEW, MANY, TIMES, AIM = 100, 10_000, 25, 3.0


async def main() -> None:
    """Measures, and says how it went."""
    took = []
    for count in (FEW, MANY):
        with tempfile.TemporaryDirectory() as folder:
            async with desk_site(Path(folder), demo=True) as site, visitor(site) as officer:
                saskia = await site.staff("blijf-groep")
                await site.file("blijf-groep", "BG-0", location="haarlem", subject=("treatment",))
                multiply(site, Path(folder) / "data" / "gehoord.db", count - 1)
                await officer.enter(saskia.id)
                assert f"<b>{count}</b>" in officer.page
                took.append(await median(officer))
                print(f"{count:>7} open cases: {took[-1] * 1000:6.1f} ms for the page")
    print(f"{took[1] / took[0]:.2f} times; the aim is {AIM:.0f}")


async def median(officer: Visitor) -> float:
    """The median time of fetching the list, in seconds."""
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        await officer.get("/bureau")
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def multiply(site: DeskSite, path: Path, count: int) -> None:
    """Puts so many cases beside the first, each a day apart in its term: rows as the store writes them."""
    connection = sqlite3.connect(path)
    numbers = ", ".join(f"('BG-{at}', {at})" for at in range(1, count + 1))
    connection.execute("CREATE TEMP TABLE more (number TEXT, at INTEGER)")
    connection.execute(f"INSERT INTO more VALUES {numbers}")
    changes = {
        "cases": {"number": "m.number", "slot": "t.slot + m.at"},
        "terms": {"number": "m.number", "date": "date('2026-05-01', '+' || (m.at % 60) || ' days')"},
        "entries": {"number": "m.number", "id": "t.id - m.at"},
        "desk_cases": {
            "number": "m.number",
            "due": "date('2026-05-01', '+' || (m.at % 60) || ' days')",
        },
        "desk_marks": {"number": "m.number"},
    }
    for table, changed in changes.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(changed.get(name, f"t.{name}") for name in columns)
        source = f"SELECT {values} FROM {table} AS t, more AS m WHERE t.number = 'BG-0'"
        connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) {source}")
    connection.commit()
    connection.close()


if __name__ == "__main__":
    asyncio.run(main())
