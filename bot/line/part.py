"""The anonymous line as a part of the site (`bot.web.services.Part`)."""

from bot.line import inbox, notices, pages
from bot.web.services import Part, Services
from flows import line as lines


def part(of: Services) -> Part:
    """The line of every organisation that has a confidant of its own; for the others, who else there is."""
    own = [id for id in of.schemes.ids() if lines.own(of.schemes.load(id)) is not None]
    paths = ", ".join(f"/{id}/praten" for id in own)
    why = (
        f"{paths}, while a confidant is at work (gehoord line add)"
        if own
        else "no organisation has a confidant of its own"
    )
    if notices.able(of):
        why += "; who asks for it is told by mail of an answer"

    async def run() -> None:
        await notices.run(of)

    return Part("line", on=True, why=why, routes=(*pages.ROUTES, *inbox.ROUTES), run=run)
