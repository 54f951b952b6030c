"""Mail servers on the loopback: one that keeps to the rules, with TLS and a login, and one that plays a script."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.reminders.postbox import Postbox

USER, PASSWORD = "gehoord@example.org", "geheim wachtwoord van de post 7Q"


def certificate(folder: Path, address: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """A certificate for this address that signed itself: for the server, and the file for who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post")])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file, secret = folder / f"post-{address}.pem", folder / f"post-{address}.key"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return context, file


class Guarded(Postbox):
    """A mail server with a login. `knocked` are the names with which was tried, `secure` whether TLS was on then."""

    def __init__(self) -> None:
        super().__init__()
        self.knocked: list[tuple[str, bool]] = []
        self.implicit = False

    def check(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        """Whether name and password are right."""
        assert isinstance(given, LoginPassword)
        self.knocked.append((given.login.decode(), server._tls_protocol is not None or self.implicit))
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)


@asynccontextmanager
async def guarded(
    context: ssl.SSLContext, *, implicit: bool = False, login: bool = False
) -> AsyncIterator[Guarded]:
    """A mail server that takes mail over TLS only: by STARTTLS, or from the first byte (`implicit`)."""
    box = Guarded()
    box.implicit = implicit
    loop = asyncio.get_running_loop()

    def connection() -> SMTP:
        return SMTP(
            box, loop=loop, hostname="test", tls_context=None if implicit else context,
            require_starttls=not implicit, auth_required=login, auth_require_tls=not implicit,
            authenticator=box.check if login else None,
        )  # fmt: skip

    server = await loop.create_server(connection, "127.0.0.1", 0, ssl=context if implicit else None)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()


class Leaving(Postbox):
    """A mail server that goes away instead of saying goodbye."""

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """It is over."""
        assert isinstance(server.transport, asyncio.WriteTransport)
        server.transport.abort()
        return "221 bye"


class Script:
    """What a server says, one after the other: at once, and then after each line that comes. None: it goes away.

    `heard` is all that came in. `slowly`: each letter takes so many seconds. When the script is over it says yes to
    everything, or nothing any more (`mute`).
    """

    def __init__(self, says: Sequence[bytes | None], slowly: float, mute: bool) -> None:
        self.says, self.slowly, self.mute = says, slowly, mute
        self.heard = bytearray()
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One visit."""
        with suppress(ConnectionError, asyncio.CancelledError):
            for at, said in enumerate(self.says):
                if at:
                    self.heard += await reader.readline()
                if said is None:
                    break
                for letter in (said[i : i + 1] for i in range(len(said))) if self.slowly else (said,):
                    writer.write(letter)
                    await writer.drain()
                    await asyncio.sleep(self.slowly)
            else:
                while line := await reader.readline():
                    self.heard += line
                    if not self.mute:
                        writer.write(b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 ok\r\n")
        writer.close()


@asynccontextmanager
async def scripted(*says: bytes | None, slowly: float = 0, mute: bool = False) -> AsyncIterator[Script]:
    """A server that plays this script to everyone who comes."""
    script = Script(says, slowly, mute)
    server = await asyncio.start_server(script.talk, "127.0.0.1", 0)
    script.port = server.sockets[0].getsockname()[1]
    try:
        yield script
    finally:
        server.close()
        await server.wait_closed()
