"""The site as tests see it: the real application on a free port, over a practice store, with a clock of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot import serving
from bot.chance import fresh
from bot.conversation import Conversations
from bot.kept_talk import keeping
from bot.schemes import Schemes
from bot.web.app import make_app
from bot.web.limits import LIMITS, Rate
from bot.web.services import Services, Site
from storage.opening import open_practice
from storage.practice import practice_officer
from storage.records import Dossier
from storage.sqlite import SqliteStore
from tests.conversing import WEDNESDAY

AMPLE = Rate(100_000, 0.0001)


class Clock:
    """The time it is in these tests; it stands still but for `pass_by`."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **by: int) -> None:
        """Let time pass (hours=2)."""
        self.now += timedelta(**by)


class Running:
    """A site that is up."""

    def __init__(self, url: str, neutral: str, app: web.Application, services: Services, data: Path) -> None:
        self.url = url
        self.neutral = neutral
        self.app = app
        self.services = services
        self.data = data

    @property
    def store(self) -> SqliteStore:
        """What the site keeps."""
        assert isinstance(self.services.store, SqliteStore)
        return self.services.store

    @property
    def clock(self) -> Clock:
        """The site's clock."""
        assert isinstance(self.services.clock, Clock)
        return self.services.clock

    async def dossiers(self, scheme: str) -> tuple[Dossier, ...]:
        """Every case of a scheme, as its officer reads it, the newest first."""
        officer = practice_officer(self.data, scheme)
        lines = await self.store.cases(scheme)
        return tuple([await self.store.open_case(line.number, officer, now=self.clock()) for line in lines])

    async def attachment(self, scheme: str, number: str, ref: str) -> bytes:
        """A file of a case, as its officer opens it."""
        officer = practice_officer(self.data, scheme)
        return (await self.store.open_attachment(number, ref, officer, now=self.clock())).data


@asynccontextmanager
async def running(data: Path, *, ample: bool = True, **site: object) -> AsyncIterator[Running]:
    """The site on a free port, with a neutral page on another; `ample` takes its limits away."""
    neutral = await _listening(_neutral())
    schemes, clock = Schemes(), Clock(WEDNESDAY)
    store = open_practice(data, schemes.ids(), lambda id: keeping(schemes, id))
    async with store:
        settings = Site(exit_to=f"{_url(neutral)}/weer", demo=True, **site)  # type: ignore[arg-type]
        services = Services(store, Conversations(store, schemes, clock, fresh), schemes, settings, clock)
        app = make_app(services, serving.parts(services))
        if ample:
            app[LIMITS].rates = dict.fromkeys(app[LIMITS].rates, AMPLE)
        runner = await _listening(app)
        try:
            yield Running(_url(runner), f"{_url(neutral)}/weer", app, services, data)
        finally:
            await runner.cleanup()
            await neutral.cleanup()


def _neutral() -> web.Application:
    async def weather(_: web.Request) -> web.Response:
        return web.Response(
            text="<!doctype html><title>Het weer</title><h1>Zon</h1>", content_type="text/html"
        )

    app = web.Application()
    app.router.add_get("/weer", weather)
    return app


async def _listening(app: web.Application) -> web.AppRunner:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner


def _url(runner: web.AppRunner) -> str:
    return f"http://127.0.0.1:{runner.addresses[0][1]}"
