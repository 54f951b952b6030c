"""Every rule of `gehoord check` has a broken scheme, refused at exactly the line that is wrong."""

import re
from pathlib import Path

import pytest

from flows.checking import check, clashes, errors, to_sign
from flows.document import MAX_CHARS
from flows.problems import Problem
from flows.rules import RULES
from tests import schemes
from tests.schemes import scheme

BROKEN = Path(__file__).parents[1] / "data" / "broken_schemes"
WITHOUT_FILE = {"too_long"}
"""Rules whose broken file is made here, because it would be too large to keep."""


def expected(file: Path) -> tuple[str, int]:
    """The rule and the line that the first line of a broken scheme names."""
    named = re.match(r"# rule: (\w+) · line: (\d+)", file.read_bytes().decode(errors="replace"))
    assert named is not None
    return named[1], int(named[2])


@pytest.mark.parametrize("file", sorted(BROKEN.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_broken_scheme_is_refused_at_the_line_that_is_wrong(file: Path) -> None:
    rule, line = expected(file)
    found = check(file.read_bytes(), file.name)
    assert [(p.rule, p.file, p.line, p.severity) for p in found] == [
        (rule, file.name, line, RULES[rule].severity)
    ]


def test_every_rule_has_a_broken_scheme() -> None:
    assert {file.stem for file in BROKEN.glob("*.yaml")} | WITHOUT_FILE == set(RULES)


@pytest.mark.parametrize("file", sorted(BROKEN.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_problem_says_what_is_wrong_and_what_to_do(file: Path) -> None:
    for problem in check(file.read_bytes(), file.name):
        assert problem.what.endswith(".")
        assert problem.do.endswith((".", "?"))


def test_a_scheme_that_is_longer_than_any_is_refused() -> None:
    found = check("id: x\n" + "#" * MAX_CHARS, "long.yaml")
    assert [problem.rule for problem in found] == ["too_long"]


def test_all_mistakes_against_the_model_are_reported_at_once() -> None:
    text = schemes.text("dorpszorg").replace("version:", "versoin:").replace("count: 3", "count: drie")
    found = check(text, "dorpszorg.yaml")
    assert [(problem.rule, problem.where) for problem in found] == [
        ("missing_key", ""),
        ("unknown_key", "versoin"),
        ("wrong_type", "terms[0].count"),
    ]


def test_a_misspelt_key_is_answered_with_the_nearest_key() -> None:
    text = schemes.text("dorpszorg").replace("prefix: DZL", "prefix: DZL\nvalid_untill: 2027-01-01")
    assert [problem.do for problem in check(text, "dorpszorg.yaml")] == ["Did you mean `valid_until`?"]


def test_a_problem_reads_as_file_line_key_and_remedy() -> None:
    text = schemes.text("dorpszorg").replace("phone: 088 123 4567", 'phone: "112"')
    assert [str(problem) for problem in check(text, "dorpszorg.yaml")] == [
        "dorpszorg.yaml:26: contacts.steunpunt.phone: `112` is not a phone number of an organisation. "
        "Write it as people dial it, such as 088 555 1000."
    ]


def test_a_scheme_that_was_read_already_is_checked_without_its_file() -> None:
    assert check(scheme("dorpszorg"), "dorpszorg.yaml") == ()


def test_a_warning_does_not_stop_a_scheme() -> None:
    found = check((BROKEN / "unsigned.yaml").read_bytes(), "unsigned.yaml")
    assert [problem.severity for problem in found] == ["warning"]
    assert errors(found) == ()


def test_two_schemes_with_one_prefix_clash() -> None:
    one = scheme("dorpszorg")
    assert [problem.where for problem in clashes([("a.yaml", one), ("b.yaml", one)])] == ["id", "prefix"]
    assert clashes([("a.yaml", one), ("c.yaml", scheme("blijf-groep"))]) == ()


@pytest.mark.parametrize(
    "text", ["\x00", "a: b: c", "{", "- - - -", "id: !!python/object:os.system x", "[" * 3000, "%YAML 9.9\n---\na"]
)  # fmt: skip
def test_whatever_is_no_scheme_is_refused_and_never_crashes(text: str) -> None:
    found = check(text, "x.yaml")
    assert found != ()
    assert all(isinstance(problem, Problem) and problem.line >= 1 for problem in found)


def test_what_an_organisation_has_to_sign_off_is_listed_with_its_line() -> None:
    found = to_sign(schemes.text("dorpszorg"), "dorpszorg.yaml")
    assert [(problem.rule, problem.line, problem.what) for problem in found] == [
        ("to_sign", 179, "The longest time a dossier is kept: Bedacht.")
    ]


def test_a_file_that_cannot_be_read_has_nothing_to_sign_off() -> None:
    assert to_sign("a: [", "x.yaml") == ()
