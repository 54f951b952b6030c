"""The organisations that ship with the program: one YAML file each, and nothing else."""

from functools import cache

from flows import resources
from flows.loading import parse
from flows.scheme import Scheme

_IDS = ("blijf-groep", "ik-ben-er-ook", "bij-elkaar", "cjg-kennemerland", "ben-in-de-buurt")


def ids() -> tuple[str, ...]:
    """The ids of the schemes that ship, in the order in which they are shown."""
    return _IDS


def text(id: str) -> str:
    """The file of the scheme `id`. Raises `KeyError` when no such scheme ships."""
    if id not in _IDS:
        raise KeyError(id)
    return resources.text(f"schemes/{id}.yaml")


@cache
def load(id: str) -> Scheme:
    """The scheme `id`. Raises `KeyError` when no such scheme ships, `SchemeError` when its file is wrong."""
    return parse(text(id), f"{id}.yaml")
