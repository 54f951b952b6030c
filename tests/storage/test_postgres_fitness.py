"""A server that cannot be worked with is refused at the start, with what to do, and never with the password."""

from collections.abc import Iterator
from pathlib import Path
from time import time
from urllib.parse import quote

import pytest

from storage import errors
from storage.postgres import fitness
from tests.storage.cluster import Cluster, started
from tests.storage.lender import lent
from tests.storage.test_postgres import opened

SECRET = "geheim/met@tekens"


@pytest.fixture(scope="module")
def guarded() -> Iterator[Cluster]:
    """A server that asks the role `klacht` for its password, and lets another in nowhere."""
    with started() as made:
        (made.data / "pg_hba.conf").write_text(
            "local all klacht scram-sha-256\nlocal all buiten reject\n"
            "local all all trust\nlocal replication all trust\n"
        )
        made.restart()
        made.run("postgres", f"CREATE ROLE klacht LOGIN PASSWORD '{SECRET}'")
        made.run("postgres", "CREATE ROLE buiten LOGIN")
        made.run("postgres", "CREATE DATABASE klachten OWNER klacht TEMPLATE template0")
        yield made


def url(
    server: Cluster, name: str = "klachten", role: str = "klacht", password: str = SECRET, more: str = ""
) -> str:
    """Where a database of this role is."""
    return f"postgresql://{role}:{quote(password, safe='')}@/{name}?host={server.folder}{more}"


def why(database: str, data: Path) -> str:
    """What is said when this is opened: no piece of the password is in it."""
    with pytest.raises(errors.Unready) as refused:
        opened(database, data)
    said = str(refused.value)
    assert not [piece for piece in SECRET.replace("@", "/").split("/") if piece in said]
    return said


async def test_role_with_its_password_is_let_in(guarded: Cluster, tmp_path: Path) -> None:
    await opened(url(guarded), tmp_path).close()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"password": "fout"}, "The role or its password is not right."),
        ({"role": "niemand"}, "It knows no role of this name: createuser --pwprompt."),
        ({"role": "buiten"}, "It lets this role not in from here, or only with TLS"),
        ({"name": "nergens"}, "It has no database of this name: createdb --owner ROLE"),
        ({"more": "&sslmode=nonsense"}, "Is GEHOORD_DATABASE right, and what does its log say?"),
        ({"more": "/nergens"}, "Is GEHOORD_DATABASE right, and what does its log say?"),
    ],
)
def test_refusal_of_the_server_is_said_with_what_to_do(
    guarded: Cluster, tmp_path: Path, changed: dict[str, str], says: str
) -> None:
    said = why(url(guarded, **changed), tmp_path)
    assert (said.partition(" refuses us. ")[0], says in said) == (
        "The database server does not answer, or",
        True,
    )


@pytest.mark.parametrize("password", ["geheim met", "geheim/met", "met@tekens", "12/geheim", "geheim%tekens"])
def test_address_that_was_not_quoted_is_refused_without_a_piece_of_its_password(
    tmp_path: Path, password: str
) -> None:
    assert why(f"postgresql://klacht:{password}@127.0.0.1:1/klachten", tmp_path)


@pytest.mark.parametrize("limit", [0, 1])
def test_server_without_a_connection_left_is_refused(guarded: Cluster, tmp_path: Path, limit: int) -> None:
    guarded.run("postgres", f"ALTER ROLE klacht CONNECTION LIMIT {limit}")
    try:
        said = why(url(guarded), tmp_path)
    finally:
        guarded.run("postgres", "ALTER ROLE klacht CONNECTION LIMIT -1")
    assert "It has no connection left: each process takes nine. Raise max_connections" in said


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_database_that_cannot_hold_every_letter_is_refused(
    guarded: Cluster, tmp_path: Path, encoding: str
) -> None:
    name = f"in_{encoding}".lower()
    guarded.run(
        "postgres", f"CREATE DATABASE {name} OWNER klacht ENCODING {encoding} LOCALE 'C' TEMPLATE template0"
    )
    assert "The database is not in UTF8" in why(url(guarded, name), tmp_path)


async def test_encoding_that_the_surroundings_ask_for_changes_nothing(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = cluster.new_schema()
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    async with opened(database, tmp_path / "data") as store:
        await store._engine.write(lambda tx: tx.run("set_meta", name="łódź", value="✓"))
        row = await store._engine.ask(lambda tx: tx.one("meta", name="łódź"))
    assert row is not None
    assert row["value"] == "✓"


def test_database_that_is_set_to_read_only_is_refused(guarded: Cluster, tmp_path: Path) -> None:
    said = why(url(guarded, more="&options=-cdefault_transaction_read_only%3Don"), tmp_path)
    assert "The database server takes no changes" in said


@pytest.mark.parametrize("more", ["", "&target_session_attrs=read-write"])
def test_standby_server_is_refused(guarded: Cluster, tmp_path: Path, more: str) -> None:
    standby = Cluster(of=guarded)
    try:
        standby.start()
        assert "The database server takes no changes" in why(url(standby, more=more), tmp_path)
    finally:
        standby.remove()


@pytest.mark.parametrize(
    ("off", "refused"), [(-3600, True), (-30, True), (5, False), (30, True), (3600, True)]
)
async def test_machine_whose_clock_is_off_is_refused(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, off: int, refused: bool
) -> None:
    monkeypatch.setattr(fitness, "time", lambda: time() + off)
    if refused:
        assert "Set both by a time server" in why(cluster.new_schema(), tmp_path)
    else:
        await opened(cluster.new_schema(), tmp_path).close()


def test_pooler_that_lends_a_connection_for_a_transaction_is_refused(
    cluster: Cluster, tmp_path: Path
) -> None:
    name = cluster.name_of(cluster.new_database())
    with lent(cluster.folder) as pooler:
        assert "Set pool_mode=session in it (PgBouncer)" in why(pooler.url(name), tmp_path)


def test_schema_that_is_not_there_is_refused(guarded: Cluster, tmp_path: Path) -> None:
    said = why(url(guarded, more="&options=-csearch_path%3Dnergens"), tmp_path)
    assert "names no schema that is there" in said


@pytest.mark.parametrize("table", ["migrations", "cases"])
def test_database_of_another_program_is_refused_and_left_as_it_was(
    cluster: Cluster, tmp_path: Path, table: str
) -> None:
    database = cluster.new_database()
    cluster.run(cluster.name_of(database), f"CREATE TABLE {table} (number INT)")
    assert (
        why(database, tmp_path)
        == "The database holds tables of another program. Give Gehoord a database of its own."
    )
    cluster.run(cluster.name_of(database), f"ALTER TABLE {table} ALTER number TYPE BIGINT")
