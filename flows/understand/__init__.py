"""What a text holds, read by rules and word lists: deterministic, offline, each finding with its place.

What reads is loaded with the first text, or by `warm`, and not before: no first screen needs it, and it costs 40 ms.
"""

from flows.scheme import Scheme
from flows.understand.findings import Context, Heard


def understand(text: str, context: Context) -> Heard:
    """All that `text` holds, for a conversation that stands where `context` says. Never raises; linear in length."""
    from flows.understand import reading  # noqa: PLC0415 (see the module)

    return reading.understand(text, context)


def picked(text: str, count: int) -> tuple[int, ...] | None:
    """The options (1 … `count`) that `text` chooses, in the order said; None unless the whole text is a choice."""
    from flows.understand import replies  # noqa: PLC0415 (see the module)

    return replies.numbers(text, count)


def language(text: str) -> str | None:
    """The language that `text` names: ``nl en tr pl uk ar``; None when it names none of these."""
    from flows.understand import intents  # noqa: PLC0415 (see the module)

    return intents.language(text)


def register(text: str) -> str | None:
    """How someone wishes to be addressed, ``u``, ``je`` or ``kind`` (simpler words); None when they say nothing."""
    from flows.understand import intents  # noqa: PLC0415 (see the module)

    return intents.register(text)


def report(heard: Heard) -> dict[str, object]:
    """What `gehoord understand` prints, ready for JSON: each finding by field, ``intent`` and ``danger``."""
    from flows.understand import reading  # noqa: PLC0415 (see the module)

    return reading.report(heard)


def warm(scheme: Scheme, locale: str) -> None:
    """Reads the word lists and this scheme's names now, which else the first text does: some 0.3 s in a process."""
    from flows.understand import reading  # noqa: PLC0415 (see the module)

    reading.warm(scheme, locale)
