"""The desk as a part of the site (`bot.web.services.Part`)."""

from bot.desk import (
    account,
    afar,
    agenda,
    cases,
    doors,
    duty,
    hand,
    keeping,
    office,
    outputs,
    preview,
    reaching,
    signing,
    today,
    working,
    writing,
)
from bot.web.services import Part, Services


def desk(_: Services) -> Part:
    """Where officers work. Its addresses come before those of organisations: ``/bureau`` is none."""
    routes = (
        *doors.ROUTES, *today.ROUTES, *cases.ROUTES, *outputs.ROUTES, *keeping.ROUTES, *writing.ROUTES, *hand.ROUTES,
        *account.ROUTES, *reaching.ROUTES, *office.ROUTES, *signing.ROUTES, *preview.ROUTES, *working.ROUTES,
        *afar.ROUTES, *agenda.ROUTES, *duty.ROUTES,
    )  # fmt: skip
    return Part("desk", on=True, why="/bureau, for who has an account", routes=routes)
