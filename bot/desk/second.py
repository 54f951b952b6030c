"""The second key: a code that changes every half minute (TOTP, RFC 6238), and printed codes that work once.

The secret lies in the store under the process key. It opens no case: that takes the officer's password too.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

import msgspec

from storage.store import Store

DRAWER, USED = "second", "used-code"
PASSES = timedelta(minutes=5)
"""After so long no clock takes a code of the moment for right any more."""

PRINTED = 8
"""How many printed codes there are."""

ISSUER = "Gehoord"


class Second(msgspec.Struct, frozen=True):
    """An officer's second key: the secret (base32), whether it was shown once, printed codes left, last step used."""

    secret: str
    sure: bool
    printed: tuple[str, ...] = ()
    last: int = 0


async def of(store: Store, officer: str, now: datetime) -> Second | None:
    """The second key of this officer, or None when there is none yet."""
    body = await store.look(DRAWER, officer, now=now)
    return msgspec.json.decode(body, type=Second) if body else None


async def new(store: Store, officer: str) -> Second:
    """A new second key, not sure until a code of it was shown."""
    import pyotp  # noqa: PLC0415 (only who sets one up pays for it)

    printed = tuple(f"{secrets.randbelow(10**8):08d}" for _ in range(PRINTED))
    second = Second(pyotp.random_base32(), sure=False, printed=printed)
    await store.lay(DRAWER, officer, msgspec.json.encode(second))
    return second


async def shown(store: Store, officer: str, code: str, now: datetime) -> bool:
    """Whether this code is right now; each works once, and makes the key sure."""
    import pyotp  # noqa: PLC0415

    second = await of(store, officer, now)
    if second is None:
        return False
    digits = "".join(char for char in code if char.isdecimal())
    totp = pyotp.TOTP(second.secret)
    step = int(now.timestamp()) // 30
    for at in (step - 1, step, step + 1):
        if at > second.last and secrets.compare_digest(totp.generate_otp(at), digits):
            if not await _first(store, officer, second, str(at), now + PASSES, now):
                return False
            await _keep(store, officer, msgspec.structs.replace(second, sure=True, last=at))
            return True
    left = tuple(one for one in second.printed if not secrets.compare_digest(one, digits))
    if second.sure and left != second.printed and await _first(store, officer, second, digits, None, now):
        await _keep(store, officer, msgspec.structs.replace(second, printed=left))
        return True
    return False


def picture(second: Second, officer: str) -> bytes:
    """The key as a QR code (SVG), for an authenticator."""
    import io  # noqa: PLC0415

    import pyotp  # noqa: PLC0415
    import segno  # noqa: PLC0415

    address = pyotp.TOTP(second.secret).provisioning_uri(name=officer, issuer_name=ISSUER)
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", scale=5, border=4, light="#fff", dark="#000", xmldecl=False
    )
    return out.getvalue()


async def _first(
    store: Store, officer: str, second: Second, code: str, until: datetime | None, now: datetime
) -> bool:
    """Whether nobody used this code before: of two who show it at the same moment, one is in (RFC 6238, 5.2)."""
    used = hashlib.sha256(f"{officer}|{second.secret}|{code}".encode()).hexdigest()
    return await store.lay_once(USED, used, until=until, now=now)


async def _keep(store: Store, officer: str, second: Second) -> None:
    await store.lay(DRAWER, officer, msgspec.json.encode(second))
