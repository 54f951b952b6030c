"""Writing to the client of a case: by the chat they came by, without the words where somebody might look on.

What can be promised to the officer is what is true of this client: whether the words come into a chat, whether only
that there is something comes there, or whether they are read with the claim code alone and nobody tells the client.
"""

from typing import Literal

from aiohttp import web

from bot.desk import acting, cases
from bot.desk.acting import Wrong
from bot.desk.session import PATH
from bot.web import guard
from bot.web.services import services
from storage.correspondence import Reach
from storage.records import Dossier

STEP, LONGEST = "written", 4_000
"""What the form is called on the page of a case, and the most characters of one message."""

Way = Literal["chat", "web", "notice", "code", "none"]
"""How it comes: into a chat that we can write to · on the page where the client comes back · only that there is
something · by the code alone · not at all."""


def way(reach: Reach, dossier: Dossier) -> Way:
    """How what is written to this client comes to them."""
    if not reach.channels:
        return "code" if reach.code else "none"
    if not acting.may_write(dossier):
        return "notice" if reach.code else "none"
    return "chat" if set(reach.channels) - {"web"} else "web"


async def write(request: web.Request) -> web.StreamResponse:
    """Sends what the form holds; shown again with why where it cannot be sent."""
    desk, line = await cases.inside(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    dossier = await cases.opened(request, desk, line.number)
    how = way(await of.store.reach(line.number), dossier)
    words = given.get("text", "").replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST or how == "none" or line.closed:
        code = "text" if not words else "long" if len(words) > LONGEST else "no_way"
        return await cases.shown(request, desk, line, Wrong(STEP, code), words)
    await of.store.write(line.number, desk.who, words, open=how in ("chat", "web"), now=of.clock())
    raise web.HTTPSeeOther(f"{PATH}/zaak/{line.number}?gedaan={STEP}")


ROUTES = (web.post(f"{PATH}/zaak/{{number}}/bericht", write),)
