"""How an officer is reached: the language, the Telegram account, and a mail address that waits for a yes.

The rules
 1. A link holds a random token, of which only a digest is kept, in the drawer of the officer it is for. A new link
    ends the one before; each works once, Telegram's for `TICKET`, that of a mail address for `WISH`.
 2. Who opens Telegram's link has linked nothing yet: the officer says yes there, or at the desk (`agree`).
 3. All of it lies under the process key and goes with the account. That it changed stands in the access log.
 4. The address that an officer leaves is kept until it was told (`bot.reminders.confirming`), for `WISH` at most.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec

from storage.records import Officer
from storage.store import Store

LANGUAGE, TICKETS, ASKED, ACCOUNTS, WISHES = (
    "language",
    "telegram_link",
    "telegram_asked",
    "telegram",
    "address",
)
"""Drawers, each by officer: how they read · the open link · who opened it · the account · the wished address."""

REFUSED = "telegram_refused"
"""The drawer of presses that said no, each by its digest."""

LEFT, TELLING = "address_left", "address_telling"
"""Drawers, each by a random id: an address that an officer left · that somebody is telling it."""

LANGUAGES = ("nl", "en")
"""The languages in which officers are written to."""

AGAIN = timedelta(days=2)
"""How long a press is remembered. After a kill Telegram sends it again, for a day at most."""

TICKET, WISH, TELL = timedelta(minutes=15), timedelta(days=1), timedelta(minutes=5)
"""How long a link to Telegram works, one that confirms a mail address, and the right to tell the one before."""

TOKEN = re.compile(r"[\w-]{32}", re.ASCII)
"""How the token of a link looks. No scheme's id is so long that it could be one."""


class Ticket(msgspec.Struct, frozen=True):
    """An open link to Telegram: the digest of its token."""

    digest: str


class Account(msgspec.Struct, frozen=True):
    """A Telegram account: the chat of a person with a bot (the number before the colon of its token)."""

    bot: str
    chat: str


class Asked(msgspec.Struct, frozen=True):
    """An account that opened the link, and what its owner is called there; it is not linked yet."""

    account: Account
    name: str


class Wish(msgspec.Struct, frozen=True):
    """A mail address to which a link was sent, and the digest of its token."""

    digest: str
    address: str


class Left(msgspec.Struct, frozen=True):
    """A mail address that an officer left."""

    officer: str
    address: str


async def language(store: Store, officer: str, *, now: datetime) -> str | None:
    """How an officer wants to be written to; None when they never said."""
    kept = await store.look(LANGUAGE, officer, now=now) if officer else None
    return kept.decode() if kept is not None else None


async def speak(store: Store, officer: Officer, language: str) -> None:
    """From now on this officer is written to in this language."""
    await store.lay(LANGUAGE, officer.id, language.encode())


# Telegram.


async def ticket(store: Store, officer: Officer, *, now: datetime) -> str:
    """The token of a new link in place of the one before."""
    token = secrets.token_urlsafe(24)
    await store.lay(TICKETS, officer.id, msgspec.json.encode(Ticket(_digest(token))), until=now + TICKET)
    return token


async def show(
    store: Store, token: str, asked: Asked, schemes: Collection[str], *, now: datetime
) -> Officer | None:
    """Somebody opened the link with a bot of these organisations: whose it is, or None when it does not work.

    Of all who try, one is heard.
    """
    for id, body in (await store.drawer(TICKETS, now=now)).items():
        ours = id.partition("/")[0] in schemes
        if ours and _is(token, msgspec.json.decode(body, type=Ticket).digest):
            taken = await store.take(TICKETS, id, now=now)
            officer = await _active(store, id)
            if taken != body or officer is None:
                return None
            await store.lay(ASKED, id, msgspec.json.encode(asked), until=now + TICKET)
            return officer
    return None


async def asked(store: Store, officer: str, *, now: datetime) -> Asked | None:
    """The account that opened this officer's link and waits for a yes."""
    body = await store.look(ASKED, officer, now=now)
    return msgspec.json.decode(body, type=Asked) if body is not None else None


async def asking(store: Store, account: Account, *, now: datetime) -> tuple[str, ...]:
    """The officers (ids) for whom this account waits for a yes."""
    found = await store.drawer(ASKED, now=now)
    return tuple(id for id, body in found.items() if msgspec.json.decode(body, type=Asked).account == account)


async def agree(store: Store, officer: str, account: Account, *, now: datetime) -> bool:
    """The officer says yes to this account; False when it does not wait (any more).

    It is linked before the question goes: a yes that comes again after a kill does the same again.
    """
    waits = await asked(store, officer, now=now)
    if waits is None or waits.account != account or await _active(store, officer) is None:
        return False
    await store.lay(ACCOUNTS, officer, msgspec.json.encode(account))
    if await store.take(ASKED, officer, now=now) is not None:
        await store.logged(officer, "telegram_linked", now=now)
    return True


