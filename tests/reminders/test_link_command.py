"""`gehoord officer link` prints a link to Telegram, or sends one to a mail address; both work once."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import clock
from bot.desk import reach
from storage.opening import open_store
from storage.passwords import QUICK
from tests.reminders.postbox import Postbox, postbox
from tests.storage.made import NOW, SCHEME, keeping, staff
from tests.telegram_emulator import Emulator

ID = f"{SCHEME}/saskia-de-vries"
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A data directory with a handler and a stand-in."""
    async with open_store(tmp_path / "data", keeping, cost=QUICK) as store:
        await staff(store)
    return tmp_path / "data"


@pytest.fixture
async def box() -> AsyncIterator[Postbox]:
    async with postbox() as made:
        yield made


async def link(data: Path, *words: str, **settings: str) -> tuple[int, str]:
    """Run the command in a process of its own; returns its status and what it said."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GEHOORD_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "--data", str(data), "officer", "link", ID, *words, cwd=ROOT,
        env={**own, **settings}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await asyncio.wait_for(process.communicate(), 100)
    assert process.returncode is not None
    return process.returncode, said.decode()


def mailing(box: Postbox) -> dict[str, str]:
    """The settings of this mail server."""
    return {"GEHOORD_SMTP_HOST": "127.0.0.1", "GEHOORD_SMTP_PORT": str(box.port), "GEHOORD_SMTP_TLS": "off",
            "GEHOORD_MAIL_FROM": "gehoord@example.org", "GEHOORD_ORIGIN": "https://desk.example.org"}  # fmt: skip


async def contact(data: Path) -> str:
    async with open_store(data, keeping, cost=QUICK) as store:
        return next(one.contact for one in await store.officers(SCHEME) if one.id == ID)


async def test_link_to_telegram_is_printed_and_is_the_one_that_waits(data: Path) -> None:
    async with Emulator() as telegram:
        bot = {"GEHOORD_TELEGRAM_TOKEN": telegram.token, "GEHOORD_TELEGRAM_API": telegram.url}
        status, said = await link(data, **bot)
    token = said.partition("?start=")[2].strip()
    assert (status, said.splitlines()[0], said.splitlines()[2].partition("?")[0].strip()) == (
        0, "Give this to Saskia de Vries. It works once, for 15 minutes:", "https://t.me/gehoord_bot",
    )  # fmt: skip
    async with open_store(data, keeping, cost=QUICK) as store:
        asked = reach.Asked(reach.Account("1", "2"), "Saskia")
        officer = await reach.show(store, token, asked, (SCHEME,), now=NOW)
    assert officer is not None
    assert officer.id == ID


async def test_mail_address_gets_a_link_and_changes_only_when_it_is_used(data: Path, box: Postbox) -> None:
    before = await contact(data)
    status, said = await link(data, "nieuw@example.org", **mailing(box))
    assert (status, said) == (
        0, "A mail with a link went to nieuw@example.org. It works once, for a day; until then nothing changes.\n",
    )  # fmt: skip
    assert (await contact(data), [str(mail["To"]) for mail in box.mails]) == (before, ["nieuw@example.org"])
    body = box.mails[0].get_body(("plain",))
    assert body is not None
    token = body.get_content().partition("https://desk.example.org/bureau/adres/")[2].split()[0]
    async with open_store(data, keeping, cost=QUICK) as store:
        assert await reach.confirm(store, token, now=NOW) is not None
        assert await reach.confirm(store, token, now=NOW) is None
    assert await contact(data) == "nieuw@example.org"


async def test_address_is_set_at_once_only_when_it_is_said_to_be_confirmed(data: Path) -> None:
    status, said = await link(data, "nieuw@example.org", "--confirmed")
    assert (status, said) == (0, f"Notices for {ID} go to nieuw@example.org.\n")
    assert await contact(data) == "nieuw@example.org"


async def test_address_before_it_waits_to_be_told_and_where_there_was_none_nobody_does(data: Path) -> None:
    before = await contact(data)
    waiting = []
    for first in ("", before):
        async with open_store(data, keeping, cost=QUICK) as store:
            await store.set_contact(ID, first, now=clock.now())
        for _ in range(2):
            await link(data, "nieuw@example.org", "--confirmed")
        async with open_store(data, keeping, cost=QUICK) as store:
            waiting.append([one.address for one in (await reach.left(store, now=clock.now())).values()])
    assert waiting == [[], [before]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "there is no Telegram bot for this organisation: set GEHOORD_TELEGRAM_TOKEN"),
        (("nieuw@example.org",), "no link can be sent: set GEHOORD_SMTP_HOST."),
        (("telegram:4242",), "'telegram:4242' is no mail address."),
        (("a@b\r\nBcc: c@example.org",), "is no mail address."),
    ],
)
async def test_what_cannot_be_linked_is_said_with_what_to_do(
    data: Path, words: tuple[str, ...], expected: str
) -> None:
    before = await contact(data)
    status, said = await link(data, *words)
    assert (status, expected in " ".join(said.split())) == (2, True)
    assert await contact(data) == before


async def test_mail_server_that_refuses_leaves_everything_as_it_was(data: Path, box: Postbox) -> None:
    box.refused = {"nieuw@example.org"}
    status, said = await link(data, "nieuw@example.org", **mailing(box))
    assert (status, "Nothing changed." in " ".join(said.split()), box.mails) == (1, True, [])
    async with open_store(data, keeping, cost=QUICK) as store:
        assert await reach.awaited(store, ID, now=NOW) == ""
