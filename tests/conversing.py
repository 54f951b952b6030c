"""A client in a test: says and chooses, with the session saved and reloaded between every two turns.

Every turn is held against the claims: a promise that does not hold fails the test that made it.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chance import seeded
from bot.rendering import plain
from bot.typed import meant
from flows import claims, greeting
from flows.effects import Effect, OpenCase
from flows.engine import advance
from flows.events import Chose, Claimed, Event, Filed, Happened, Said, Sent, Started, TimePassed
from flows.scheme import Scheme
from flows.session import Session, Turn, decode, encode
from locales import render
from tests.schemes import scheme as load

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEDNESDAY = datetime(2026, 5, 20, 12, 0, tzinfo=AMSTERDAM)


class Client:
    """One conversation with a scheme, from its first screen."""

    def __init__(
        self,
        scheme: str | Scheme,
        *,
        now: datetime = WEDNESDAY,
        platform: str = "terminal",
        locale: str | None = None,
    ) -> None:
        self.scheme = load(scheme) if isinstance(scheme, str) else scheme
        self.now = now
        self._fresh = seeded("a test")
        self._kept = encode(greeting.begin(self.scheme, platform, locale))
        self.sent = 0
        self.effects: list[Effect] = []
        self.last = self.take(Started(platform, locale))

    @property
    def session(self) -> Session:
        """The session, as it was saved."""
        return decode(self._kept)

    def take(self, event: Event) -> Turn:
        """One turn: taken on the saved session, held against the claims, saved again."""
        turn = advance(self.scheme, self.session, event, self.now, self._fresh())
        assert claims.broken(self.scheme, turn) == ()
        self._kept = encode(turn.session)
        self.effects += turn.effects
        self.last = turn
        for message in turn.messages:
            render(message, turn.session.locale)
        return turn

    def says(self, text: str) -> "Client":
        """The client types this."""
        self.sent += 1
        self.take(meant(self.session, Said(text)))
        return self

    def chooses(self, *ids: str) -> "Client":
        """The client chooses these options, which must have been offered."""
        self.sent += 1
        missing = [id for id in ids if id not in self.options]
        assert not missing, f"{missing} not offered; there is {self.options} after {self.ids}"
        self.take(Chose(ids))
        return self

    def does(self, *steps: str | list[str]) -> "Client":
        """Says and chooses in turn: a text is typed, a list holds the ids of options."""
        for step in steps:
            self.says(step) if isinstance(step, str) else self.chooses(*step)
        return self

    def sends(self, event: Sent) -> "Client":
        """The client sends something that is not text."""
        self.sent += 1
        self.take(event)
        return self

    def claims(self, case: Filed | None) -> "Client":
        """The store answers a claim code."""
        self.take(Claimed(case))
        return self

    def waits(self, **by: int) -> "Client":
        """Time passes (days=3)."""
        self.now += timedelta(**by)
        self.take(TimePassed())
        return self

    def officer(self, step: str, on: str | None = None, **more: str) -> "Client":
        """An officer takes a step on the case."""
        self.take(Happened(step, on, **more))
        return self

    @property
    def ids(self) -> list[str]:
        """The ids of the last turn's messages."""
        return [message.id for message in self.last.messages]

    @property
    def options(self) -> list[str]:
        """The ids of the options of the last turn."""
        return [option.id for message in self.last.messages for option in message.options]

    @property
    def words(self) -> str:
        """All that the last turn says, as a person reads it."""
        locale = self.last.session.locale
        return "\n".join(plain(render(message, locale)) for message in self.last.messages)

    @property
    def labels(self) -> list[str]:
        """What a person reads on the options of the last turn."""
        rendered = (render(message, self.last.session.locale) for message in self.last.messages)
        return [option.label for message in rendered for option in message.options]

    @property
    def lines(self) -> list[str]:
        """All that the last turn says, line by line."""
        return [line for line in self.words.splitlines() if line]

    def value(self, field: str) -> object:
        """The value of an answer, or None."""
        answer = self.session.answers.get(field)
        return answer.value if answer else None

    @property
    def filed(self) -> OpenCase:
        """What was filed."""
        return next(effect for effect in reversed(self.effects) if isinstance(effect, OpenCase))
