"""Pages: templates in the words of a locale, with every character of a client's text shown as text."""

import re
from pathlib import Path

import jinja2
from aiohttp import web
from markupsafe import Markup, escape

from bot.line.readers import readers
from bot.web import cookies, static
from bot.web.services import Services, services
from flows.messages import Arg, Phrase
from flows.scheme import Scheme
from locales import text

TEMPLATES = (
    Path(__file__).parent / "templates",
    *(Path(__file__).parents[1] / part / "templates" for part in ("desk", "line")),
)
ENVIRONMENT = web.AppKey("templates", jinja2.Environment)

DEFAULT = "nl"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})

_LINKS = re.compile(
    r"(?P<url>https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<site>\b(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:nl|org|com|eu)\b(?:/[^\s<>\"']*[^\s<>\"'.,;:!?)])?)"
    r"|(?P<phone>(?<![\w.,-])(?:\+?\d[\d –-]{6,}\d|11[23])(?![\w-]))"
)


def environment(of: Services) -> jinja2.Environment:
    """Where templates are found, and what each may use."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(static=static.address, site=of.site)
    made.filters["linked"] = linked
    return made


def linked(words: str) -> Markup:
    """A text of ours with its addresses and phone numbers as links; everything else is text.

    For what the program says; what clients say is never linked.
    """
    parts: list[Markup] = []
    at = 0
    for found in _LINKS.finditer(words):
        parts.append(escape(words[at : found.start()]))
        parts.append(_link(found))
        at = found.end()
    parts.append(escape(words[at:]))
    return Markup("").join(parts)


def _link(found: re.Match[str]) -> Markup:
    shown = found[0]
    match found.lastgroup:
        case "mail":
            return Markup('<a href="mailto:{}">{}</a>').format(shown, shown)
        case "phone":
            number = "".join(char for char in shown if char.isdigit() or char == "+")
            return Markup('<a href="tel:{}">{}</a>').format(number, shown)
        case kind:
            to = shown if kind == "url" else f"https://{shown}"
            return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(to, shown)


def html(request: web.Request, template: str, *, locale: str = DEFAULT, **names: object) -> str:
    """A template in words."""

    def t(id: str, **args: Arg) -> str:
        return text(Phrase(id, tuple(args.items())), locale)

    language = locale.partition("@")[0]
    frame = {
        "t": t,
        "locale": locale,
        "lang": language,
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "scheme": None,
        "open_line": False,
        "exit_path": None,
    }
    return request.app[ENVIRONMENT].get_template(template).render(frame | names)


async def page(
    request: web.Request, template: str, *, locale: str = DEFAULT, status: int = 200, **names: object
) -> web.Response:
    """A whole page, compressed where the browser takes that. `scheme` is the organisation it is about, if any."""
    scheme = names.get("scheme")
    if isinstance(scheme, Scheme):
        names["open_line"] = bool(await readers(services(request).store, scheme))
    response = web.Response(
        text=html(request, template, locale=locale, **names), status=status, content_type="text/html"
    )
    response.enable_compression()
    return response


def led(to: str) -> web.Response:
    """An answer that leads the browser on by GET, so that a reload posts nothing again."""
    return web.Response(status=303, headers={"Location": to})


def way_out(request: web.Request) -> web.Response:
    """'Snel weg': the neutral page, and a browser that forgets what it holds of this site."""
    response = led(services(request).site.exit_to)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    if cookies.LEAVING in request.cookies:  # the script's mark has done its work
        response.del_cookie(cookies.LEAVING, path="/", samesite="Strict")
    return response


async def sorry(request: web.Request, kind: str, status: int) -> web.Response:
    """The page that says what went wrong and what to do; for the script, the sentence alone."""
    known = services(request).schemes
    id = request.match_info.get("scheme", "")
    scheme = known.load(id) if id in known.ids() else None
    back = f"/{scheme.id}" if scheme else "/"
    if request.headers.get("X-Part"):
        words = text(Phrase(f"web.sorry.{kind}"), DEFAULT)
        return web.Response(text=words, status=status, content_type="text/plain")
    return await page(
        request,
        "sorry.html",
        status=status,
        kind=kind,
        back=back,
        scheme=scheme,
        exit_path=f"{back}/weg" if scheme else None,
    )
