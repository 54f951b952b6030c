"""Reminders as a part of the site: on when there is a way to reach officers, and not ended by what goes wrong."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from bot.reminders import part
from bot.web.services import Services, Site
from flows.calendar.zone import AMSTERDAM
from tests.reminders.reached import Reached, reached

ORIGIN = "https://desk.example.org"
MAIL = {"SMTP_HOST": "mail.example.org", "MAIL_FROM": "gehoord@example.org"}
TELEGRAM = {"TELEGRAM_TOKEN": "4200000001:" + "A" * 35}
BY_MAIL, BY_TELEGRAM = "by mail through mail.example.org", "by Telegram to who linked it"


def services(office: Reached, **site: object) -> Services:
    """The services of a site that is set so."""
    return msgspec.structs.replace(office.of, site=Site(**site))  # type: ignore[arg-type]


SETTINGS: tuple[tuple[dict[str, str], dict[str, object], tuple[bool, str]], ...] = (
    ({}, {"origin": ORIGIN}, (False, "GEHOORD_SMTP_HOST is not set, so nobody is reminded by mail")),
    (MAIL, {"origin": ORIGIN}, (True, f"{BY_MAIL}, every minute what is due")),
    (TELEGRAM, {"origin": ORIGIN}, (True, f"{BY_TELEGRAM}, every minute what is due")),
    (MAIL | TELEGRAM, {"origin": ORIGIN}, (True, f"{BY_MAIL} and {BY_TELEGRAM}, every minute what is due")),
    (MAIL | TELEGRAM, {}, (False, "--origin is not set, so mails could not link to the desk")),
    (MAIL | TELEGRAM, {"demo": True}, (False, "a demonstration: no mail goes out")),
    (
        {"SMTP_HOST": "x"},
        {"origin": ORIGIN},
        (False, "GEHOORD_MAIL_FROM is to be an e-mail address of your own"),
    ),
)
"""What is set, how the site is, and what is said at start."""


async def test_part_says_by_which_ways_officers_are_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reached(tmp_path) as office:
        said = []
        for settings, site, _ in SETTINGS:
            with monkeypatch.context() as now:
                for name, value in settings.items():
                    now.setenv(f"GEHOORD_{name}", value)
                made = part.part(services(office, **site))
                said.append((made.on, made.why))
        assert said == [expected for _, _, expected in SETTINGS]


def stumbling(clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """A clock that breaks at the first look."""
    looks: list[datetime] = []

    def now() -> datetime:
        looks.append(clock())
        if len(looks) == 1:
            raise RuntimeError
        return looks[-1]

    return now


async def test_site_with_telegram_alone_reminds_and_goes_on_after_what_went_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reached(tmp_path) as office:
        await office.linked()
        monkeypatch.setattr(part, "MINUTE", 0.05)
        monkeypatch.setenv("GEHOORD_TELEGRAM_TOKEN", office.telegram.token)
        monkeypatch.setenv("GEHOORD_TELEGRAM_API", office.telegram.url)
        office.site.now = datetime(2026, 5, 26, 9, tzinfo=AMSTERDAM)
        of = services(office, origin=office.site.url)
        run = part.part(msgspec.structs.replace(of, clock=stumbling(office.site.clock))).run
        assert run is not None
        task = asyncio.ensure_future(run())
        try:
            told = office.reminder()
            await office.telegram.until(lambda: told in office.saskia.texts(), "the reminder", 60)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        assert (office.saskia.texts().count(told), office.box.mails) == (1, [])
