"""The schemes as tests see them: the five that ship, or the altered copies that `make clauses` tries."""

import os
from functools import cache
from pathlib import Path

from flows import schemes
from flows.loading import parse
from flows.scheme import Scheme

FOLDER = "GEHOORD_TEST_SCHEMES"
"""The environment variable that names a folder whose schemes stand in for the ones that ship."""

DATA = Path(__file__).parent / "data" / "schemes"
"""Invented schemes that only tests know."""


def text(id: str) -> str:
    """The file of the scheme `id`: an altered copy, one of the five, or an invented one of ``tests/data``."""
    altered = os.environ.get(FOLDER)
    if altered and (Path(altered) / f"{id}.yaml").exists():
        return (Path(altered) / f"{id}.yaml").read_text(encoding="utf-8")
    if id in schemes.ids():
        return schemes.text(id)
    return (DATA / f"{id}.yaml").read_text(encoding="utf-8")


def scheme(id: str) -> Scheme:
    """The scheme `id` that a test is about."""
    return parsed(text(id), f"{id}.yaml")


@cache
def parsed(content: str, name: str) -> Scheme:
    """The scheme in this text, read once."""
    return parse(content, name)
