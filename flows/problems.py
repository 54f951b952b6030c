"""What is wrong with a scheme file: where it stands, which rule it breaks, and what its author should do."""

from typing import Literal

import msgspec

Path = tuple[str | int, ...]
"""The way to a value in a scheme file: keys and list places, such as ``("ladder", 0, "next")``."""


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong, in plain English for the author of a scheme.

    `rule` is its id (`flows.rules`), `line` counts from 1, `where` is the key path as people write it
    (``ladder[0].next``). `what` says what is wrong and `do` what to do about it. A ``warning`` does not stop a
    scheme from being used.
    """

    rule: str
    file: str
    line: int
    where: str
    what: str
    do: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        key = f" {self.where}:" if self.where else ""
        return f"{place}:{key} {self.what} {self.do}"


class SchemeError(ValueError):
    """A scheme file cannot be read as a scheme. `problems` holds all that was found; the text is the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems

    @property
    def file(self) -> str:
        """The file's name."""
        return self.problems[0].file

    @property
    def line(self) -> int:
        """The line of the first problem, counted from 1."""
        return self.problems[0].line


def written(path: Path) -> str:
    """A key path as people write it: ``("ladder", 0, "next")`` is ``ladder[0].next``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
