"""A case on paper and in files: text, JSON, PDF, and what the client sent along.

Whatever a client wrote goes into a file as data and never as markup. What they sent along is answered in a
sandbox: it can run nothing and reach nothing.
"""

import asyncio
import unicodedata
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import msgspec
from aiohttp import web

from bot.desk import cases
from bot.desk.session import PATH
from bot.summaries import Summary, plain, summary
from bot.web.services import services
from flows.calendar.zone import AMSTERDAM
from flows.messages import Phrase
from locales import dates, reason, text
from storage.errors import UnknownAttachment
from storage.records import Dossier

TEMPLATE = Path(__file__).parent / "sheet.typ"
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""How files begin that a browser may show; all others are only fetched."""


class Sheet(msgspec.Struct, frozen=True):
    """One page for a printer: the summary, why each day is what it is, and the words around them."""

    lang: str
    page: Summary
    reasons: tuple[str, ...]
    printed: str
    said: str
    late: str


async def as_text(request: web.Request) -> web.StreamResponse:
    """The intake summary as text."""
    _, dossier, page, locale = await _opened(request)
    body = plain(page, text(Phrase("office.words"), locale))
    return _file(body.encode(), "text/plain", f"{dossier.line.number}.txt")


async def as_json(request: web.Request) -> web.StreamResponse:
    """The whole dossier as JSON, for who asks to see what is kept of them (BG-11)."""
    _, dossier, _, _ = await _opened(request)
    body = msgspec.json.format(msgspec.json.encode(dossier), indent=2)
    return _file(body, "application/json", f"{dossier.line.number}.json")


async def as_pdf(request: web.Request) -> web.StreamResponse:
    """The intake summary as PDF/UA-1."""
    now, dossier, page, locale = await _opened(request)
    local = now.astimezone(AMSTERDAM)
    sheet = Sheet(
        lang=locale,
        page=page,
        reasons=tuple(
            reason(term.deadline.why, locale) for term in dossier.line.terms if term.state == "running"
        ),
        printed=dates.day(local.date(), locale),
        said=text(Phrase("office.words"), locale),
        late=text(Phrase("desk.later"), locale),
    )
    return _file(await asyncio.to_thread(pdf, sheet), "application/pdf", f"{dossier.line.number}.pdf")


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1."""
    import typst  # noqa: PLC0415 (only who wants a PDF pays for it)

    data = msgspec.json.encode(sheet).decode()
    made: bytes = typst.compile(TEMPLATE.read_bytes(), sys_inputs={"sheet": data}, pdf_standards=["ua-1"])
    return made


async def attachment(request: web.Request) -> web.StreamResponse:
    """A file that came with the case: a picture to look at, anything else to fetch."""
    desk, line = await cases.inside(request)
    of = services(request)
    try:
        found = await of.store.open_attachment(
            line.number, request.match_info["ref"], desk.who, now=of.clock()
        )
    except UnknownAttachment:
        raise web.HTTPNotFound from None
    picture = next((kind for begin, kind in PICTURES.items() if found.data.startswith(begin)), None)
    response = web.Response(body=found.data, content_type=picture or "application/octet-stream")
    how = "inline" if picture else "attachment"
    response.headers["Content-Disposition"] = (
        f"{how}; filename*=UTF-8''{quote(safe_name(found.name), safe='')}"
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def safe_name(name: str) -> str:
    """A file name without what would make it read otherwise than it is: controls, overrides of direction, paths."""
    kept = "".join(
        char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
    )
    return kept.replace("/", "_").replace("\\", "_").strip(" .")[:120] or "bestand"


async def _opened(request: web.Request) -> tuple[datetime, Dossier, Summary, str]:
    desk, line = await cases.inside(request)
    of = services(request)
    dossier = await of.store.open_case(line.number, desk.who, now=of.clock(), why="exported")
    return of.clock(), dossier, summary(dossier, of.schemes.load(line.scheme), desk.locale), desk.locale


def _file(body: bytes, kind: str, name: str) -> web.Response:
    response = web.Response(body=body, content_type=kind, charset="utf-8" if kind == "text/plain" else None)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


ROUTES = (
    web.get(f"{PATH}/zaak/{{number}}/tekst", as_text),
    web.get(f"{PATH}/zaak/{{number}}/json", as_json),
    web.get(f"{PATH}/zaak/{{number}}/pdf", as_pdf),
    web.get(f"{PATH}/zaak/{{number}}/bestand/{{ref}}", attachment),
)
