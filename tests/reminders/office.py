"""An organisation that is reminded: its officers, one case, and its mail server."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.reminders.round import Done, one_round
from bot.schemes import Schemes
from flows.calendar.zone import AMSTERDAM
from flows.effects import Note
from storage.officers import Unlocked
from storage.opening import keeping_of, open_store
from storage.passwords import QUICK
from storage.sqlite import SqliteStore
from tests import schemes
from tests.reminders.postbox import Postbox, postbox
from tests.storage.made import NOW, PASSWORD, SCHEME, file, staff

NUMBER, SASKIA, KAREL = "BG-7K4Q-92", "saskia@example.org", "karel@example.org"
BOSS, ADDRESS = "marga@example.org", "klacht@blijfgroep.nl"
ORIGIN = "https://bureau.example.org"
SCHEMES = Schemes()


def at(text: str) -> datetime:
    """A moment on the clock of Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


class Office:
    """An organisation with a handler, a stand-in, a manager and one case, and its mail server."""

    def __init__(self, store: SqliteStore, box: Postbox, saskia: Unlocked) -> None:
        self.store, self.box, self.saskia = store, box, saskia

    async def given(self) -> None:
        """Samira's complaint came in and was given to Saskia."""
        await file(self.store)
        await self.store.act(
            NUMBER, self.saskia, (Note(NUMBER, f"assigned:{SCHEME}/saskia-de-vries"),), now=NOW
        )

    async def round(self, when: str) -> Done:
        """What `gehoord serve` does each minute."""
        return await one_round(self.store, SCHEMES, self.box.setting, ORIGIN, lambda: at(when))

    async def told(self, when: str) -> list[str]:
        """To whom mail goes at this moment."""
        before = len(self.box.mails)
        await self.round(when)
        return sorted(str(mail["To"]) for mail in self.box.mails[before:])


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """The organisation on Wednesday 20 May 2026; the complaint is to be answered by Thursday 28 May."""
    keeping = lambda id: keeping_of(SCHEMES.load(id))  # noqa: E731
    async with open_store(tmp_path / "data", keeping, cost=QUICK) as store, postbox() as box:
        saskia = await staff(store)
        await store.set_contact(f"{SCHEME}/karel-bos", KAREL, now=NOW)
        boss = await store.add_officer(SCHEME, "manager", "Marga Baas", PASSWORD, BOSS, now=NOW)
        await store.approve(boss.id, saskia, now=NOW)
        yield Office(store, box, saskia)


def own_schemes(folder: Path, old: str, new: str) -> Schemes:
    """The schemes, of which this one has something else in its file."""
    text = schemes.text(SCHEME)
    assert old in text
    (folder / "schemes").mkdir()
    (folder / "schemes" / f"{SCHEME}.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return Schemes(folder / "schemes")
