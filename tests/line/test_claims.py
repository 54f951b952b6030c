"""Every promise of the line: true where it is made, on every page and in every talk; broken where it is not."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

import bot.line.talking
import bot.line.words
import bot.web.pages
from bot.chance import seeded
from bot.line import presence
from bot.line.words import marks
from bot.playing import Player
from bot.transcripts import read
from flows.claims import made_by
from flows.line import LEADING, Mark, Reader
from flows.line_claims import CLAIMS, Circumstances, broken
from flows.messages import Arg, Day, Message, Phrase
from locales.catalogues import ids
from storage.lines import Line
from tests.conversing import WEDNESDAY
from tests.desk.site import DeskSite
from tests.line.conftest import SCHEME
from tests.line.test_readers import AILEEN, BO, answered, at_work, inbox
from tests.schemes import scheme

ROOT = Path(__file__).parents[2]
TALKS = {
    path.stem: path.read_text("utf-8") for path in sorted((ROOT / "tests/transcripts/line").glob("*.txt"))
}

PLAIN = frozenset(
    {"title", "begin", "enter", "enter.label", "enter.go", "code.title", "code.words", "code.write", "code.next",
     "type.title", "type.again", "type.go", "open", "say", "send", "you", "hour", "other", "more", "out", "close",
     "wipe", "forward", "forward.go", "door", "next", "writes", "last", "share.yes", "hand.yes", "notice",
     "notice.mail", "notice.go", "notice.stop", "file", "file.choose", "file.a_photo", "file.a_voice",
     "private", "stand_in"}
)  # fmt: skip
"""What names, asks, invites or advises, and promises nothing."""

REFUSALS = frozenset(
    {"enter.wrong", "type.wrong", "late", "empty", "long", "only_words", "share.gone", "file.kind", "file.large",
     "notice.wrong", "forward.how", "wipe.sure"}
)  # fmt: skip
"""What says why something was not done or what will be done: each is read in a test of its own in this folder."""


def test_every_sentence_that_a_client_reads_is_a_promise_with_its_proof_or_promises_nothing() -> None:
    said = {id.removeprefix("confide.") for id in ids("confide", "nl") if not id.startswith("confide.inbox")}
    promised = {
        id.removeprefix("confide.") for claim in CLAIMS for id in claim.messages if id.startswith("confide.")
    }

    assert said - promised == PLAIN | REFUSALS
    assert promised - said == set()
    assert [claim.proof for claim in CLAIMS if not (ROOT / claim.proof).exists()] == []


def circumstances(**more: object) -> Circumstances:
    """A line that Aileen reads, with Bo beside her; everything that could be stated is."""
    known = {
        "scheme": scheme(SCHEME),
        "readers": (Reader("a", "Aileen", here=True),),
        "others": (Reader("b", "Bo"),),
        "marks": (Mark(True, WEDNESDAY, True),),
        "today": WEDNESDAY.date(),
        "stated": frozenset({"closed", "wiped", "refused", "notice", "mail", "asked:b"}),
    }
    return Circumstances(**(known | more))  # type: ignore[arg-type]


UNREAD = (Mark(True, WEDNESDAY, False),)
AWAY = (Reader("a", "Aileen", away=date(2026, 6, 3)),)
NOBODY: dict[str, object] = {"readers": (), "others": (), "stated": frozenset(), "marks": ()}
ARGS: dict[str, dict[str, Arg]] = {
    "confide.lead": {"name": "Aileen"},
    "confide.kept": {"months": "24"}, "confide.unread_long": {"days": "3"}, "confide.here": {"name": "Aileen"},
    "confide.away": {"name": "Aileen", "day": Day(date(2026, 6, 3))}, "confide.share": {"other": "Bo"},
    "confide.hand": {"other": "Bo"},
}  # fmt: skip
TRUE: dict[str, Circumstances] = {
    "confide.unread": circumstances(marks=UNREAD), "confide.unread_long": circumstances(marks=UNREAD),
    "confide.away": circumstances(readers=AWAY), "confide.none": circumstances(**NOBODY),
}  # fmt: skip
UNTRUE: dict[str, Circumstances] = {
    "confide.kept": circumstances(
        scheme=msgspec.structs.replace(
            scheme(SCHEME), retention=msgspec.structs.replace(scheme(SCHEME).retention, maximum=6)
        )
    ),
    "confide.read": circumstances(marks=UNREAD), "confide.none": circumstances(),
}  # fmt: skip
OF_SOURCE = re.compile(r"confidant\.|claim\.")


@pytest.mark.parametrize(
    "id", sorted(id for claim in CLAIMS for id in claim.messages if not OF_SOURCE.match(id))
)
def test_each_promise_holds_in_its_circumstances_and_is_broken_out_of_them(id: str) -> None:
    message = Message(id, tuple(ARGS.get(id, {}).items()))

    assert broken(TRUE.get(id, circumstances()), [message]) == ()
    assert len(broken(UNTRUE.get(id, circumstances(**NOBODY)), [message])) == 1


@pytest.mark.parametrize("point", ["listens", "looks_together", "acts_together", "between_us", "danger"])
def test_what_a_confidant_does_is_said_of_one_whose_source_says_it(point: str) -> None:
    said = [Message(f"confidant.says.{point}")]

    assert broken(circumstances(), said) == ()
    assert len(broken(circumstances(scheme=scheme("blijf-groep")), said)) == 1


class Told(NamedTuple):
    """What was worded for somebody: in which words, and what it was."""

    messages: list[Message]

    def take(self) -> list[Message]:
        """All since the last time."""
        found = list(self.messages)
        self.messages.clear()
        return found


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Everything that pages and talks put into words from now on."""
    found = Told([])

    def noting(say: Callable[..., object]) -> Callable[..., object]:
        def noted(said: object, locale: str) -> object:
            match said:
                case Message():
                    found.messages.append(said)
                case Phrase(id, filled):
                    found.messages.append(Message(id, filled))
            return say(said, locale)

        return noted

    for where, name in ((bot.web.pages, "text"), (bot.line.words, "render"), (bot.line.talking, "render")):
        monkeypatch.setattr(where, name, noting(getattr(where, name)))
    return found


