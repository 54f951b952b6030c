"""Officers' keys: opened by a password, a colleague's help or the recovery key, and held only while needed."""

import re
import unicodedata

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


PARTICLES = frozenset(
    ("de", "den", "der", "het", "van", "von", "ten", "ter", "te", "el", "al", "la", "le", "op", "in", "en", "of",
     "niet", "mevrouw", "mevr", "mw", "meneer", "dhr", "heer", "juf", "meester", "mijn", "begeleider", "begeleidster",
     "coach", "medewerker", "medewerkster")
)  # fmt: skip
"""Words in a name, or around it, that do not say who is meant."""

_ALIKE = 80
"""From this likeness on (0 to 100) two words count as one name that was misspelt."""


def meant(name: str, refused: str) -> bool:
    """Whether `refused`, in a client's words, may mean the officer with this `name`: "Saskia", "mevrouw de Vries".

    One name in common is enough, misspelt or without its accents: who is left out wrongly is no harm, since
    somebody else reads it; who is left in wrongly is.
    """
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415  (needed only where somebody is refused)

    ours, theirs = _names(name), _names(refused)
    return any(
        one == other or (min(len(one), len(other)) > 3 and ratio(one, other) >= _ALIKE)
        for one in ours
        for other in theirs
    )


def _names(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(r"[^\W\d_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return frozenset(word for word in words if len(word) > 1 and word not in PARTICLES)
