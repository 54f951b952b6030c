"""``gehoord serve``: the web chat and everything else that is set up, on one address."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Data, SchemeFolder, data_of, database_of, fail, schemes_of

if TYPE_CHECKING:
    import asyncio

    from bot.schemes import Schemes
    from bot.web.services import Site

DEMO_DATA = Path("var/demo")
"""Where a demonstration keeps what is tried in it."""

Host = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The network address to listen on.")]
Port = Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="0 takes a free one.")]
Demo = Annotated[bool, typer.Option("--demo", help="To try out: nothing is real, and no mail goes out.")]
Origin = Annotated[
    str | None,
    typer.Option(
        "--origin", envvar="GEHOORD_ORIGIN", metavar="URL", help="The address that clients see, with https."
    ),
]
Exit = Annotated[
    str | None,
    typer.Option(
        "--exit-to", envvar="GEHOORD_EXIT_TO", metavar="URL", help="The page behind 'Snel weg': the weather."
    ),
]
Proxied = Annotated[
    bool, typer.Option("--proxied", envvar="GEHOORD_PROXIED", help="Your own reverse proxy stands before it.")
]


def serve(
    ctx: typer.Context,
    demo: Demo = False,
    host: Host = "127.0.0.1",
    port: Port = 8080,
    origin: Origin = None,
    exit_to: Exit = None,
    proxied: Proxied = False,
    schemes: SchemeFolder = None,
    data: Data = None,
) -> None:
    """Serve the web chat, and say at start what is on, what is off and why. Stop it with Ctrl-C."""
    import asyncio

    from bot.web.services import NEUTRAL, Site

    for name, url in (("--origin", origin), ("--exit-to", exit_to)):
        if url is not None and not url.startswith(("https://", "http://")):
            fail(f"{name}: '{url}' is no web address. Write it with https:// before it.", 2)
    site = Site(origin.rstrip("/") if origin else None, exit_to or NEUTRAL, demo, proxied)
    database = None if demo else database_of()
    asyncio.run(_serve(site, schemes_of(ctx, schemes), _data(ctx, data, demo=demo), database, host, port))


def _data(ctx: typer.Context, folder: Path | None, *, demo: bool) -> Path:
    chosen = data_of(ctx, folder) or (DEMO_DATA if demo else None)
    if chosen is None:
        fail(
            "where is everything to be kept? Add --data DIR (or set GEHOORD_DATA), or try it with --demo.", 2
        )
    return chosen


async def _serve(
    site: "Site", schemes: "Schemes", data: Path, database: str | None, host: str, port: int
) -> None:
    import asyncio

    from aiohttp import web

    from bot import clock, serving
    from bot.chance import fresh
    from bot.conversation import Conversations
    from bot.desk import demo
    from bot.kept_talk import keeping
    from bot.thinking import thinking
    from bot.web.app import make_app
    from bot.web.services import Services
    from storage.errors import Unready
    from storage.opening import open_practice, open_store
    from storage.practice import practice_officer

    serving.leave_no_core()
    try:
        if site.demo:
            store = open_practice(data, schemes.ids(), lambda id: keeping(schemes, id))
        else:
            store = open_store(data, lambda id: keeping(schemes, id), database=database)
    except Unready as error:
        fail(f"--data {data}: {error}")
    async with store, thinking(schemes.folder) as beside:
        conversations = Conversations(store, schemes, clock.now, fresh, beside)
        services = Services(store, conversations, schemes, site, clock.now)
        serving.collect_seldom()
        parts = serving.parts(services)
        runner = web.AppRunner(make_app(services, parts), access_log=None)
        await runner.setup()
        stopped = _when_stopped()
        try:
            listening = web.TCPSite(runner, host, port)
            try:
                await listening.start()
            except OSError as error:
                fail(f"--port {port}: this address is not free ({error.strerror}). Try --port 0.")
            taken = int(runner.addresses[0][1])
            kept = f"{data}, and a PostgreSQL database" if database else str(data)
            typer.echo(_welcome(site, host, taken, kept, serving.told(parts)))
            if site.demo:
                keys = {id: practice_officer(data, id) for id in schemes.ids()}
                typer.echo(await demo.officers(store, schemes, keys, clock.now()))
            await asyncio.to_thread(_warm, schemes)
            await stopped.wait()
        finally:
            await runner.cleanup()


def _warm(schemes: "Schemes") -> None:
    """Read the word lists, and what words a date, while nobody waits for them yet."""
    import locales
    from flows import understand

    locales.warm("nl")
    for id in schemes.ids():
        understand.warm(schemes.load(id), "nl")


def _welcome(site: "Site", host: str, port: int, kept: str, parts: str) -> str:
    """What is said at start: the address first."""
    shown = f"[{host}]" if ":" in host else host
    address = site.origin or f"http://{shown}:{port}"
    kind = "a demonstration: nothing in it is real" if site.demo else "in earnest"
    return f"Gehoord is open at {address}/\n{kind}; kept in {kept}\n\n{parts}\n\nStop with Ctrl-C."


def _when_stopped() -> "asyncio.Event":
    """Happens at Ctrl-C, or at the signal with which services are stopped."""
    import asyncio
    import signal

    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for which in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(which, stopped.set)
    return stopped
