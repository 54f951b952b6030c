"""Officers to try the desk with, in a demonstration only: a handler, a stand-in, an administrator and a confidant."""

import secrets
from datetime import datetime

import msgspec

from bot.chance import codewords
from bot.desk.session import ADMINISTRATOR, CONFIDANT
from bot.schemes import Schemes
from flows.line import own
from storage.errors import AlreadyThere
from storage.officers import Unlocked
from storage.store import Store

NAMES = ("Demo", "Demo vervanger", "Demo beheer")


async def officers(store: Store, schemes: Schemes, keys: dict[str, Unlocked], now: datetime) -> str:
    """Makes those that are not there yet, let in by the `keys` of practice, and tells names and passwords.

    The passwords are kept beside the demonstration, where nothing is real.
    """
    lines = ["To try the desk, at /bureau:"]
    for id, key in keys.items():
        scheme = schemes.load(id)
        if (confidant := own(scheme)) is not None:
            name = confidant.name or "Demo vertrouwenspersoon"
            made, password = await _officer(store, id, CONFIDANT, name, key, now)
            lines.append(f"  {made:<36} {password}")
        recipient = scheme.recipient
        if recipient is None:
            continue
        for name, role in zip(NAMES, (recipient.role, recipient.role, ADMINISTRATOR), strict=True):
            made, password = await _officer(store, id, role, name, key, now)
            lines.append(f"  {made:<36} {password}")
    return "\n".join(lines)


async def _officer(
    store: Store, scheme: str, role: str, name: str, key: Unlocked, now: datetime
) -> tuple[str, str]:
    drawer = f"{scheme}/{name}"
    kept = await store.look("demo", drawer, now=now)
    if kept is not None:
        id, password = msgspec.json.decode(kept, type=tuple[str, str])
        return id, password
    password = " ".join(secrets.choice(codewords()) for _ in range(4))
    try:
        if role == CONFIDANT:
            officer = await store.add_confidant(scheme, name, password, now=now)
        else:
            officer = await store.add_officer(scheme, role, name, password, now=now)
            await store.approve(officer.id, key, now=now)
    except AlreadyThere:
        return f"{scheme}/{name}", "(was there already)"
    await store.lay("demo", drawer, msgspec.json.encode((officer.id, password)))
    return officer.id, password
