"""Photos and voices on a line: a photo is drawn anew, so that only the picture is left; a voice stays a voice."""

from typing import Literal

import msgspec
from aiohttp import web

from bot.desk.outputs import SANDBOX
from bot.line.words import content
from bot.web import attachments
from bot.web.attachments import Unfit
from storage.lines import Line

LARGEST = 2_000_000
"""The most bytes of one file, as it is kept: minutes of speech."""

SIDE = 1600
"""A photo is made no larger than this."""

WORDS = {"kind": "confide.file.kind", "large": "confide.file.large", "empty": "confide.file.kind",
         "broken": "confide.file.kind"}  # fmt: skip
"""What is said of a file that is not taken."""


class File(msgspec.Struct, frozen=True):
    """A file as it is kept."""

    kind: Literal["photo", "voice"]
    data: bytes


def fit(data: bytes) -> File:
    """The file as it is kept: no name, and of a photo nothing but the picture. Raises `Unfit`."""
    found = attachments.fit(data, side=SIDE)
    if len(found.data) > LARGEST:
        raise Unfit("large")
    match found.kind:
        case "photo" | "voice":
            return File(found.kind, found.data)
        case _:  # a document names who wrote it
            raise Unfit("kind")


def answer(line: Line, number: str) -> web.Response:
    """A file of this line, shown in the page and never kept by a browser. Raises `web.HTTPNotFound`."""
    place = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else -1
    said = content(line.words[place]) if 0 <= place < len(line.words) else None
    if said is None or not said.file:
        raise web.HTTPNotFound
    made = web.Response(body=said.data, content_type=_type(said.data))
    made.headers["Content-Security-Policy"] = SANDBOX
    made.headers["Content-Disposition"] = "inline"
    return made


_TYPES = {"jpg": "image/jpeg", "webm": "audio/webm", "ogg": "audio/ogg", "mp3": "audio/mpeg", "wav": "audio/wav",
          "m4a": "audio/mp4"}  # fmt: skip


def _type(data: bytes) -> str:
    try:
        return _TYPES.get(attachments.kind_of(data)[1], "application/octet-stream")
    except Unfit:
        return "application/octet-stream"
