"""Mail: how it is set, and handing one message to the mail server (aiosmtplib).

::

    GEHOORD_SMTP_HOST      the mail server; without it no mail goes out
    GEHOORD_SMTP_TLS       starttls (the usual), tls, or off: off only to this machine itself
"""

import re
from collections.abc import Mapping
from email.message import EmailMessage

import msgspec

from bot.delivery import Later, Never

HOST, PORT = "GEHOORD_SMTP_HOST", "GEHOORD_SMTP_PORT"
USER, PASSWORD = "GEHOORD_SMTP_USER", "GEHOORD_SMTP_PASSWORD"
TLS, FROM = "GEHOORD_SMTP_TLS", "GEHOORD_MAIL_FROM"

TIMEOUT = 30.0
"""Seconds that the mail server may take for one step."""

PORTS = {"starttls": 587, "tls": 465, "off": 25}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Wrong(ValueError):
    """A setting cannot be used; the message says which and why, and shows no password."""


class Setting(msgspec.Struct, frozen=True):
    """How mail goes out. `tls` is ``starttls``, ``tls`` or ``off``; `sender` the address it comes from."""

    host: str
    port: int
    sender: str
    tls: str = "starttls"
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"<mail by {self.host}:{self.port}>"


def setting(environment: Mapping[str, str]) -> Setting | None:
    """What the environment says, or None when no mail server is named. Raises `Wrong`."""
    host = environment.get(HOST, "").strip()
    if not host:
        return None
    tls = environment.get(TLS, "").strip() or "starttls"
    if tls not in PORTS:
        raise Wrong(f"{TLS} is one of {', '.join(PORTS)}")
    if tls == "off" and host not in LOOPBACK:
        raise Wrong(f"{TLS}: off is for a mail server on this machine only")
    port = environment.get(PORT, "").strip() or str(PORTS[tls])
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Wrong(f"{PORT} is no port")
    sender = environment.get(FROM, "").strip()
    if not re.fullmatch(r"[^@\s<>,]+@[^@\s<>,]+", sender):
        raise Wrong(f"{FROM} is to be an e-mail address of your own")
    return Setting(
        host, int(port), sender, tls, environment.get(USER, "").strip(), environment.get(PASSWORD, "")
    )


def is_set(environment: Mapping[str, str]) -> bool:
    """Whether mail can go out as the environment says."""
    try:
        return setting(environment) is not None
    except Wrong:
        return False


async def send(message: EmailMessage, by: Setting) -> None:
    """Hand a message to the mail server.

    Returns when the server took it. Raises `Never` when it refuses the address or the message for good, and `Later`
    for everything that may pass, our own settings included.
    """
    import aiosmtplib  # noqa: PLC0415 (only where mail goes out)

    try:
        await aiosmtplib.send(
            message, hostname=by.host, port=by.port, username=by.user or None, password=by.password or None,
            use_tls=by.tls == "tls", start_tls=by.tls == "starttls", timeout=TIMEOUT,
        )  # fmt: skip
    except aiosmtplib.SMTPRecipientsRefused as error:
        if all(one.code >= 500 for one in error.recipients):
            raise Never("mail_refused") from None
        raise Later from None
    except aiosmtplib.SMTPAuthenticationError:
        raise Later from None
    except (aiosmtplib.SMTPDataError, aiosmtplib.SMTPRecipientRefused) as error:
        if error.code >= 500:
            raise Never("mail_refused") from None
        raise Later from None
    except (aiosmtplib.SMTPException, OSError):
        raise Later from None
