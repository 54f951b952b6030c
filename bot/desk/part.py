"""The desk as a part of the site (`bot.web.services.Part`)."""

from bot.desk import cases, doors, today
from bot.web.services import Part, Services


def desk(_: Services) -> Part:
    """Where officers work. Its addresses come before those of organisations: ``/bureau`` is none."""
    routes = (*doors.ROUTES, *today.ROUTES, *cases.ROUTES)
    return Part("desk", on=True, why="/bureau, for who has an account", routes=routes)
