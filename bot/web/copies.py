"""The client's own copy of what was sent: made on wish only, as text or PDF, and never kept in the open.

At sending, the copy is sealed under a key that is made from the client's cookie and is nowhere else: who has the
disk, the backups and every key file cannot read it, and 'Snel weg' ends it. It can be fetched for an hour.
"""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from aiohttp import web

from bot.web import guard, pages, showing, visits
from bot.web.services import services
from bot.web.showing import Page
from bot.web.visits import Visit
from flows import cards
from flows.calendar.zone import AMSTERDAM
from flows.composer import Composer
from flows.messages import Message, Phrase
from flows.session import Fresh
from locales import Rendered, dates, render, text
from storage.errors import Broken
from storage.records import Draft
from storage.sealing import Key

LIFE = timedelta(hours=1)
"""So long after sending the copy can be fetched."""

TEMPLATE = Path(__file__).parent / "copy.typ"
NAME = "bericht"
"""The name of the file that is fetched: it says nothing of what it is."""

Sealer = Callable[[Draft, tuple[Rendered, ...], Page], Page]


class Copy(msgspec.Struct, frozen=True):
    """What a copy holds: its heading, label and value of every answer, and what follows (number, dates, ways)."""

    title: str
    lang: str
    at: str
    rows: tuple[tuple[str, str], ...]
    after: tuple[str, ...]
    words: dict[str, str]


def sealer(request: web.Request, visit: Visit) -> Sealer:
    """Adds to the page of the turn that files a case the client's sealed copy."""
    assert visit.secret is not None
    key, now = _key(visit.secret), services(request).clock()

    def seal(draft: Draft, said: tuple[Rendered, ...], page: Page) -> Page:
        if page.copy and now.isoformat() >= page.copy_until:
            page = msgspec.structs.replace(page, copy=b"", copy_until="")
        if draft.session is None or not showing.ends(said, showing.FILED):
            return page
        copy = made(visit, draft, said, now)
        until = (now + LIFE).isoformat()
        return msgspec.structs.replace(
            page, copy=key.seal(msgspec.json.encode(copy), "copy"), copy_until=until
        )

    return seal


def made(visit: Visit, draft: Draft, said: tuple[Rendered, ...], now: datetime) -> Copy:
    """The copy of what `draft` held when it was sent, and of what was said about it."""
    assert draft.session is not None
    locale = draft.session.locale
    composer = Composer(visit.scheme, draft.session, now.astimezone(AMSTERDAM), Fresh("", ""))
    card = render(Message("check.read", rows=cards.rows(composer, change=False)), locale)
    return Copy(
        title=visit.scheme.name,
        lang=locale.partition("@")[0],
        at=dates.day(now.astimezone(AMSTERDAM).date(), locale),
        rows=tuple((row.label, row.value) for row in card.rows),
        after=tuple(message.text for message in said if message.text and not message.options),
        words={
            name: text(Phrase(f"web.copy.{name}"), locale) for name in ("heading", "told", "next", "keep")
        },
    )


def opened(request: web.Request, visit: Visit) -> Copy | None:
    """The copy that waits for this client, or None when there is none (any more)."""
    page = visit.page
    if visit.secret is None or not page.copy or services(request).clock().isoformat() >= page.copy_until:
        return None
    try:
        return msgspec.json.decode(_key(visit.secret).open(page.copy, "copy"), type=Copy)
    except Broken:
        return None


def _key(secret: str) -> Key:
    return Key(bytes.fromhex(visits.derived("copy", secret)))


async def offered(request: web.Request) -> web.StreamResponse:
    """The page on which a copy can be fetched, with what it means to have one."""
    visit = await visits.visit(request)
    if visit.session is None or visit.secret is None:
        return pages.led(visit.path)
    return await pages.page(
        request, "copy.html", locale=visit.locale, scheme=visit.scheme, exit_path=f"{visit.path}/weg",
        form=guard.token(visit.secret), there=opened(request, visit) is not None,
    )  # fmt: skip


async def fetched(request: web.Request) -> web.StreamResponse:
    """The copy as a file, because the client asked for it."""
    visit = await visits.visit(request)
    given = await guard.form(request, visit.secret)
    copy = opened(request, visit)
    if copy is None:
        return pages.led(f"{visit.path}/kopie")
    guard.allow(request, "file", visit.secret or "")
    if given.get("kind") == "pdf":
        return _file(await in_thread(pdf, copy), "application/pdf", f"{NAME}.pdf")
    return _file(plain(copy).encode(), "text/plain", f"{NAME}.txt")


def _file(content: bytes, kind: str, name: str) -> web.Response:
    response = web.Response(
        body=content, content_type=kind, charset="utf-8" if kind == "text/plain" else None
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


async def in_thread(make: Callable[[Copy], bytes], copy: Copy) -> bytes:
    """Makes a file beside the event loop."""
    import asyncio  # noqa: PLC0415

    return await asyncio.to_thread(make, copy)


def plain(copy: Copy) -> str:
    """The copy as text."""
    lines = [copy.title, copy.at, "", *(_line(label, value) for label, value in copy.rows), "", *copy.after]
    return "\r\n".join("\r\n".join(line.splitlines()) for line in lines) + "\r\n"


def _line(label: str, value: str) -> str:
    return f"{label}: {value}" if label else value


def pdf(copy: Copy) -> bytes:
    """The copy as PDF/UA-1. What the client wrote goes in as data and is never read as markup."""
    import typst  # noqa: PLC0415 (only who wants a PDF pays for it)

    made: bytes = typst.compile(
        TEMPLATE.read_bytes(), sys_inputs={"copy": msgspec.json.encode(copy).decode()}, pdf_standards=["ua-1"]
    )
    return io.BytesIO(made).getvalue()


ROUTES = (
    web.get("/{scheme}/kopie", offered),
    web.post("/{scheme}/kopie", fetched),
)
