"""A terminal conversation that is kept: it goes as one that is not, and is forgotten when it should be."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bot import clock
from bot.chance import seeded
from bot.kept_talk import KeptTalk, open_data
from bot.schemes import Schemes
from bot.talk import Exchange, Rehearsal, Talk
from flows.effects import Wake
from flows.events import Chose, Event, Happened, Said, Started
from flows.session import Session, Turn
from storage.opening import open_store
from storage.practice import is_practice, practice_officer
from storage.records import Address
from storage.sqlite import SqliteStore

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=clock.AMSTERDAM)
STORY = Said("Gisteren lachte een medewerker mij uit in Haarlem. Ik ben cliënt, en ik ben Tom.")
SCHEMES = Schemes()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with open_data(tmp_path / "data", SCHEMES) as opened:
        yield opened


def kept(store: SqliteStore) -> KeptTalk:
    return KeptTalk(store, SCHEMES, "blijf-groep", NOON, None)


async def all(talk: Talk, *events: Event) -> list[Exchange]:
    return [await talk.handle(event) for event in (Started("terminal"), *events)]


async def to_the_end(talk: Talk) -> Exchange:
    """Talk on until it was sent."""
    last = (await all(talk, STORY, Said("ja")))[-1]
    for _ in range(12):
        if last.session.state == "done":
            return last
        last = await talk.handle(Chose(("send",)) if last.session.state == "checking" else Said("sla over"))
    raise AssertionError(f"not sent: {last.session.state} {last.session.asking}")


async def test_a_kept_conversation_says_what_one_that_is_not_kept_says(store: SqliteStore) -> None:
    events = (
        STORY,
        Said("ja maar het was maandag"),
        Said("sla over"),
        Chose(("no_such_option",)),
        Said("wis"),
    )
    rehearsal = Rehearsal(SCHEMES.load("blijf-groep"), NOON, seeded("a test"))

    assert [exchange.said for exchange in await all(kept(store), *events)] == [
        exchange.said for exchange in await all(rehearsal, *events)
    ]


@pytest.mark.parametrize("last", [Chose(("stop",)), Said("wis")])
async def test_a_conversation_that_is_not_kept_forgets_what_one_that_is_kept_forgets(
    store: SqliteStore, last: Event
) -> None:
    rehearsal, sessions = Rehearsal(SCHEMES.load("blijf-groep"), NOON, seeded("a test")), list[Session]()
    for talk in (kept(store), rehearsal):
        filed = (await to_the_end(talk)).session
        assert (filed.answers["name"].value, filed.said != (), filed.claim_code is not None) == (
            "Tom",
            True,
            True,
        )
        await talk.handle(last)
        then = (await talk.handle(Said("hoi"))).session
        assert (then.answers, then.claim_code, then.case is None) == ({}, None, last == Said("wis"))
        sessions.append(msgspec.structs.replace(then, case=None))
    assert sessions[0] == sessions[1]


async def test_words_with_which_somebody_comes_back_too_late_are_kept_and_what_was_told_before_is_not(
    store: SqliteStore,
) -> None:
    rehearsal, found = Rehearsal(SCHEMES.load("blijf-groep"), NOON, seeded("a test")), list[Session]()
    late = kept(store)
    for talk in (late, rehearsal):
        await all(talk, Said("Een medewerker lachte mij uit, op 3 mei."))
        if isinstance(talk, Rehearsal):
            talk.now += timedelta(days=3)
        else:
            talk._now += timedelta(days=3)  # and the site was down, so that nothing was purged
        await talk.handle(STORY)
        found.append((await talk.handle(Said("ja"))).session)
    assert [session.answers["story"].words for session in found] == [STORY.text] * 2
    assert [session.answers["name"].value for session in found] == ["Tom"] * 2


async def test_two_conversations_know_nothing_of_each_other(store: SqliteStore) -> None:
    await all(kept(store), STORY)
    (opening,) = await all(kept(store))

    assert (opening.session.state, opening.session.answers) == ("opening", {})


async def test_what_was_filed_is_found_again_by_its_code(store: SqliteStore) -> None:
    filed = await to_the_end(kept(store))
    assert filed.session.case is not None
    assert filed.session.claim_code is not None

    another = kept(store)
    exchanges = await all(another, Said("hoe staat het met mijn klacht?"), Said(filed.session.claim_code))

    assert exchanges[-1].session.case is not None
    assert exchanges[-1].session.case.number == filed.session.case.number


async def test_an_unsent_conversation_is_gone_when_its_time_is_over(store: SqliteStore) -> None:
    talk = kept(store)
    await all(talk, STORY)

    exchange = await talk.wait(timedelta(days=4))

    assert exchange.session.answers == {}


async def test_a_step_of_the_officers_reaches_the_client(store: SqliteStore) -> None:
    talk = kept(store)
    await to_the_end(talk)

    exchange = await talk.handle(Happened("contact_made"))

    assert exchange.session.case is not None
    assert exchange.session.case.status == "in_progress"


async def test_real_data_is_opened_as_such_and_takes_nothing_without_officers(tmp_path: Path) -> None:
    async with open_store(tmp_path, pytest.fail):
        pass

    async with open_data(tmp_path, SCHEMES) as opened:
        assert (await opened.readiness("blijf-groep")).ready is False
    assert is_practice(tmp_path) is False


async def test_question_that_was_wished_for_comes_at_its_own_moment_and_once(store: SqliteStore) -> None:
    talk = kept(store)
    await to_the_end(talk)
    await talk.handle(Chose(("followup",)))
    early = await talk.wait(timedelta(days=8))
    asked = await talk.wait(timedelta(days=3))
    after = await talk.wait(timedelta(days=3))
    assert [[said.id for said in one.said] for one in (early, asked, after)] == [[], ["followup.contact"], []]
    assert asked.session.at.startswith("2026-05-31T12:00")


async def test_question_comes_however_much_waits_for_others(store: SqliteStore) -> None:
    talk, address = kept(store), Address("terminal", "somebody else", "blijf-groep")
    await to_the_end(talk)
    await talk.handle(Chose(("followup",)))
    for number in range(130):
        turn = Turn(Session("blijf-groep", "v1"), effects=(Wake("2026-05-21T09:00:00+02:00"),))
        other = msgspec.structs.replace(address, key=f"{number}")
        await store.commit(other, 0, turn, now=NOON)
    asked = await talk.wait(timedelta(days=10))
    assert [said.id for said in asked.said] == ["followup.contact"]


async def test_all_that_an_officer_did_meanwhile_comes_in_its_order(
    store: SqliteStore, tmp_path: Path
) -> None:
    talk = kept(store)
    filed = (await to_the_end(talk)).session.case
    assert filed is not None
    await talk.handle(Chose(("followup",)))
    who = practice_officer(tmp_path / "data", "blijf-groep")
    for id in ("contact_made", "solution_found"):
        await store.act(filed.number, who, (), Happened(id), now=NOON)
    came = await talk.wait(timedelta(days=1))
    assert [said.id for said in came.said] == ["followup.is_solved"]
    assert [one for one in await store.wakes(NOON) if one.address.channel == "terminal"] == []
