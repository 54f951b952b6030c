"""Practice: a data directory for trying things out, whose keys lie in the clear beside what they open.

::

    <data>/practice/README             says so, and marks the directory
    <data>/practice/<scheme>.key       who receives the scheme's complaints in practice (an age identity)
    <data>/practice/<scheme>.stand-in  and their stand-in
    <data>/practice/<scheme>.recovery  and the scheme's recovery key
    <data>/practice/<scheme>.confidant the password of the confidant with whom lines are tried out

A real start refuses such a directory, and practice refuses every other.
"""

import secrets
from pathlib import Path

from storage.errors import NotPractice, UnknownOfficer
from storage.files import make_directory, write_once
from storage.officers import Unlocked
from storage.records import EVERY_ROLE
from storage.sealing import Pair, fresh_pair

KEYS = ("key", "stand-in", "recovery")

_README = """This directory is for practice. Its keys lie here in the clear: whoever has it can read everything in it.
Never point a real service at it.
"""


def is_practice(data: Path) -> bool:
    """Whether this data directory was made for practice."""
    return (data / "practice" / "README").exists()


def make_practice(data: Path) -> None:
    """Mark a new data directory as one for practice. Raises `NotPractice` when it holds real data."""
    if is_practice(data):
        return
    if (data / "gehoord.db").exists():
        raise NotPractice
    make_directory(data / "practice")
    write_once(data / "practice" / "README", _README.encode())


def make_pairs(data: Path, scheme: str) -> tuple[Pair, ...]:
    """The practice keys of a scheme, in the order of `KEYS`; made when missing."""
    return tuple(_pair(data / "practice" / f"{scheme}.{kind}") for kind in KEYS)


def _pair(path: Path) -> Pair:
    if not path.exists():
        write_once(path, fresh_pair().secret.encode())
    return Pair(path.read_text(encoding="ascii"))


def practice_officer(data: Path, scheme: str) -> Unlocked:
    """Who receives the scheme's complaints in practice, unlocked. Raises `UnknownOfficer` when there is none."""
    path = data / "practice" / f"{scheme}.key"
    if not path.exists():
        raise UnknownOfficer
    return Unlocked(f"{scheme}/practice", scheme, Pair(path.read_text(encoding="ascii")), EVERY_ROLE)


def practice_password(data: Path, scheme: str) -> str:
    """The password of the scheme's confidant in practice, made when missing."""
    path = data / "practice" / f"{scheme}.confidant"
    if not path.exists():
        write_once(path, secrets.token_hex(16).encode())
    return path.read_text(encoding="ascii")
