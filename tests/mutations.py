"""Copies of a scheme in which the data of one clause is deleted or altered, for `make clauses`."""

import copy
import json
from collections.abc import Callable, Iterator
from functools import cache

import msgspec

from flows.document import Data, Document
from flows.problems import Path, written
from flows.vocabulary import FACTS
from tests.schemes import text

LEDGER: dict[str, tuple[str, ...]] = {
    "blijf-groep": (
        "BG-1", "BG-2", "BG-3", "BG-4", "BG-5", "BG-6a", "BG-6b", "BG-6c", "BG-6d", "BG-6e", "BG-7a", "BG-7b", "BG-8",
        "BG-9", "BG-10", "BG-11", "BG-12", "BG-13",
    ),
    "ik-ben-er-ook": (
        "IB-1", "IB-2", "IB-3", "IB-4a", "IB-4b", "IB-4c", "IB-5", "IB-6", "IB-7a", "IB-7b", "IB-7c",
    ),
    "bij-elkaar": (
        "BE-1", "BE-2", "BE-3", "BE-4a", "BE-4b", "BE-5a", "BE-5b", "BE-6", "BE-7", "BE-8", "BE-9",
    ),
    "cjg-kennemerland": (
        "CJ-1", "CJ-2", "CJ-3", "CJ-4", "CJ-5", "CJ-6", "CJ-7", "CJ-8", "CJ-9", "CJ-10", "CJ-11",
    ),
    "ben-in-de-buurt": (
        "BB-1", "BB-2", "BB-3a", "BB-3b", "BB-3c", "BB-4", "BB-5", "BB-6", "BB-7a", "BB-7b", "BB-7c", "BB-7d", "BB-7e",
        "BB-8", "BB-9", "BB-10", "BB-11", "BB-12",
    ),
}  # fmt: skip
"""Every clause of the five regulations, by scheme."""

Dict = dict[str, Data]


class Mutation(msgspec.Struct, frozen=True):
    """One changed copy. `kind` is ``deleted`` or ``altered``; `what` says what changed; `text` is the new file."""

    clauses: tuple[str, ...]
    scheme: str
    kind: str
    what: str
    text: str


def scheme_of(clause: str) -> str:
    """The scheme that a clause belongs to. Raises `KeyError` for an id that is in no regulation."""
    for scheme, clauses in LEDGER.items():
        if clause in clauses:
            return scheme
    raise KeyError(clause)


def plain(scheme: str) -> Dict:
    """The data of a scheme's file."""
    return copy.deepcopy(_read(text(scheme), scheme))


@cache
def _read(content: str, scheme: str) -> Dict:
    data = Document(content, f"{scheme}.yaml").data
    assert isinstance(data, dict)
    return data


def unchanged(scheme: str) -> str:
    """The same scheme, written as the changed copies are: what must not make any test fail."""
    return json.dumps(plain(scheme), ensure_ascii=False)


