"""A message as Telegram shows it: its text in pieces that fit, and its options as buttons with opaque data.

The rules of buttons
 1. What a button carries is one letter for what it does and a keyed tag of chat, message and option: at most
    `LARGEST_DATA` bytes, that say nothing to who reads along and cannot be made by who does not have the key.
 2. The tags of the last turn are kept with the conversation (`remember`). A tag that is not among them belongs to an
    earlier question, and is answered as such; so a *yes* of yesterday never answers today's question.
 3. Of a question with several answers each option is switched on and off; the button below sends what is on.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

import msgspec

from bot.rendering import plain
from flows.messages import Phrase
from flows.reception import PREFIX
from locales import Choice, Rendered, text
from storage.records import Draft

LONGEST = 4096
"""The longest text of one message, in UTF-16 units, as Telegram counts."""

LARGEST_DATA = 64
"""The most bytes that a button may carry."""

CHOOSE, SWITCH, DONE, WHOSE, OFFICE = "c", "s", "d", "w", "o"
"""What a button does: choose · switch on or off · send what is on · choose the organisation · is an officer's."""

OFF, ON = "☐ ", "☑ "
CARD = "check.read"
"""The message that is the check card: where it changes, the one that stands in the chat is edited."""

EDIT = b"E"
"""What the body of a card begins with that takes the place of the one before it."""

AFRESH = ("done", "wiped", "opening.", "restart")
"""After a message whose id begins so the next card is a new one."""

SHARED = frozenset({"ask.phone", "ask.contact"})
"""Questions below which one's own number can be shared by a button of the keyboard."""

SHARE = "telegram.share"
"""The message with that button."""

UNSHARE = b"K"
"""The body of the errand to take that button away: the question was answered, or left."""

WIPED = "wiped.platform"
"""The message that says that the messages in the app are taken away: with it goes the errand to do so."""

TAKE_AWAY = b"D"
"""What the body of that errand begins with; a message begins with a brace."""

MOST_CAME = 2000
"""So many messages of somebody are remembered, the latest."""

NARROW = 16
"""Buttons with labels of at most this many characters stand two in a row."""

SINGLY = frozenset({"skip", "review"})
"""Options that go with no other, also where several may be chosen."""

