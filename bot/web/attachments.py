"""Files that a client sends: a photo without what it tells beside the picture, a PDF, a voice.

What a file is, is read from its first bytes; its name and what the browser says it is count for nothing. A photo is
drawn anew, so that nothing but the picture is left (place, time, camera, thumbnails).
"""

import asyncio
import io
import warnings
from collections.abc import Container
from typing import Literal

import msgspec
from aiohttp import BodyPartReader, MultipartReader, web

from bot.web import chat, copies, guard, pages, visits
from bot.web.services import services
from flows.events import Sent
from flows.messages import Phrase
from locales import text

Kind = Literal["photo", "document", "voice"]

LARGEST = 10 * 1024 * 1024
"""The most bytes of one file: a long voice message, or a photo of any phone."""

MOST = 10
"""The most files of one conversation."""

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2400
"""A photo is made no larger than this; text on it can still be read."""

PATIENCE = 90.0
"""Seconds within which a file must have come in: a voice message over a bad line."""

GPS, TAKEN, CAMERA = 0x8825, (0x0132, 0x9003), (0x010F, 0x0110)
"""What EXIF calls the place, the time and the camera (CIPA DC-008)."""


class Unfit(Exception):
    """This file is not taken; `why` names the words that say so (``web.file.<why>``)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class File(msgspec.Struct, frozen=True):
    """A file as it is kept: what it is, a name that says nothing, and what was taken out."""

    kind: Kind
    name: str
    data: bytes
    removed: tuple[str, ...] = ()


_BEGINNINGS: tuple[tuple[bytes, int, Kind, str], ...] = (
    (b"%PDF-", 0, "document", "pdf"),
    (b"\xff\xd8\xff", 0, "photo", "jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, "photo", "png"),
    (b"GIF8", 0, "photo", "gif"),
    (b"WEBP", 8, "photo", "webp"),
    (b"\x1a\x45\xdf\xa3", 0, "voice", "webm"),
    (b"OggS", 0, "voice", "ogg"),
    (b"ID3", 0, "voice", "mp3"),
    (b"WAVE", 8, "voice", "wav"),
)
_ISO_BRANDS = dict.fromkeys((b"M4A ", b"mp41", b"mp42", b"isom", b"iso5", b"iso6"), "m4a")


def kind_of(data: bytes) -> tuple[Kind, str]:
    """What a file is, and the ending that fits it. Raises `Unfit`."""
    for mark, at, kind, ending in _BEGINNINGS:
        if data[at : at + len(mark)] == mark:
            return kind, ending
    if data[4:8] == b"ftyp" and data[8:12] in _ISO_BRANDS:
        return "voice", _ISO_BRANDS[data[8:12]]
    raise Unfit("kind")


def fit(data: bytes, *, side: int = LONGEST_SIDE) -> File:
    """The file as it is kept; a photo is made no larger than `side`. Raises `Unfit`."""
    if not data:
        raise Unfit("empty")
    kind, ending = kind_of(data)
    if kind == "photo":
        picture, removed = redrawn(data, side=side)
        return File(kind, "foto.jpg", picture, removed)
    return File(kind, f"{'stem' if kind == 'voice' else 'bestand'}.{ending}", data)


def redrawn(data: bytes, *, side: int = LONGEST_SIDE) -> tuple[bytes, tuple[str, ...]]:
    """The picture alone, as JPEG, and what stood beside it: ``place``, ``time``, ``camera``. Raises `Unfit`."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 (40 ms, and only who sends a photo)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "GIF", "WEBP")) as photo:
                if photo.width * photo.height > MOST_PIXELS:
                    raise Unfit("large")
                removed = _beside(photo.getexif())
                upright = ImageOps.exif_transpose(photo).convert("RGBA")
        upright.thumbnail((side, side))
        paper = Image.new("RGB", upright.size, "white")
        paper.paste(upright, mask=upright.getchannel("A"))
    except Image.DecompressionBombError:
        raise Unfit("large") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, MemoryError) as error:
        raise Unfit("broken") from error
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), removed


def _beside(exif: Container[int]) -> tuple[str, ...]:
    found = []
    if GPS in exif:
        found.append("place")
    if any(tag in exif for tag in TAKEN):
        found.append("time")
    if any(tag in exif for tag in CAMERA):
        found.append("camera")
    return tuple(found)


async def send(request: web.Request) -> web.StreamResponse:
    """Takes one file into the conversation, and the words typed with it."""
    visit = await visits.visit(request)
    if visit.session is None or visit.address is None or visit.secret is None:
        return await chat.gone(request, visit, {})
    guard.allow(request, "file", visit.secret)
    of = services(request)
    try:
        async with asyncio.timeout(PATIENCE):
            fields, data = await received(request)
        guard.check(fields, visit.secret)
        if len(visit.session.attachments) >= MOST:
            raise Unfit("many")
        file = await asyncio.to_thread(fit, data)
    except TimeoutError:
        raise guard.Slow from None
    except Unfit as error:
        return await refused(request, visit, error.why)
    ref = await of.store.keep(visit.address, file.kind, file.name, file.data, now=of.clock())
    event = Sent(file.kind, ref, name=file.name, removed=file.removed)
    mine = text(Phrase(f"web.file.{file.kind}"), visit.locale)
    await visits.take(
        of, visit.address, event, mine,
        locale=visit.locale, inbound=fields.get("turn") or None, seal=copies.sealer(request, visit),
    )  # fmt: skip
    return await chat.back(request, visit, len(visit.page.turns))


async def received(request: web.Request) -> tuple[dict[str, str], bytes]:
    """The fields and the one file of a posted form, read no further than the limit. Raises `Unfit`."""
    if not request.content_type.startswith("multipart/"):
        raise web.HTTPBadRequest
    fields: dict[str, str] = {}
    data = b""
    reader = MultipartReader(request.headers, request.content)
    try:
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader):
                raise web.HTTPBadRequest
            if part.name == "file":
                data = await _read(part, LARGEST)
            elif part.name and len(fields) < 10:
                fields[part.name] = (await _read(part, 10_000)).decode(errors="replace")
    except (ValueError, LookupError, RuntimeError, AssertionError):
        raise web.HTTPBadRequest from None
    return fields, data


async def _read(part: BodyPartReader, limit: int) -> bytes:
    found = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        found += chunk
        if len(found) > limit:
            raise Unfit("large")
    return bytes(found)


async def refused(request: web.Request, visit: visits.Visit, why: str) -> web.Response:
    """Says why a file was not taken, and what can be; the conversation is as it was."""
    words = text(Phrase(f"web.file.{why}"), visit.locale)
    if request.headers.get("X-Part"):
        return web.Response(text=words, status=422, content_type="text/plain")
    return await pages.page(
        request, "refused.html", locale=visit.locale, status=422, scheme=visit.scheme,
        exit_path=f"{visit.path}/weg", words=words, back=f"{visit.path}#nu",
    )  # fmt: skip


ROUTES = (web.post("/{scheme}/bestand", send),)
