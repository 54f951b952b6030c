"""The torture on PostgreSQL: three processes on one database, and everything is killed in turn.

Each person presses at another process each time. Killed are a process (SIGKILL), all connections at once, the server
(as by a power cut; it is started again), and the primary: then the standby is promoted, and what was the primary begins
anew as its standby. What is acknowledged is on both, so the same is counted as on SQLite: nothing lost, nothing
doubled, nothing out of order.
"""

import asyncio
import random
from pathlib import Path

from bot import clock
from bot.kept_talk import keeping
from bot.schemes import Schemes
from storage.officers import Unlocked, new_recovery
from storage.opening import open_store
from storage.passwords import QUICK
from storage.store import Store
from tests.storage.cluster import Cluster
from tests.storage.made import PASSWORD
from tests.torture.progress import killed
from tests.torture.run import SCHEME, Count, Person, count_confirmed, filed_texts
from tests.torture.site import EARNEST, Site

KINDS = ("process", "connections", "server", "primary")
PROCESSES = 3
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
)


class Servers:
    """A primary and its standby, which change places."""

    def __init__(self) -> None:
        self.primary = self.other = Cluster()
        self.name = self.url = ""

    def start(self) -> None:
        """Start both."""
        self.primary.start()
        self.name = self.primary.name_of(self.primary.new_database())
        self.other = self.primary.standby()
        hosts = f"{self.primary.folder},{self.other.folder}"
        self.url = f"postgresql://gehoord@/{self.name}?host={hosts}&target_session_attrs=read-write"

    def hit(self, kind: str) -> None:
        """Kill something of it, and set it right again."""
        match kind:
            case "connections":
                self.primary.run(self.name, CUT)
            case "server":
                self.primary.restart()
            case "primary":
                self.primary.crash()
                self.other.promote()
                self.primary, self.other = self.other, self.primary
                self.other.follow(self.primary)
            case _:
                raise ValueError(kind)

    def remove(self) -> None:
        """Leave nothing behind."""
        for server in {self.other, self.primary}:
            server.remove()


async def on_postgres(folder: Path, *, kills: int, people: int, seed: int) -> Count:
    """Let people talk with three processes while everything is killed so many times, and count."""
    servers = await asyncio.to_thread(Servers)
    try:
        await asyncio.to_thread(servers.start)
        return await _talk(folder, servers, kills, people, random.Random(seed))
    finally:
        await asyncio.to_thread(servers.remove)


async def _talk(folder: Path, servers: Servers, kills: int, people: int, chance: random.Random) -> Count:
    count, over, schemes = Count(), asyncio.Event(), Schemes()
    data = folder / "data"
    async with open_store(data, lambda id: keeping(schemes, id), cost=QUICK, database=servers.url) as store:
        saskia = await _staff(store, schemes)
        environment = {"GEHOORD_DATABASE": servers.url}
        sites = [Site(data, EARNEST, environment=environment) for _ in range(PROCESSES)]
        try:
            await asyncio.gather(*(site.start() for site in sites))
            urls = [site.url for site in sites]
            crowd = [Person(urls[0], number, count, urls) for number in range(people)]
            talking = [asyncio.ensure_future(person.live(over)) for person in crowd]
            for turn in range(kills):
                await asyncio.sleep(chance.uniform(0.5, 3.0))
                kind = KINDS[turn % len(KINDS)]
                if kind == "process":
                    site = chance.choice(sites)
                    await site.kill()
                    await site.start()
                else:
                    await asyncio.to_thread(servers.hit, kind)
                killed(count)
            over.set()
            await asyncio.gather(*talking)
        finally:
            for site in sites:
                await site.stop()
        confirmed = [said for person in crowd for said in person.confirmed]
        count_confirmed(await filed_texts(store, saskia), confirmed, count)
    return count


async def _staff(store: Store, schemes: Schemes) -> Unlocked:
    """The officer who receives what is filed."""
    public, secret = new_recovery()
    recipient = schemes.load(SCHEME).recipient
    assert recipient is not None
    await store.set_recovery(SCHEME, public, secret, now=clock.now())
    officer = await store.add_officer(SCHEME, recipient.role, "Saskia de Vries", PASSWORD, now=clock.now())
    return await store.unlock(officer.id, PASSWORD, now=clock.now())
