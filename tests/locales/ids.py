"""Which messages the program says, read from its source: literal ids, and patterns of ids that it puts together."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAYERS = frozenset({"say", "Message", "Phrase"})
SAYERS_OUTSIDE_THE_CORE = SAYERS | {"_words", "words"}


def _sources() -> Iterator[Path]:
    for package in ("flows", "locales", "bot", "storage"):
        yield from sorted((ROOT / package).rglob("*.py"))


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    return tuple((str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))) for path in _sources())


def said() -> dict[str, str]:
    """Every id that is said by name, with where."""
    found: dict[str, str] = {}
    for where, node in _first_arguments():
        for leaf in _branches(node):
            if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                found[leaf.value] = where
    found |= in_templates()
    return found | {f"option.{id}": where for id, where in _options().items()}


@cache
def in_templates() -> dict[str, str]:
    """Every id that a template words by name, as in ``t("web.exit")``, with the template."""
    return {
        id: str(path.relative_to(ROOT))
        for path in sorted((ROOT / "bot").rglob("*.html"))
        for id in re.findall(r"""\bt\(\s*["']([a-z0-9_.]+)["'](?!\s*~)""", path.read_text("utf-8"))
    }


def patterns() -> dict[str, str]:
    """Every id that is put together where it is said, as a regular expression, with where."""
    found: dict[str, str] = {}
    for where, node in _first_arguments():
        for leaf in _branches(node):
            if isinstance(leaf, ast.JoinedStr):
                found[_pattern(leaf)] = where
    return found


def mentioned() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every string in the source, and every string that is put together, wherever it is used."""
    names, composed = set(), set()
    for _, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value)
            elif isinstance(node, ast.JoinedStr) and "." in _pattern(node):
                composed.add(_pattern(node))
    composed |= {
        re.escape(start) + r"[\w.]+"
        for path in (ROOT / "bot").rglob("*.html")
        for start in re.findall(r"""\bt\(\s*["']([a-z0-9_.]+)["']\s*~""", path.read_text("utf-8"))
    }
    for page in sorted((ROOT / "bot").rglob("*.html")):
        text = page.read_text("utf-8")
        names |= set(re.findall(r"""["']([a-z_]+(?:\.[a-z_0-9]+)+)["']""", text))
        composed |= {
            re.escape(start) + r"[\w.]+" for start in re.findall(r"""["']([a-z_.]+\.)["'] *~""", text)
        }
    meaningful = {text for text in composed if re.match(r"[a-z_]+\\\.", text)}
    return frozenset(names) | said().keys(), tuple(re.compile(text) for text in sorted(meaningful))


def _first_arguments() -> Iterator[tuple[str, ast.expr]]:
    for where, tree in _trees():
        for node in ast.walk(tree):
            sayers = SAYERS if where.startswith("flows") else SAYERS_OUTSIDE_THE_CORE
            if isinstance(node, ast.Call) and node.args and _name(node.func) in sayers:
                yield f"{where}:{node.lineno}", node.args[0]


def _options() -> dict[str, str]:
    """Options whose words are in the catalogue: ``option("yes")`` without a label of its own."""
    found: dict[str, str] = {}
    for where, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) == "option" and len(node.args) == 1:
                for leaf in _branches(node.args[0]):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                        found[leaf.value.replace(":", "_")] = f"{where}:{node.lineno}"
    return found


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name():
            return function.id
        case ast.Attribute():
            return function.attr
        case _:
            return ""


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+" for part in node.values
    )
