"""Guessing at a code: each try costs the same stretching, tells nothing, and soon has to wait."""

from pathlib import Path

import aiohttp
import pytest

import storage.passwords
from bot.web import limits
from bot.web.limits import RATES
from tests.desk.site import PASSWORD, desk_site
from tests.line.client import Client
from tests.line.conftest import SCHEME


@pytest.mark.parametrize("kind", ["there", "elsewhere", "no code", "wiped", "nothing"])
async def test_a_wrong_code_costs_one_stretching_like_the_right_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    costs: list[object] = []
    stretched = storage.passwords.stretch

    def counted(secret: str, salt: bytes, cost: object) -> bytes:
        costs.append(cost)
        return stretched(secret, salt, cost)  # type: ignore[arg-type]

    async with desk_site(tmp_path) as site:
        await site.store.add_confidant(SCHEME, "Aileen Kivits", PASSWORD, now=site.now)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            client = Client(session, site.url)
            await client.begin()
            if kind == "wiped":
                await client.post("klaar", do="wipe")
            words = client.code.split()
            typed = {
                "there": [*words[:2], *reversed(words[2:])],
                "elsewhere": [*reversed(words[:2]), *words[2:]],
                "no code": ["zomaar", "iets"],
                "wiped": words,
                "nothing": [],
            }[kind]
            await client.get()
            monkeypatch.setattr(storage.passwords, "stretch", counted)
            monkeypatch.setattr("storage.sqlite.lines.stretch", counted)
            wrong = await client.post("in", words=" ".join(typed))
            status, cost = client.status, list(costs)

        assert (status, "Deze woorden passen niet." in wrong, len(cost)) == (404, True, 1)


async def test_who_tries_many_codes_has_to_wait_and_is_remembered_in_memory_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "monotonic", lambda: 0.0)  # all at once, on a busy machine too
    async with desk_site(tmp_path, calm=False) as site:
        await site.store.add_confidant(SCHEME, "Aileen Kivits", PASSWORD, now=site.now)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            client = Client(session, site.url)
            await client.get()
            found = []
            for _ in range(RATES["code"].burst + 1):
                await client.post("in", words="zomaar iets")
                found.append(client.status)
    assert found == [*[404] * RATES["code"].burst, 429]
    stored = [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert [path for path in stored if b"127.0.0.1" in path] == []
