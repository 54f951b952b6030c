"""Stretching: from a password or a claim code to a key (argon2id). Slow on purpose; never on the event loop.

The cost is OWASP's first choice for argon2id and age's own order of magnitude: 64 MiB, three passes, 114 ms here.
Practice and tests use `QUICK`, which protects nothing.
"""

import os

import msgspec

from storage.errors import Misplaced, WrongKey, WrongPassword
from storage.sealing import Key


class Cost(msgspec.Struct, frozen=True):
    """What one guess costs: `memory` in KiB, `passes` over it, `lanes` in parallel."""

    memory: int = 65_536
    passes: int = 3
    lanes: int = 4


FULL = Cost()
QUICK = Cost(memory=8, passes=1, lanes=1)


class Wrapped(msgspec.Struct, frozen=True):
    """A secret under a password: salt, cost and the sealed secret. Safe to keep; as strong as the password."""

    salt: bytes
    cost: Cost
    sealed: bytes


def stretch(secret: str, salt: bytes, cost: Cost = FULL) -> bytes:
    """32 bytes from a password or code; the same for the same salt and cost."""
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415  (20 ms to import, needed at unlock only)

    return hash_secret_raw(
        secret.encode(), salt, cost.passes, cost.memory, cost.lanes, hash_len=32, type=Type.ID
    )


def wrap(secret: str, password: str, owner: str, cost: Cost = FULL) -> bytes:
    """`secret` under `password`, bound to its `owner`."""
    salt = os.urandom(16)
    sealed = Key(stretch(password, salt, cost)).seal(secret.encode(), f"wrapped|{owner}")
    return msgspec.json.encode(Wrapped(salt, cost, sealed))


def unwrap(wrapped: bytes, password: str, owner: str) -> str:
    """The secret again. Raises `WrongPassword`, and `Misplaced` or `Truncated` when it was tampered with."""
    try:
        parts = msgspec.json.decode(wrapped, type=Wrapped)
    except msgspec.DecodeError:
        raise Misplaced from None
    try:
        return Key(stretch(password, parts.salt, parts.cost)).open(parts.sealed, f"wrapped|{owner}").decode()
    except WrongKey:
        raise WrongPassword from None
