"""One role owns the tables, another serves with the rights that docs/operators.md gives it, and no more."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from flows.effects import Forget
from storage import errors
from storage.examination import examine
from storage.postgres import schema
from tests.storage.cluster import Cluster, started
from tests.storage.contract_lines import confidant
from tests.storage.contract_lines import opened as line_opened
from tests.storage.made import DAY, NOW, SAMIRA, TOM, file, staff, turn
from tests.storage.test_postgres import opened

DOCS = Path(__file__).parents[2] / "docs" / "operators.md"
OWNER, SERVE, NAME = "gehoord_owner", "gehoord_serve", "gehoord"


class Roles(NamedTuple):
    """Where the database is, for each role; the tables are made and the rights are given."""

    owner: str
    serve: str
    data: Path

    def run(self, role: str, statement: str) -> None:
        """Run a statement as one of them."""
        with psycopg.connect(role, autocommit=True) as connection:
            connection.execute(statement.encode())


def given() -> list[str]:
    """The statements by which docs/operators.md gives rights."""
    (block,) = re.findall(r"^```sql\n(.*?)^```", DOCS.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [line for line in block.splitlines() if line]


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server with both roles."""
    with started() as made:
        for role in (OWNER, SERVE):
            made.run("postgres", f"CREATE ROLE {role} LOGIN")
        yield made


@pytest.fixture
async def roles(server: Cluster, tmp_path: Path) -> Roles:
    """A database of theirs."""
    server.run("postgres", f"DROP DATABASE IF EXISTS {NAME}")
    server.run("postgres", f"CREATE DATABASE {NAME} OWNER {OWNER} ENCODING UTF8 TEMPLATE template0")
    server.run("postgres", f"REVOKE ALL ON DATABASE {NAME} FROM PUBLIC")
    owner, serve = (server.url(NAME).replace("gehoord@", f"{role}@") for role in (OWNER, SERVE))
    made = Roles(owner, serve, tmp_path / "data")
    await opened(owner, made.data).close()
    for statement in given():
        made.run(owner, statement)
    return made


async def test_role_that_serves_keeps_files_forgets_and_mixes(roles: Roles) -> None:
    async with opened(roles.serve, roles.data) as store:
        saskia, aileen = await staff(store), await confidant(store)
        await file(store)
        await store.act("BG-7K4Q-92", saskia, status="closed", now=NOW)
        await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        kept = await store.commit(TOM, 0, turn("een"), [b"1"], "m1", now=NOW)
        await store.commit(TOM, kept.version, turn("", Forget()), now=NOW)
        await line_opened(store, aileen)
        await store.rotate_process_key(NOW)
        done = await store.purge(NOW.replace(year=2032))
        assert (done.cases, (await store.load(TOM)).session) == (("BG-7K4Q-92",), None)
        mixed = await store._engine.ask(lambda tx: tx.one("meta", name="mixed"))
        assert mixed is not None


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE access",
        "DROP TRIGGER access_is_kept ON access",
        "ALTER TABLE cases ADD COLUMN spy TEXT",
        "CREATE TABLE spy (x INT)",
        "DELETE FROM migrations",
    ],
)
def test_role_that_serves_can_do_no_more(roles: Roles, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        roles.run(roles.serve, statement)


def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of a newer version, which adds a table and a column and takes a column away."""
    whole = schema.parts

    def parts(name: str) -> tuple[list[str], list[str]]:
        if name == "next":
            return (
                ["ALTER TABLE parked ADD COLUMN cause TEXT", "CREATE TABLE nexts (id BIGINT)"],
                ["ALTER TABLE parked DROP COLUMN channel"],
            )
        return whole(name)

    monkeypatch.setattr(schema, "OWN", (*schema.OWN, "next"))
    monkeypatch.setattr(schema, "parts", parts)


def columns(url: str) -> set[str]:
    """Columns of a table that the newer version changes."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'parked'"
        ).fetchall()
    return {str(name) for (name,) in found} & {"cause", "channel"}


async def test_new_version_waits_for_the_owner_and_serves_before_and_after(
    roles: Roles, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(roles.serve, roles.data) as older:
        await older.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)
        with monkeypatch.context() as changed:
            newer(changed)
            with pytest.raises(errors.NotOwner):
                opened(roles.serve, roles.data)
            await opened(roles.owner, roles.data).close()
            beside = columns(roles.owner)
            async with opened(roles.serve, roles.data) as served:
                roles.run(roles.serve, "INSERT INTO nexts VALUES (1)")
                await served.commit(TOM, 0, turn("een"), [b"1"], "m2", now=NOW)
                draft = await older.load(TOM)
                await older.commit(TOM, draft.version, turn("twee"), [b"2"], "m3", now=NOW)
    with monkeypatch.context() as changed:
        newer(changed)
        async with opened(roles.serve, roles.data) as served:
            await served.purge(NOW + DAY)  # what is left to take away is the owner's
            left = columns(roles.owner)
            while "channel" in columns(roles.owner):  # the server takes a moment to let go of who just left
                await opened(roles.owner, roles.data).close()
            assert await served.undelivered(TOM) == (b"1", b"2")
    assert (beside, left, columns(roles.owner)) == ({"cause", "channel"}, {"cause", "channel"}, {"cause"})


async def test_right_that_is_missing_is_said_and_not_a_foreign_error(roles: Roles) -> None:
    roles.run(roles.owner, f"REVOKE TRUNCATE ON lines FROM {SERVE}")
    async with opened(roles.serve, roles.data) as store:
        await line_opened(store, await confidant(store))
        with pytest.raises(errors.NoRights):
            await store.purge(NOW)
        roles.run(roles.owner, f"REVOKE INSERT ON conversations FROM {SERVE}")
        with pytest.raises(errors.NoRights):
            await store.commit(TOM, 0, turn("een"), [b"1"], "m1", now=NOW)


async def test_doctor_sees_whether_statements_of_this_role_are_logged(server: Cluster, roles: Roles) -> None:
    quiet = {
        "log_min_error_statement": "panic",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
    }
    found = []
    for name, value in (*quiet.items(), ("log_statement", "mod"), ("log_min_duration_statement", "250")):
        server.run("postgres", f"ALTER ROLE {SERVE} SET {name} = '{value}'")
        examined = examine(roles.data, (), NOW, database=roles.serve)
        found.append([finding.details for finding in examined if finding.about == "statements"])
    server.run("postgres", f"ALTER ROLE {SERVE} RESET ALL")
    assert found[2:] == [
        [()],
        [("log_statement=none",)],
        [("log_statement=none", "log_min_duration_statement=-1")],
    ]
