"""Reading a scheme file: YAML 1.2, its version, every line, and fast enough for the first prompt."""

import time

import pytest
from ruamel.yaml import YAML

from flows import schemes
from flows.document import Document
from flows.loading import parse, version
from flows.problems import SchemeError
from tests import schemes as texts
from tests.proportion import in_proportion


def test_no_is_a_word_and_not_false() -> None:
    assert Document("a: no\nb: on\nc: yes\nd: y\n", "x.yaml").data == {
        "a": "no",
        "b": "on",
        "c": "yes",
        "d": "y",
    }


def test_scalars_follow_the_core_rules_of_yaml() -> None:
    text = "a: true\nb: 012\nc: 1.50\nd: ~\ne: null\nf:\ng: '12'\nh: 12:30\ni: 2026-11-20\nj: -3\nk: 0o14\n"
    assert Document(text, "x.yaml").data == {
        "a": True, "b": 12, "c": 1.5, "d": None, "e": None, "f": None, "g": "12", "h": "12:30", "i": "2026-11-20",
        "j": -3, "k": "0o14",
    }  # fmt: skip


def test_each_value_knows_its_line() -> None:
    document = Document("a: 1\nb:\n  - c: 2\n  - d: 3\n    e: 4\n", "x.yaml")
    lines = [
        document.line(path) for path in [("a",), ("b",), ("b", 0), ("b", 1, "e"), ("b", 1, "gone"), ("gone",)]
    ]
    assert lines == [1, 2, 3, 5, 4, 1]


def test_the_version_of_a_scheme_is_the_hash_of_its_file() -> None:
    text = texts.text("dorpszorg")
    assert parse(text, "dorpszorg.yaml").hash == version(text)
    assert version("a") == "ca978112ca1b"


def test_one_changed_letter_is_another_version() -> None:
    text = texts.text("dorpszorg")
    changed = text.replace("De Linde\n", "De Lindes\n", 1)
    assert parse(changed, "x.yaml").hash != parse(text, "x.yaml").hash


def test_bytes_with_a_mark_of_their_order_are_read_like_text() -> None:
    text = texts.text("dorpszorg")
    assert parse(b"\xef\xbb\xbf" + text.encode(), "x.yaml") == parse(text, "x.yaml")


def test_an_error_names_file_line_and_remedy() -> None:
    with pytest.raises(SchemeError) as caught:
        parse(texts.text("dorpszorg").replace("prefix: DZL", "prefx: DZL"), "dorpszorg.yaml")
    assert (caught.value.file, caught.value.line) == ("dorpszorg.yaml", 2)
    assert [problem.rule for problem in caught.value.problems] == ["missing_key", "unknown_key"]


def test_a_hash_cannot_be_given_in_a_file() -> None:
    with pytest.raises(SchemeError) as caught:
        parse(texts.text("dorpszorg") + "hash: abc\n", "dorpszorg.yaml")
    assert [problem.rule for problem in caught.value.problems] == ["unknown_key"]


@pytest.mark.parametrize("id", schemes.ids())
def test_a_scheme_is_read_in_not_much_more_time_than_its_yaml_alone(id: str) -> None:
    text = schemes.text(id)

    def seconds(kind: int) -> float:
        begun = time.process_time()
        if kind == 1:
            YAML(typ="safe", pure=True).load(text)
        else:
            parse(text, "x.yaml")
        return time.process_time() - begun

    assert in_proportion(seconds, 1, times=2, most=4)
