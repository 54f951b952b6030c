"""A PostgreSQL server for the tests here that need one."""

from collections.abc import Iterator

import pytest

from tests.storage.cluster import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server for all tests here."""
    made = Cluster()
    made.start()
    yield made
    made.remove()