async def refuse(store: Store, officer: str, press: str = "", *, now: datetime) -> None:
    """The officer says no: nothing is linked. The `press` that said so is remembered (`refused`)."""
    if press:
        await store.lay(REFUSED, _digest(press), b"", until=now + AGAIN)
    await store.take(ASKED, officer, now=now)


async def refused(store: Store, press: str, *, now: datetime) -> bool:
    """Whether this press said no before: after a kill Telegram sends it again."""
    return await store.look(REFUSED, _digest(press), now=now) is not None


async def account(store: Store, officer: str, *, now: datetime) -> Account | None:
    """The Telegram account of an officer."""
    body = await store.look(ACCOUNTS, officer, now=now) if officer else None
    return msgspec.json.decode(body, type=Account) if body is not None else None


async def accounts(store: Store, *, now: datetime) -> dict[Account, tuple[Officer, ...]]:
    """Every linked account with the active officers whose it is: one person may work for several organisations."""
    found: dict[Account, tuple[Officer, ...]] = {}
    kept = await store.drawer(ACCOUNTS, now=now)
    for officer in await store.officers() if kept else ():
        if officer.state == "active" and officer.id in kept:
            one = msgspec.json.decode(kept[officer.id], type=Account)
            found[one] = (*found.get(one, ()), officer)
    return found


async def unlink(store: Store, officer: str, *, now: datetime) -> None:
    """Nothing goes to the officer's Telegram any more."""
    if await store.take(ACCOUNTS, officer, now=now) is not None:
        await store.logged(officer, "telegram_unlinked", now=now)


# Mail.


async def wish(store: Store, officer: Officer, address: str, *, now: datetime) -> str:
    """The token of a link to this address, in place of the one before; until it is used nothing changes."""
    token = secrets.token_urlsafe(24)
    await store.lay(WISHES, officer.id, msgspec.json.encode(Wish(_digest(token), address)), until=now + WISH)
    return token


async def forgo(store: Store, officer: Officer, *, now: datetime) -> None:
    """The link could not be sent: no address waits for a yes."""
    await store.take(WISHES, officer.id, now=now)


async def wished(store: Store, token: str, *, now: datetime) -> tuple[Officer, str] | None:
    """Whose link this is and to which address; None when it does not work (any more)."""
    for id, body in (await store.drawer(WISHES, now=now)).items():
        kept = msgspec.json.decode(body, type=Wish)
        if _is(token, kept.digest):
            officer = await _active(store, id)
            return (officer, kept.address) if officer is not None else None
    return None


async def confirm(store: Store, token: str, *, now: datetime) -> Officer | None:
    """The link was used: notices go to that address; None when it does not work (any more)."""
    found = await wished(store, token, now=now)
    if found is None:
        return None
    officer, address = found
    await move(store, officer, address, now=now)
    await store.take(WISHES, officer.id, now=now)
    return officer


async def move(store: Store, officer: Officer, address: str, *, now: datetime) -> None:
    """Notices go to this address from now on, and the one before waits to be told so."""
    if "@" in officer.contact and officer.contact != address:  # kept before it changes: a kill loses no mail
        left = msgspec.json.encode(Left(officer.id, officer.contact))
        await store.lay(LEFT, secrets.token_hex(12), left, until=now + WISH)
    await store.set_contact(officer.id, address, now=now)


async def left(store: Store, *, now: datetime) -> dict[str, Left]:
    """The addresses that officers left and that were not told, by id."""
    kept = await store.drawer(LEFT, now=now)
    goes = {one.id: one.contact for one in await store.officers()} if kept else {}
    found = {id: msgspec.json.decode(body, type=Left) for id, body in kept.items()}
    return {id: one for id, one in found.items() if goes.get(one.officer) != one.address}


async def telling(store: Store, id: str, *, now: datetime) -> bool:
    """Whether the address that was left is ours to tell, for `TELL`: of several processes one does."""
    return await store.lay_once(TELLING, id, until=now + TELL, now=now)


async def told(store: Store, id: str, *, now: datetime) -> None:
    """The address that was left was told, or cannot be."""
    await store.take(LEFT, id, now=now)
    await store.take(TELLING, id, now=now)


async def awaited(store: Store, officer: str, *, now: datetime) -> str:
    """The address that waits for a yes, or nothing."""
    body = await store.look(WISHES, officer, now=now)
    return msgspec.json.decode(body, type=Wish).address if body is not None else ""


async def _active(store: Store, id: str) -> Officer | None:
    officers = await store.officers(id.partition("/")[0])
    return next((one for one in officers if one.id == id and one.state == "active"), None)


def _digest(token: str) -> str:
    return hashlib.sha256(f"reach|{token}".encode()).hexdigest()


def _is(token: str, digest: str) -> bool:
    return hmac.compare_digest(_digest(token), digest)