def data_of(scheme: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every datum that carries a clause: its key path and the clauses. Sign-offs explain data and are none."""
    for key, value in plain(scheme).items():
        if key == "ordered_clause":
            yield ("ordered",), _ids(value)
        elif key != "sign_off":
            yield from _found(value, (key,))


def _found(data: Data, path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    match data:
        case dict():
            if "clause" in data:
                yield path, _ids(data["clause"])
            for key, value in data.items():
                yield from _found(value, (*path, key))
        case list():
            for place, value in enumerate(data):
                yield from _found(value, (*path, place))
        case _:
            return


def _ids(clause: Data) -> tuple[str, ...]:
    return tuple(str(id) for id in clause) if isinstance(clause, list) else (str(clause),)


def mutations(scheme: str) -> Iterator[Mutation]:
    """Every changed copy of a scheme: each datum with a clause deleted once, and altered once per value."""
    for path, clauses in data_of(scheme):
        for kind, change, what in (("deleted", _delete, ""), *_alterations(scheme, path)):
            data = plain(scheme)
            change(data, path)
            content = json.dumps(data, ensure_ascii=False)
            name = f"{written(path)}{_name(scheme, path)}{what}"
            yield Mutation(clauses, scheme, kind, name, content)


def _name(scheme: str, path: Path) -> str:
    here = _at(plain(scheme), path)
    label = here.get("id") or here.get("kind") or here.get("fields") if isinstance(here, dict) else None
    return f" {label}" if label else ""


def _at(data: Data, path: Path) -> Data:
    for part in path:
        data = data[part]  # type: ignore[index]
    return data


DETAILS = ("phone", "email", "url", "chat", "form", "post", "steps", "hours", "free")
"""What a contact can hold besides its name."""


def _delete(data: Dict, path: Path) -> None:
    parent = _at(data, path[:-1])
    last = path[-1]
    if path[0] == "contacts":
        contact = _at(data, path)
        assert isinstance(contact, dict)
        details = [key for key in DETAILS if key in contact]
        for key in details:
            del contact[key]
        if details:
            return
    if path == ("retention",):
        # A scheme without retention is refused before anything else, which would prove nothing of the clause.
        data["retention"] = {"maximum": 1}
        return
    del parent[last]  # type: ignore[union-attr, arg-type]


Alteration = tuple[str, Callable[[Dict, Path], None], str]


def _alterations(scheme: str, path: Path) -> Iterator[Alteration]:
    """The ways in which this datum is altered, each alone."""
    here = _at(plain(scheme), path)
    if path == ("ordered",):
        yield "altered", lambda data, _: data.update(ordered=not data["ordered"]), ""
        return
    assert isinstance(here, dict)
    kind = str(path[0])
    for key in ALTERED.get(kind, ()):
        if key in here:
            yield "altered", _altering(scheme, kind, key), f".{key}"
    if not any(key in here for key in ALTERED.get(kind, ())):
        yield "altered", _altering(scheme, kind, "label"), ".label"


ALTERED: dict[str, tuple[str, ...]] = {
    "contacts": ("phone", "email", "url", "chat", "form", "post", "steps", "hours"),
    "recipient": ("label", "uninvolved"),
    "roles": ("label",),
    "subjects": ("label", "flag"),
    "parties": ("label",),
    "locations": ("label", "confidants"),
    "ladder": ("text", "contact", "told", "support", "prepares"),
    "asks": ("fields",),
    "confidants": ("contact", "free", "says"),
    "terms": ("count", "unit"),
    "retention": ("maximum",),
    "age_limit": ("years",),
    "wzd": ("links",),
    "ways": ("label",),
    "facts": ("id", "contact"),
    "links": ("label", "url"),
    "steps": ("id",),
    "letters": ("parts",),
    "reports": ("period", "what"),
    "office": ("days",),
}
"""Which values of a datum are altered; one that has none of them gets other words."""


def _altering(scheme: str, kind: str, key: str) -> Callable[[Dict, Path], None]:
    def change(data: Dict, path: Path) -> None:
        here = _at(data, path)
        assert isinstance(here, dict)
        here[key] = _other(data, kind, key, here.get(key))

    return change


def _other(data: Dict, kind: str, key: str, value: Data) -> Data:
    """Another value that fits in the same place."""
    match key, value:
        case "phone", str():
            return value[:-1] + ("1" if value[-1] != "1" else "2")
        case "email", _:
            return "iemand.anders@example.nl"
        case (("url" | "chat" | "form"), _):
            return "https://elders.example.nl"
        case "post", _:
            return "Postbus 1, 1000 AA Elders"
        case "unit", _:
            return "days" if value != "days" else "weeks"
        case "period", _:
            return "quarter" if value == "year" else "year"
        case "prepares", _:
            return "form" if value == "letter" else "letter"
        case "id", _ if kind == "facts":
            return next(fact for fact in FACTS if fact not in _ids_in(data, "facts"))
        case "id", _ if kind == "steps":
            return "ombudsman_asked"
        case "fields", list():
            return ["interpreter", *value[1:]]
        case (("contact" | "support"), _):
            contacts = data["contacts"]
            assert isinstance(contacts, dict)
            return next(id for id in contacts if id != value)
        case "confidants", list():
            return [id for id in _ids_in(data, "confidants") if id not in value]
        case "flag", _:
            return None
        case "hours", list():
            return [{**hours, "closes": "23:59"} for hours in value if isinstance(hours, dict)]
        case _, bool():
            return not value
        case _, int():
            return value + 1 if kind != "retention" else value + 12
        case _, list():
            return value[:-1]
        case _:
            return _other_words(value)


def _ids_in(data: Dict, key: str) -> list[str]:
    items = data.get(key, [])
    assert isinstance(items, list)
    return [str(item["id"]) for item in items if isinstance(item, dict)]


def _other_words(label: Data) -> Data:
    return dict.fromkeys(label, "Qwrtz") if isinstance(label, dict) else "qwrtz"
