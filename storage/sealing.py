"""Sealing: what is kept so that only the right key reads it, bound to the row it belongs to.

Two kinds of seal:

- `Key.seal`: AES-256-GCM under a key the program has (of the day, of the process, of the shred file), bound by
  its associated data to one row and one version. For what the program itself must read again.
- `seal_for`: an age file (age-encryption.org/v1, X25519) for people's keys. For what only they may read. What it
  belongs to is written inside and compared when it is opened, since age binds nothing itself.

A sealed blob of the first kind is ``G1``, 4 bytes of the key's fingerprint, 4 bytes of length, 12 bytes nonce,
ciphertext with its 16-byte tag; so that a wrong key, a missing part and a moved row each have their own error.
Which field is sealed with what stands in `storage.table` and in `docs/security.md`.
"""

import hashlib
import hmac
import os
import re
import struct
from collections.abc import Sequence
from functools import cached_property

import pyrage  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV

from storage.errors import Misplaced, Truncated, WrongKey

_MAGIC = b"G1"
_HEAD = struct.Struct(">2s4sI12s")
_STEP = 1024
"""Sealed texts are padded to whole steps of this many bytes, so that their size does not tell them apart."""


class Key:
    """A 32-byte secret key: seals rows, and makes keyed hashes under a name of their own."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != 32:
            raise ValueError("a key is 32 bytes")
        self.secret = secret

    @cached_property
    def fingerprint(self) -> str:
        """Eight hex digits that tell keys apart and nothing about them."""
        return hmac.digest(self.secret, b"fingerprint", "sha256")[:4].hex()

    @cached_property
    def _aead(self) -> AESGCM:
        return AESGCM(hmac.digest(self.secret, b"seal", "sha256"))

    @cached_property
    def _hashing(self) -> tuple["hashlib._Hash", "hashlib._Hash"]:
        """HMAC-SHA-256 (RFC 2104) under the key for hashes, begun within and without.

        Begun once: a turn makes several hashes, and `hmac.digest` lets go of the interpreter at each.
        """
        key = hmac.digest(self.secret, b"hash", "sha256").ljust(64, b"\0")
        return hashlib.sha256(bytes(byte ^ 0x36 for byte in key)), hashlib.sha256(
            bytes(byte ^ 0x5C for byte in key)
        )

    @cached_property
    def _naming(self) -> AESSIV:
        return AESSIV(hmac.digest(self.secret, b"name", "sha256"))

    def hash(self, *parts: str) -> bytes:
        """A keyed hash of these parts (16 bytes): equal parts give equal hashes, and only the key can make them."""
        within, without = (begun.copy() for begun in self._hashing)
        for part in parts:
            known = part.encode()
            within.update(len(known).to_bytes(4) + known)
        without.update(within.digest())
        return without.digest()[:16]

    def name(self, number: int) -> str:
        """A number (below 2^32) as a name of 40 hex digits, which tells nothing of it; always the same."""
        return self._naming.encrypt(number.to_bytes(4, "big"), None).hex()

    def number(self, name: str) -> int | None:
        """The number that has this name, or None: this key never gave it."""
        if not re.fullmatch("[0-9a-f]{40}", name):
            return None
        try:
            return int.from_bytes(self._naming.decrypt(bytes.fromhex(name), None), "big")
        except InvalidTag:
            return None

    def seal(self, plain: bytes, bound: str) -> bytes:
        """Seal for the row and version that `bound` names."""
        nonce = os.urandom(12)
        sealed = self._aead.encrypt(nonce, plain, bound.encode())
        return _HEAD.pack(_MAGIC, bytes.fromhex(self.fingerprint), len(sealed), nonce) + sealed

    def open(self, blob: bytes, bound: str) -> bytes:
        """Open what was sealed for `bound`. Raises `WrongKey`, `Truncated`, `Misplaced`."""
        if len(blob) < _HEAD.size:
            raise Truncated
        magic, fingerprint, length, nonce = _HEAD.unpack_from(blob)
        if magic != _MAGIC:
            raise Misplaced
        if fingerprint.hex() != self.fingerprint:
            raise WrongKey
        if len(blob) - _HEAD.size < length:
            raise Truncated
        try:
            return self._aead.decrypt(nonce, blob[_HEAD.size :], bound.encode())
        except InvalidTag:
            raise Misplaced from None


def fresh_key() -> Key:
    """A new random key."""
    return Key(os.urandom(32))


class Pair:
    """An age key pair: `public` may be known, `secret` is what opens."""

    def __init__(self, secret: str) -> None:
        try:
            self._identity = pyrage.x25519.Identity.from_str(secret.strip().upper())
        except pyrage.IdentityError:
            raise WrongKey from None

    @property
    def public(self) -> str:
        """The recipient to seal for: ``age1…``."""
        return str(self._identity.to_public())

    @property
    def secret(self) -> str:
        """The identity in age's own form: ``AGE-SECRET-KEY-1…``."""
        return str(self._identity)

    def open(self, blob: bytes, belongs: str) -> bytes:
        """Open an age file sealed by `seal_for`. Raises `WrongKey`, `Truncated`, `Misplaced`."""
        try:
            plain: bytes = pyrage.decrypt(blob, [self._identity])
        except pyrage.DecryptError as error:
            raise _named(str(error)) from None
        label = belongs.encode()
        size = struct.unpack_from(">HI", plain) if len(plain) >= 6 else (0, 0)
        if size[0] != len(label) or plain[6 : 6 + size[0]] != label:
            raise Misplaced
        return plain[6 + size[0] : 6 + size[0] + size[1]]


def _named(reason: str) -> WrongKey | Truncated | Misplaced:
    """What an age failure means; age itself has only texts."""
    if "matching keys" in reason:
        return WrongKey()
    return Truncated() if "whole buffer" in reason else Misplaced()


def fresh_pair() -> Pair:
    """A new random age key pair."""
    return Pair(str(pyrage.x25519.Identity.generate()))


def seal_for(publics: Sequence[str], plain: bytes, belongs: str, sizes: Sequence[int] | None = None) -> bytes:
    """An age file that each of `publics` can open alone; `belongs` names the row it is of.

    Padded to whole KiB; or to the least of `sizes` that holds it, and not at all where there is none.
    """
    label = belongs.encode()
    body = struct.pack(">HI", len(label), len(plain)) + label + plain
    if sizes is None:
        body += bytes(-len(body) % _STEP)
    else:
        body = body.ljust(min((size for size in sizes if size >= len(body)), default=0), b"\0")
    try:
        recipients = [pyrage.x25519.Recipient.from_str(public) for public in publics]
    except pyrage.RecipientError:
        raise WrongKey from None
    sealed: bytes = pyrage.encrypt(body, recipients)
    return sealed


def digest(data: bytes) -> str:
    """A plain fingerprint of data that is no secret (hex)."""
    return hashlib.sha256(data).hexdigest()
