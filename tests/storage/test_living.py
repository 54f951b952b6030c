"""A process that was killed holds nothing: the next on this machine takes over at once."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from storage.living import BITS, Living, rights
from storage.opening import open_store
from storage.passwords import QUICK
from storage.sqlite import SqliteStore
from tests.storage.made import NOW, SAMIRA, TOM, keeping, turn

HOLDER = """
import asyncio, sys
from pathlib import Path
from storage.opening import open_store
from storage.passwords import QUICK
from tests.storage.made import NOW, SAMIRA, TOM, keeping, turn

async def hold():
    store = open_store(Path(sys.argv[1]), keeping, cost=QUICK)
    await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
    kept = await store.commit(TOM, 0, turn("een"), [b"3"], now=NOW)
    await store.postpone(kept.first, NOW)
    assert (await store.claim(NOW)).body == b"3"
    assert await store.begin_sweep(NOW) is not None
    print("held", flush=True)
    await asyncio.sleep(600)

asyncio.run(hold())
"""


def opened(data: Path) -> SqliteStore:
    return open_store(data, keeping, cost=QUICK)


def held(data: Path) -> subprocess.Popen[str]:
    """A process that holds rights; wait for its first line."""
    return subprocess.Popen([sys.executable, "-c", HOLDER, str(data)], stdout=subprocess.PIPE, text=True)


async def test_rights_of_a_killed_process_are_taken_over_at_once_and_those_of_a_living_one_never(
    tmp_path: Path,
) -> None:
    second = NOW + timedelta(seconds=1)
    with held(tmp_path) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            async with opened(tmp_path) as store:
                living = await store.claim(second), await store.begin_sweep(second)
                holder.send_signal(signal.SIGKILL)
                holder.wait()
                found = [await store.claim(second) for _ in range(3)]
                sweeping = await store.begin_sweep(second)
        finally:
            holder.kill()

    assert living == (None, None)
    assert [(one.address, one.body) if one else None for one in found] == [(SAMIRA, b"1"), (TOM, b"3"), None]
    assert sweeping is not None


async def test_store_that_was_closed_in_peace_leaves_its_rights_to_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit(SAMIRA, 0, turn("een"), [b"1"], now=NOW)
    async with opened(tmp_path) as store:
        claimed = await store.claim(NOW)

    assert claimed is not None
    assert claimed.body == b"1"


def test_only_who_ended_is_gone_and_is_forgotten_once(tmp_path: Path) -> None:
    first, second, third = (Living(tmp_path / "living") for _ in range(3))
    held = first.right()
    second.right()
    assert (first.gone(), second.gone(), third.gone()) == ((), (), ())
    first.end()
    (gone,) = second.gone()
    least, greatest = rights(gone)
    third.forget(gone)
    second.forget(gone)

    assert least <= held <= greatest
    assert held >> BITS == gone
    assert (second.gone(), third.gone()) == ((), ())
    second.end()


def test_without_a_place_for_the_file_a_right_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "living").write_text("in the way")
    living = Living(tmp_path / "living" / "deeper")

    assert living.right() >> BITS == 0
