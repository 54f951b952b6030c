"""A YAML 1.2 file as plain data that still knows its lines.

The file is composed into nodes (which carry lines) and read by the YAML 1.2 core rules: ``no`` is a word, not
False, and ``2026-11-20`` is text until the model asks for a date. Anchors are refused: a scheme says things
where they stand, and a small file cannot grow into a huge one.
"""

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from flows.problems import Path, Problem, SchemeError, written

MAX_CHARS = 400_000
"""The largest scheme file, in characters; the longest of the five has some 12,000."""

Data = str | int | float | bool | None | list["Data"] | dict[str, "Data"]

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class Document:
    """A scheme file: its `data`, and the line of every value in it."""

    def __init__(self, text: str | bytes, file: str) -> None:
        """Read `text`.

        Raises `SchemeError` when it is not UTF-8, too long, empty, not YAML, not a mapping, or says a key twice.
        """
        self.file = file
        self.text = self._decoded(text)
        if len(self.text) > MAX_CHARS:
            raise self.error("too_long", 1, f"The file has {len(self.text)} characters.",
                             f"Keep a scheme under {MAX_CHARS} characters.")  # fmt: skip
        node = self._composed()
        if node is None:
            raise self.error("empty", 1, "The file is empty.", "Begin with `gehoord scheme new`.")
        if not isinstance(node, MappingNode):
            raise self.error("not_a_mapping", _line(node), "The file is not a list of keys with values.",
                             "Write `id: …` on the first line; see docs/schemes.md.")  # fmt: skip
        self.root = node
        self.data = self._mapping(node, ())

    def error(self, rule: str, line: int, what: str, do: str, path: Path = ()) -> SchemeError:
        """A `SchemeError` in this file."""
        return SchemeError((Problem(rule, self.file, line, written(path), what, do),))

    def line(self, path: Path) -> int:
        """The line of the value at `path`; of its nearest parent when it is not there (a missing key)."""
        node: Node = self.root
        line = _line(node)
        for part in path:
            match node, part:
                case MappingNode(), str():
                    found = next(((k, v) for k, v in node.value if k.value == part), None)
                    if found is None:
                        return line
                    line, node = _line(found[0]), found[1]
                case SequenceNode(), int() if part < len(node.value):
                    node = node.value[part]
                    line = _line(node)
                case _:
                    return line
        return line

    def _decoded(self, text: str | bytes) -> str:
        if isinstance(text, str):
            return text
        try:
            return text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = text[: error.start].count(b"\n") + 1
            raise self.error("not_utf8", line, "The file is not UTF-8 text.", "Save it as UTF-8.") from None

    def _composed(self) -> Node | None:
        yaml = YAML(typ="safe", pure=True)
        try:
            node: Node | None = yaml.compose(self.text)
            return node
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            problem = error.problem or "it does not follow the rules of YAML"
            raise self.error("not_yaml", line, f"This is not YAML: {problem}.",
                             "Look at the colons, quotes and indentation here and above.") from None  # fmt: skip
        except ReaderError as error:
            line = self.text[: error.position].count("\n") + 1
            raise self.error("not_yaml", line, "There is a control character here.", "Delete it.") from None
        except (YAMLError, RecursionError):
            raise self.error("not_yaml", 1, "This is not YAML.", "Look at docs/schemes.md.") from None

    def _plain(self, node: Node, path: Path) -> Data:
        if node.anchor is not None:
            raise self.error("anchor", _line(node), "The file uses an anchor (&) or an alias (*).",
                             "Write the value out where it is needed.", path)  # fmt: skip
        match node:
            case ScalarNode():
                return _scalar(node)
            case SequenceNode():
                return [self._plain(item, (*path, place)) for place, item in enumerate(node.value)]
            case MappingNode():
                return self._mapping(node, path)
            case _:
                raise TypeError(f"YAML has no such node: {node!r}")

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                raise self.error(
                    "key_not_text", _line(key), "A key must be a word.", "Write `key: value`.", path
                )
            if key.value in data:
                raise self.error("key_twice", _line(key), f"The key `{key.value}` stands here twice.",
                                 "Keep one of them.", (*path, key.value))  # fmt: skip
            data[key.value] = self._plain(value, (*path, key.value))
        return data


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _scalar(node: ScalarNode) -> Data:
    """A scalar by the YAML 1.2 core rules; anything quoted is text."""
    text: str = node.value
    if node.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
