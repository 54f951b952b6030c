"""A line on an installation of its own, with SQLite, beside a site on PostgreSQL: docs/operators.md has it like this.

Clients see one site: the web server before both sends all under /ORGANISATION/praten to the one with the line, and the
rest to the other. The confidant signs in at the one with the line, under a name of its own.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import psycopg
from aiohttp import web

from bot import clock
from bot.kept_talk import keeping
from bot.line.words import content
from bot.schemes import Schemes
from storage.opening import open_store
from storage.passwords import QUICK
from tests.line.client import Client
from tests.storage.cluster import Cluster
from tests.storage.test_postgres_sites import LINE_SCHEME
from tests.torture.browser import Browser
from tests.torture.site import EARNEST, Site

NAME = "Aileen Kivits"
PASSWORD, UNUSED = "appel fiets maandag wolk", "dit weet niemand meer 7Q4K"
DOOR = f"/{LINE_SCHEME}/praten"
HOP = frozenset({"connection", "transfer-encoding", "content-encoding", "content-length", "keep-alive"})


@asynccontextmanager
async def before(main: str, line: str) -> AsyncIterator[str]:
    """The web server before both; where it listens."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as onward:

        async def passed(request: web.Request) -> web.StreamResponse:
            to = line if f"{request.path}/".startswith(f"{DOOR}/") else main
            async with onward.request(
                request.method, f"{to}{request.path_qs}", headers=request.headers, data=await request.read(),
                allow_redirects=False,
            ) as answer:  # fmt: skip
                kept = [(name, value) for name, value in answer.headers.items() if name.lower() not in HOP]
                response = web.Response(status=answer.status, body=await answer.read())
                response.headers.extend(kept)
                return response

        app = web.Application()
        app.router.add_route("*", "/{all:.*}", passed)
        runner = web.AppRunner(app)
        await runner.setup()
        server = web.TCPSite(runner, "127.0.0.1", 0)
        await server.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


async def test_line_apart_is_found_from_the_chat_leads_back_to_it_and_leaves_nothing_on_the_server(
    cluster: Cluster, tmp_path: Path
) -> None:
    url, schemes = cluster.url(cluster.name_of(cluster.new_database())), Schemes()
    environment, main, apart = (
        {"GEHOORD_DATABASE": url},
        tmp_path / "main" / "data",
        tmp_path / "apart" / "data",
    )
    for folder in (main, apart):
        folder.parent.mkdir()
    async with open_store(main, lambda id: keeping(schemes, id), cost=QUICK, database=url) as store:
        await store.add_confidant(LINE_SCHEME, NAME, UNUSED, now=clock.now())
    async with open_store(apart, lambda id: keeping(schemes, id), cost=QUICK) as lines:
        officer = await lines.add_confidant(LINE_SCHEME, NAME, PASSWORD, now=clock.now())
        aileen = await lines.unlock(officer.id, PASSWORD, now=clock.now())
        async with (
            Site(main, EARNEST, environment=environment) as chat,
            Site(apart, EARNEST) as line,
            before(chat.url, line.url) as site,
            aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
        ):
            browser = Browser(site, f"/{LINE_SCHEME}", 0)
            await browser.say(await browser.begin(), "ik wil anoniem praten")
            found = f'href="{DOOR}' in await browser.until_answered("GET", "")
            client = Client(session, site, LINE_SCHEME)
            await client.begin()
            await client.post("zeg", say="Ik durf niet naar groep.")
            (waiting,) = await lines.lines_of(aileen)
            assert [content(word).text for word in waiting.words] == ["Ik durf niet naar groep."]
            back = Browser(site, f"/{LINE_SCHEME}", 1)
            forwarded = await back.until_answered(
                "POST", "/begin", {"taal": "nl", "again": "Dit stuur ik mee."}
            )
            await asyncio.gather(browser.close(), back.close())
    with psycopg.connect(url) as connection:
        rows = [connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
                for table in ("lines", "line_pages")]  # fmt: skip
        talks = connection.execute("SELECT count(*) FROM conversations").fetchone()
    assert (found, "Dit stuur ik mee." in forwarded, rows, talks) == (True, True, [(0,), (0,)], (2,))
