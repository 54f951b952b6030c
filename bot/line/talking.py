"""A line in the terminal, in scripts and in transcripts: begun from a conversation, in the same place.

The conversation stands still meanwhile: nothing that is said on the line reaches it, and nothing of it reaches the
line. What is shown is what the pages of the web show (`flows.line`).
"""

import hmac
from datetime import timedelta

import msgspec

from bot.line import codes
from bot.line.ends import Ends
from bot.line.words import LONGEST, content, marks, unread
from bot.talk import Exchange, LineState, NoLine, Talk
from flows import line as lines
from flows.events import Chose, Event, Said
from flows.line import Said as Told
from flows.messages import Message, Option, Phrase, Quote
from flows.scheme import Confidant
from locales import render
from storage.errors import LineClosed, NoRecipient, UnknownLine
from storage.lines import LineCode, Word


async def confidant(talk: Talk, text: str) -> Exchange:
    """What the confidant says on the line of this talk. Raises `NoLine`."""
    if not isinstance(talk, Lined):
        raise NoLine
    return await talk.confidant(text)


class Lined:
    """A talk from which a line can be begun. `words` are those that were shown last."""

    def __init__(self, talk: Talk, ends: Ends) -> None:
        self.talk, self._ends = talk, ends
        self._last: Exchange | None = None
        self._shown: LineCode | None = None
        self._seen: int | None = None
        self._opened = False
        self._unread = 0
        self._entering = False
        self.words = ""

    async def handle(self, event: Event) -> Exchange:
        """Let this event come in, where the client is: in the conversation, at the words, or on the line."""
        if self._shown is not None or self._entering:
            return await self._at_words(self._shown, event)
        if self._seen is not None:
            return await self._on_line(event)
        if event == Chose(("line",)) and self._last and "line" in self._last.session.offered:
            return await self._begin()
        return self._kept(await self.talk.handle(event))

    async def wait(self, by: timedelta) -> Exchange:
        """Let time pass; on the line it is said whether somebody read meanwhile."""
        exchange = self._kept(await self.talk.wait(by))
        if self._seen is None:
            return exchange
        return msgspec.structs.replace(await self._shows(), effects=exchange.effects)

    async def confidant(self, text: str) -> Exchange:
        """The confidant reads the line and answers. Raises `NoLine`."""
        if not self._opened:
            raise NoLine
        try:
            held = await self._ends.answer(Told(text))
        except (UnknownLine, LineClosed, NoRecipient):
            raise NoLine from None
        if not held:
            raise NoLine
        self._unread = 0
        return self._said(()) if self._seen is None else await self._shows()

    def _kept(self, exchange: Exchange) -> Exchange:
        self._last = exchange
        return msgspec.structs.replace(exchange, line=self._state())

    async def _begin(self) -> Exchange:
        if self._opened:
            self._entering = True
            return self._said((Message("confide.enter.label", options=_ENTER),))
        return await self._fresh()

    async def _fresh(self) -> Exchange:
        own = self._own()
        code = await self._ends.draw()
        if code is None:
            return self._said((Message("confide.none"), *self._around()))
        self._shown, self._entering = code, False
        self.words = words = " ".join(codes.spoken(code, self._locale.partition("@")[0]))
        said = (
            *lines.before(self._ends.scheme, own),
            Message("confide.code.title"),
            Message("confide.code.words", (("words", words),)),
            Message("confide.code.write"),
            Message("confide.code.lost"),
            Message("confide.type.title", options=_OUT),
        )
        return self._said(said, code=words)

    async def _at_words(self, shown: LineCode | None, event: Event) -> Exchange:
        """The words are typed back, or those of a line that was begun before."""
        match event:
            case Said(text):
                typed = codes.heard(text)
            case Chose(("stop" | "back",)):
                return await self._leave()
            case Chose(("new",)):
                return await self._fresh()
            case _:
                typed = None
        again = Message("confide.enter.wrong" if shown is None else "confide.type.wrong", options=_OUT)
        if typed is None:
            words = event.text if isinstance(event, Said) else ""
            kinds = lines.heard(words, self._locale)
            told = self._said((*lines.help_now(kinds, words, self._ends.now), again), code=self._code)
            return msgspec.structs.replace(told, danger=kinds)
        right = shown is not None and hmac.compare_digest(
            msgspec.json.encode(typed), msgspec.json.encode(shown)
        )
        if right and not await self._ends.open(typed):
            return await self._leave(Message("confide.late"))
        if not right and not await self._ends.enter(typed):
            return self._said((again,), code=self._code)
        self._shown, self._entering, self._seen, self._opened = None, False, 0, True
        return await self._shows(*((Message("confide.open"),) if right else ()))

    async def _on_line(self, event: Event) -> Exchange:
        try:
            match event:
                case Said(text):
                    return await self._says(text.strip())
                case Chose(("stop" | "back",)):
                    return await self._leave()
                case Chose(("close",)):
                    await self._ends.close()
                case Chose(("wipe",)):
                    await self._ends.wipe()
                    self._opened = False
                    return await self._leave(Message("confide.wiped"))
                case _:
                    return await self._shows(Message("confide.only_words"))
        except UnknownLine:
            return await self._leave(Message("confide.wiped"))
        return await self._shows()

    async def _says(self, text: str) -> Exchange:
        if not text or len(text) > LONGEST:
            return await self._shows(Message("confide.long" if text else "confide.empty"))
        kinds = lines.heard(text, self._locale)
        help_now = lines.help_now(kinds, text, self._ends.now)
        try:
            await self._ends.say(Told(text, kinds))
        except NoRecipient:
            help_now = (*help_now, Message("confide.unreachable"), *self._around())
        except LineClosed:
            pass
        return await self._shows(*help_now, danger=kinds)

    async def _shows(self, *first: Message, danger: tuple[str, ...] = ()) -> Exchange:
        """What is new on the line, whether it was read, and what can be done."""
        try:
            line = await self._ends.read()
        except UnknownLine:
            return await self._leave(Message("confide.wiped"))
        name = lines.called(self._own())
        fresh = [word for word in line.words[self._seen :] if word.by]
        self._seen = len(line.words)
        state = () if line.closed else lines.standing(marks(line), name, self._ends.now)
        around = self._around() if any(message.id == "confide.unread_long" for message in state) else ()
        told = tuple(self._answered(word) for word in fresh)
        end = Message(
            "confide.closed" if line.closed else "confide.next", options=_CLOSED if line.closed else _OPEN
        )
        self._unread = unread(line)
        return msgspec.structs.replace(self._said((*first, *told, *state, *around, end)), danger=danger)

    def _answered(self, word: Word) -> Message:
        name = (("name", lines.called(self._own())),)
        return Message("confide.writes", name, body=Quote(content(word).text))

    def _around(self) -> tuple[Message, ...]:
        return lines.around(self._ends.scheme, self._ends.now)

    async def _leave(self, *first: Message) -> Exchange:
        """Back to the conversation, as it was left."""
        self._shown, self._entering, self._seen = None, False, None
        exchange = self._kept(await self.talk.handle(Chose(("line",))))
        said = tuple(render(message, self._locale) for message in first)
        return msgspec.structs.replace(exchange, said=(*said, *exchange.said))

    def _said(self, said: tuple[Message, ...], code: str | None = None) -> Exchange:
        assert self._last is not None
        on = self._shown is not None or self._entering or self._seen is not None
        session = self._last.session
        offered = tuple(one.id for message in said for one in message.options)
        if on:
            session = msgspec.structs.replace(
                session, state="line", asking=None, claim_code=code or session.claim_code, offered=offered,
                multiple=False,
            )  # fmt: skip
        rendered = tuple(render(message, self._locale) for message in said)
        return Exchange(session, rendered, line=self._state())

    def _state(self) -> LineState | None:
        return LineState(self._opened, self._unread) if self._opened or self._shown is not None else None

    @property
    def _code(self) -> str | None:
        return self.words if self._shown is not None else None

    def _own(self) -> Confidant:
        own = lines.own(self._ends.scheme)
        assert own is not None
        return own

    @property
    def _locale(self) -> str:
        assert self._last is not None
        return self._last.session.locale


_OUT = (Option("stop", Phrase("confide.out")),)
_ENTER = (*_OUT, Option("new", Phrase("confide.begin")))
_CLOSED = (*_OUT, Option("wipe", Phrase("confide.wipe")))
_OPEN = (*_OUT, Option("close", Phrase("confide.close")), Option("wipe", Phrase("confide.wipe")))
