"""The sheet on which checks write what they find, so that each finding has its line and its key path."""

import msgspec

from flows.document import Document
from flows.problems import Path, Problem, written
from flows.rules import RULES
from flows.scheme import Scheme


class Sheet:
    """Collects the problems of one scheme. Without a document (a scheme built in code) every line is 1."""

    def __init__(self, file: str, document: Document | None = None) -> None:
        self.file = file
        self.document = document
        self.problems: list[Problem] = []

    def note(self, rule: str, path: Path, what: str, do: str) -> None:
        """Writes down that `rule` is broken at `path`."""
        line = self.document.line(path) if self.document else 1
        self.problems.append(Problem(rule, self.file, line, written(path), what, do, RULES[rule].severity))

    def found(self) -> tuple[Problem, ...]:
        """What was found, in the order of the file."""
        return tuple(sorted(self.problems, key=lambda problem: problem.line))


def place(scheme: Scheme, about: str) -> Path | None:
    """The key path that `about` names in a scheme, or None when the model has no such place.

    ``contacts.generalist`` and ``retention.maximum`` are keys, which may be empty; parts of a list are named by
    their `id`, `kind` or number: ``locations.haarlem.regime``, ``ways.form``, ``ladder.0``.
    """
    here: object = scheme
    path: Path = ()
    for part in about.split("."):
        match here:
            case msgspec.Struct() if part in here.__struct_fields__:
                path, here = (*path, part), getattr(here, part)
            case dict() if part in here:
                path, here = (*path, part), here[part]
            case tuple() if (index := _index(here, part)) is not None:
                path, here = (*path, index), here[index]
            case _:
                return None
    return path


def _index(items: tuple[object, ...], part: str) -> int | None:
    if part.isdecimal():
        return int(part) if int(part) < len(items) else None
    named = (number for number, item in enumerate(items)
             if part in (getattr(item, "id", None), getattr(item, "kind", None)))  # fmt: skip
    return next(named, None)
