"""The catalogues: every message has words, no words are unused, and no register borrows the wrong ones."""

import re
from typing import get_args

import pytest
from babel.messages.catalog import Message

from flows import resources
from flows.answers import FIELDS
from flows.events import SentKind
from flows.platforms import PLATFORMS
from flows.vocabulary import FACTS, SAYS
from locales.catalogues import DOMAINS, LOCALES, catalogue, ids, known, missing, words
from tests.locales.ids import mentioned, patterns, said

INFORMAL = re.compile(r"\b(je|jij|jou|jouw|jullie|jezelf)\b", re.IGNORECASE)
FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def entries(locale: str) -> list[tuple[str, Message]]:
    found = []
    for domain in DOMAINS:
        for entry in catalogue(domain, locale) or ():
            if entry.id:
                found.append((entry.id if isinstance(entry.id, str) else entry.id[0], entry))
    return found


def forms(entry: Message) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def dutch() -> frozenset[str]:
    return frozenset().union(*(ids(domain, "nl") for domain in DOMAINS))


def test_every_message_that_is_said_has_dutch_words() -> None:
    looks_like_an_id = re.compile(r"[a-z_]+(\.[a-z_0-9]+)*")
    here = {id: where for id, where in said().items() if looks_like_an_id.fullmatch(id)}

    assert {id: where for id, where in here.items() if id not in dutch()} == {}


def test_every_message_put_together_from_parts_has_dutch_words() -> None:
    assert {
        pattern: where
        for pattern, where in patterns().items()
        if not any(re.fullmatch(pattern, id) for id in dutch())
    } == {}


def test_no_words_are_unused() -> None:
    names, composed = mentioned()

    unused = [id for id in dutch() if id not in names and not any(p.fullmatch(id) for p in composed)]

    assert sorted(unused) == []


def test_every_field_fact_and_kind_that_data_can_name_has_words() -> None:
    named = [f"field.{field}" for field in FIELDS]
    named += [f"fact.{fact}" for fact in FACTS]
    named += [f"confidant.says.{point}" for point in SAYS]
    named += [f"sent.{kind}" for kind in get_args(SentKind)]
    named += [f"platform.sees.{p.id}" for p in PLATFORMS.values() if p.account]
    named += [f"confidant.account.{p.id}" for p in PLATFORMS.values() if p.account]
    named += [f"time.holiday.{row[0]}" for row in resources.table("calendar/holidays.tsv")]

    assert [id for id in named if not known(id, "nl")] == []


def test_english_has_words_for_every_message() -> None:
    assert missing("en") == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_catalogue_words_a_message_that_dutch_does_not_have(locale: str) -> None:
    assert sorted(id for id, _ in entries(locale) if id not in dutch()) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_catalogue_has_the_placeholders_of_the_dutch_words(locale: str) -> None:
    wanted = {id: set(PLACEHOLDER.findall(forms(entry)[-1])) for id, entry in entries("nl")}

    differing = {
        id: form
        for id, entry in entries(locale)
        for form in forms(entry)
        if set(PLACEHOLDER.findall(form)) != wanted[id]
    }

    assert differing == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_percent_signs_stand_only_in_placeholders(locale: str) -> None:
    stray = [
        form for _, entry in entries(locale) for form in forms(entry) if "%" in PLACEHOLDER.sub("", form)
    ]

    assert stray == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_words_are_empty_or_said_to_be_doubtful(locale: str) -> None:
    wrong = [id for id, entry in entries(locale) if entry.fuzzy or not all(forms(entry))]

    assert wrong == []


def test_nobody_who_is_addressed_politely_reads_an_informal_word() -> None:
    informal = {
        id: words(id, "nl@u", count)
        for id in dutch()
        for count in (None, 1, 2)
        if INFORMAL.search(words(id, "nl@u", count))
    }

    assert informal == {}


@pytest.mark.parametrize("locale", ["nl", "nl@kind"])
def test_nobody_who_is_addressed_informally_reads_a_polite_word(locale: str) -> None:
    assert {id: words(id, locale) for id in dutch() if FORMAL.search(words(id, locale))} == {}


@pytest.mark.parametrize("locale", ["nl@u", "nl@kind"])
def test_a_register_holds_only_what_differs_from_its_language(locale: str) -> None:
    base = {id: forms(entry) for id, entry in entries("nl")}

    assert [id for id, entry in entries(locale) if forms(entry) == base[id]] == []


@pytest.mark.parametrize(
    ("asked", "read_in"), [("nl@kind", "nl"), ("nl@u", "nl"), ("en@kind", "en"), ("ar", "nl")]
)
def test_a_locale_without_words_of_its_own_falls_back(asked: str, read_in: str) -> None:
    assert words("option.yes", asked) == words("option.yes", read_in)


def test_a_message_that_no_catalogue_knows_shows_its_id() -> None:
    assert (words("no.such.message", "nl"), known("no.such.message", "nl")) == ("no.such.message", False)


def test_a_count_chooses_the_plural_where_there_is_one() -> None:
    assert [words("time.reason.paused", "nl", count).split()[3] for count in (1, 2)] == [
        "%(count)s",
        "%(count)s",
    ]
    assert words("time.reason.paused", "nl", 1) != words("time.reason.paused", "nl", 2)
    assert words("option.yes", "nl", 2) == words("option.yes", "nl")
