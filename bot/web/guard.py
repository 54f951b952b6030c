"""What every request and every answer passes: who may post, how long a body may take, and what a browser may do.

The rules
 1. Nothing of a page is kept by a browser or by anything between: ``no-store``.
 2. Nothing comes from elsewhere and nothing goes there: a content security policy without inline code, no frames,
    no referrer. Only 'Snel weg' leads to another site.
 3. A post from another site's page is refused (``Sec-Fetch-Site``, ``Origin``), and a form of a session carries
    proof that it came from that session's page (`token`).
 4. A cookie holds a random secret and nothing else; it is gone with the browser.
 5. Whatever goes wrong is answered by a page with words. What is written about it names no client and no content.
 6. 'Snel weg' leaves before it is told: the script leaves a mark of some seconds (`cookies.LEAVING`). Until the
    telling has come, a page that is gone back to leads away as well, and takes the cookies of the visit with it.
"""

import asyncio
import hashlib
import hmac
import math
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.web_request import FileField

from bot.web import cookies, pages
from bot.web.limits import LIMITS
from bot.web.services import Site, services

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PATIENCE = 20.0
"""Seconds within which the whole of a posted form must have come in."""

VISITS = {cookies.VISIT: "", cookies.LINE: "/praten"}
"""The cookies of a visit, with what of their path stands behind the organisation."""

LOG = structlog.get_logger("gehoord.web")


class TooMany(Exception):
    """This was asked too often in a short time; `wait` is the seconds after which it may be asked again."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"asked too often: wait {wait:.0f} s")
        self.wait = wait


class Strange(Exception):
    """This form did not come from a page of this session."""


class Slow(Exception):
    """The form took too long to come in."""


def token(secret: str) -> str:
    """The proof that a form came from a page of the session with this secret. It does not give the secret away."""
    return hashlib.sha256(f"form|{secret}".encode()).hexdigest()[:32]


async def form(request: web.Request, secret: str | None) -> Mapping[str, str]:
    """The posted fields, the first of each name; `secret` is the session's, None where there is none yet.

    Raises `Strange`, `Slow`, and `web.HTTPRequestEntityTooLarge`.
    """
    fields = await fields_of(request)
    given = {name: fields[name][0] for name in fields}
    check(given, secret)
    return given


async def fields_of(request: web.Request) -> dict[str, list[str]]:
    """The posted fields, every value of each name. Raises `Slow`."""
    try:
        async with asyncio.timeout(PATIENCE):
            posted = await request.post()
    except TimeoutError:
        raise Slow from None
    except (ValueError, LookupError):
        raise web.HTTPBadRequest from None
    found: dict[str, list[str]] = {}
    for name, value in posted.items():
        if not isinstance(value, FileField):
            found.setdefault(name, []).append(value if isinstance(value, str) else "")
    return found


def check(given: Mapping[str, str], secret: str | None) -> None:
    """Raises `Strange` when a session's form does not carry its token."""
    if secret is not None and not hmac.compare_digest(given.get("form", "").encode(), token(secret).encode()):
        raise Strange


def allow(request: web.Request, kind: str, whom: str) -> None:
    """Counts one act of this kind (`bot.web.limits.RATES`). Raises `TooMany`."""
    wait = request.app[LIMITS].wait(kind, whom)
    if wait > 0:
        raise TooMany(wait)


def client(request: web.Request) -> str:
    """The network address this came from; for limits in memory only."""
    if services(request).site.proxied:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if forwarded:
            return forwarded
    return request.remote or "?"


def keep_cookie(response: web.StreamResponse, site: Site, name: str, value: str, path: str) -> None:
    """A cookie that no script reads, no other site sends, and that is gone with the browser."""
    response.set_cookie(name, value, path=path, httponly=True, samesite="Strict", secure=site.https)


def drop_cookie(response: web.StreamResponse, site: Site, name: str, path: str) -> None:
    """Takes the cookie away."""
    response.del_cookie(name, path=path, httponly=True, samesite="Strict", secure=site.https)


@web.middleware
async def answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns whatever goes wrong into a page with words (rule 5)."""
    try:
        allow(request, "page", client(request))
        return await handler(request)
    except TooMany as error:
        response = await pages.sorry(request, "busy", 429)
        response.headers["Retry-After"] = str(math.ceil(error.wait))
        return response
    except Strange:
        return await pages.sorry(request, "strange", 403)
    except Slow:
        return await pages.sorry(request, "slow", 408)
    except web.HTTPRequestEntityTooLarge:
        return await pages.sorry(request, "too_large", 413)
    except (web.HTTPNotFound, web.HTTPBadRequest, web.HTTPMethodNotAllowed) as error:
        kind = {404: "not_found", 400: "strange", 405: "not_found"}[error.status]
        return await pages.sorry(request, kind, error.status)
    except (web.HTTPException, asyncio.CancelledError):
        raise
    except ConnectionResetError:
        raise
    except Exception as error:
        resource = request.match_info.route.resource
        LOG.error("failed", error=type(error).__name__, route=resource.canonical if resource else "")
        return await pages.sorry(request, "failed", 500)


@web.middleware
async def sealed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Puts on every answer what browsers must keep to (rules 1 and 2)."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        _headers(request, error)
        raise
    _headers(request, response)
    return response


def _headers(request: web.Request, response: web.StreamResponse) -> None:
    site = services(request).site
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.update(HEADERS)
    response.headers.setdefault("Content-Security-Policy", policy(site))
    if site.https:
        response.headers["Strict-Transport-Security"] = "max-age=63072000"


HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, noarchive",
    "Server": "",
}


def policy(site: Site, *, media: str = "blob:") -> str:
    """The content security policy. A post may be led on to the neutral page, and to nowhere else.

    `media` is where sound may come from: what is recorded on the page itself.
    """
    way_out = urlsplit(site.exit_to)
    neutral = f"{way_out.scheme}://{way_out.netloc}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        f"media-src {media}; form-action 'self' {neutral}; base-uri 'none'; frame-ancestors 'none'"
    )


@web.middleware
async def own(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses posts that another site's page sent (rule 3). What is no browser says nothing of sites, and passes."""
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        origin = request.headers.get("Origin", "null")
        elsewhere = origin != "null" and urlsplit(origin).netloc != request.host
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none") or elsewhere:
            raise Strange
    return await handler(request)


@web.middleware
async def gone(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Leads whoever pressed 'Snel weg' on, whatever page is asked for before that has reached us (rule 6)."""
    if request.method != "GET" or cookies.LEAVING not in request.cookies:
        return await handler(request)
    if request.path.startswith(("/static/", "/bureau")) or request.path.endswith("/weg"):
        return await handler(request)
    response = pages.way_out(request)
    place = request.path.split("/")[1]
    for name, below in VISITS.items():
        drop_cookie(response, services(request).site, name, f"/{place}{below}")
    return response


MIDDLEWARES = (sealed, answered, own, gone)
