"""``chat --json``: one line in, one line out. What goes in and comes out is a contract (docs/operators.md)."""

import asyncio
import sys
from pathlib import Path
from typing import Any, TextIO, get_args

import msgspec

from bot import clock
from bot.rendering import addressed
from bot.talk import Exchange, NoLine, Talk
from flows.answers import Answer
from flows.events import Chose, Event, Filed, Happened, Said, Sent, SentKind
from locales import reason

NO_LINE = (
    "no line is open in this conversation, or its confidant's key is not here: begin one by "
    '{"choose": "confidant"} and {"choose": "line"}, or answer with gehoord line reply'
)
SHAPES = (
    'plain text, {"say": "…"}, {"choose": "id"}, {"choose": ["id", "id"]}, {"later": "3d"}, '
    '{"send": {"kind": "photo", "path": "…"}}, {"event": "contact_made"} or {"confidant": "…"}'
)


class Unusable(ValueError):
    """This line is none of the shapes that can come in; the message says what to write."""


class Later(msgspec.Struct, frozen=True):
    """Time passes."""

    by: str


class Answered(msgspec.Struct, frozen=True):
    """The confidant says this on the line."""

    text: str


def read(line: str) -> Event | Later | Answered:
    """The event in one line. Text is what the client types; a line that begins with ``{`` is JSON.

    Raises `Unusable`.
    """
    if not line.lstrip().startswith("{"):
        return Said(line)
    try:
        given = msgspec.json.decode(line)
    except msgspec.DecodeError as error:
        raise Unusable(
            f'this line begins with {{ but is not JSON ({error}); write it as {{"say": "…"}}'
        ) from None
    if not isinstance(given, dict) or len(given) != 1:
        raise Unusable(f"one thing at a time: {SHAPES}")
    key, value = next(iter(given.items()))
    return _event(key, value)


def _event(key: str, value: Any) -> Event | Later | Answered:
    match key, value:
        case "say", str():
            return Said(value)
        case "choose", str() if value:
            return Chose((value,))
        case "choose", [_, *_] if all(isinstance(id, str) and id for id in value):
            return Chose(tuple(value))
        case "later", str():
            return Later(value)
        case "send", dict():
            return _sent(value)
        case "event", str() if value:
            return Happened(value)
        case "event", {"id": str(id), **rest} if id and set(rest) <= {"on", "reason"}:
            return msgspec.convert({"type": "happened", "id": id, **rest}, Happened)
        case "confidant", str() if value.strip():
            return Answered(value.strip())
        case _:
            raise Unusable(f"this is not understood: write {SHAPES}")


def _sent(value: dict[str, Any]) -> Sent:
    kind, path = value.get("kind"), value.get("path")
    kinds = get_args(SentKind)
    if kind not in kinds or not set(value) <= {"kind", "path", "caption"}:
        raise Unusable(f'"send" takes a kind ({", ".join(kinds)}), and if you like a path and a caption')
    if path is not None and not (isinstance(path, str) and Path(path).is_file()):
        raise Unusable(f"there is no file {path}")
    caption = value.get("caption", "")
    if not isinstance(caption, str):
        raise Unusable("the caption is text")
    name = Path(path).name if path else ""
    return msgspec.convert({"type": "sent", "kind": kind, "caption": caption, "name": name}, Sent)


def state(exchange: Exchange) -> dict[str, Any]:
    """An exchange as the contract writes it."""
    session = exchange.session
    answer = {
        "state": session.state,
        "messages": [
            {
                "id": message.id,
                "text": addressed(message),
                "options": [{"id": option.id, "label": option.label} for option in message.options],
            }
            for message in exchange.said
        ],
        "asking": session.asking,
        "multiple": session.multiple,
        "route": session.route,
        "locale": session.locale,
        "danger": list(exchange.danger),
        "answers": {field: _answer(answer) for field, answer in session.answers.items()},
        "case": case(session.case, session.locale),
        "code": session.claim_code,
        "line": msgspec.to_builtins(exchange.line),
    }
    return answer | {"error": exchange.error} if exchange.error else answer


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "value": msgspec.to_builtins(answer.value),
        "words": answer.words,
        "how": answer.how,
        "confirmed": answer.confirmed,
    }


def case(filed: Filed | None, locale: str) -> dict[str, Any] | None:
    """A filed case: number, status and deadlines, each with its reason in words."""
    if filed is None:
        return None
    deadlines = [
        {"id": deadline.id, "date": deadline.date, "why": reason(deadline.why, locale)}
        for deadline in filed.deadlines
    ]
    return {"number": filed.number, "status": filed.status, "deadlines": deadlines}


async def answer(talk: Talk, line: str) -> dict[str, Any]:
    """What one line brings: the state after it, or ``{"error": …}`` with nothing changed."""
    try:
        match read(line):
            case Later(by):
                exchange = await talk.wait(clock.duration(by))
            case Answered(text):
                from bot.line.talking import confidant  # noqa: PLC0415 (only where there is a line)

                exchange = await confidant(talk, text)
            case event:
                exchange = await talk.handle(event)
    except (Unusable, clock.Unreadable) as error:
        return {"error": str(error)}
    except NoLine:
        return {"error": NO_LINE}
    return state(exchange)


async def run(talk: Talk, opening: Exchange, source: TextIO, out: TextIO) -> None:
    """Talk until the source ends. A line that is not UTF-8 is answered like any other that cannot be used."""
    _write(out, state(opening))
    while line := await asyncio.to_thread(source.readline):
        text = line.removesuffix("\n").removesuffix("\r")
        _write(out, await answer(talk, text) if _is_text(text) else {"error": "this line is not UTF-8 text"})


def _is_text(text: str) -> bool:
    """Whether every character came from valid UTF-8 (the source replaces what did not by lone surrogates)."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _write(out: TextIO, line: dict[str, Any]) -> None:
    out.write(msgspec.json.encode(line).decode() + "\n")
    out.flush()


def stdin() -> TextIO:
    """Standard input as UTF-8, in which what is not text can be told apart."""
    return open(sys.stdin.fileno(), encoding="utf-8", errors="surrogateescape", newline="\n", closefd=False)
