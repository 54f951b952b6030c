"""Anonymous lines: who opens what, once each, and what is left of them."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from storage.errors import AlreadyThere, LineClosed, NoRecipient, UnknownLine
from storage.lines import CONFIDANT, Holder, LineCode, Word
from storage.officers import Unlocked
from storage.records import Purged
from storage.store import Store
from tests.storage.made import HOUR, NOW, PASSWORD, SCHEME

SECRET = "1-2-3-4-5-6"
WHOLE_HOUR = NOW.replace(minute=0)
EARLY, LATE = NOW + timedelta(days=5 * 365), NOW + timedelta(days=5 * 366 + 1)
"""Within and after the five years for which the scheme keeps."""


async def confidant(store: Store, name: str = "Aileen", scheme: str = SCHEME) -> Unlocked:
    """A confidant of the scheme, at work."""
    officer = await store.add_confidant(scheme, name, PASSWORD, now=NOW)
    return await store.unlock(officer.id, PASSWORD, now=NOW)


async def opened(store: Store, *readers: Unlocked) -> tuple[Holder, LineCode]:
    """A new line to these confidants, and its code."""
    code = LineCode(await store.draw_locator(), SECRET)
    return await store.open_line(SCHEME, code, [who.id for who in readers], now=NOW), code


class Lines:
    """`storage.lines.Lines`."""

    async def test_a_confidant_reads_no_cases_and_is_let_in_by_nobody(self, store: Store) -> None:
        officer = await store.add_confidant(SCHEME, "Aileen Kivits", PASSWORD, now=NOW)

        assert (officer.id, officer.role, officer.state) == (f"{SCHEME}/aileen-kivits", CONFIDANT, "active")
        assert await store.readers(SCHEME, ["*", CONFIDANT]) == ()
        with pytest.raises(AlreadyThere):
            await store.add_confidant(SCHEME, "Aileen Kivits", PASSWORD, now=NOW)

    async def test_what_is_said_is_read_on_the_other_side_and_then_counts_as_read(self, store: Store) -> None:
        aileen = await confidant(store)
        client, _ = await opened(store, aileen)
        await store.say_on_line(client, b"hoi", "a", now=NOW)
        (waiting,) = await store.lines_of(aileen)
        before = (await store.read_line(client, now=NOW)).words

        await store.take_line(aileen, waiting.ref, now=NOW)
        await store.answer_on_line(aileen, waiting.ref, b"dag", "b", now=NOW + HOUR)

        assert waiting.words == (Word("", WHOLE_HOUR, False, b"hoi"),)
        assert before == (Word("", WHOLE_HOUR, False, b"hoi"),)
        assert (await store.read_line(client, now=NOW)).words == (
            Word("", WHOLE_HOUR, True, b"hoi"),
            Word(aileen.id, WHOLE_HOUR + HOUR, False, b"dag"),
        )
        assert [word.read for word in (await store.take_line(aileen, waiting.ref, now=NOW)).words] == [
            True,
            True,
        ]

    async def test_only_the_code_leads_back(self, store: Store) -> None:
        aileen = await confidant(store)
        client, code = await opened(store, aileen)

        assert await store.enter_line(SCHEME, code) == client
        assert await store.enter_line(SCHEME, LineCode(code.locator, "1-2-3-4-5-7")) is None
        assert await store.enter_line(SCHEME, LineCode((code.locator + 1) % 2**20, SECRET)) is None
        assert await store.enter_line("klein", code) is None

    async def test_the_same_code_again_is_the_same_line_and_another_is_refused(self, store: Store) -> None:
        aileen = await confidant(store)
        client, code = await opened(store, aileen)

        assert await store.open_line(SCHEME, code, [aileen.id], now=NOW) == client
        with pytest.raises(AlreadyThere):
            await store.open_line(SCHEME, LineCode(code.locator, "9-9-9-9-9-9"), [aileen.id], now=NOW)

    async def test_the_client_chooses_who_reads_it_from_here_on(self, store: Store) -> None:
        aileen, bo = await confidant(store), await confidant(store, "Bo")
        client, _ = await opened(store, aileen)
        await store.say_on_line(client, b"hoi", "a", now=NOW)
        await store.share_line(client, [aileen.id, bo.id], now=NOW)
        both = [
            [word.body for line in await store.lines_of(who) for word in line.words] for who in (aileen, bo)
        ]
        await store.share_line(client, [bo.id], now=NOW)
        await store.say_on_line(client, b"dag", "b", now=NOW)

        assert both == [[b"hoi"], [b"hoi"]]
        assert await store.lines_of(aileen) == ()
        (line,) = await store.lines_of(bo)
        assert [word.body for word in (await store.take_line(bo, line.ref, now=NOW)).words] == [
            b"hoi",
            b"dag",
        ]
        assert [word.body for word in (await store.read_line(client, now=NOW)).words] == [b"hoi", b"dag"]

    async def test_a_line_is_shared_with_confidants_of_its_scheme_only(self, store: Store) -> None:
        aileen, stranger = await confidant(store), await confidant(store, "Bo", "klein")
        client, _ = await opened(store, aileen)
        await store.say_on_line(client, b"hoi", "a", now=NOW)

        with pytest.raises(NoRecipient):
            await store.share_line(client, [stranger.id], now=NOW)
        assert len(await store.lines_of(aileen)) == 1

    async def test_who_wishes_to_hear_of_an_answer_is_told_once_for_what_they_did_not_see(
        self, store: Store
    ) -> None:
        aileen = await confidant(store)
        client, _ = await opened(store, aileen)
        await store.say_on_line(client, b"hoi", "a", now=NOW)
        (line,) = await store.lines_of(aileen)
        await store.notify_line(client, "kwik@example.nl")
        nothing_new = await store.line_notices()

        await store.answer_on_line(aileen, line.ref, b"dag", "b", now=NOW)
        (due,) = await store.line_notices()
        await store.line_noticed(due)
        told = await store.line_notices()
        await store.answer_on_line(aileen, line.ref, b"ben je er?", "c", now=NOW)
        again = len(await store.line_notices())
        assert (await store.read_line(client, now=NOW)).notified
        seen = await store.line_notices()

        assert (nothing_new, due.address, told, again, seen) == ((), "kwik@example.nl", (), 1, ())
        assert repr(due) == "<Notice>"

    @pytest.mark.parametrize("how", ["choice", "wipe", "time"])
    async def test_where_the_client_hears_of_an_answer_goes_with_the_line_or_before_it(
        self, store: Store, how: str
    ) -> None:
        aileen = await confidant(store)
        client, _ = await opened(store, aileen)
        await store.notify_line(client, "kwik@example.nl")
        await store.say_on_line(client, b"hoi", "a", now=NOW)
        (line,) = await store.lines_of(aileen)
        await store.answer_on_line(aileen, line.ref, b"dag", "b", now=NOW)
        match how:
            case "choice":
                await store.notify_line(client, "")
            case "wipe":
                await store.wipe_line(client, now=NOW)
            case _:
                await store.purge(LATE)

        assert await store.line_notices() == ()

    async def test_who_is_not_a_reader_sees_nothing(self, store: Store) -> None:
        aileen, other = await confidant(store), await confidant(store, "Bo")
        client, _ = await opened(store, aileen)
        await store.say_on_line(client, b"hoi", "a", now=NOW)
        (line,) = await store.lines_of(aileen)

        assert await store.lines_of(other) == ()
        with pytest.raises(UnknownLine):
            await store.take_line(other, line.ref, now=NOW)

    async def test_a_stand_in_who_was_accepted_reads_it_too(self, store: Store) -> None:
        aileen, other = await confidant(store), await confidant(store, "Bo")
        client, _ = await opened(store, aileen, other)
        await store.say_on_line(client, b"hoi", "a", now=NOW)

        assert [[word.body for word in line.words] for line in await store.lines_of(other)] == [[b"hoi"]]

    async def test_no_line_opens_to_somebody_who_is_no_confidant(self, store: Store) -> None:
        code = LineCode(await store.draw_locator(), SECRET)

        with pytest.raises(NoRecipient):
            await store.open_line(SCHEME, code, ["blijf-groep/niemand"], now=NOW)

    async def test_what_is_posted_twice_is_said_once(self, store: Store) -> None:
        aileen = await confidant(store)
        client, _ = await opened(store, aileen)

        assert [await store.say_on_line(client, b"hoi", "a", now=NOW) for _ in range(2)] == [True, False]
        assert len((await store.read_line(client, now=NOW)).words) == 1

    async def test_a_line_that_was_closed_is_read_and_not_written(self, store: Store) -> None:
        aileen = await confidant(store)
        client, _ = await opened(store, aileen)
        (line,) = await store.lines_of(aileen)
        await store.answer_on_line(aileen, line.ref, b"dag", "b", now=NOW, last=True)

        assert (await store.read_line(client, now=NOW)).closed == "confidant"
        with pytest.raises(LineClosed):
            await store.say_on_line(client, b"nog iets", "c", now=NOW)

    async def test_a_client_closes_it_too(self, store: Store) -> None:
        aileen = await confidant(store)
        client, _ = await opened(store, aileen)
        await store.close_line(client, now=NOW)

        assert [line.closed for line in await store.lines_of(aileen)] == ["client"]

    async def test_a_line_that_was_wiped_is_gone_for_both_and_a_tombstone_is_left(self, store: Store) -> None:
        aileen = await confidant(store)
        client, code = await opened(store, aileen)
        await store.say_on_line(client, b"hoi", "a", now=NOW)
        await store.wipe_line(client, now=NOW)

        assert await store.enter_line(SCHEME, code) is None
        with pytest.raises(UnknownLine):
            await store.read_line(client, now=NOW)
        with pytest.raises(UnknownLine):
            await store.say_on_line(client, b"hoi", "b", now=NOW)
        assert [(line.gone, line.words) for line in await store.lines_of(aileen)] == [(True, ())]

    async def test_a_line_goes_when_its_time_is_over_and_no_purge_tells_that_it_was_there(
        self, store: Store
    ) -> None:
        aileen = await confidant(store)
        client, code = await opened(store, aileen)
        await store.say_on_line(client, b"hoi", "a", now=NOW)

        nothing = Purged((), 0, 0, 0, (), (), dry=False)
        assert await store.purge(EARLY) == nothing
        assert await store.purge(LATE, dry=True) == msgspec.structs.replace(nothing, dry=True)
        assert [word.body for word in (await store.read_line(client, now=NOW)).words] == [b"hoi"]

        assert await store.purge(LATE) == nothing
        assert (await store.enter_line(SCHEME, code), await store.lines_of(aileen)) == (None, ())
        again = await store.open_line(SCHEME, code, [aileen.id], now=LATE)
        assert (await store.read_line(again, now=LATE)).words == ()

    async def test_what_is_said_while_lines_are_purged_is_never_lost(self, store: Store) -> None:
        aileen = await confidant(store)
        clients = [(await opened(store, aileen))[0] for _ in range(12)]

        async def speak(client: Holder) -> bool:
            try:
                return await store.say_on_line(client, b"nog iets", "a", now=LATE)
            except UnknownLine:
                return False

        said = await asyncio.gather(*map(speak, clients[:6]), store.purge(LATE), *map(speak, clients[6:]))
        kept = [one is True for one in said]
        read = [line.words[0].body for line in await store.lines_of(aileen)]
        assert read == [b"nog iets"] * sum(kept)

    async def test_long_talks_and_long_messages_are_kept_whole(self, store: Store) -> None:
        aileen = await confidant(store)
        client, _ = await opened(store, aileen)
        said = [bytes([at]) * (9000 if at == 7 else 10) for at in range(150)]
        for at, body in enumerate(said):
            await store.say_on_line(client, body, f"{at:016x}", now=NOW)

        assert [word.body for word in (await store.read_line(client, now=NOW)).words] == said

    async def test_a_new_process_key_leaves_everything_readable(self, store: Store) -> None:
        aileen = await confidant(store)
        client, code = await opened(store, aileen)
        await store.say_on_line(client, b"hoi", "a", now=NOW)
        await store.rotate_process_key(NOW)

        assert await store.enter_line(SCHEME, code) == client
        assert [word.body for word in (await store.read_line(client, now=NOW)).words] == [b"hoi"]

    async def test_what_a_browser_holds_is_taken_back_only_if_it_is_ours(self, store: Store) -> None:
        held = await store.lend("code", b"iets")

        assert await store.lent("code", held) == b"iets"
        assert [await store.lent(kind, text) for kind, text in (
            ("other", held), ("code", held[:-2] + "AA"), ("code", ""), ("code", "9.x"), ("code", "é.é"),
        )] == [None] * 5  # fmt: skip
