"""What goes over the wire: the parameters of a call in each of the forms the Bot API takes, and its errors."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, MultipartReader, web

Json = dict[str, Any]
"""An object of the Bot API as it is written."""


class ApiError(Exception):
    """A refusal: `code` and `text` as the Bot API says them."""

    def __init__(self, code: int, text: str, retry_after: int | None = None) -> None:
        super().__init__(text)
        self.code, self.text, self.retry_after = code, text, retry_after

    def json(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.text}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad(text: str) -> ApiError:
    """A bad request."""
    return ApiError(400, f"Bad Request: {text}")


def too_many(retry_after: int) -> ApiError:
    """Too many requests; come back after `retry_after` seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    type: str
    data: bytes


@dataclass
class Params:
    """The parameters of one call. Forms carry text, JSON carries values: both read the same here."""

    values: Json = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A text; numbers are taken as their digits."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number. Refused when it is something else."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad(f"{name} must be an Integer") from None

    def flag(self, name: str) -> bool:
        """A yes or no."""
        return self.values.get(name) in (True, "true", "True", "1", 1)

    def parsed(self, name: str) -> Any:
        """An object or list, which forms send as JSON text; None when it is not there."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise bad(f"can't parse {name}: the value must be valid JSON") from None

    def upload(self, name: str) -> Upload | None:
        """The file of this parameter: sent under its name, or under another and named ``attach://other``."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)


async def read(request: web.Request) -> Params:
    """The parameters of an HTTP request: query string, JSON, form or multipart."""
    params = Params(dict(request.query))
    kind = request.content_type
    if not request.can_read_body:
        return params
    if kind == "application/json":
        try:
            params.values |= await request.json()
        except json.JSONDecodeError:
            raise bad("can't parse request body: it must be a JSON object") from None
    elif kind == "multipart/form-data":
        await _read_parts(await request.multipart(), params)
    elif kind == "application/x-www-form-urlencoded":
        params.values |= {
            name: value for name, value in (await request.post()).items() if isinstance(value, str)
        }
    return params


async def read_parts(reader: MultipartReader) -> Params:
    """The parameters of a multipart body, as a webhook's answer can carry them."""
    params = Params()
    await _read_parts(reader, params)
    return params


async def _read_parts(reader: MultipartReader, params: Params) -> None:
    async for part in reader:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            params.values[part.name] = data.decode()
        else:
            params.uploads[part.name] = Upload(
                part.filename, part.headers.get("Content-Type", "application/octet-stream"), data
            )
