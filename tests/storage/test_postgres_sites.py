"""Two real `gehoord serve` processes on one PostgreSQL database: whatever is begun at one goes on at the other."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import aiohttp
import pytest
import pytest_asyncio

from bot import clock
from bot.kept_talk import keeping
from bot.schemes import Schemes
from storage.files import make_directory
from storage.officers import new_recovery
from storage.opening import open_store
from storage.passwords import QUICK
from storage.sqlite import SqliteStore
from storage.sqlite.database import prepare
from tests.desk.site import PASSWORD, DeskSite, visitor
from tests.line.test_pages import Client
from tests.storage.cluster import Cluster
from tests.torture.browser import Browser
from tests.torture.run import ANSWERS, STORY
from tests.torture.site import EARNEST, Site

SECRET = "geheim-van-de-database"
SCHEME, LINE_SCHEME = "blijf-groep", "ik-ben-er-ook"


class Twins:
    """Two sites on one database, the store beside them, and what a visitor of a desk looks for at its site."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.database = url.replace("gehoord@", f"gehoord:{SECRET}@")
        self.environment = {"GEHOORD_DATABASE": self.database}
        self.sites = [Site(self.data, EARNEST, environment=self.environment) for _ in range(2)]
        self.store: SqliteStore
        self.url = ""

    def at(self, number: int) -> DeskSite:
        """What a visitor of the desk of this process has to know."""
        found = Twins.__new__(Twins)
        found.store, found.url = self.store, self.sites[number].url
        return cast(DeskSite, found)

    @property
    def now(self):  # type: ignore[no-untyped-def]
        """The time it is."""
        return clock.now()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def twins(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Twins]:
    """Both are up, and an officer and a confidant are at work."""
    made = Twins(cluster.new_database(), tmp_path_factory.mktemp("twins"))
    schemes = Schemes()
    async with open_store(
        made.data, lambda id: keeping(schemes, id), cost=QUICK, database=made.database
    ) as made.store:
        public, secret = new_recovery()
        recipient = schemes.load(SCHEME).recipient
        assert recipient is not None
        now = clock.now()
        await made.store.set_recovery(SCHEME, public, secret, now=now)
        await made.store.add_officer(SCHEME, recipient.role, "Saskia de Vries", PASSWORD, now=now)
        await made.store.add_confidant(LINE_SCHEME, "Aileen Kivits", PASSWORD, now=now)
        await asyncio.gather(*(site.start() for site in made.sites))
        yield made
        for site in made.sites:
            await site.stop()


@pytest.mark.asyncio(loop_scope="module")
async def test_chat_begun_at_one_goes_on_at_the_other_and_the_officer_reads_it_at_either(
    twins: Twins,
) -> None:
    one, other = (site.url for site in twins.sites)
    browser = Browser(one, f"/{SCHEME}", 0)
    page = await browser.say(await browser.begin(), STORY)
    for step in range(30):
        browser.go_to((other, one)[step % 2])
        option = next((option for option in ANSWERS if option in page.options), None)
        page = await (browser.choose(page, option) if option else browser.say(page, "Het gebeurde weer."))
        if page.filed:
            break
    await browser.close()
    assert page.filed
    (line,) = await twins.store.cases(SCHEME)
    async with visitor(twins.at(0)) as officer:
        await officer.enter(f"{SCHEME}/saskia-de-vries")
        officer.site = twins.at(1)
        listed = line.number in await officer.get("/bureau")
        read = "lachte mij uit" in await officer.open(line.number)
        officer.site = twins.at(0)
        await officer.step(line.number, "contact_made")
        await officer.get("/bureau")
        await officer.post("/bureau/uit")
        officer.site = twins.at(1)
        await officer.get("/bureau")
    done = (await twins.store.filed(line.number)).done
    assert (listed, read, done[-1], officer.path) == (True, True, "contact_made", "/bureau/in")


@pytest.mark.asyncio(loop_scope="module")
async def test_line_opened_at_one_goes_on_at_the_other(twins: Twins) -> None:
    one, other = (site.url for site in twins.sites)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        client = Client(session, one, LINE_SCHEME)
        await client.begin()
        client.base = client.base.replace(one, other)
        said = await client.post("zeg", say="Ik durf niet naar groep.")
        client.base = client.base.replace(other, one)
        await client.post("klaar", do="out")
        client.base = client.base.replace(one, other)
        back = await client.post("in", words=client.code)
    assert ("las je bericht nog niet" in said, "Ik durf niet naar groep." in back) == (True, True)


@pytest.mark.asyncio(loop_scope="module")
async def test_one_of_both_forgets_each_hour_and_neither_tells_the_password(twins: Twins) -> None:
    for _ in range(600):
        logs = "".join(site.log.read_text() for site in twins.sites)
        if "purged" in logs:
            break
        await asyncio.sleep(0.1)
    assert (logs.count("purged "), SECRET in logs) == (1, False)


def refused(folder: Path, database: str) -> tuple[int, str]:
    """What `gehoord serve` ends with, and says."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--data", folder, "serve", "--port", "0"],
        capture_output=True, text=True, timeout=110, check=False, env={**os.environ, "GEHOORD_DATABASE": database},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_process_with_other_keys_refuses_to_start_and_says_why(twins: Twins, tmp_path: Path) -> None:
    code, said = refused(tmp_path / "other", twins.database)
    assert (code, SECRET in said) == (1, False)
    assert "The process keys in the key directory do not belong to this database" in said


@pytest.mark.parametrize(
    ("database", "says"),
    [
        (f"postgresql://gehoord:{SECRET}@127.0.0.1:1/nothing", "The database server does not answer"),
        (f"postgresql://gehoord:{SECRET}@127.0.0.1/x?bad=1", "is no address of a database"),
        (f"mysql://gehoord:{SECRET}@127.0.0.1/x", "GEHOORD_DATABASE begins with postgresql://"),
    ],
)
def test_address_that_leads_nowhere_is_said_without_its_password(
    tmp_path: Path, database: str, says: str
) -> None:
    code, said = refused(tmp_path / "data", database)
    assert (code in (1, 2), SECRET in said, says in said, "Traceback" in said) == (True, False, True, False)


def test_directory_that_holds_a_database_of_its_own_is_refused(twins: Twins, tmp_path: Path) -> None:
    make_directory(tmp_path / "data")
    prepare(tmp_path / "data" / "gehoord.db")
    code, said = refused(tmp_path / "data", twins.database)
    assert (code, "This data directory holds a SQLite database" in said) == (1, True)


def test_doctor_looks_the_server_over(twins: Twins) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--data", twins.data, "doctor"],
        capture_output=True, text=True, timeout=110, check=False, env={**os.environ, **twins.environment},
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert [line for line in lines if "server" in line or line.startswith("error    the database")] == [
        "warning  the server may lose what it kept, or not see that its disk did: data_checksums is off"
    ]
    assert [line for line in lines if "statement" in line] == [
        "warning  PostgreSQL can write statements in its log, with what is kept: set log_min_error_statement=panic"
    ]
    assert f"warning  {SCHEME}: missing stand-in" in lines
    (of_the_line,) = (line for line in lines if "in which order people wrote on the line" in line)
    assert of_the_line.startswith(f"warning  {LINE_SCHEME}: ")
    assert "an installation of its own with SQLite" in of_the_line
