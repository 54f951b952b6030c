"""The checks that a scheme passes before it talks with anybody (`gehoord check`).

First the file is read (`flows.document`), then it is held against the model (`flows.shape`), then what it says is
held against itself and against the law (``checks_*``). Each rule stands in `flows.rules` and has a broken file in
``tests/data/broken_schemes``.
"""

from collections.abc import Iterable

import msgspec

from flows import checks_ladder, checks_people, checks_signing, checks_terms, checks_words
from flows.document import Document
from flows.loading import scheme as read
from flows.problems import Problem, SchemeError
from flows.scheme import Scheme
from flows.sheet import Sheet

_CHECKS = (
    checks_words.check,
    checks_people.check,
    checks_ladder.check,
    checks_terms.check,
    checks_signing.check,
)


class Examined(msgspec.Struct, frozen=True):
    """What a scheme file turned out to be: the `scheme`, if it can be read, with all that `check` and `to_sign` say."""

    problems: tuple[Problem, ...]
    unsigned: tuple[Problem, ...] = ()
    scheme: Scheme | None = None


def examine(text: str | bytes, name: str) -> Examined:
    """All there is to say of the file `name` with this content, which is read once: reading takes longest."""
    try:
        document = Document(text, name)
        scheme = read(document)
    except SchemeError as error:
        return Examined(error.problems)
    unsigned = checks_signing.open_points(scheme, Sheet(name, document))
    return Examined(_checked(scheme, Sheet(name, document)), unsigned, scheme)


def check(scheme: Scheme | str | bytes, name: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a scheme, in the order of its file; empty when it is sound.

    `scheme` is the content of the file `name`, or a scheme that was read already (then there are no lines).
    A scheme with no problem of severity ``error`` can be used.
    """
    if isinstance(scheme, Scheme):
        return _checked(scheme, Sheet(name))
    return examine(scheme, name).problems


def _checked(scheme: Scheme, sheet: Sheet) -> tuple[Problem, ...]:
    for one in _CHECKS:
        one(scheme, sheet)
    return sheet.found()


def to_sign(scheme: Scheme | str | bytes, name: str) -> tuple[Problem, ...]:
    """What the organisation still has to confirm, each with its line; empty when the file cannot be read."""
    if isinstance(scheme, Scheme):
        return checks_signing.open_points(scheme, Sheet(name))
    return examine(scheme, name).unsigned


def signing(text: str | bytes, name: str) -> tuple[checks_signing.Point, ...]:
    """The same for those who sign: each point with what the source says and the lines of the data meant.

    Raises `SchemeError` when the file `name` cannot be read.
    """
    document = Document(text, name)
    return checks_signing.points(read(document), Sheet(name, document))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that stop a scheme from being used."""
    return tuple(problem for problem in problems if problem.severity == "error")


def clashes(schemes: Iterable[tuple[str, Scheme]]) -> tuple[Problem, ...]:
    """What goes wrong between schemes that are used together: the same id or the same prefix of case numbers.

    `schemes` are pairs of a file name and the scheme in it.
    """
    sheet: list[Problem] = []
    seen: dict[tuple[str, str], str] = {}
    for file, scheme in schemes:
        for key, value in (("id", scheme.id), ("prefix", scheme.prefix)):
            first = seen.setdefault((key, value), file)
            if first != file:
                sheet.append(Problem("duplicate_id", file, 1, key, f"`{value}` is already the {key} of {first}.",
                                     f"Give each scheme its own {key}."))  # fmt: skip
    return tuple(sheet)
