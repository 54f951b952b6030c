"""A desk in a test: a site on the loopback, officers with keys, a clock that can be moved, and complaints."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
from aiohttp import web

from bot import serving
from bot.chance import fresh
from bot.conversation import Conversations
from bot.kept_talk import keeping
from bot.schemes import Schemes
from bot.talk import Exchange
from bot.web.app import make_app
from bot.web.limits import LIMITS, Limits, Rate
from bot.web.services import Part, Services, Site
from flows import greeting
from flows.answers import Answer, Value, When
from flows.effects import Intake, OpenCase
from flows.events import Chose, Event, Filed, Said
from flows.session import Turn
from flows.terms import start
from storage.officers import Unlocked, new_recovery
from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Address, Officer
from storage.sqlite import SqliteStore
from tests.conversing import WEDNESDAY

PASSWORD = "appel fiets maandag wolk"
STORY = "Een medewerker lachte mij uit waar iedereen bij was."
RECEIVING = ("blijf-groep", "bij-elkaar", "cjg-kennemerland", "ben-in-de-buurt")
"""The schemes with a recipient of their own."""


class DeskSite:
    """The site and what tests do to it. `now` is the time it is there."""

    def __init__(self, store: SqliteStore, demo: bool, schemes: Schemes) -> None:
        self.store = store
        self.now = WEDNESDAY
        self.schemes = schemes
        self.talk = Conversations(store, schemes, self.clock, fresh)
        self.demo = demo
        self.url = ""
        self.keys: dict[str, Unlocked] = {}
        self.parts: tuple[Part, ...] = ()
        self.limits = Limits()
        self.routes: tuple[tuple[str, str], ...] = ()
        """Every route of the site under ``/bureau``: its method and its path, whichever part brought it."""

    def clock(self) -> datetime:
        """The time it is."""
        return self.now

    def later(self, **by: float) -> None:
        """Time passes."""
        self.now += timedelta(**by)

    async def staff(self, scheme: str) -> Officer:
        """A handler, a stand-in, an administrator and a confidant; returns the handler."""
        public, secret = new_recovery()
        await self.store.set_recovery(scheme, public, secret, now=self.now)
        recipient = self.schemes.load(scheme).recipient
        role = recipient.role if recipient else "manager"
        first = await self.store.add_officer(scheme, role, "Saskia de Vries", PASSWORD, now=self.now)
        key = await self.store.unlock(first.id, PASSWORD, now=self.now)
        for name, other in (
            ("Karel Bos", role),
            ("Ad Beheer", "administrator"),
            ("Vera Vertrouw", "confidant"),
        ):
            one = await self.store.add_officer(scheme, other, name, PASSWORD, now=self.now)
            await self.store.approve(one.id, key, now=self.now)
        self.keys[scheme] = key
        return first

    async def tell(self, scheme: str, client: str, *events: Event, channel: str = "web") -> Exchange:
        """A client of this organisation does these, one after the other, in a conversation of their own."""
        address = Address(channel, client, scheme)
        for event in events:
            kept = await self.talk.handle(address, event, platform=channel)
        return kept.exchange

    async def told(self, scheme: str, client: str, *, channel: str = "web", story: str = STORY) -> str:
        """A complaint comes in through the chat, answered as shortly as can be; returns its number."""
        exchange = await self.tell(scheme, client, Said(story), channel=channel)
        while exchange.session.case is None:
            offered = exchange.session.offered
            short = next(id for id in ("send", "skip", "yes", "no") if id in offered)
            exchange = await self.tell(scheme, client, Chose((short,)), channel=channel)
        return exchange.session.case.number

    async def file(self, scheme: str, number: str, *, refused: tuple[str, ...] = (), story: str = STORY,
                   flags: tuple[str, ...] = (), attachment: tuple[str, str, bytes] | None = None,
                   **answers: Value) -> str:  # fmt: skip
        """A complaint comes in by the web chat; returns its number."""
        loaded = self.schemes.load(scheme)
        assert loaded.recipient is not None
        address = Address("web", number, scheme)
        refs: tuple[str, ...] = ()
        session = greeting.begin(loaded, "web", "nl")
        draft = await self.store.load(address)
        kept = await self.store.commit(address, draft.version, Turn(session), now=self.now)
        if attachment is not None:
            refs = (await self.store.keep(address, *attachment, now=self.now),)
        given: dict[str, Value] = {"story": story, "name": "Samira", "role": loaded.roles[0].id}
        given |= {"date": When(self.now.date(), self.now.date())} | answers
        said = {field: Answer(value, "") for field, value in given.items()}
        received = self.now.isoformat()
        intake = Intake("complaint", scheme, loaded.hash, "nl", "web", received, said, (story,), flags, refs)
        deadlines = start(loaded, "received", self.now)
        order = OpenCase(number, "", intake, (loaded.recipient.role,), refused, deadlines)
        case = Filed(number, "received", deadlines, self.now.date().isoformat())
        turn = Turn(session.__class__(scheme, loaded.hash, "web", case=case), effects=(order,))
        await self.store.commit(address, kept.version, turn, now=self.now)
        return number


@asynccontextmanager
async def desk_site(
    folder: Path,
    *,
    demo: bool = False,
    calm: bool = True,
    schemes: Path | None = None,
    origin: str | None = None,
) -> AsyncIterator[DeskSite]:
    """A site that listens on the loopback. `calm`: limits are wide, so that a test may ask much at once.

    `schemes` is a folder with organisations besides those that ship.
    """
    known = Schemes(schemes)
    async with open_store(folder / "data", lambda id: keeping(known, id), cost=QUICK) as store:
        site = DeskSite(store, demo, known)
        of = Services(store, site.talk, known, Site(origin, demo=demo), site.clock)
        site.parts = serving.parts(of)
        app = make_app(of, site.parts)
        site.routes = tuple(
            (route.method, route.resource.canonical)
            for route in app.router.routes()
            if route.resource is not None and route.resource.canonical.startswith("/bureau") and route.method != "HEAD"
        )  # fmt: skip
        site.limits = app[LIMITS]
        if calm:
            app[LIMITS].rates = {kind: Rate(10**6, 0.001) for kind in Limits().rates}
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        listening = web.TCPSite(runner, "127.0.0.1", 0)
        await listening.start()
        site.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield site
        finally:
            await runner.cleanup()


class Visitor:
    """Somebody with a browser that keeps cookies and follows redirects, without JavaScript."""

    def __init__(self, site: DeskSite, client: aiohttp.ClientSession) -> None:
        self.site = site
        self.client = client
        self.page = ""
        self.status = 0
        self.path = ""
        self.headers: dict[str, str] = {}

    async def get(self, path: str, **more: object) -> str:
        """Open a page."""
        async with self.client.get(self.site.url + path, **more) as answer:  # type: ignore[arg-type]
            return await self._read(answer)

    async def post(self, path: str, **fields: str) -> str:
        """Post a form, with the hidden fields of the page that is open."""
        hidden = {name: value for name in ("form", "seen") if (value := self.hidden(name))}
        async with self.client.post(self.site.url + path, data=hidden | fields) as answer:
            return await self._read(answer)

    async def _read(self, answer: aiohttp.ClientResponse) -> str:
        body = await answer.read()
        self.status, self.path = answer.status, answer.url.path
        self.headers = dict(answer.headers)
        self.page = body.decode("utf-8", "replace")
        return self.page

    def hidden(self, name: str) -> str:
        """The value of a hidden field on the page."""
        _, _, after = self.page.partition(f'name="{name}" value="')
        return after.partition('"')[0]

    async def enter(self, officer: str, password: str = PASSWORD) -> str:
        """Log in, and show the second key where it is asked."""
        await self.get("/bureau/in")
        await self.post("/bureau/in", name=officer, password=password)
        if self.path == "/bureau/code":
            await self.post("/bureau/code", code=await self.code(officer))
        return self.page

    async def code(self, officer: str) -> str:
        """The code that an authenticator shows now."""
        import pyotp  # noqa: PLC0415

        from bot.desk import second  # noqa: PLC0415

        key = await second.of(self.site.store, officer, self.site.now)
        assert key is not None
        at = max(int(self.site.now.timestamp()) // 30, key.last + 1)
        return str(pyotp.TOTP(key.secret).generate_otp(at))

    async def open(self, number: str) -> str:
        """Declare that one had no part in it, and read the case."""
        await self.get(f"/bureau/zaak/{number}")
        if "/verklaring" in self.page:
            await self.post(f"/bureau/zaak/{number}/verklaring", involved="no")
        return self.page

    async def step(self, number: str, step: str, **fields: str) -> str:
        """Take a step on the case that is open."""
        return await self.post(f"/bureau/zaak/{number}/stap", step=step, **fields)


@asynccontextmanager
async def visitor(site: DeskSite) -> AsyncIterator[Visitor]:
    """Somebody who comes by."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, headers={"Accept-Language": "nl"}) as client:
        yield Visitor(site, client)
