"""Looking a data directory over: who counts as somebody that receives complaints."""

from pathlib import Path

import pytest

from bot.schemes import Schemes
from storage.examination import examine
from storage.opening import keeping_of, open_store
from storage.passwords import QUICK
from storage.records import Keeping
from tests.storage.made import HANDLER, NOW, PASSWORD, SCHEME, keeping

SCHEMES = Schemes()


async def missing(folder: Path, *roles: str) -> tuple[str, ...]:
    """What is said to be missing where there are active officers in these roles, and nobody else."""

    def kept(id: str) -> Keeping:
        return keeping_of(SCHEMES.load(id))

    async with open_store(folder, kept, cost=QUICK) as store:
        for at, role in enumerate(roles):
            await store.add_officer(SCHEME, role, f"Officer {at}", PASSWORD, now=NOW)
        said = (await store.readiness(SCHEME)).missing
    (found,) = [one for one in examine(folder, [SCHEME], NOW, kept) if one.about == "scheme"]
    assert found.details == (SCHEME, *said)
    return said


@pytest.mark.parametrize("role", ["administrator", "confidant", "client_confidant", "jeugdstem"])
async def test_officer_whose_role_receives_nothing_is_no_recipient(tmp_path: Path, role: str) -> None:
    assert await missing(tmp_path, role) == ("recipient", "recovery")


async def test_officer_in_the_role_of_the_scheme_is_the_recipient(tmp_path: Path) -> None:
    assert await missing(tmp_path, "administrator", "officer") == ("recovery", "stand_in")


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
