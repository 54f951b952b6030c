"""The files that pages link: one script, one style sheet, a neutral icon, and each organisation's colours."""

import hashlib
from functools import cache
from pathlib import Path

import msgspec
from aiohttp import web

from bot.web import themes
from bot.web.services import services

FOLDER = Path(__file__).parent / "static"
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".png": "image/png",
}


class File(msgspec.Struct, frozen=True):
    """A file as it is served; `version` changes with its content and stands in its address."""

    content: bytes
    kind: str
    version: str


@cache
def files() -> dict[str, File]:
    """Every static file by name, read once."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in KINDS:
            content = path.read_bytes()
            found[path.name] = File(content, KINDS[path.suffix], version_of(content))
    return found


def version_of(content: bytes) -> str:
    """A short name for exactly this content."""
    return hashlib.sha256(content).hexdigest()[:10]


def address(name: str) -> str:
    """Where this file is found, its version included."""
    return f"/static/{name}?v={files()[name].version}"


async def static(request: web.Request) -> web.StreamResponse:
    """One file."""
    file = files().get(request.match_info["name"])
    if file is None:
        raise web.HTTPNotFound
    return _served(file.content, file.kind)


async def theme(request: web.Request) -> web.StreamResponse:
    """The colours of one organisation, as a style sheet."""
    known = services(request).schemes
    id = request.match_info["scheme"]
    if id not in known.ids():
        raise web.HTTPNotFound
    return _served(themes.sheet(known.load(id)).encode(), KINDS[".css"])


def _served(content: bytes, kind: str) -> web.Response:
    response = web.Response(body=content, content_type=kind, charset="utf-8" if kind[:4] == "text" else None)
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.enable_compression()
    return response


async def icon(_: web.Request) -> web.StreamResponse:
    """The icon that browsers ask for unasked."""
    return _served(files()["icon.svg"].content, KINDS[".svg"])


ROUTES = (
    web.get("/static/{name}", static),
    web.get("/static/thema/{scheme}.css", theme),
    web.get("/favicon.ico", icon),
)
