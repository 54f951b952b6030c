"""A thief who has every file, knows the program by heart, and uses every key lying about.

The thief decrypts whatever any found key opens (AES-GCM needs no associated data when nobody checks the tag),
opens every age file with every age identity found, looks inside what came out for more keys, and goes on until
nothing new opens. Then all of it is searched; in much content quicker when all words searched for begin with one of
`marks`.
"""

import base64
import hashlib
import hmac
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pyrage  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from storage.passwords import Wrapped, stretch
from storage.sealing import Key

_IDENTITY = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}")
_PLAIN = ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b", "blake2s")
_PURPOSES = ("address", "copy", "form", "door", "line", "claim")
"""What the program puts before a secret that it makes something else from."""

_HEAD, _CUT, _PIECE = 4, 8, 2**15


class Thief:
    """What one thief has: raw content, and the keys found in it."""

    def __init__(self, *places: Path, passwords: tuple[str, ...] = (), marks: tuple[str, ...] = ()) -> None:
        self._marks = marks
        self.loot: dict[bytes, tuple[int, int]] = {}
        self._keys: dict[str, Key] = {}
        self._whole: set[str] = set()
        self._identities: dict[str, object] = {}
        self._passwords = passwords
        self._again: set[bytes] = set()
        """What stands in a file as it is, and need not be searched again."""
        for place in places:
            for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
                if path.is_file():
                    self._take(path)
        self._join(places)
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
                if path.suffix == ".key":
                    self._whole.add(key.fingerprint)
        if content.startswith(b"SQLite format 3\0"):
            for value in _values(path):
                self._add(value)
                if value in content:
                    self._again.add(value)

    def _join(self, places: tuple[Path, ...]) -> None:
        """Make of every day key and every slot beside it the key that they make together."""
        files = [path for place in places if place.is_dir() for path in sorted(place.rglob("*.key*"))]
        for day in (path for path in files if path.parent.name == "day"):
            for slots in (path for path in files if path.parent.name == "drafts"):
                whole = slots.read_bytes()
                for at in range(0, len(whole), 32):
                    secret = hmac.digest(whole[at : at + 32], b"draft|" + day.read_bytes(), "sha256")
                    self._keys[Key(secret).fingerprint] = Key(secret)

    def _add(self, content: bytes) -> bool:
        if content in self.loot:
            return False
        self.loot[content] = (-1, -1)
        for found in _IDENTITY.findall(content):
            self._identities.setdefault(found.decode(), pyrage.x25519.Identity.from_str(found.decode()))
        return True

    def _open_more(self) -> bool:
        new, keys = False, (len(self._keys), len(self._identities))
        for content in [one for one, tried in self.loot.items() if tried != keys]:
            self.loot[content] = keys
            for plain in self._opened(content):
                new |= self._add(plain)
        return new

    def _opened(self, content: bytes) -> Iterator[bytes]:
        for match in re.finditer(rb"G1", content):
            plain = self._ciphered(content, match.start())
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

    def _ciphered(self, content: bytes, at: int = 0) -> bytes | None:
        """AES-GCM without its check: the key stream from counter 2 on."""
        head = content[at : at + 22]
        key = self._keys.get(head[2:6].hex())
        if key is None or len(content) - at < 38:
            return None
        length = int.from_bytes(head[6:10], "big") - 16
        if not 0 <= length <= len(content) - at - 38:
            return None
        secret = hmac.digest(key.secret, b"seal", "sha256")
        start = head[10:22] + (2).to_bytes(4, "big")
        stream = Cipher(algorithms.AES(secret), modes.CTR(start)).decryptor()
        return stream.update(content[at + 22 : at + 22 + length])

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

    def search(self, needles: dict[bytes, str]) -> set[str]:
        """Which of these turn up (each needle has the name under which it is told); for many at once.

        A needle has 6 bytes at least.
        """
        return turned_up(needles, self._folded())

    def words(self, *words: str) -> dict[bytes, str]:
        """Each word in every disguise, for `search`."""
        return {shape: word for word in words for shape in _shapes(word)}

    def hashes(self, word: str, *places: tuple[str, str]) -> dict[bytes, str]:
        """Every hash of the word that the found keys can make, for `search`: raw (and cut short), in hex, in base64.

        `places` are channels with schemes, which the program hashes together with an address. The keys of a file
        of slots seal and never hash: of those only the two plainest hashes are tried.
        """
        derived = [word, *(f"{purpose}|{word}" for purpose in _PURPOSES)]
        texts = [*derived, *(hashlib.sha256(text.encode()).hexdigest()[:32] for text in derived)]
        made = [hashlib.new(kind, text.encode()).digest() for text in texts for kind in _PLAIN]
        for key in self._keys.values():
            made += [key.hash(word), hmac.digest(key.secret, word.encode(), "sha256")]
            for text in texts if key.fingerprint in self._whole else ():
                made += [key.hash(text), hmac.digest(key.secret, text.encode(), "sha256")]
                made += [key.hash(purpose, *place, text) for purpose in ("address", "inbound", "line")
                         for place in places]  # fmt: skip
        return {shape: word for hash in made for shape in _written(hash)}

    def _folded(self) -> list[bytes]:
        if not hasattr(self, "_lower"):
            folded = [
                content for raw in self.loot if raw not in self._again for content in {raw, raw.lower()}
            ]
            marks = [shape for mark in self._marks for shape in _shapes(mark)]
            self._lower = [one for one in folded if not marks or any(shape in one for shape in marks)]
        return self._lower


def turned_up(needles: dict[bytes, str], contents: Iterable[bytes]) -> set[str]:
    """The names of the needles (of 6 bytes at least) that are in any of the contents.

    There are a million needles: which four bytes of a content begin one is asked of whole numbers, then looked up.
    """
    heads: dict[int, list[bytes]] = {}
    longest = max(map(len, needles), default=0)
    for needle in needles:
        heads.setdefault(int.from_bytes(needle[:_HEAD], sys.byteorder), []).append(needle)
    begins, found = frozenset(heads), set[str]()
    for content in (piece for whole in contents for piece in _pieces(whole, longest)):
        for head in _numbers(content, begins):
            at = content.find(start := head.to_bytes(_HEAD, sys.byteorder))
            while at >= 0:
                found |= {needles[needle] for needle in heads[head] if content.startswith(needle, at)}
                at = content.find(start, at + 1)
    return found


def _pieces(whole: bytes, longest: int) -> Iterator[bytes]:
    """A content in pieces, each going on so far into the next; without the nothing that rows are filled up with."""
    whole = whole.rstrip(b"\0")
    for at in range(0, len(whole), _PIECE):
        yield whole[at : at + _PIECE + longest]


def _numbers(content: bytes, begins: frozenset[int]) -> set[int]:
    """Which of these numbers stand in the content as four bytes, wherever they begin."""
    seen = set[int]()
    for shift in range(_HEAD):
        end = shift + (len(content) - shift) // _HEAD * _HEAD
        if end > shift:
            seen |= begins.intersection(memoryview(content)[shift:end].cast("I"))
    return seen


def _written(hash: bytes) -> tuple[bytes, ...]:
    """The beginning of a hash as it may be written down."""
    return (
        hash[:_CUT],
        hash.hex()[: 2 * _CUT].encode(),
        base64.b64encode(hash)[:10],
        base64.urlsafe_b64encode(hash)[:10],
    )


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
