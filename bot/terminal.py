"""The terminal chat: cards in columns, options by number, and ``/later 3d`` to let time pass."""

import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import clock
from bot.recording import Recorder
from bot.talk import Exchange, NoLine, Talk
from bot.transcripts import Kind
from flows.events import Chose, Event, Happened, Said, Sent
from flows.messages import Arg, Day, Message
from locales import Rendered, render

Ask = Callable[[str], Awaitable[str]]
"""Shows a prompt and returns the line that was typed. Raises `EOFError` at the end, `KeyboardInterrupt` at Ctrl-C."""


class Terminal:
    """One person at a keyboard, and the conversation they have."""

    def __init__(self, talk: Talk, console: Console, ask: Ask, *, recorder: Recorder | None = None) -> None:
        self._talk = talk
        self._console = console
        self._ask = ask
        self._recorder = recorder
        self._options: tuple[tuple[str, str], ...] = ()
        self._locale = "nl"

    async def run(self, opening: Exchange) -> None:
        """Talk until the client leaves or the line ends."""
        self.show(opening)
        self._words("terminal.hint")
        while True:
            try:
                line = (await self._ask("> ")).strip()
            except (EOFError, KeyboardInterrupt):
                self._console.print()
                return
            if line == "/quit":
                return
            await self._take(line)

    async def _take(self, line: str) -> None:
        """Do what was typed: a command with a slash, options by number, or words to say."""
        command, _, rest = line.partition(" ")
        try:
            match command:
                case "/help":
                    self._words("terminal.help")
                case "/later":
                    await self._later(clock.duration(rest or "1d"))
                case "/event" if rest:
                    await self._handle(_happened(rest), "event", rest)
                case "/send" if rest:
                    kind, _, caption = rest.partition(" ")
                    sent = msgspec.convert({"type": "sent", "kind": kind, "caption": caption}, Sent)
                    await self._handle(sent, "send", rest)
                case "/confidant" if rest:
                    from bot.line.talking import confidant  # noqa: PLC0415 (only where there is a line)

                    if self._recorder:
                        self._recorder.did("confidant", rest)
                    self.show(await confidant(self._talk, rest))
                case _ if command.startswith("/"):
                    self._words("terminal.unknown", command=command)
                case _:
                    await self._said(line)
        except clock.Unreadable as error:
            self._words("terminal.not_a_time", what=str(error))
        except (msgspec.ValidationError, NoLine):
            self._words("terminal.unknown", command=line)

    async def _said(self, line: str) -> None:
        chosen = numbers(line, len(self._options))
        if not chosen:
            await self._handle(Said(line), "say", line)
            return
        options = [self._options[number - 1] for number in chosen]
        labels = " ".join(f"[{label}]" for _, label in options)
        await self._handle(Chose(tuple(id for id, _ in options)), "choose", labels)

    async def _handle(self, event: Event, kind: Kind, typed: str) -> None:
        if self._recorder:
            self._recorder.did(kind, typed)
        self.show(await self._talk.handle(event))

    async def _later(self, by: timedelta) -> None:
        if self._recorder:
            self._recorder.did("later", written(by))
        exchange = await self._talk.wait(by)
        self._locale = exchange.session.locale
        self._words("terminal.later", day=Day(datetime.fromisoformat(exchange.session.at).date()))
        self.show(exchange)

    def show(self, exchange: Exchange) -> None:
        """Show what was said, and remember what may be chosen by number."""
        self._locale = exchange.session.locale
        if self._recorder:
            self._recorder.came(exchange)
        if exchange.said:
            self._options = ()
        for message in exchange.said:
            self._message(message)

    def _message(self, message: Rendered) -> None:
        if message.text:
            self._console.print(Text(message.text))
        if message.rows:
            self._console.print(card(message))
        if message.body:
            self._console.print(Text(message.body, style="bold"))
        if message.door:
            self._console.print(Text(f"…{message.door.id}", style="bold"))
        for option in message.options:
            self._options = (*self._options, (option.id, option.label))
            self._console.print(Text.assemble((f"  {len(self._options):>2} ", "bold cyan"), option.label))
        self._console.print()

    def _words(self, id: str, **args: Arg) -> None:
        """Something that the terminal says, not the conversation."""
        message = render(Message(id, tuple(args.items())), self._locale)
        self._console.print(Text(message.text, style="dim"))
        self._console.print()


def card(message: Rendered) -> Table:
    """The lines of a card in columns: what it is, the value, and the client's own words."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", min_width=8)
    table.add_column(style="bold", ratio=None)
    table.add_column(style="italic dim")
    for row in message.rows:
        table.add_row(Text("  " + row.label), Text(row.value), Text(row.words))
    return table


JOINS = frozenset({"en", "and", "&", "+"})
"""What may stand between two numbers."""


def numbers(line: str, count: int) -> tuple[int, ...]:
    """The options chosen by number, as in "2", "1 en 4" or "1, 4"; empty when it is anything else."""
    parts = [part for part in line.lower().replace(",", " ").split() if part not in JOINS]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        return ()
    chosen = tuple(dict.fromkeys(int(part) for part in parts))
    return chosen if all(1 <= number <= count for number in chosen) else ()


def written(by: timedelta) -> str:
    """A length of time as it is typed."""
    hours, minutes = divmod(by.seconds // 60, 60)
    parts = ((by.days, "d"), (hours, "h"), (minutes, "m"))
    return "".join(f"{count}{unit}" for count, unit in parts if count)


def _happened(rest: str) -> Happened:
    id, _, on = rest.partition(" on ")
    return Happened(id.strip(), on.strip() or None)


def keyboard() -> Ask:
    """How a line is asked for: with line editing at a terminal, plainly when the input is a file or pipe."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):

        async def plainly(prompt: str) -> str:
            print(prompt, end="", flush=True)
            line = sys.stdin.readline()
            if not line:
                raise EOFError
            return line

        return plainly

    from prompt_toolkit import PromptSession  # noqa: PLC0415 (70 ms, and only at a terminal)

    session: PromptSession[str] = PromptSession()
    return session.prompt_async
