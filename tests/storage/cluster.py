"""A PostgreSQL server of one's own: a new cluster in a temporary directory, on a unix socket, with real fsync."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))

PATIENCE = 110
"""Seconds that a server gets to start or stop: a busy machine takes long over it."""


ROOM = 2 * 1024**3
"""Bytes that have to be free in memory, so that a server for tests lies there."""


def quick_place() -> Path:
    """Where a server is quick: in memory, if there is room. It outlives every kill of a process there too."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else Path("/tmp")


class Cluster:
    """The server. It refuses to run as root, so as root it is run as the user `postgres`.

    `on_disk`: where fsync costs what it costs, for what is measured.
    """

    def __init__(self, *, on_disk: bool = False, of: "Cluster | None" = None) -> None:
        place = Path("/tmp") if on_disk else quick_place()
        self.folder = Path(tempfile.mkdtemp(prefix="gehoord-pg-", dir=place))
        self.data = self.folder / "data"
        self.port = 5432
        self._shared = ""
        self._as = (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        )
        if self._as:
            shutil.chown(self.folder, "postgres", "postgres")
        self._fill(of)

    def _fill(self, of: "Cluster | None") -> None:
        """Make its files: new ones, or those of the server that it is to follow."""
        if of is None:
            self._run(
                "initdb", "-Ugehoord", "-Atrust", "--no-sync", "-EUTF8", "--locale=C", "--wal-segsize=1"
            )
        else:
            self._run(
                "pg_basebackup",
                "-h",
                of.folder,
                "-p",
                of.port,
                "-Ugehoord",
                "-R",
                "-Xstream",
                "-cfast",
                "--no-sync",
            )
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nfsync = on\n"
                "recovery_init_sync_method = syncfs\n"
                # nothing that it does by itself: no lock, no statistics and no older log that come and go by the minute
                "autovacuum = off\ncheckpoint_timeout = 1h\n"
            )

    def listen(self, port: int, certificate: Path) -> None:
        """Before it starts: have it listen on 127.0.0.1 too, to TLS with this certificate (its key beside it) alone.

        There who comes needs a password.
        """
        self.port = port
        key = shutil.copy(certificate.with_suffix(".key"), self.folder / "server.key")
        shutil.copy(certificate, self.folder / "server.pem")
        key.chmod(0o600)
        if self._as:
            for file in (key, self.folder / "server.pem"):
                shutil.chown(file, "postgres", "postgres")
        (self.data / "pg_hba.conf").write_text(
            "local all all trust\nlocal replication all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"
        )
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = '127.0.0.1'\nport = {port}\nssl = on\n"
                f"ssl_cert_file = '{self.folder}/server.pem'\nssl_key_file = '{key}'\n"
            )

    def _run(self, program: str, *words: object) -> None:
        subprocess.run(
            [*self._as, str(BIN / program), "-D", str(self.data), *map(str, words)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip

    def _control(self, what: str, *words: object) -> None:
        self._run("pg_ctl", "-w", "-t", PATIENCE, *words, what)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._control("start", "-l", self.folder / "log")

    def restart(self) -> None:
        """Stop it as a power cut would, and start it again."""
        self._control("restart", "-m", "immediate", "-l", self.folder / "log")

    def set(self, settings: Mapping[str, str]) -> None:
        """Have the server go by these settings from here on."""
        for name, value in settings.items():
            self.run("postgres", f"ALTER SYSTEM SET {name} = '{value}'")
        self.run("postgres", "SELECT pg_reload_conf()")

    def crash(self) -> None:
        """Stop it as a power cut would."""
        self._control("stop", "-m", "immediate")

    def standby(self) -> "Cluster":
        """Another server that follows this one; what is acknowledged from here on is on both."""
        made = Cluster(of=self)
        made.start()
        self.await_standby()
        return made

    def follow(self, other: "Cluster") -> None:
        """Begin anew, in the same place, as a standby of another server."""
        shutil.rmtree(self.data)
        self._fill(other)
        self.start()
        other.await_standby()

    def await_standby(self) -> None:
        """From here on what is acknowledged is on the standby too."""
        self.run("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.run("postgres", "SELECT pg_reload_conf()")

    def promote(self) -> None:
        """From here on this is the server."""
        self._control("promote")

    def remove(self) -> None:
        """Stop it if it runs, and leave nothing behind."""
        if (self.data / "postmaster.pid").exists():
            self.crash()
        shutil.rmtree(self.folder)

    def name_of(self, url: str) -> str:
        """The name of the database at this address."""
        return str(conninfo_to_dict(url)["dbname"])

    def url(self, name: str) -> str:
        """Where a database of it is."""
        return f"postgresql://gehoord@/{name}?host={self.folder}&port={self.port}"

    def new_database(self) -> str:
        """An empty database; where it is."""
        name = f"test_{secrets.token_hex(6)}"
        self.run("postgres", f"CREATE DATABASE {name}")
        return self.url(name)

    def new_schema(self) -> str:
        """An empty schema of one database, which is made in no time; where it is."""
        if not self._shared:
            self._shared = self.new_database()
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self._shared, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"{self._shared}&options=-csearch_path%3D{name}"

    def database_folder(self, url: str) -> Path:
        """Where the files of a database are."""
        with psycopg.connect(url) as connection:
            row = connection.execute(
                "SELECT oid FROM pg_database WHERE datname = current_database()"
            ).fetchone()
        assert row is not None
        return self.data / "base" / str(row[0])

    def run(self, database: str, statement: str) -> None:
        """Run a statement as the owner of everything."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def started() -> Iterator[Cluster]:
    """A server that is up; nothing of it is left behind."""
    made = Cluster()
    made.start()
    try:
        yield made
    finally:
        made.remove()
