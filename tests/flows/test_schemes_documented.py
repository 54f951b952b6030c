"""``docs/schemes.md`` and the model say the same: every key, fact, step and rule, and no other."""

import re
from pathlib import Path

import msgspec
import pytest

from flows import scheme, vocabulary
from flows.answers import FIELDS
from flows.checking import check
from flows.rules import RULES
from flows.shape import fields
from flows.steps import STEPS

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "schemes.md").read_text(encoding="utf-8")
PARTS = {
    name: kind
    for name, kind in vars(scheme).items()
    if isinstance(kind, type)
    and issubclass(kind, msgspec.Struct)
    and not name.startswith("_")
    and name != "Text"
}


def section(title: str) -> str:
    """The text under a heading, up to the next."""
    found = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##+ |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/schemes.md has no section {title!r}"
    return found[1]


def rows(title: str) -> list[str]:
    """The names in the first column of the section's table."""
    return re.findall(r"^\| (?:\*\*)?`(\w+)`(?:\*\*)? \|", section(title), re.MULTILINE)


@pytest.mark.parametrize("name", PARTS)
def test_every_key_is_documented_and_every_documented_key_exists(name: str) -> None:
    assert rows(name) == list(fields(PARTS[name]))


@pytest.mark.parametrize("name", PARTS)
def test_the_required_keys_are_bold(name: str) -> None:
    bold = re.findall(r"^\| \*\*`(\w+)`\*\* \|", section(name), re.MULTILINE)
    assert bold == [key for key, field in fields(PARTS[name]).items() if field.required]


def test_every_part_of_the_model_has_a_section() -> None:
    assert sorted(re.findall(r"^### (\w+)$", DOCS, re.MULTILINE)) == sorted(PARTS)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Facts", list(vocabulary.FACTS)),
        ("Reasons that open a rung", list(vocabulary.OPENS)),
        ("Points of a confidant", list(vocabulary.SAYS)),
        ("Parts of a letter", list(vocabulary.PARTS)),
        ("Parts of a report", list(vocabulary.REPORTED)),
        ("Fields", list(FIELDS)),
        ("Steps", list(STEPS)),
        ("What is refused", list(RULES)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_word_that_a_scheme_can_use_is_documented(title: str, words: list[str]) -> None:
    assert rows(title) == words


def test_the_template_is_a_sound_scheme() -> None:
    template = (ROOT / "bot" / "scheme_template.yaml").read_text(encoding="utf-8")
    assert check(template, "voorbeeldzorg.yaml") == ()
