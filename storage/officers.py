"""Officers' keys: opened by a password, a colleague's help or the recovery key, and held only while needed."""

import msgspec

from storage.passwords import FULL, Cost, unwrap, wrap
from storage.records import Officer
from storage.sealing import Pair, fresh_pair


class Unlocked:
    """Someone who has opened their key: an officer, or the holder of a recovery key (`id` ``recovery:<scheme>``)."""

    def __init__(self, id: str, scheme: str, pair: Pair, role: str = "") -> None:
        self.id = id
        self.scheme = scheme
        self.role = role
        self.pair = pair

    def __repr__(self) -> str:
        return f"<Unlocked {self.id}>"


class CaseKey(msgspec.Struct, frozen=True):
    """What is sealed to the readers of a case: its secret, the case it is of, and whom the client refused."""

    number: str
    secret: str
    refused: tuple[str, ...] = ()


def new_identity(officer: str, password: str, cost: Cost = FULL) -> tuple[str, bytes]:
    """A new officer's public key, and their secret wrapped by their password. Takes 0.1 s."""
    pair = fresh_pair()
    return pair.public, wrap(pair.secret, password, officer, cost)


def open_identity(officer: Officer, wrapped: bytes, password: str) -> Unlocked:
    """The officer's key, opened. Takes 0.1 s. Raises `WrongPassword`, `Broken`."""
    secret = unwrap(wrapped, password, officer.id)
    return Unlocked(officer.id, officer.scheme, Pair(secret), officer.role)


def new_recovery() -> tuple[str, str]:
    """A recovery key to print: its public half, which is kept, and its secret, which is not."""
    pair = fresh_pair()
    return pair.public, pair.secret


def same(name: str, other: str) -> bool:
    """Whether two names are of the same person as far as their letters say."""
    return " ".join(name.split()).casefold() == " ".join(other.split()).casefold()
