"""Whether a text says to send what is on the check card: exact sayings of ``words/send.tsv``, never a like one.

"Verstuur maar" and "ja, stuur het op" send; "verstuur het nog niet" and "wie verstuurt dat?" do not.
"""

import re
from functools import cache

from flows.resources import table
from flows.understand.text import fold

_WORD = re.compile(r"[^\W_]+")
_YES = frozenset(
    {"ja", "jawel", "ok", "oke", "goed", "prima", "yes", "yeah", "tak", "evet", "так", "да", "نعم"}
)


@cache
def _sayings() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(_WORD.findall(fold(saying))) for _, saying in table("understand/words/send.tsv"))


@cache
def _polite() -> frozenset[str]:
    rows = table("understand/words/reply_around.tsv")
    return frozenset(
        word for kind, listed in rows if kind in ("before", "after") for word in fold(listed).split()
    )


@cache
def _words() -> frozenset[str]:
    """Every word that may stand in the wish to send."""
    return _polite() | _YES | {word for saying in _sayings() for word in saying}


@cache
def _thanks() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(_WORD.findall(fold(saying))) for _, saying in table("understand/words/thanks.tsv"))


def thanks(text: str) -> bool:
    """Whether the whole of `text` is a thank-you or a goodbye: nothing to add to a case, nothing to ask."""
    if len(text) > 60:
        return False
    said = tuple(_WORD.findall(fold(text)))
    kept = tuple(word for word in said if word not in _YES)
    return said in _thanks() or kept in _thanks()


@cache
def _asides(kind: str) -> frozenset[tuple[str, ...]]:
    rows = table("understand/words/aside.tsv")
    return frozenset(tuple(_WORD.findall(fold(saying))) for listed, saying in rows if listed == kind)


def done(text: str) -> bool:
    """Whether the whole of `text` says that there is no more to tell."""
    return len(text) <= 60 and tuple(_WORD.findall(fold(text))) in _asides("done")


def next_step(text: str) -> bool:
    """Whether the whole of `text` asks how it goes on from here."""
    return len(text) <= 60 and tuple(_WORD.findall(fold(text))) in _asides("next")


def silence(text: str) -> bool:
    """Whether the whole of `text` says that nothing came: "nog niet", "ze hebben me niet gebeld"."""
    return len(text) <= 60 and tuple(_WORD.findall(fold(text))) in _asides("silence")


def send(text: str) -> bool:
    """Whether the whole of `text` is the wish to send."""
    if len(text) > 60:
        return False
    said = _WORD.findall(fold(text))
    if not _words().issuperset(said):
        return False
    kept = tuple(word for word in said if word not in _polite() and word not in _YES)
    return kept in _sayings()
