"""The catalogues: gettext files, read into memory when first needed.

The rules of this file
 1. A message's id is its key in the catalogues; a key says what is meant ("opening.hello"), never how.
 2. A locale is a language, with a register where people are addressed otherwise: ``nl`` is *je*, ``nl@u`` is
    *u*, ``nl@kind`` speaks to a child. A register holds only what differs and falls back on its language.
 3. A language without catalogues falls back on Dutch, so that nobody ever reads a bare key.
 4. Ids that begin with the name of a folder here (``time.``, ``office.`` …) stand in that folder's
    catalogues, all others beside this file: what a program does not say, it does not read.
"""

import pkgutil
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from typing import TYPE_CHECKING

from locales.reading import Texts

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LOCALES = ("nl", "nl@u", "nl@kind", "en")
"""The locales with catalogues of their own, each language before its registers."""

CONVERSATION = ""
DOMAINS = (CONVERSATION, "time", "terminal", "office", "web", "desk", "telegram", "confide", "mail")
"""The folders of catalogues; the conversation's stand at the top."""
_FOLDERS = frozenset(DOMAINS)


def language(locale: str) -> str:
    """The language of a locale, and Dutch where there are no catalogues for it."""
    base = locale.partition("@")[0]
    return base if base in LOCALES else "nl"


def cldr(locale: str) -> str:
    """The Unicode locale whose dates and lists a locale uses: British English, as taught in Europe."""
    return {"en": "en_GB"}.get(base := language(locale), base)


def domain(id: str) -> str:
    """The folder in which the catalogues hold this message."""
    first = id.partition(".")[0]
    return first if first in _FOLDERS else CONVERSATION


@cache
def translations(domain: str, locale: str) -> NullTranslations:
    """The texts of a catalogue, with what it falls back on behind it."""
    data = _file(domain, locale)
    base = language(locale)
    behind = translations(domain, base) if locale != base else None
    if data is None:
        return behind or NullTranslations()
    result = Texts(data.decode())
    if behind is not None:
        result.add_fallback(behind)
    return result


@cache
def catalogue(domain: str, locale: str) -> "Catalog | None":
    """The catalogue as its file gives it, comments included; None where the locale has none here."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 (30 ms, and only who edits or measures needs it)

    data = _file(domain, locale)
    if data is None:
        return None
    return read_po(BytesIO(data), locale=locale.partition("@")[0], abort_invalid=True)


def _file(domain: str, locale: str) -> bytes | None:
    try:
        return pkgutil.get_data("locales", f"{domain}/{locale}.po" if domain else f"{locale}.po")
    except FileNotFoundError:
        return None


def words(id: str, locale: str, count: int | None = None) -> str:
    """The text of a message with its placeholders still in it; the id itself where no catalogue has it.

    `count` chooses the plural form, where the words depend on it.
    """
    catalogues = translations(domain(id), locale)
    if count is not None and (counted := catalogues.ngettext(id, id, count)) != id:
        return counted
    return catalogues.gettext(id)


def known(id: str, locale: str) -> bool:
    """Whether there are words for this message in the locale or in what it falls back on."""
    return words(id, locale) != id


def ids(domain: str, locale: str) -> frozenset[str]:
    """The messages that this locale's own catalogue words."""
    found = catalogue(domain, locale)
    if found is None:
        return frozenset()
    return frozenset(_key(entry.id) for entry in found if entry.id and entry.string)


def missing(locale: str) -> tuple[str, ...]:
    """The messages with Dutch words and none in this language; a register lacks nothing (rule 2)."""
    base = language(locale)
    return tuple(sorted(id for domain in DOMAINS for id in ids(domain, "nl") - ids(domain, base)))


def _key(id: str | tuple[str, ...] | list[str]) -> str:
    return id if isinstance(id, str) else id[0]
