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
    if "hash" in document.data:  # the loader's own to fill in, so in a file it is a key like any unknown one
        raise _misfit(document, "There is no key `hash`.")
    try:
        read = msgspec.convert(document.data, Scheme)
    except msgspec.ValidationError as error:
        raise _misfit(document, f"{error}.") from None
    return msgspec.structs.replace(read, hash=version(document.text))


def _misfit(document: Document, what: str) -> SchemeError:
    """All that does not fit, with lines; `what` when the walk over the model finds nothing to say."""
    # Only a wrong file needs this module, and it would cost every start 10 ms.
    from flows.shape import misfits  # noqa: PLC0415

    problems = misfits(document)
    return (
        SchemeError(problems) if problems else document.error("wrong_type", 1, what, "See docs/schemes.md.")
    )


def version(text: str) -> str:
    """The version of a scheme file: the first 12 hex digits of the SHA-256 of its text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
