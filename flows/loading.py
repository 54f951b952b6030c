"""From the text of a scheme file to a `Scheme`, or to every reason why it is not one, each with its line."""

import hashlib

import msgspec

from flows.document import Document
from flows.problems import SchemeError
from flows.scheme import Scheme


def parse(text: str | bytes, name: str) -> Scheme:
    """The scheme in `text`, the content of the file `name` (for messages only).

    Raises `SchemeError` with file, line and what to do when it is not YAML or does not fit the model.
    """
    return scheme(Document(text, name))


def scheme(document: Document) -> Scheme:
    """The scheme in a document that was read. Raises `SchemeError` when it does not fit the model."""
    try:
        read = msgspec.convert(document.data, Scheme)
    except msgspec.ValidationError as error:
        # Only a wrong file needs it, and it costs every start 10 ms.
        from flows.shape import misfits  # noqa: PLC0415

        problems = misfits(document)
        if not problems:
            raise document.error("wrong_type", 1, f"{error}.", "See docs/schemes.md.") from None
        raise SchemeError(problems) from None
    return msgspec.structs.replace(read, hash=version(document.text))


def version(text: str) -> str:
    """The version of a scheme file: the first 12 hex digits of the SHA-256 of its text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
