"""The office without a browser: officers, keys, backups and dossiers from the command line."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from storage.opening import open_practice, open_store
from storage.passwords import QUICK
from tests.storage.made import (
    CLAIM,
    HANDLER,
    PASSWORD,
    SCHEME,
    STAND_IN_PASSWORD,
    STORY,
    file,
    keeping,
    staff,
)

SASKIA, KAREL = f"{SCHEME}/saskia-de-vries", f"{SCHEME}/karel-bos"


def run(data: Path, *words: str, typed: str = "") -> Result:
    """Run a command on a data directory, with these lines typed."""
    return CliRunner().invoke(app, ["--data", str(data), *words], input=typed)


@pytest.fixture
async def office(tmp_path: Path) -> Path:
    """A data directory with a handler, a stand-in, a recovery key and one case."""
    async with open_store(tmp_path / "data", keeping, cost=QUICK) as store:
        await staff(store)
        await file(store)
    return tmp_path / "data"


def test_organisation_begins_with_a_recovery_key_and_an_officer(tmp_path: Path) -> None:
    added = run(tmp_path, "officer", "add", "--scheme", SCHEME, "--role", HANDLER, "--name", "Saskia de Vries",
                typed=f"{PASSWORD}\n{PASSWORD}\n")  # fmt: skip
    assert (added.exit_code, f"{SASKIA} can read complaints now." in added.output) == (0, True)
    listed = run(tmp_path, "officer", "list")
    assert f"{SCHEME}: recovery, stand-in missing" in listed.output


def test_second_officer_is_let_in_by_the_first(tmp_path: Path) -> None:
    words = ("officer", "add", "--scheme", SCHEME, "--role", HANDLER, "--name")
    run(tmp_path, *words, "Saskia de Vries", typed=f"{PASSWORD}\n{PASSWORD}\n")
    second = run(tmp_path, *words, "Karel Bos", "--by", SASKIA,
                 typed=f"{STAND_IN_PASSWORD}\n{STAND_IN_PASSWORD}\n{PASSWORD}\n")  # fmt: skip
    assert (second.exit_code, f"{KAREL} can read complaints now, 0 of them" in second.output) == (0, True)


def test_short_password_is_asked_again(tmp_path: Path) -> None:
    added = run(tmp_path, "officer", "add", "--scheme", SCHEME, "--role", HANDLER, "--name", "Saskia de Vries",
                typed=f"kort\nkort\n{PASSWORD}\n{PASSWORD}\n")  # fmt: skip
    assert (added.exit_code, "Too short" in added.output) == (0, True)


def test_role_that_the_scheme_does_not_name_is_said(tmp_path: Path) -> None:
    added = run(tmp_path, "officer", "add", "--scheme", SCHEME, "--role", "tovenaar", "--name", "Merlijn",
                typed=f"{PASSWORD}\n{PASSWORD}\n")  # fmt: skip
    assert "the scheme names no role 'tovenaar'" in added.output


def test_recovery_key_is_in_use_only_when_typed_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = run(tmp_path, "recovery", "new", "--scheme", SCHEME, typed="niet\ndit\nook niet\n")
    assert (refused.exit_code, refused.output.count("That is not the key.")) == (1, 3)
    assert "recovery" in run(tmp_path, "officer", "list", "--scheme", SCHEME).output
    shown: list[str] = []

    def from_the_paper(*_: object, **__: object) -> str:
        return shown[-1]

    def printing(text: str = "", **_: object) -> None:
        shown.extend(re.findall(r"(?:[A-Z0-9-]{2,6} ?){10,}", text))

    monkeypatch.setattr("typer.prompt", from_the_paper)
    monkeypatch.setattr("typer.echo", printing)
    assert run(tmp_path, "recovery", "new", "--scheme", SCHEME).exit_code == 0
    monkeypatch.undo()
    assert "recovery" not in run(tmp_path, "officer", "list", "--scheme", SCHEME).output


def test_disabled_officer_stands_so_in_the_list(office: Path) -> None:
    done = run(office, "officer", "disable", KAREL, "--by", SASKIA, typed=f"{PASSWORD}\n")
    assert "1 cases have new keys." in done.output
    assert re.search(rf"{KAREL} +{HANDLER} +disabled", run(office, "officer", "list").output)
    last = run(office, "officer", "disable", SASKIA)
    assert (last.exit_code, "Without this officer nobody could read" in last.output) == (1, True)


def test_wrong_password_ends_the_command_with_a_sentence(office: Path) -> None:
    done = run(office, "officer", "disable", KAREL, "--by", SASKIA, typed="verkeerd\n")
    assert (done.exit_code, "The password does not open this officer's key." in done.output) == (1, True)


def test_process_key_is_changed(office: Path) -> None:
    assert "1 conversations moved to it" in run(office, "keys", "rotate").output


def test_purge_says_first_what_it_would_do(office: Path) -> None:
    assert "drafts would be wiped: 1" in run(office, "purge", "--dry-run").output
    assert "drafts wiped: 1" in run(office, "purge").output
    assert "drafts wiped: 0" in run(office, "purge").output


def test_backup_is_restored_on_an_empty_machine(office: Path, tmp_path: Path) -> None:
    made = run(office, "backup", str(tmp_path / "copies"), "--keys", str(tmp_path / "elsewhere"))
    assert made.exit_code == 0
    (copy,) = (tmp_path / "copies").iterdir()
    again = run(tmp_path / "new", "restore", str(copy), "--keys", str(tmp_path / "elsewhere"))
    assert (again.exit_code, "destroyed again: 0 cases" in again.output) == (0, True)
    shown = run(tmp_path / "new", "cases", "export", "BG-7K4Q-92", "--to", str(tmp_path / "out"), "--officer", SASKIA,
                typed=f"{PASSWORD}\n")  # fmt: skip
    assert shown.exit_code == 0
    refused = run(office, "restore", str(copy), "--keys", str(tmp_path / "elsewhere"))
    assert (refused.exit_code, "into an empty data directory" in refused.output) == (1, True)


def test_keys_are_not_copied_beside_the_database_copies(office: Path, tmp_path: Path) -> None:
    made = run(office, "backup", str(tmp_path / "copies"), "--keys", str(tmp_path / "copies"))
    assert (made.exit_code, "elsewhere" in made.output) == (2, True)


def test_doctor_finds_what_is_missing_and_what_is_overdue(office: Path) -> None:
    looked = run(office, "doctor")
    assert looked.exit_code == 1
    lines = looked.output.splitlines()
    assert f"fine     {SCHEME} takes complaints" in lines
    assert "error    bij-elkaar: missing recipient, recovery" in lines
    assert "error    keys of 2026-05-20 are overdue: run gehoord purge daily" in lines
    assert "fine     every case has its shred key" in lines


def test_doctor_names_cases_that_lost_their_key(office: Path) -> None:
    (office / "keys" / "shred.keys").write_bytes(b"")
    assert "no shred key, so these never open again: BG-7K4Q-92" in run(office, "doctor").output


def test_doctor_says_where_nobody_can_read_a_line_and_what_to_do(office: Path) -> None:
    lined = "ik-ben-er-ook"

    def said() -> list[str]:
        return [line for line in run(office, "doctor").output.splitlines() if "line" in line]

    nobody = (
        f"warning  {lined} offers no line, for no confidant of it can read: gehoord line add --scheme {lined}"
    )
    assert said() == [nobody]
    added = run(
        office, "line", "add", "--scheme", lined, "--name", "Aileen", typed=f"{PASSWORD}\n{PASSWORD}\n"
    )
    assert (added.exit_code, said()) == (0, [f"fine     {lined}: a confidant reads its line"])
    assert run(office, "officer", "disable", f"{lined}/aileen").exit_code == 0
    assert said() == [nobody]


def test_hold_needs_a_name_and_a_reason(office: Path) -> None:
    empty = run(office, "cases", "hold", "BG-7K4Q-92", "--by", "Saskia", "--reason", " ")
    assert (empty.exit_code, "a hold needs a name" in empty.output) == (2, True)
    assert run(office, "cases", "hold", "bg-7k4q-92", "--by", "Saskia", "--reason", "Rechter").exit_code == 0
    twice = run(office, "cases", "hold", "BG-7K4Q-92", "--by", "Karel", "--reason", "Nog een")
    assert (twice.exit_code, "A hold defers" in twice.output) == (1, True)
    assert run(office, "cases", "release", "BG-7K4Q-92", "--by", "Saskia").exit_code == 0


def test_export_writes_the_dossier_and_the_extract(office: Path, tmp_path: Path) -> None:
    words = ("cases", "export", "BG-7K4Q-92", "--officer", SASKIA, "--to")
    assert run(office, *words, str(tmp_path / "whole"), typed=f"{PASSWORD}\n").exit_code == 0
    whole = json.loads((tmp_path / "whole" / "BG-7K4Q-92.json").read_text())
    assert (whole["said"], whole["answers"]["name"]["value"]) == ([STORY], "Samira")
    assert CLAIM not in json.dumps(whole)
    redacted = run(office, *words, str(tmp_path / "part"), "--redacted", typed=f"{PASSWORD}\n")
    assert redacted.exit_code == 0
    assert "Samira" not in (tmp_path / "part" / "BG-7K4Q-92-extract.json").read_text()
    full = run(office, *words, str(tmp_path / "whole"), typed=f"{PASSWORD}\n")
    assert (full.exit_code, "is not empty" in full.output) == (2, True)


def test_data_directory_must_be_named_and_hold_something(tmp_path: Path) -> None:
    nothing = CliRunner().invoke(app, ["officer", "list"])
    assert (nothing.exit_code, "which data directory?" in nothing.output) == (2, True)
    empty = run(tmp_path, "officer", "list")
    assert (empty.exit_code, "there is nothing kept" in empty.output) == (2, True)


def test_practice_directory_can_be_looked_over(tmp_path: Path) -> None:
    asyncio.run(open_practice(tmp_path, [SCHEME], keeping).close())
    assert "warning  this directory is for practice" in run(tmp_path, "doctor").output
