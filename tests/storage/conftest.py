"""A PostgreSQL server for the tests here that need one."""

from collections.abc import Iterator

import pytest

from tests.storage.cluster import Cluster, started


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server for all tests here."""
    with started() as made:
        yield made
