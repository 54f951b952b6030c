"""Any button can be typed: text that is exactly an offered option's label is that choice."""

from functools import cache

from flows.events import Chose as Choice
from flows.events import Event, Said
from flows.messages import Phrase
from flows.session import Session
from flows.understand.text import fold
from locales import known, text

READ_AS_WORDS = frozenset({"yes", "no", "skip", "unknown"})
"""Options whose words are read with what stands beside them ("ja maar het was maandag")."""


def meant(session: Session, event: Event) -> Event:
    """The choice that a typed label stands for; any other event as it is.

    Labels are compared in the language of the conversation, without regard to capitals, accents and the full stop
    at the end. Never fuzzy: "stop er maar mee" is not the button "Stoppen".
    """
    if not isinstance(event, Said) or event.edited or len(event.text) > 80:
        return event
    typed = _bare(event.text)
    for id in session.offered:
        if id not in READ_AS_WORDS and typed and typed == _label(id, session.locale):
            return Choice((id,))
    return event


def _bare(words: str) -> str:
    return " ".join(fold(words).strip(" .!\n").split())


def _label(id: str, locale: str) -> str | None:
    """The label of an option that the catalogues word. An id can be what a client typed, so none is kept here."""
    key = f"option.{id.replace(':', '_')}"
    return _worded(key, locale) if known(key, locale) else None


@cache
def _worded(key: str, locale: str) -> str | None:
    try:
        return _bare(text(Phrase(key), locale))
    except KeyError:
        return None
