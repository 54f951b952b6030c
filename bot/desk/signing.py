"""What an administrator signs off: the scheme with its versions, and each point that its source leaves open."""

from datetime import datetime

import msgspec
from aiohttp import web

from bot.desk import session
from bot.desk.session import PATH
from bot.web import pages
from bot.web.services import services
from flows import checking
from flows.calendar.zone import AMSTERDAM
from flows.checks_signing import Point
from flows.messages import Phrase
from flows.scheme import Clause, Scheme
from locales import dates, known, text
from storage.oversight import VersionInUse


class Asked(msgspec.Struct, frozen=True):
    """A point as it is read: what is asked (`lang` is its language), what the source says, where it stands.

    `keys` are the data meant: their name in words, their key path and their line; `line` is that of the point.
    """

    words: str
    lang: str
    says: str
    line: int
    keys: tuple[tuple[str, str, int], ...]
    clauses: tuple[str, ...]


class Version(msgspec.Struct, frozen=True):
    """A version under which cases began, in words."""

    hash: str
    now: bool
    open: int
    closed: int
    first: str
    last: str


async def signing(request: web.Request) -> web.Response:
    """The page with what is to be signed off."""
    desk = await session.administrator(request)
    of = services(request)
    scheme = of.schemes.load(desk.officer.scheme)
    file, content = of.schemes.text(scheme.id)
    asked = [point(one, desk.locale) for one in checking.signing(content, file)]
    used = await of.store.versions(scheme.id)
    return await pages.page(
        request, "desk/signing.html", locale=desk.locale, desk=desk, scheme=scheme, file=file, asked=asked,
        empty=[one for one in checking.check(content, file) if one.rule == "unsigned"],
        versions=[version(one, scheme, desk.locale) for one in used],
        unused=scheme.hash not in {one.hash for one in used},
        checked=dates.day(scheme.source.checked, desk.locale),
        since=dates.day(scheme.valid_from, desk.locale) if scheme.valid_from else "",
    )  # fmt: skip


def point(of: Point, locale: str) -> Asked:
    """A point in the words of this locale, or in English where the scheme has no others."""
    dutch = of.entry.nl if locale == "nl" else ""
    english = f"{of.entry.what}: {of.entry.why}"
    return Asked(
        dutch or english,
        "nl" if dutch else "en",
        of.entry.says,
        of.line,
        tuple((key_words(path, locale), path, line) for path, line in of.keys),
        _clauses(of.entry.clause),
    )


def key_words(path: str, locale: str) -> str:
    """What a key path is about, by its first key; the path itself where no words are known."""
    id = f"desk.key.{path.partition('.')[0]}"
    return text(Phrase(id), locale) if known(id, locale) else path


def version(of: VersionInUse, scheme: Scheme, locale: str) -> Version:
    """A version in words."""
    return Version(
        of.hash, of.hash == scheme.hash, of.open, of.closed, _day(of.first, locale), _day(of.last, locale)
    )


def _day(at: datetime, locale: str) -> str:
    return dates.short(at.astimezone(AMSTERDAM).date(), locale)


def _clauses(of: Clause) -> tuple[str, ...]:
    return of if isinstance(of, tuple) else (of,)


ROUTES = (web.get(f"{PATH}/beheer/regeling", signing),)
