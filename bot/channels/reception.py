"""Which organisation somebody on Telegram talks with, where a bot is for several (`flows.reception`).

The choice is a turn as any other: kept with the id of its update, answered by the outbox. What was told before it
is handed to the organisation first, text by text with ids of their own, and only then is the choice kept: killed in
between, the update comes again, and what had its effect has it no second time.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from bot.channels import showing
from bot.channels.part import Setting
from bot.conversation import TRIES
from bot.delivering import Delivering
from bot.web.services import Services
from flows import reception
from flows.events import Event
from flows.scheme import Scheme
from flows.session import Session, Turn
from locales import render
from storage.errors import Conflict, Duplicate
from storage.records import Address

MANY = 10_000
"""The most chats that are remembered in memory; what falls out is looked up again."""


class Who(NamedTuple):
    """Somebody who talks with the bot: their chat, the language of their app as a wish, and their message."""

    chat: str
    language: str | None
    came: showing.Came | None = None

    @property
    def locale(self) -> str:
        """In what language to talk before an organisation is chosen: English or Dutch."""
        return "en" if (self.language or "").startswith("en") else "nl"


class Reception:
    """The front desk of one bot. `key` makes the tags of its buttons."""

    def __init__(
        self, of: Services, setting: Setting, key: bytes, channel: str, delivering: Delivering
    ) -> None:
        self._of, self._key, self._channel, self._delivering = of, key, channel, delivering
        self._only = setting.scheme
        self.ids = setting.organisations(of.schemes.ids())
        self._known: OrderedDict[str, str] = OrderedDict()

    @property
    def several(self) -> bool:
        """Whether there is something to choose."""
        return len(self.ids) > 1

    def schemes(self) -> tuple[Scheme, ...]:
        """The organisations that can be chosen."""
        return tuple(self._of.schemes.load(id) for id in self.ids)

    def front(self, chat: str) -> Address:
        """Where somebody stands who has not chosen yet."""
        return Address(self._channel, chat, reception.NOWHERE)

    async def address(self, chat: str) -> Address | None:
        """The conversation of this chat: of the bot's only organisation, or of the one that was chosen last."""
        scheme = self._only or self._known.get(chat) or await self._last(chat)
        return Address(self._channel, chat, scheme) if scheme else None

    async def _last(self, chat: str) -> str | None:
        if not self.several:
            return self.ids[0]
        here = await self._of.conversations.session(self.front(chat))
        found = here.route if here is not None else None
        if found not in self.ids:  # the choice is wiped after three days; a case is remembered longer
            sessions = [
                (await self._of.conversations.session(Address(self._channel, chat, id)), id)
                for id in self.ids
            ]
            found = max(((session.at, id) for session, id in sessions if session), default=("", None))[1]
        if found is not None:
            self._remember(chat, found)
        return found

    def _remember(self, chat: str, scheme: str) -> None:
        self._known[chat] = scheme
        self._known.move_to_end(chat)
        if len(self._known) > MANY:
            self._known.popitem(last=False)

    async def chosen(self, who: Who, scheme: str, known: str) -> None:
        """Keep the choice; what was told is with the organisation now."""
        await self._keep(who, known, lambda session: reception.chose(session, scheme, self._of.clock()))
        self._remember(who.chat, scheme)

    async def received(self, who: Who, event: Event, known: str, elsewhere: str = "") -> None:
        """Take the turn of an event that chooses nothing. `elsewhere`: see `flows.reception.receive`."""
        schemes = self.schemes()
        await self._keep(
            who,
            known,
            lambda session: reception.receive(schemes, session, event, self._of.clock(), elsewhere),
        )

    async def _keep(self, who: Who, known: str, advance: Callable[[Session], Turn]) -> None:
        address, store = self.front(who.chat), self._of.store
        face = showing.Face(self._key, who.chat, who.came)
        for _ in range(TRIES):
            draft = await store.load(address)
            turn = advance(draft.session or reception.begin(self._channel, who.locale))
            said = tuple(render(message, turn.session.locale) for message in turn.messages)
            try:
                kept = await store.commit(
                    address, draft.version, turn, face.outgoing(draft, said), known, now=self._of.clock(),
                    beside=face.beside(draft, said),
                )  # fmt: skip
            except Conflict:
                continue
            except Duplicate:
                return
            if kept.first is not None:
                self._delivering.deliver(kept.first)
            return
        raise Conflict