_ENDS = (re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\s+"))


class Button(msgspec.Struct, frozen=True):
    """One button: what is read on it, and what comes back; or the address that it opens."""

    label: str
    data: str
    url: str | None = None


Came = tuple[int, int]
"""A message as Telegram knows it: its id in the chat, and when it was sent (seconds since 1970)."""

Rows = tuple[tuple[Button, ...], ...]


def key_of(token: str) -> bytes:
    """The key of the tags, made from the bot's token one way: the same after a restart."""
    return hashlib.sha256(f"buttons|{token}".encode()).digest()


def tag(key: bytes, *parts: str) -> str:
    """A short opaque tag of these parts: 16 letters (BLAKE2 with a key, RFC 7693)."""
    mac = hashlib.blake2b(msgspec.json.encode(parts), key=key, digest_size=12)
    return base64.urlsafe_b64encode(mac.digest()).decode()


def whose(key: bytes, chat: str, scheme: str) -> str:
    """The tag of an organisation's button, which may be pressed at any time."""
    return tag(key, chat, "whose", scheme)


def tags(key: bytes, chat: str, message: Rendered) -> tuple[str, ...]:
    """The tags of a message's options."""
    if not message.options:
        return ()
    asked = tag(key, chat, message.id, plain(message))
    return tuple(
        whose(key, chat, option.id.removeprefix(PREFIX))
        if option.id.startswith(PREFIX)
        else tag(key, asked, option.id)
        for option in message.options
    )


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """One message as it waits in the outbox: its words, and the options below it with their tags.

    `multiple`: several can be on. `protect`: it cannot be passed on from the chat. `door` leads to a page of ours.
    """

    id: str
    words: str
    tags: tuple[str, ...] = ()
    options: tuple[Choice, ...] = ()
    multiple: bool = False
    protect: bool = False
    door: Choice | None = None


def shown(key: bytes, chat: str, message: Rendered) -> Shown:
    """A message that fits, with the tags of its options."""
    return Shown(
        message.id, plain(message).strip(), tags(key, chat, message), message.options,
        message.multiple, message.sensitive and not message.body, message.door,
    )  # fmt: skip


class Page(msgspec.Struct, frozen=True):
    """What is kept with a conversation: the tags of the last turn, and what came in, for when it is wiped.

    `card`: a check card stands in the chat. `shared`: a button to share one's number does.
    """

    tags: dict[str, str] = {}
    came: tuple[Came, ...] = ()
    card: bool = False
    shared: bool = False


def page(beside: bytes) -> Page:
    """What was kept."""
    return msgspec.json.decode(beside, type=Page) if beside else Page()


class Face:
    """How turns are shown in one chat: what goes into the outbox, and what is kept with the conversation.

    `came` is the message that a turn answers. Without `doors` (a site that nobody there can reach) what leads to one
    is left out. Both are made of the same bubbles, which are made once a turn.
    """

    def __init__(self, key: bytes, chat: str, came: Came | None = None, *, doors: bool = True) -> None:
        self._key, self._chat, self._came, self._doors = key, chat, came, doors
        self._said: tuple[Rendered, ...] | None = None
        self._shown: tuple[Shown, ...] = ()

    def outgoing(self, draft: Draft, said: tuple[Rendered, ...]) -> list[bytes]:
        """What goes into the outbox (`Conversations.handle`, ``deliver``): every bubble, a long one in pieces.

        A turn that wipes begins with the errand to take the messages away: as durable and in order as what is said.
        """
        before = page(draft.beside)
        first = [TAKE_AWAY + msgspec.json.encode(_with(before.came, self._came))] if wipes(said) else []
        if before.shared and said:
            first.append(UNSHARE)
        made = self._made(said)
        edits = before.card and [one.id for one in made].count(CARD) == 1
        for one in made:
            body = msgspec.json.encode(one)
            first.append(EDIT + body if edits and one.id == CARD else body)
        if _asks_number(said):
            locale = draft.session.locale if draft.session else "nl"
            first.append(msgspec.json.encode(Shown(SHARE, text(Phrase(SHARE), locale))))
        return first

    def beside(self, draft: Draft, said: tuple[Rendered, ...]) -> bytes:
        """What is kept with the conversation (`Conversations.handle`, ``beside``)."""
        before = page(draft.beside)
        all_came = () if wipes(said) else _with(before.came, self._came)
        if not said:
            return msgspec.json.encode(msgspec.structs.replace(before, came=all_came))
        made = self._made(said)
        known = {tag: option.id for one in made for tag, option in zip(one.tags, one.options, strict=True)}
        card = (before.card or any(one.id == CARD for one in made)) and not _afresh(said)
        return msgspec.json.encode(Page(known, all_came, card, _asks_number(said)))

    def _made(self, said: tuple[Rendered, ...]) -> tuple[Shown, ...]:
        if self._said is not said:
            self._said = said
            self._shown = tuple(
                shown(self._key, self._chat, piece)
                for bubble in bubbles(said, doors=self._doors)
                for piece in fitting(bubble)
            )
        return self._shown


def remembered(beside: bytes) -> dict[str, str]:
    """The tags of the last turn, with the ids they stand for."""
    return page(beside).tags


def wipes(said: tuple[Rendered, ...]) -> bool:
    """Whether this turn promises that the messages in the app go too."""
    return any(message.id == WIPED for message in said)


def _afresh(said: tuple[Rendered, ...]) -> bool:
    return any(message.id.startswith(AFRESH) for message in said)


def _asks_number(said: tuple[Rendered, ...]) -> bool:
    """Whether the last question of this turn asks for a phone number."""
    return bool(said) and said[-1].id in SHARED


def bubbles(said: tuple[Rendered, ...], *, doors: bool = True) -> tuple[Rendered, ...]:
    """What is said in a turn, in as few messages as go: a chat takes one a second.

    A message joins the one before it, with an empty line between, unless that one has buttons: they stand below
    the last line. What may not be passed on never joins what may, and a text to copy stands alone. What would be
    longer than one message may be is not joined.
    """
    made: list[Rendered] = []
    for message in said:
        if message.door is not None and not doors:
            continue
        if made and (joined := _joined(made[-1], message)) is not None:
            made[-1] = joined
        else:
            made.append(message)
    return tuple(made)


def _joined(first: Rendered, then: Rendered) -> Rendered | None:
    if first.options or first.door or first.body or then.body or first.sensitive != then.sensitive:
        return None
    words = f"{plain(first)}\n\n{plain(then)}"
    if 2 * len(words) > LONGEST and _units(words) > LONGEST:
        return None
    return Rendered(
        then.id, words, then.options, multiple=then.multiple, sensitive=then.sensitive, door=then.door
    )


def taken_away(body: bytes) -> tuple[Came, ...] | None:
    """What came in and has to be taken away, when this parcel is that errand; None when it is a message."""
    if not body.startswith(TAKE_AWAY):
        return None
    return msgspec.json.decode(body[len(TAKE_AWAY) :], type=tuple[Came, ...])


def fitting(message: Rendered) -> tuple[Rendered, ...]:
    """The message, or the messages that it is parted into; the last one has the buttons."""
    words = plain(message)
    if 2 * len(words) <= LONGEST:  # a letter is two units at the most
        return (message,)
    parts = pieces(words)
    if len(parts) < 2:
        return (message,)
    protect = message.sensitive and not message.body
    made = [Rendered(message.id, part, sensitive=protect) for part in parts]
    made[-1] = msgspec.structs.replace(
        message, text=parts[-1], rows=(), body="", sensitive=protect
    )  # the last piece has what can be pressed
    return tuple(made)


def _with(before: tuple[Came, ...], came: Came | None) -> tuple[Came, ...]:
    return before if came is None or came in before else (*before, came)[-MOST_CAME:]


def buttons(message: Shown, done: str, origin: str | None = None) -> Rows:
    """The buttons below a message; `done` is what is read on the one that sends what is on.

    A door is a button that opens a page of our site at `origin`: one address for everyone, with nothing added.
    """
    made = []
    if message.door is not None and origin is not None:
        made.append(Button(message.door.label, "", f"{origin}{message.door.id}"))
    for known, option in zip(message.tags, message.options, strict=True):
        switch = message.multiple and option.id not in SINGLY
        label = f"{OFF}{option.label}" if switch else option.label
        does = WHOSE if option.id.startswith(PREFIX) else SWITCH if switch else CHOOSE
        made.append(Button(label, f"{does}{known}"))
    rows = in_rows(made)
    return (*rows, (Button(done, DONE),)) if message.multiple else rows


def in_rows(made: Iterable[Button]) -> Rows:
    """Two beside each other where both are narrow."""
    rows: list[tuple[Button, ...]] = []
    for button in made:
        last = rows[-1] if rows else ()
        if len(last) == 1 and max(len(last[0].label), len(button.label)) <= NARROW:
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return tuple(rows)


def marked(label: str, *, on: bool) -> str:
    """The label of an option that is on, or off."""
    return f"{ON if on else OFF}{label.removeprefix(ON).removeprefix(OFF)}"


def pieces(text: str, longest: int = LONGEST) -> tuple[str, ...]:
    """The text in pieces that fit: parted at a line, else at the end of a sentence, else between two words."""
    found = []
    rest = text.strip()
    while _units(rest) > longest:
        head = _fitting(rest, longest)
        cut = _last_end(head) or len(head)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    found.append(rest)
    return tuple(piece for piece in found if piece)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fitting(text: str, longest: int) -> str:
    units = 0
    for at, letter in enumerate(text):
        units += 2 if letter > "\uffff" else 1
        if units > longest:
            return text[:at]
    return text


def _last_end(head: str) -> int:
    """Where the last line, sentence or word ends in the second half of `head`, or 0."""
    for ends in _ENDS:
        found = [match.end() for match in ends.finditer(head)]
        if found and found[-1] > len(head) // 2:
            return found[-1]
    return 0
