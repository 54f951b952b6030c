"""Everything that survives between two turns of one conversation: frozen, versioned JSON."""

from typing import Literal

import msgspec

from flows.answers import Answer, Value
from flows.effects import Effect
from flows.events import Filed
from flows.messages import Message

VERSION = 1

State = Literal["opening", "asking", "checking", "code", "line", "done"]


class Doubt(msgspec.Struct, frozen=True):
    """A question about an answer: which of these did you mean? `why` is coded (`findings.Finding.note`)."""

    field: str
    candidates: tuple[Value, ...]
    words: str
    why: str = "ambiguous"


class News(msgspec.Struct, frozen=True):
    """What an officer's step changed, for a client who has to ask for it: the `terms` by id, and the `reason`."""

    terms: tuple[str, ...] = ()
    reason: str = ""


class Session(msgspec.Struct, frozen=True):
    """The state of one conversation. Only `advance` makes a new one.

    `route` is what the client wants, `before` the route they came from and can go back to; `asking` the field
    of the question put; `said` all they typed that belongs to their story; `asked` the fields already put, in
    order (for *back*); `offered` the option ids of the last turn (a choice outside them is stale). `at` is the
    time of the last turn, ISO with zone. `follows`: the client wishes to be asked by themselves how it went;
    `followup` is when that is next (ISO with zone), `followup_term` the term that it is about. `news` waits to be
    looked at.
    """

    scheme: str
    scheme_version: str
    platform: str = "terminal"
    version: int = VERSION
    locale: str = "nl"
    state: State = "opening"
    route: str | None = None
    before: str | None = None
    asking: str | None = None
    pending: str | None = None
    doubt: Doubt | None = None
    answers: dict[str, Answer] = {}
    said: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    multiple: bool = False
    puzzled: int = 0
    danger: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    rungs_done: tuple[str, ...] = ()
    case: Filed | None = None
    claim_code: str | None = None
    follows: bool = False
    followup: str | None = None
    followup_term: str = ""
    news: tuple[News, ...] = ()
    stopped: bool = False
    at: str = ""


class Turn(msgspec.Struct, frozen=True):
    """What one event produced. Nothing of it has happened yet.

    `danger` are the kinds found in this turn. `error` says that the input could not be used and why (coded).
    """

    session: Session
    messages: tuple[Message, ...] = ()
    effects: tuple[Effect, ...] = ()
    danger: tuple[str, ...] = ()
    error: str | None = None


class Fresh(msgspec.Struct, frozen=True):
    """Chance, made outside the core for this one turn: a case number and a claim code, each used at most once.

    `number` is eight random characters such as ``7K4Q92`` without letters that look alike; the core puts the
    scheme's prefix before it. `claim_code` is plain words.
    """

    number: str
    claim_code: str


def encode(session: Session) -> bytes:
    """The session as JSON bytes (UTF-8)."""
    return msgspec.json.encode(session)


def decode(data: bytes) -> Session:
    """The session in these bytes.

    Raises `msgspec.ValidationError` when they are not one, with the path of what is wrong.
    """
    return msgspec.json.decode(data, type=Session)
