"""The distribution: what a built wheel holds, and that nobody else owns the names of its packages."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "flows", "locales", "storage")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as opened:
        yield opened


def shipped() -> set[str]:
    """Every file of the packages that the repository holds."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}


def test_a_wheel_holds_every_file_of_the_packages(wheel: zipfile.ZipFile) -> None:
    assert sorted(shipped() - set(wheel.namelist())) == []


def test_a_wheel_holds_nothing_but_the_packages_and_its_own_description(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}

    assert sorted(top for top in tops if not top.startswith("gehoord-")) == list(PACKAGES)


@pytest.mark.parametrize(
    "kind", [r"locales/nl@kind\.po", r"flows/schemes/.*\.yaml", r"flows/calendar/.*\.tsv", r"storage/.*\.sql"]
)
def test_a_wheel_holds_catalogues_schemes_tables_and_sql(wheel: zipfile.ZipFile, kind: str) -> None:
    assert [name for name in wheel.namelist() if re.fullmatch(kind, name)] != []


def test_the_command_is_gehoord(wheel: zipfile.ZipFile) -> None:
    (entry_points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]

    assert wheel.read(entry_points).decode() == "[console_scripts]\ngehoord = bot.__main__:main\n"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_installed_distribution_owns_the_name(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"gehoord"}


def test_the_versions_are_pinned_without_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()[1:]

    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []


def test_every_dependency_is_pinned() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8").partition("[project.scripts]")[0]
    named = {
        name.lower().replace("_", "-")
        for name in re.findall(r'^  ?"([A-Za-z0-9_.-]+)', project, re.MULTILINE)
    }
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()[1:]
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines}

    assert sorted(named - pinned) == []
