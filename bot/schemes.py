"""Which schemes there are: those that ship, and those of the operator's own folder (``--schemes DIR``)."""

from pathlib import Path

from flows import schemes
from flows.loading import parse
from flows.scheme import Scheme


class UnknownScheme(LookupError):
    """There is no scheme with this id; the message names those there are."""


class Schemes:
    """The schemes by id. A file ``<id>.yaml`` in the folder adds a scheme, or stands in for the one that ships."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._own = {path.stem: path for path in sorted(folder.glob("*.yaml"))} if folder else {}
        self._read: dict[str, Scheme] = {}

    def ids(self) -> tuple[str, ...]:
        """Every id: the operator's own first, then those that ship."""
        return tuple(dict.fromkeys((*self._own, *schemes.ids())))

    def texts(self) -> tuple[tuple[str, bytes], ...]:
        """The file of every scheme, with its name."""
        own = tuple((str(path), path.read_bytes()) for path in self._own.values())
        ship = tuple((f"{id}.yaml", schemes.text(id).encode()) for id in schemes.ids() if id not in self._own)
        return (*own, *ship)

    def text(self, id: str) -> tuple[str, bytes]:
        """The file of one scheme, with its name (``blijf-groep.yaml``). Raises `UnknownScheme`."""
        if id in self._own:
            return self._own[id].name, self._own[id].read_bytes()
        if id in schemes.ids():
            return f"{id}.yaml", schemes.text(id).encode()
        raise self._unknown(id)

    def load(self, id: str) -> Scheme:
        """The scheme `id`.

        Raises `UnknownScheme`, and `flows.problems.SchemeError` when its file is wrong.
        """
        if id in self._own:
            if id not in self._read:
                self._read[id] = parse(self._own[id].read_bytes(), str(self._own[id]))
            return self._read[id]
        if id in schemes.ids():
            return schemes.load(id)
        raise self._unknown(id)

    def _unknown(self, id: str) -> UnknownScheme:
        return UnknownScheme(f"there is no scheme '{id}'. Choose one of: {', '.join(self.ids())}.")
