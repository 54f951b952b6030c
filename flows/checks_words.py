"""Names and words: ids, aliases, languages, and labels short enough to be read."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from flows.problems import Path
from flows.scheme import Choice, Label, Location, Scheme
from flows.sheet import Sheet
from flows.understand.text import fold
from flows.vocabulary import REGISTERS

MAX_LABEL_WORDS = 6
MAX_SENTENCE_WORDS = 15
"""The longest label and sentence, in words, that people in distress still read at once."""

RESERVED = frozenset(
    ("yes", "no", "skip", "send", "not_yet", "back", "stop", "wipe", "human", "confidant", "unknown", "none", "ready",
     "more", "copy", "resume")
)  # fmt: skip
"""Option ids that mean the same in every conversation."""

_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_LOCALE = re.compile(r"[a-z]{2,3}(@[a-z]+)?")
_SENTENCES = re.compile(r"[.!?](?:\s+|$)")


def check(scheme: Scheme, sheet: Sheet) -> None:
    """Writes down what is wrong with names and words."""
    _scheme_names(scheme, sheet)
    _languages(scheme, sheet)
    for list_path, items in _lists(scheme):
        _ids(sheet, list_path, items)
    for list_path, choices in _choices(scheme):
        _aliases(sheet, list_path, choices)
        _reserved(sheet, list_path, choices)
    for path, label in labels(scheme):
        _label(scheme, sheet, path, label)
    for path, label in _read_by_clients(scheme):
        _short(sheet, path, label)


def _scheme_names(scheme: Scheme, sheet: Sheet) -> None:
    if not _ID.fullmatch(scheme.id):
        sheet.note(
            "bad_id", ("id",), f"`{scheme.id}` is no id.", "Use lower-case letters, digits and hyphens."
        )
    elif (
        sheet.file.endswith(".yaml")
        and sheet.file.replace("\\", "/").rpartition("/")[2] != f"{scheme.id}.yaml"
    ):
        sheet.note("id_not_file", ("id",), f"The file is not called {scheme.id}.yaml.",
                   "Give it the name of the id: that is how it is found.")  # fmt: skip
    if not re.fullmatch(r"[A-Z]{2,4}", scheme.prefix):
        sheet.note("bad_prefix", ("prefix",), f"`{scheme.prefix}` cannot begin a case number.",
                   "Use two to four capital letters, such as BG.")  # fmt: skip


def _languages(scheme: Scheme, sheet: Sheet) -> None:
    if scheme.languages[:1] != ("nl",):
        sheet.note(
            "no_dutch", ("languages",), "The languages do not begin with nl.", "Write `languages: [nl, en]`."
        )
    for place, register in enumerate(scheme.registers):
        if register not in REGISTERS:
            sheet.note("unknown_register", ("registers", place), f"There is no register `{register}`.",
                       "Use je, u or kind.")  # fmt: skip
    if not scheme.registers:
        sheet.note("unknown_register", ("registers",), "No register is named.", "Write `registers: [je, u]`.")


def _lists(scheme: Scheme) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key in ("roles", "subjects", "ladder", "confidants", "locations", "parties", "terms", "facts", "links",
                "steps", "letters", "reports"):  # fmt: skip
        yield key, tuple(item.id for item in getattr(scheme, key))


def _ids(sheet: Sheet, key: str, ids: tuple[str, ...]) -> None:
    for place, id in enumerate(ids):
        if id in ids[:place]:
            sheet.note("duplicate_id", (key, place, "id"), f"`{id}` already stands in {key}.",
                       "Give it another id, or delete one of the two.")  # fmt: skip
        if not _ID.fullmatch(id):
            sheet.note("bad_id", (key, place, "id"), f"`{id}` is no id.",
                       "Use lower-case letters, digits, hyphens and underscores.")  # fmt: skip


def _choices(scheme: Scheme) -> Iterator[tuple[str, Sequence[Choice | Location]]]:
    yield "roles", scheme.roles
    yield "subjects", scheme.subjects
    yield "locations", scheme.locations
    yield "parties", scheme.parties


def _reserved(sheet: Sheet, key: str, choices: Sequence[Choice | Location]) -> None:
    for place, choice in enumerate(choices):
        if choice.id in RESERVED:
            sheet.note("reserved_id", (key, place, "id"), f"`{choice.id}` means something else everywhere.",
                       "Give it another id.")  # fmt: skip


def _aliases(sheet: Sheet, key: str, choices: Sequence[Choice | Location]) -> None:
    owner: dict[str, str] = {}
    for place, choice in enumerate(choices):
        for number, alias in enumerate(choice.aliases):
            first = owner.setdefault(fold(alias.strip()), choice.id)
            if first != choice.id:
                sheet.note("alias_shared", (key, place, "aliases", number),
                           f"`{alias}` stands for {first} and for {choice.id}.",
                           "Keep it at one of the two; places that are near both go under `around`.")  # fmt: skip


def labels(scheme: Scheme) -> Iterator[tuple[Path, Label]]:
    """Every label of a scheme with its key path."""
    yield from _labels_in(scheme, ())


def _labels_in(part: object, path: Path) -> Iterator[tuple[Path, Label]]:
    match part:
        case msgspec.Struct():
            for name in part.__struct_fields__:
                value = getattr(part, name)
                if name in _LABELS and isinstance(value, dict):
                    yield (*path, name), value
                else:
                    yield from _labels_in(value, (*path, name))
        case tuple():
            for place, item in enumerate(part):
                yield from _labels_in(item, (*path, place))
        case dict():
            for key, item in part.items():
                yield from _labels_in(item, (*path, key))
        case _:
            return


_LABELS = frozenset({"label", "text", "role", "worker", "to", "steps"})
"""The keys whose values are words per language (`role` of a confidant, `steps` of a contact)."""


def _label(scheme: Scheme, sheet: Sheet, path: Path, label: Label) -> None:
    for locale, words in label.items():
        if not _LOCALE.fullmatch(locale) or ("@" in locale and locale.partition("@")[2] not in REGISTERS):
            sheet.note("unknown_locale", (*path, locale), f"There is no language or register `{locale}`.",
                       "Use nl, nl@u, nl@kind, en or another language's two letters.")  # fmt: skip
        if not words.strip():
            sheet.note(
                "missing_label", (*path, locale), "The words are empty.", "Write what people read here."
            )
    if not label:
        sheet.note("missing_label", path, "The label has no words.", "Write {nl: …, en: …}.")
        return
    for language in scheme.languages:
        if language not in label:
            sheet.note("missing_language", path, f"The words in `{language}` are missing.",
                       f"Add `{language}:`, or take it out of `languages`.")  # fmt: skip


def _read_by_clients(scheme: Scheme) -> Iterator[tuple[Path, Label]]:
    for key, choices in _choices(scheme):
        yield from (((key, place, "label"), choice.label) for place, choice in enumerate(choices))
    for place, rung in enumerate(scheme.ladder):
        yield ("ladder", place, "label"), rung.label
        yield ("ladder", place, "text"), rung.text


def _short(sheet: Sheet, path: Path, label: Label) -> None:
    for locale, words in label.items():
        if path[-1] == "label":
            if len(words.split()) > MAX_LABEL_WORDS:
                sheet.note("long_label", (*path, locale), f"The label has {len(words.split())} words.",
                           f"Say it in at most {MAX_LABEL_WORDS}.")  # fmt: skip
            continue
        longest = max(len(sentence.split()) for sentence in _SENTENCES.split(words))
        if longest > MAX_SENTENCE_WORDS:
            sheet.note("long_sentence", (*path, locale), f"A sentence has {longest} words.",
                       f"Make sentences of at most {MAX_SENTENCE_WORDS} words.")  # fmt: skip
