"""The command line: what each command prints, and what it says when it cannot go on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from typer.testing import CliRunner

from bot.__main__ import app
from flows import schemes

ROOT = Path(__file__).parents[2]
MORE = ROOT / "tests" / "data" / "schemes"
BROKEN = ROOT / "tests" / "data" / "broken_schemes"
NOW = "2026-05-20T12:00"
SENT = [
    "Gisteren lachte een medewerker mij uit in Haarlem. Ik ben cliënt.",
    "ja",
    '{"choose": ["treatment"]}',
    "gewoon sorry",
    "sla over",
    "Tom, 06-12345678",
    "ja",
    *["sla over"] * 3,
    '{"choose": "send"}',
]


def run(*arguments: object, stdin: str = "") -> tuple[int, str, str]:
    """Exit status, output and errors of a command in this process."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def apart(*arguments: object, stdin: str = "") -> tuple[int, str, str]:
    """The same in a process of its own, with a real standard input."""
    command = [sys.executable, "-m", "bot", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, input=stdin.encode(), capture_output=True, check=False, env=_without_settings()
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def _without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GEHOORD_")}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name."""

    def under(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name, command
            return
        for part, child in inner.items():
            yield from under(child, f"{name} {part}".strip())

    return under(typer.main.get_command(app), "")


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_has_help(name: str) -> None:
    status, out, _ = run(*name.split(), "--help")

    assert (status, out.split("\n")[0].startswith(f"Usage: gehoord {name}")) == (0, True)


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_takes_the_schemes_and_the_data(name: str) -> None:
    options = {option for parameter in dict(commands())[name].params for option in parameter.opts}

    assert sorted({"--schemes", "--data"} - options) == []


def test_without_a_command_the_help_is_shown() -> None:
    _, out, errors = run()

    assert (out + errors).split("\n")[0] == "Usage: gehoord [OPTIONS] COMMAND [ARGS]..."


def test_due_prints_the_date_and_why() -> None:
    assert run("due", "--scheme", "blijf-groep", "--on", "2026-05-20", "--json")[:2] == (
        0,
        '[{"id":"contact","date":"2026-05-28","why":"De tijd gaat in na woensdag 20 mei 2026. Dat zijn 5 werkdagen. '
        'Maandag 25 mei 2026 telt niet mee: dan is het Tweede Pinksterdag."}]\n',
    )


def test_due_is_readable_without_json() -> None:
    _, out, _ = run("due", "--scheme", "blijf-groep", "--on", "2026-05-20")

    assert out.splitlines()[0] == "2026-05-28  contact"


def test_due_says_so_when_nothing_begins() -> None:
    assert run("due", "--scheme", "blijf-groep", "--on", "2026-05-20", "--event", "form_sent")[1] == (
        "Blijf Groep: no term begins with 'form_sent'.\n"
    )


def test_due_counts_the_regime_that_is_named() -> None:
    _, out, _ = run("due", "--scheme", "bij-elkaar", "--on", "2026-11-13", "--regime", "wkkgz", "--json")

    assert "2026-12-28" in [deadline["date"] for deadline in json.loads(out)]


def test_understand_prints_fields_intent_and_danger() -> None:
    status, out, _ = run("understand", "--scheme", "blijf-groep", "--now", NOW, "gisteren in Haarlem")

    assert status == 0
    assert json.loads(out) == {
        "date": {
            "value": {"earliest": "2026-05-19", "latest": "2026-05-19", "precision": "day", "ongoing": False},
            "words": "gisteren",
            "span": [0, 8],
            "sure": True,
        },
        "location": {"value": "haarlem", "words": "Haarlem", "span": [12, 19], "sure": True},
        "intent": None,
        "danger": [],
    }


def test_check_finds_no_error_in_the_schemes_that_ship() -> None:
    status, out, _ = run("check")

    assert (status, out.splitlines()[-1].split(",")[0]) == (
        0,
        f"{len(schemes.ids())} schemes checked: 0 errors",
    )


def test_check_names_file_line_and_what_to_do() -> None:
    broken = sorted(BROKEN.glob("*.yaml"))[0]
    status, out, _ = run("check", broken)

    assert status == 1
    assert out.startswith(f"{broken}:")
    assert out.splitlines()[0].removeprefix(f"{broken}:").partition(":")[0].isdigit()


def test_a_folder_of_schemes_is_added_to_those_that_ship() -> None:
    status, out, _ = run("--schemes", MORE, "due", "--scheme", "dorpszorg", "--on", "2026-05-20")

    assert (status, out) == (
        run("due", "--schemes", MORE, "--scheme", "dorpszorg", "--on", "2026-05-20")[0:2]
    )
    assert run("due", "--schemes", MORE, "--scheme", "blijf-groep", "--on", "2026-05-20")[0] == 0


def test_a_setting_in_the_environment_is_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOORD_SCHEMES", str(MORE))

    assert run("due", "--scheme", "dorpszorg", "--on", "2026-05-20")[0] == 0


def test_the_template_of_a_scheme_passes_the_check(tmp_path: Path) -> None:
    file = tmp_path / "voorbeeldzorg.yaml"

    assert run("scheme", "new", file)[1] == f"Fill in {file}, then run: gehoord check {file}\n"
    assert run("check", file)[0] == 0
    assert run("scheme", "new")[1] == file.read_text("utf-8")


def test_a_template_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("mine")

    assert run("scheme", "new", file) == (2, "", f"gehoord: {file} exists. Name a new file.\n")
    assert file.read_text() == "mine"


def test_a_diagram_is_mermaid() -> None:
    status, out, _ = run("scheme", "diagram", "blijf-groep")

    assert (status, out.count("```mermaid\nflowchart")) == (0, 2)


UNKNOWN = "gehoord: there is no scheme 'elders'. Choose one of: " + ", ".join(schemes.ids()) + ".\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["due", "--scheme", "elders", "--on", "2026-05-20"], UNKNOWN),
        (["chat", "--scheme", "elders"], UNKNOWN),
        (["understand", "--scheme", "elders", "hoi"], UNKNOWN),
        (["scheme", "diagram", "elders"], UNKNOWN),
        (
            ["due", "--scheme", "blijf-groep", "--on", "morgen"],
            "gehoord: --on: 'morgen' is not a day. Write it as 2026-05-20.\n",
        ),
        (
            ["chat", "--scheme", "blijf-groep", "--now", "nu"],
            "gehoord: --now: 'nu' is not a time. Write it as 2026-05-20T12:00 or 2026-05-20.\n",
        ),
        (
            ["check", "--schemes", "/no/such/folder"],
            "gehoord: --schemes: there is no folder /no/such/folder. Name a folder with scheme files (*.yaml).\n",
        ),
        (
            ["chat", "--json"],
            f"gehoord: --json needs a scheme: add --scheme ID, one of {', '.join(schemes.ids())}.\n",
        ),
        (["cases", "list"], "gehoord: where are the cases? Add --data DIR (or set GEHOORD_DATA).\n"),
        (["cases", "list", "--data", "/no/data"], "gehoord: --data: there is nothing kept in /no/data.\n"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(arguments: list[str], words: str) -> None:
    assert run(*arguments) == (2, "", words)


def test_an_unreadable_scheme_is_shown_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "stuk.yaml").write_text("id: stuk\n  name: [\n")
    status, _, words = run("chat", "--schemes", tmp_path, "--scheme", "stuk")

    assert (status, words.splitlines()[0]) == (1, "gehoord: this scheme cannot be used:")
    assert words.splitlines()[1].strip().startswith(f"{tmp_path}/stuk.yaml:")


def test_play_of_what_went_otherwise_exits_one_with_a_diff(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("scheme: blijf-groep\n< Iets heel anders.\n")
    status, out, _ = run("play", file)

    assert (status, out.splitlines()[:2], out.splitlines()[-1]) == (
        1,
        [f"{file}:2:", "    - < Iets heel anders."],
        "1 transcript played, 1 went otherwise.",
    )


def test_play_accepts_what_came_when_told_to(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("scheme: blijf-groep\n< Iets heel anders.\n> hoi\n")

    assert run("play", "--accept", file)[0] == 1
    assert run("play", file)[:2] == (0, "1 transcript played, all as written.\n")


def test_play_takes_scheme_time_and_locale_for_files_that_name_none(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("> gisteren in Haarlem werd ik uitgelachen\n! answers.date = 2026-06-09\n! locale = en\n")

    assert run("play", file)[0] == 2
    assert run("play", "--scheme", "blijf-groep", "--now", "2026-06-10", "--locale", "en", file)[0] == 0


def test_a_scripted_chat_is_json_until_its_input_ends() -> None:
    status, out, errors = apart("chat", "--scheme", "blijf-groep", "--now", NOW, "--json", stdin="hoi\n{\n")
    lines = [json.loads(line) for line in out.splitlines()]

    assert (status, errors) == (0, "")
    assert [line.get("state", "error") for line in lines] == ["opening", "opening", "error"]


def test_a_chat_is_kept_where_it_is_told_to_and_officers_find_it_there(tmp_path: Path) -> None:
    data = tmp_path / "data"
    status, out, errors = apart(
        "chat",
        "--scheme",
        "blijf-groep",
        "--now",
        NOW,
        "--json",
        "--data",
        data,
        stdin="\n".join(SENT) + "\n",
    )
    assert (status, errors) == (0, "")
    number = json.loads(out.splitlines()[-1])["case"]["number"]

    (line,) = json.loads(run("cases", "list", "--data", data, "--json")[1])
    assert (line["number"], line["kind"], line["deadlines"]) == (
        number,
        "complaint",
        [{"id": "contact", "date": "2026-05-28", "state": "running"}],
    )
    status, page, _ = run("cases", "show", number, "--data", data)
    assert (status, page.splitlines()[0]) == (
        0,
        f"{number} · klacht · ontvangen wo 20 mei 2026 12:00 · terminal · Nederlands",
    )
    assert f'  "{SENT[0]}"' in page.splitlines()
    assert run("cases", "show", "XX-1", "--data", data)[0] == 1


def test_a_chat_that_is_kept_nowhere_leaves_nothing(tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    apart("chat", "--scheme", "blijf-groep", "--json", stdin="hoi\n")

    assert sorted(tmp_path.rglob("*")) == before


def test_the_organisation_is_chosen_by_number_or_name() -> None:
    for given in ("1", "Blijf Groep", "blijf-groep"):
        _, out, _ = apart("chat", stdin=f"nergens\n{given}\n")
        assert "Hoi. Hier kun je vertellen waar je niet tevreden over bent." in out


def test_a_chat_is_recorded_and_plays(tmp_path: Path) -> None:
    file = tmp_path / "seen.txt"
    typed = "Gisteren in Haarlem lachte een medewerker mij uit.\nja\n/later 1d\n"
    apart("chat", "--scheme", "blijf-groep", "--now", NOW, "--record", file, stdin=typed)

    assert run("play", file)[:2] == (0, "1 transcript played, all as written.\n")


def test_a_record_that_cannot_be_written_is_said() -> None:
    status, _, words = apart("chat", "--scheme", "blijf-groep", "--record", "/no/such/folder/x.txt")

    assert (status, words) == (
        2,
        "gehoord: --record: /no/such/folder/x.txt cannot be written (No such file or directory).\n",
    )
