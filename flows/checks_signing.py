"""What the source does not say: nothing is invented, and every empty place is there to be signed off."""

from collections.abc import Iterator

import msgspec

from flows.problems import Path, Problem, written
from flows.scheme import Contact, Scheme, SignOff
from flows.sheet import Sheet, place


def check(scheme: Scheme, sheet: Sheet) -> None:
    """Writes down what stays empty without a sign-off, and sign-offs that are about nothing."""
    signed: set[Path] = set()
    for number, entry in enumerate(scheme.sign_off):
        for about in entry.about if isinstance(entry.about, tuple) else (entry.about,):
            path = place(scheme, about)
            if path is None:
                sheet.note("unknown_about", ("sign_off", number, "about"), f"There is no `{about}` in this file.",
                           "Write the key path of what the sign-off is about, such as contacts.officer.")  # fmt: skip
            else:
                signed.add(path)
    for path, what in _empty(scheme):
        if not any(path[: len(about)] == about for about in signed):
            sheet.note("unsigned", path, what,
                       f"Fill it from the source, or sign it off with `about: {_named(scheme, path)}`.")  # fmt: skip


def _empty(scheme: Scheme) -> Iterator[tuple[Path, str]]:
    for id, contact in scheme.contacts.items():
        if not reachable(contact):
            yield ("contacts", id), "This contact has no phone, e-mail, post or web address."
    for n, link in enumerate(scheme.links):
        if link.url is None:
            yield ("links", n), f"The document `{link.id}` has no address."
    for n, location in enumerate(scheme.locations):
        if location.regime is None and not scheme.regimes:
            yield ("locations", n), f"No law is named for `{location.id}`."
    if not scheme.locations and not scheme.regimes:
        yield ("regimes",), "No law is named."
    if not scheme.retention.clause:
        yield ("retention",), "How long cases are kept does not come from the source."
    elif scheme.retention.minimum != scheme.retention.maximum:
        yield ("retention", "maximum"), "How long cases are kept at most does not come from the source."
    for n, confidant in enumerate(scheme.confidants):
        if confidant.unconfirmed:
            yield ("confidants", n), f"The source does not name `{confidant.id}`."
    if not scheme.confidants:
        yield ("confidants",), "No confidant is named."


def reachable(contact: Contact) -> bool:
    """Whether the contact can be reached by anything that stands here."""
    return any((contact.phone, contact.email, contact.url, contact.chat, contact.form, contact.post))


def _named(scheme: Scheme, path: Path) -> str:
    """A key path with the ids of list items instead of their numbers, as `about` wants it."""
    here: object = scheme
    parts: list[str] = []
    for part in path:
        if isinstance(part, int):
            here = here[part]  # type: ignore[index]
            parts.append(str(getattr(here, "id", part)))
        else:
            here = here.get(part) if isinstance(here, dict) else getattr(here, part, None)
            parts.append(part)
    return ".".join(parts)


class Point(msgspec.Struct, frozen=True):
    """Something to sign off: the sign-off as the scheme has it, and where that and what it is about stand in the file.

    `line` counts from 1. `keys` are the key paths of the data meant, each with its own line.
    """

    entry: SignOff
    line: int
    keys: tuple[tuple[str, int], ...]


def points(scheme: Scheme, sheet: Sheet) -> tuple[Point, ...]:
    """What the organisation still has to sign off, in the order of the file."""
    return tuple(
        Point(entry, _line(sheet, ("sign_off", number)), tuple(_keys(scheme, sheet, entry)))
        for number, entry in enumerate(scheme.sign_off)
    )


def _keys(scheme: Scheme, sheet: Sheet, entry: SignOff) -> Iterator[tuple[str, int]]:
    for about in entry.about if isinstance(entry.about, tuple) else (entry.about,):
        yield about, _line(sheet, place(scheme, about) or ())


def _line(sheet: Sheet, path: Path) -> int:
    return sheet.document.line(path) if sheet.document else 1


def open_points(scheme: Scheme, sheet: Sheet) -> tuple[Problem, ...]:
    """What the organisation still has to sign off, as notes with the line of each entry."""
    return tuple(
        Problem("to_sign", sheet.file, point.line, written(("sign_off", number)),
                f"{point.entry.what}: {point.entry.why}",
                "The organisation confirms or fills this before it goes live.", "warning")
        for number, point in enumerate(points(scheme, sheet))
    )  # fmt: skip
