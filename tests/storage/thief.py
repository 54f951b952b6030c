"""A thief who has every file, knows the program by heart, and uses every key lying about.

The thief decrypts whatever any found key opens (AES-GCM needs no associated data when nobody checks the tag),
opens every age file with every age identity found, looks inside what came out for more keys, and goes on until
nothing new opens. Then all of it is searched.
"""

import base64
import hmac
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyrage  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from storage.passwords import Wrapped, stretch
from storage.sealing import Key

_IDENTITY = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}")


class Thief:
    """What one thief has: raw content, and the keys found in it."""

    def __init__(self, *places: Path, passwords: tuple[str, ...] = ()) -> None:
        self.loot: dict[bytes, None] = {}
        self._keys: dict[str, Key] = {}
        self._identities: dict[str, object] = {}
        self._passwords = passwords
        self._tried: set[tuple[int, int]] = set()
        for place in places:
            for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
                if path.is_file():
                    self._take(path)
        while self._open_more():
            pass

    def _take(self, path: Path) -> None:
        content = path.read_bytes()
        self._add(content)
        self._add(path.name.encode())
        if path.suffix in (".key", ".keys"):
            for at in range(0, len(content) - 31, 32):
                key = Key(content[at : at + 32])
                self._keys[key.fingerprint] = key
        if content.startswith(b"SQLite format 3\0"):
            for value in _values(path):
                self._add(value)

    def _add(self, content: bytes) -> bool:
        if content in self.loot:
            return False
        self.loot[content] = None
        for found in _IDENTITY.findall(content):
            self._identities.setdefault(found.decode(), pyrage.x25519.Identity.from_str(found.decode()))
        return True

    def _open_more(self) -> bool:
        new = False
        for content in list(self.loot):
            for plain in self._opened(content):
                new |= self._add(plain)
        return new

    def _opened(self, content: bytes) -> Iterator[bytes]:
        for match in re.finditer(rb"G1", content):
            plain = self._ciphered(content[match.start() :])
            if plain is not None:
                yield plain
        if content.startswith(b"age-encryption.org/v1"):
            for identity in list(self._identities.values()):
                try:
                    yield pyrage.decrypt(content, [identity])
                except pyrage.DecryptError:
                    continue
        if content.startswith(b'{"salt"'):
            yield from self._unwrapped(content)

    def _ciphered(self, blob: bytes) -> bytes | None:
        """AES-GCM without its check: the key stream from counter 2 on."""
        key = self._keys.get(blob[2:6].hex())
        if key is None or len(blob) < 38:
            return None
        length = int.from_bytes(blob[6:10], "big") - 16
        if not 0 <= length <= len(blob) - 38:
            return None
        secret = hmac.digest(key.secret, b"seal", "sha256")
        start = blob[10:22] + (2).to_bytes(4, "big")
        stream = Cipher(algorithms.AES(secret), modes.CTR(start)).decryptor()
        return stream.update(blob[22 : 22 + length])

    def _unwrapped(self, content: bytes) -> Iterator[bytes]:
        try:
            parts = msgspec.json.decode(content, type=Wrapped)
        except msgspec.DecodeError:
            return
        for password in self._passwords:
            key = Key(stretch(password, parts.salt, parts.cost))
            self._keys[key.fingerprint] = key
            plain = self._ciphered(parts.sealed)
            if plain is not None:
                yield plain

    def finds(self, word: str) -> bool:
        """Whether this word turns up anywhere, in any disguise."""
        return any(shape in content for content in self._folded() for shape in _shapes(word))

    def _folded(self) -> list[bytes]:
        if not hasattr(self, "_lower"):
            self._lower = [content for raw in self.loot for content in {raw, raw.lower()}]
        return self._lower


def _values(path: Path) -> Iterator[bytes]:
    """Every value of every row, as SQLite itself gives it."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            for value in row:
                if isinstance(value, bytes):
                    yield value
                elif isinstance(value, str):
                    yield value.encode()
    connection.close()


def _shapes(word: str) -> set[bytes]:
    """A word as it might hide: UTF-8 and UTF-16, upside down, folded, in hex and base64 at any offset."""
    plain = {word, word[::-1], word.casefold(), word.casefold()[::-1], word.upper()}
    encoded = {text.encode(code) for text in plain for code in ("utf-8", "utf-16-le", "utf-16-be")}
    shapes = set(encoded)
    for text in encoded:
        shapes |= {text.hex().encode(), text.hex().upper().encode()}
        for shift in range(3):
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                middle = encode(bytes(shift) + text)
                shapes.add(middle[4 if shift else 0 : (shift + len(text)) // 3 * 4])
    return shapes