async def as_it_is(site: DeskSite, stated: frozenset[str], line: Line | None) -> Circumstances:
    """What is true on the site now."""
    known = await presence.team(site.store, scheme(SCHEME), site.now)
    mine = [one for one in known if one.id in line.readers] if line else known[:1]
    return Circumstances(
        scheme(SCHEME), tuple(mine), tuple(one for one in known if one not in mine),
        tuple(marks(line)) if line else (), site.now.date(), stated,
    )  # fmt: skip


async def test_every_page_of_the_line_promises_only_what_is_true(
    tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole line, from nobody there to wiped; each page is held against what is true at that moment."""
    monkeypatch.setenv("GEHOORD_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("GEHOORD_SMTP_TLS", "off")
    monkeypatch.setenv("GEHOORD_MAIL_FROM", "post@example.org")
    seen: set[str] = set()
    async with at_work(tmp_path, origin="http://praten.example.org") as (site, client, desk):

        async def true(*stated: str) -> None:
            page = [one for one in told.take() if not one.id.startswith("confide.inbox")]
            seen.update(one.id for one in page)
            (line,) = await one_line() if client.code and "wiped" not in stated else (None,)
            at = await as_it_is(site, frozenset({"mail", *stated}), line)
            assert broken(at, page) == ()

        async def one_line() -> tuple[Line | None]:
            key = await site.store.unlock(keys[-1], "appel fiets maandag wolk", now=site.now)
            found = await site.store.lines_of(key)
            return (next(iter(found), None),)

        keys = [AILEEN]
        for query in ("", "?taal=nl@kind", "?taal=nl@u", "?taal=en"):
            await client.get(query)
            await true()
        await client.begin()
        await true()
        for words in ("Hoi.", "mijn stiefvader slaat mij"):
            await client.post("zeg", say=words)
            await true()
        await client.post("klaar", do="notice", mail="kwik@example.nl")
        await true("notice")
        site.later(days=3)
        await client.post("in", words=client.code)
        await true("notice")
        (path,) = await inbox(desk, AILEEN)
        await answered(desk, path, "Ik ga met verlof.", asks=BO)
        told.take()
        await client.get()
        await true("notice", f"asked:{BO}")
        await desk.post("/bureau/lijnen", last="2026-06-03")
        told.take()
        await client.get()
        await true("notice", f"asked:{BO}")
        await client.post("klaar", do=f"share:{BO}")
        await true("notice", f"asked:{BO}")
        keys.append(BO)
        await client.post("klaar", do=f"hand:{BO}")
        await true("notice")
        await client.post("zeg", say="Dag.", last="yes")
        await true("notice", "closed")
        await client.post("klaar", do="wipe")
        await true("notice", "wiped")
        for who in (AILEEN, BO):
            await site.store.disable(who, now=site.now)
        told.take()
        await client.get()
        await true("wiped")

    promised = {id for claim in CLAIMS for id in claim.messages if id.startswith("confide.")}
    assert promised - seen == {"confide.unreachable"}  # said when the last reader left: see test_readers.py


@pytest.mark.parametrize("name", TALKS)
async def test_every_turn_of_the_four_talks_promises_only_what_is_true(name: str) -> None:
    transcript = read(TALKS[name], name)
    player = Player(
        transcript, scheme(SCHEME), WEDNESDAY, seeded(name), locale=transcript.headers.get("locale")
    )
    talk = player._talk
    shows = talk._said
    wrong: list[str] = []

    def held(said: tuple[Message, ...], code: str | None = None) -> object:
        line = talk._ends._lines.get(talk._ends._line)  # type: ignore[attr-defined]
        kept = tuple(Mark(not word.by, word.at, word.read) for word in line.words) if line else ()
        at = Circumstances(
            scheme(SCHEME), (Reader("confidant", "Aileen Kivits"),), marks=kept,
            stated=frozenset({"closed"} if line and line.closed else ()),
        )  # fmt: skip
        wrong.extend(broken(at, said))
        return shows(said, code)

    talk._said = held  # type: ignore[method-assign, assignment]
    assert await player.play() == ()
    assert wrong == []


def test_what_leads_to_a_line_is_a_promise_of_the_conversation() -> None:
    assert [id for id in sorted(LEADING) if not made_by(id)] == []
