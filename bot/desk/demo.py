"""Officers to try the desk with, in a demonstration only: a handler, a stand-in and an administrator per scheme."""

import secrets
from datetime import datetime

import msgspec

from bot.chance import codewords
from bot.desk.session import ADMINISTRATOR
from bot.schemes import Schemes
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
        recipient = schemes.load(id).recipient
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
        officer = await store.add_officer(scheme, role, name, password, now=now)
    except AlreadyThere:
        return f"{scheme}/{name}", "(was there already)"
    await store.approve(officer.id, key, now=now)
    await store.lay("demo", drawer, msgspec.json.encode((officer.id, password)))
    return officer.id, password
