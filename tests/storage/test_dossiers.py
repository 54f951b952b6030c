"""A dossier as data, whole and as an extract that does not say who the client is."""

from pathlib import Path

import msgspec
import pytest

from flows.answers import Answer, When
from flows.effects import PassOn
from storage.dossiers import Copy, copy_of, extract_of
from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Dossier
from tests.storage.made import NOW, SAMIRA, file, intake, keeping, staff, turn

SAID = (
    "Ik ben Samira el Idrissi. Samira! Bel 06-12 34 56 78 of +31612345678, of mail samira.e@example.org.",
    "Ik woon op de Lange  Straat 5, 2011 AB Haarlem. Mijn zus heeft 023 5551234.",
)
ANSWERS = {
    "story": Answer(SAID[0], SAID[0]),
    "name": Answer("Samira el Idrissi", "Samira el Idrissi", was="Sammie"),
    "phone": Answer("+31612345678", "06-12 34 56 78"),
    "email": Answer("samira.e@example.org", "samira.e@example.org"),
    "address": Answer("Lange Straat 5, 2011 AB Haarlem", "…"),
    "date": Answer(When(NOW.date(), NOW.date()), "vandaag"),
    "wish": Answer("Dat Sammie sorry hoort", "Dat Sammie sorry hoort"),
    "contact_safe": Answer("no", "mijn man luistert mee"),
}


@pytest.fixture
async def dossier(tmp_path: Path) -> Dossier:
    """A case with additions, opened."""
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        saskia = await staff(store)
        kept = await file(store, intake=intake(answers=ANSWERS, said=SAID), refused=("Mona Kok",))
        added = PassOn("BG-7K4Q-92", "add", "Nog iets.")
        await store.commit(SAMIRA, kept.version, turn("", added), inbound="m9", now=NOW)
        return await store.open_case("BG-7K4Q-92", saskia, now=NOW, why="exported")


def test_copy_holds_all_that_was_told_and_done(dossier: Dossier) -> None:
    copy = copy_of(dossier, ["1-gang.jpg"])
    assert (copy.answers, copy.said, copy.refused) == (ANSWERS, SAID, ("Mona Kok",))
    assert [entry["text"] for entry in copy.later] == ["Nog iets."]
    assert [mark["what"] for mark in copy.timeline] == ["received", "started:contact", "add"]
    assert (copy.deadlines, copy.attachments) == (
        ({"id": "contact", "date": "2026-05-28", "state": "running"},),
        ("1-gang.jpg",),
    )


def test_copy_survives_json(dossier: Dossier) -> None:
    copy = copy_of(dossier)
    assert msgspec.json.decode(msgspec.json.encode(copy), type=Copy) == copy


def test_extract_says_what_happened_and_not_who_or_where(dossier: Dossier) -> None:
    extract = extract_of(dossier)
    assert sorted(extract.answers) == ["date", "story", "wish"]
    assert extract.said == (
        "Ik ben […]. […]! Bel […] of […], of mail […].",
        "Ik woon op de […]. Mijn zus heeft […].",
    )
    assert extract.answers["story"].value == extract.said[0]
    assert extract.answers["date"].value == ANSWERS["date"].value
    assert extract.answers["wish"] == Answer("Dat […] sorry hoort", "Dat […] sorry hoort")


def test_extract_of_someone_without_a_name_blanks_nothing_else(dossier: Dossier) -> None:
    nameless = {
        "story": Answer("Om 10.30 uur op 12-05-2026 was er niemand.", "x"),
        "name": Answer("none", "none"),
    }
    bare = msgspec.structs.replace(dossier, intake=intake(answers=nameless, said=("Er was none.",)))
    extract = extract_of(bare)
    assert (extract.answers["story"].value, extract.said) == (
        "Om 10.30 uur op 12-05-2026 was er niemand.",
        ("Er was none.",),
    )
