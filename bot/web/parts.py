"""The parts of the site that are the web chat's own (`bot.web.services.Part`)."""

from bot.web import attachments, chat, copies, form, home, resuming
from bot.web.services import Part, Services


def first_page(_: Services) -> Part:
    """The page with all organisations."""
    return Part("first page", on=True, why="/ lists the organisations", routes=home.ROUTES)


def web_chat(of: Services) -> Part:
    """The conversation of every organisation, with coming back, files and copies."""
    routes = (*chat.ROUTES, *resuming.ROUTES, *attachments.ROUTES, *copies.ROUTES)
    return Part("web chat", on=True, why=", ".join(f"/{id}" for id in of.schemes.ids()), routes=routes)


def plain_form(_: Services) -> Part:
    """The plain form of every organisation."""
    return Part("plain form", on=True, why="/ORGANISATION/formulier, also on paper", routes=form.ROUTES)
