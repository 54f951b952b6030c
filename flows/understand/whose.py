"""Whose a number or an address is, by the words around it.

The lists are ``words/contact.tsv``. Pure.
"""

from functools import cache

from flows.resources import table
from flows.understand.sayings import is_mark, words
from flows.understand.text import fold


@cache
def around(name: str) -> frozenset[str]:
    """The words of one class of ``contact.tsv``."""
    rows = table("understand/words/contact.tsv")
    return frozenset(key for kind, listed in rows if kind == name for key in words(fold(listed)).keys)


@cache
def persons() -> dict[str, str]:
    """Words for people in a client's life, with the name that notes use for them: "mama" is ``moeder``."""
    found: dict[str, str] = {}
    for kind, listed in table("understand/words/contact.tsv"):
        if kind == "person":
            first, *_ = keys = words(fold(listed)).keys
            for key in keys:
                found.setdefault(key, first)
    return found


_PRONOUNS = frozenset({"haar", "hem"})


def _person(key: str) -> str | None:
    """The person that a word names, "mother's" too."""
    known = persons()
    return known.get(key) or (known.get(key[:-1]) if key.endswith("s") else None)


def _behind(after: list[str]) -> str | None:
    """Whose it is by what follows: "(van mijn zus)", "dat is het nummer van mijn dochter"."""
    keys = [key for key in after[:9] if key not in "()"]
    for index, key in enumerate(keys):
        person = _person(key)
        led = set(keys[:index])
        if person and not (key in _PRONOUNS and keys[index - 1 : index] != ["van"]):
            return person if led & {"van", "thats", "to"} or after[0].startswith("(") else None
        if key not in around("leading") and key not in around("possessive"):
            return None
    return None


def whose(before: list[str], after: list[str]) -> str | None:
    """Whose number or address it is by the words around it, as a note (``other:moeder``); None: the client's own."""
    behind = _behind(after)
    if behind is not None:
        return f"other:{behind}"
    for index in range(len(before) - 1, -1, -1):
        key = before[index]
        if is_mark(key) and not key.startswith((":", "(")):
            return None
        person = _person(key)
        if key in _PRONOUNS or key == "zijn":
            if _names_thing(before, index):
                return f"other:{'hem' if key == 'zijn' else key}"
        elif person:
            near = index == len(before) - 1 or is_mark(before[index + 1])
            if near or (index and (before[index - 1] in around("possessive") or before[index - 1] == "van")):
                return f"other:{person}"
        if key in around("i") or (
            key in around("my") and not _person(before[index + 1] if index + 1 < len(before) else "")
        ):
            return None
    return None


def _names_thing(before: list[str], index: int) -> bool:
    """Whether "haar" or "zijn" owns a number here ("haar nummer is")."""
    following = before[index + 1 : index + 3]
    return any(key in around("phone") for key in following) or (index > 0 and before[index - 1] == "van")
