"""Mail: how it is set, and handing one message to the mail server (aiosmtplib).

::

    GEHOORD_SMTP_HOST      the mail server; without it no mail goes out
    GEHOORD_SMTP_TLS       starttls (the usual), tls, or off: off only to this machine itself
"""

import asyncio
import re
from collections.abc import Mapping
from email.message import EmailMessage

import msgspec
import structlog

from bot.delivery import Later, Never

HOST, PORT = "GEHOORD_SMTP_HOST", "GEHOORD_SMTP_PORT"
USER, PASSWORD = "GEHOORD_SMTP_USER", "GEHOORD_SMTP_PASSWORD"
TLS, FROM = "GEHOORD_SMTP_TLS", "GEHOORD_MAIL_FROM"

TIMEOUT, WHOLE = 30.0, 100.0
"""Seconds that the mail server may take for one step, and for all. The right to send a mail lasts two minutes."""

PORTS = {"starttls": 587, "tls": 465, "off": 25}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

LOG = structlog.get_logger("gehoord.reminders")

_ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+")


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
    if not is_written(sender):
        raise Wrong(f"{FROM} is to be an e-mail address of your own")
    return Setting(
        host, int(port), sender, tls, environment.get(USER, "").strip(), environment.get(PASSWORD, "")
    )


def is_written(address: str) -> bool:
    """Whether every mail server can be asked to carry mail to this: one address, and nothing that breaks a line."""
    return address.isascii() and _ADDRESS.fullmatch(address) is not None


def is_set(environment: Mapping[str, str]) -> bool:
    """Whether mail can go out as the environment says."""
    try:
        return setting(environment) is not None
    except Wrong:
        return False


async def send(message: EmailMessage, by: Setting) -> None:
    """Hand a message to the mail server.

    Returns when the server took it. Raises `Never` when it refuses the address or the message for good, and `Later`
    for everything that may pass, our own settings included; why stands in the log, coded, without what the server
    said. Without TLS neither the mail nor the password goes out, unless that is set (``off``).
    """
    import aiosmtplib  # noqa: PLC0415 (only where mail goes out)

    try:
        async with asyncio.timeout(WHOLE):
            await aiosmtplib.send(
                message, hostname=by.host, port=by.port, username=by.user or None, password=by.password or None,
                use_tls=by.tls == "tls", start_tls=by.tls == "starttls", timeout=TIMEOUT,
            )  # fmt: skip
    except aiosmtplib.SMTPRecipientsRefused as error:
        if all(one.code >= 500 for one in error.recipients):
            raise Never("mail_refused") from None
        raise _later("put_off") from None
    except aiosmtplib.SMTPAuthenticationError:
        raise _later("login_refused") from None
    except (aiosmtplib.SMTPDataError, aiosmtplib.SMTPRecipientRefused) as error:
        if error.code >= 500:
            raise Never("mail_refused") from None
        raise _later("put_off") from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise _later(_why(error)) from None
    except ValueError:  # a name of the mail server that cannot be one
        raise _later("wrong_setting") from None


def _why(error: Exception) -> str:
    """What went wrong on the way, in a word."""
    import ssl  # noqa: PLC0415

    import aiosmtplib  # noqa: PLC0415

    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return "tls_failed"
    match error:
        case TimeoutError():
            return "too_slow"
        case aiosmtplib.SMTPResponseException():
            return "put_off"
        case ConnectionError() | OSError():
            return "no_connection"
        case _:
            return "tls_or_login_not_offered"


def _later(why: str) -> Later:
    LOG.warning("not mailed now", why=why)
    return Later()
