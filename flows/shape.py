"""Where a scheme file does not fit the model: every unknown or missing key and every wrong value, with its line.

Walked only when reading failed, so that the author sees all at once and not one after the other.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

import msgspec
from msgspec import inspect
from rapidfuzz import process

from flows.document import Data, Document
from flows.problems import Path, Problem, written
from flows.scheme import Scheme


def misfits(document: Document) -> tuple[Problem, ...]:
    """Everything in `document` that does not fit `Scheme`, in the order of the file."""
    return tuple(sorted(_struct(document, Scheme, document.data, ()), key=lambda problem: problem.line))


def _problem(document: Document, rule: str, path: Path, what: str, do: str) -> Problem:
    return Problem(rule, document.file, document.line(path), written(path), what, do)


def _struct(document: Document, kind: type[msgspec.Struct], data: Data, path: Path) -> Iterator[Problem]:
    if not isinstance(data, dict):
        yield _problem(document, "wrong_type", path, f"{_shown(data)} stands where keys with values belong.",
                       f"Write the keys of {kind.__name__}: {', '.join(keys(kind))}.")  # fmt: skip
        return
    known = fields(kind)
    for key in data:
        if key not in known:
            near = process.extractOne(key, tuple(known), score_cutoff=60)
            hint = f"Did you mean `{near[0]}`?" if near else f"Use one of: {', '.join(keys(kind))}."
            yield _problem(document, "unknown_key", (*path, key), f"There is no key `{key}` here.", hint)
    for name, field in known.items():
        if name in data:
            yield from _value(document, field.type, data[name], (*path, name))
        elif field.required:
            yield _problem(document, "missing_key", path, f"The key `{name}` is missing.",
                           f"Add `{name}:`; docs/schemes.md says what belongs there.")  # fmt: skip


def _value(document: Document, kind: inspect.Type, data: Data, path: Path) -> Iterator[Problem]:
    match kind, data:
        case inspect.UnionType(), _:
            yield from _value(document, _meant(kind, data), data, path)
        case inspect.StructType(), _:
            yield from _struct(document, kind.cls, data, path)
        case inspect.DictType(), dict():
            for key, value in data.items():
                yield from _value(document, kind.value_type, value, (*path, key))
        case inspect.VarTupleType(), list():
            for place, value in enumerate(data):
                yield from _value(document, kind.item_type, value, (*path, place))
        case _:
            yield from _leaf(document, kind, data, path)


def _meant(kind: inspect.UnionType, data: Data) -> inspect.Type:
    """The member of a union that the author will have meant: a list for a list, nothing for nothing, else the first."""
    if data is None:
        return next((t for t in kind.types if isinstance(t, inspect.NoneType)), kind.types[0])
    if isinstance(data, list):
        return next((t for t in kind.types if isinstance(t, inspect.VarTupleType)), kind.types[0])
    return next(t for t in kind.types if not isinstance(t, inspect.NoneType | inspect.VarTupleType))


def _leaf(document: Document, kind: inspect.Type, data: Data, path: Path) -> Iterator[Problem]:
    match kind, data:
        case inspect.StrType(), str():
            return
        case inspect.BoolType(), bool():
            return
        case inspect.IntType(), int() if not isinstance(data, bool):
            return
        case inspect.NoneType(), None:
            return
        case inspect.LiteralType(), str() if data in kind.values:
            return
        case inspect.DateType(), str() if _is_date(data):
            return
        case inspect.LiteralType(), _:
            choices = ", ".join(map(str, kind.values))
            yield _problem(document, "unknown_word", path, f"{_shown(data)} is not a word that is known here.",
                           f"Use one of: {choices}.")  # fmt: skip
        case _:
            yield _problem(document, "wrong_type", path, f"{_shown(data)} is not {_wanted(kind)}.",
                           f"Write {_wanted(kind)}{_quotes(kind, data)}.")  # fmt: skip


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _wanted(kind: inspect.Type) -> str:
    match kind:
        case inspect.StrType():
            return "a text"
        case inspect.IntType():
            return "a whole number"
        case inspect.BoolType():
            return "true or false"
        case inspect.DateType():
            return "a date such as 2026-11-20"
        case inspect.VarTupleType():
            return "a list such as [a, b]"
        case inspect.DictType():
            return "a set of keys with values such as {nl: Haarlem, en: Haarlem}"
        case _:
            return "empty"


def _quotes(kind: inspect.Type, data: Data) -> str:
    return ", in quotes" if isinstance(kind, inspect.StrType) and isinstance(data, int | float) else ""


def _shown(data: Data) -> str:
    match data:
        case None:
            return "Nothing"
        case list():
            return "A list"
        case dict():
            return "A set of keys"
        case _:
            return f"`{data}`"


@cache
def fields(kind: type[msgspec.Struct]) -> dict[str, inspect.Field]:
    """The keys that a file may give for this part of the model, with their types. `hash` is never given."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: field for field in info.fields if field.encode_name != "hash"}


def keys(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys that a file may give for this part of the model."""
    return tuple(fields(kind))
