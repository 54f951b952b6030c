"""Looking a data directory over: who counts as somebody that receives complaints."""

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.schemes import Schemes
from storage.absences import Absence
from storage.errors import NoRecipient
from storage.examination import examine
from storage.officers import new_recovery
from storage.opening import keeping_of, open_store
from storage.passwords import QUICK
from storage.records import Keeping
from tests.storage.made import HANDLER, NOW, PASSWORD, SCHEME, file, keeping

SCHEMES = Schemes()


def kept(id: str) -> Keeping:
    """How the scheme that ships wants its cases kept."""
    return keeping_of(SCHEMES.load(id))


async def missing(folder: Path, *roles: str) -> tuple[str, ...]:
    """What is said to be missing where there are active officers in these roles, and nobody else."""
    async with open_store(folder, kept, cost=QUICK) as store:
        for at, role in enumerate(roles):
            await store.add_officer(SCHEME, role, f"Officer {at}", PASSWORD, now=NOW)
        said = (await store.readiness(SCHEME)).missing
    (found,) = [one for one in examine(folder, [SCHEME], NOW, kept) if one.about == "scheme"]
    assert found.details == (SCHEME, *said)
    return said


@pytest.mark.parametrize("role", ["administrator", "confidant", "client_confidant", "jeugdstem", "manager"])
async def test_officer_whose_role_receives_nothing_is_no_recipient(tmp_path: Path, role: str) -> None:
    assert await missing(tmp_path, role) == ("recipient", "recovery")


async def test_officer_in_the_role_of_the_scheme_is_the_recipient(tmp_path: Path) -> None:
    assert await missing(tmp_path, "administrator", "officer") == ("recovery", "stand_in")


async def test_what_is_said_to_be_ready_takes_a_complaint_and_what_is_not_refuses_it(tmp_path: Path) -> None:
    found = []
    for at, role in enumerate(("administrator", "manager", "officer")):
        async with open_store(tmp_path / str(at), kept, cost=QUICK) as store:
            public, secret = new_recovery()
            await store.set_recovery(SCHEME, public, secret, now=NOW)
            await store.add_officer(SCHEME, role, "Saskia de Vries", PASSWORD, now=NOW)
            ready = (await store.readiness(SCHEME, now=NOW)).ready
            try:
                await file(store, recipients=("officer",))
                found.append((role, ready, True))
            except NoRecipient:
                found.append((role, ready, False))
    assert found == [("administrator", False, False), ("manager", False, False), ("officer", True, True)]


async def test_stand_in_who_was_announced_counts_until_the_account_closes(tmp_path: Path) -> None:
    during, found = NOW.replace(month=6, day=3), []
    async with open_store(tmp_path, kept, cost=QUICK) as store:
        await store.add_officer(SCHEME, "officer", "Saskia de Vries", PASSWORD, now=NOW)
        saskia = await store.unlock(f"{SCHEME}/saskia-de-vries", PASSWORD, now=NOW)
        boss = await store.add_officer(SCHEME, "manager", "Marga Baas", PASSWORD, now=NOW)
        await store.approve(boss.id, saskia, now=NOW)
        found.append(looked(tmp_path, during))
        away = Absence(date(2026, 6, 1), date(2026, 6, 12), boss.id)
        await store.announce(away, saskia, now=NOW)
        found.append(looked(tmp_path, during))
        await store.disable(boss.id, by=saskia, now=NOW)
        found.append(looked(tmp_path, during))
    assert found == [("recovery", "stand_in"), ("recovery",), ("recovery", "stand_in")]


def looked(folder: Path, now: datetime) -> tuple[str, ...]:
    """What the scheme is found to lack when it is looked over."""
    (found,) = [one for one in examine(folder, [SCHEME], now, kept) if one.about == "scheme"]
    return found.details[1:]


async def test_without_a_scheme_every_role_counts_but_those_that_stand_apart(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        await store.add_officer(SCHEME, "administrator", "Ad Beheer", PASSWORD, now=NOW)
        await store.add_officer(SCHEME, HANDLER, "Saskia de Vries", PASSWORD, now=NOW)
    (found,) = [one for one in examine(tmp_path, [SCHEME], NOW) if one.about == "scheme"]
    assert found.details == (SCHEME, "recovery", "stand_in")


def test_who_is_told_when_nobody_is_left_may_receive_too() -> None:
    receives = keeping_of(SCHEMES.load("ben-in-de-buurt")).receives
    assert [role for role in ("manager", "officer", "*", "administrator") if receives(role)] == [
        "manager", "officer", "*",
    ]  # fmt: skip
    assert keeping_of(SCHEMES.load("cjg-kennemerland")).receives("jeugdstem")
