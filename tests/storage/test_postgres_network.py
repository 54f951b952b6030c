"""A real site on PostgreSQL over the network: TCP, TLS with a certificate that is looked at, and a role without rights.

As docs/operators.md has it: two servers, of which one follows the other, named in one address; the role owns its
database and nothing else.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from bot import clock
from bot.kept_talk import keeping
from bot.schemes import Schemes
from storage.officers import new_recovery
from storage.opening import open_store
from storage.passwords import QUICK
from tests.reminders.mailserver import certificate
from tests.storage.cluster import Cluster
from tests.storage.made import PASSWORD
from tests.torture.browser import Browser, Page
from tests.torture.place import Place
from tests.torture.run import ANSWERS, SCHEME, STORY, filed_texts
from tests.torture.site import EARNEST, Site

ROLE, SECRET, NAME = "klacht", "geheim-over-de-draad", "klachten"
WORDS = "Het gebeurde voor de tweede keer. feit2"


class Pair(NamedTuple):
    """A server and the one that follows it, and the certificate of both."""

    primary: Cluster
    standby: Cluster
    trusted: Path

    def url(self, **settings: object) -> str:
        """Where the database of the role is, at whichever of both takes changes."""
        ports = f"127.0.0.1:{self.primary.port},127.0.0.1:{self.standby.port}"
        usual = {"sslmode": "verify-full", "sslrootcert": self.trusted, "target_session_attrs": "read-write"}
        asked = "&".join(f"{name}={value}" for name, value in (usual | settings).items())
        return f"postgresql://{ROLE}:{SECRET}@{ports}/{NAME}?{asked}"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Both are up, and the role has its database."""
    _, trusted = certificate(tmp_path)
    primary = Cluster()
    followers = []
    places = [Place(), Place()]
    try:
        primary.listen(places[0].port, trusted)
        primary.start()
        primary.run("postgres", f"CREATE ROLE {ROLE} LOGIN PASSWORD '{SECRET}'")
        primary.run("postgres", f"CREATE DATABASE {NAME} OWNER {ROLE} ENCODING UTF8 TEMPLATE template0")
        followers.append(standby := Cluster(of=primary))
        standby.listen(places[1].port, trusted)
        standby.start()
        primary.await_standby()
        yield Pair(primary, standby, trusted)
    finally:
        for server in (*followers, primary):
            server.remove()
        for place in places:
            place.close()


async def test_site_files_over_tls_and_goes_on_at_the_promoted_standby(pair: Pair, tmp_path: Path) -> None:
    data, schemes = tmp_path / "data", Schemes()
    async with open_store(data, lambda id: keeping(schemes, id), cost=QUICK, database=pair.url()) as store:
        public, secret = new_recovery()
        recipient = schemes.load(SCHEME).recipient
        assert recipient is not None
        await store.set_recovery(SCHEME, public, secret, now=clock.now())
        officer = await store.add_officer(
            SCHEME, recipient.role, "Saskia de Vries", PASSWORD, now=clock.now()
        )
        async with Site(data, EARNEST, environment={"GEHOORD_DATABASE": pair.url()}) as site:
            browser = Browser(site.url, f"/{SCHEME}", 0)
            page = await browser.say(await browser.begin(), f"{STORY} feit1")
            with psycopg.connect(pair.primary.url(NAME)) as connection:
                secure = connection.execute(
                    "SELECT DISTINCT s.ssl, a.client_addr IS NULL, a.usename FROM pg_stat_activity AS a"
                    " JOIN pg_stat_ssl AS s USING (pid) WHERE a.datname = %s AND a.usename = %s",
                    [NAME, ROLE],
                ).fetchall()
            await asyncio.to_thread(pair.primary.crash)
            await asyncio.to_thread(pair.standby.promote)
            page = await _to_the_end(browser, page)
            await browser.close()
            log = site.log.read_text()
        saskia = await store.unlock(officer.id, PASSWORD, now=clock.now())
        texts = await filed_texts(store, saskia)
    assert (secure, page.filed, SECRET in log) == ([(True, False, ROLE)], True, False)
    assert texts == [[f"{STORY} feit1", WORDS]]


async def _to_the_end(browser: Browser, page: Page) -> Page:
    """Say one thing more, answer what is asked, and send it."""
    page = await browser.say(page, WORDS)
    for _ in range(30):
        option = next((one for one in ANSWERS if one in page.options), None)
        page = await (browser.choose(page, option) if option else browser.say(page, "Het was een ander."))
        if page.filed:
            break
    return page


@pytest.mark.parametrize("how", ["another certificate", "another name", "without TLS"])
def test_server_that_is_not_the_one_meant_is_not_talked_with(pair: Pair, tmp_path: Path, how: str) -> None:
    (tmp_path / "other").mkdir()
    database = {
        "another certificate": lambda: pair.url(sslrootcert=certificate(tmp_path / "other")[1]),
        "another name": lambda: pair.url().replace("127.0.0.1", "localhost"),
        "without TLS": lambda: pair.url(sslmode="disable"),
    }[how]()
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--data", tmp_path / "data", "serve", "--port", "0"],
        capture_output=True, text=True, timeout=110, check=False, env={**os.environ, "GEHOORD_DATABASE": database},
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert (done.returncode, "The database server does not answer" in said, SECRET in said) == (
        1,
        True,
        False,
    )
