"""A Python program in a process of its own, which is killed and started again; for every harness that kills."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.torture.place import Place


class Process:
    """The program. `words` is what Python is started with; `preload` a library that comes before libc.

    `place` is where it listens each time: held until this is closed.
    """

    def __init__(
        self,
        words: Sequence[str],
        log: Path,
        environment: Mapping[str, str] | None = None,
        preload: Path | None = None,
        place: Place | None = None,
    ) -> None:
        self._words = [sys.executable, *words]
        self._log = log.open("ab")
        self._place = place
        self._environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": ".", **(environment or {})}
        if preload is not None:
            self._environment["LD_PRELOAD"] = str(preload)
        self._process: subprocess.Popen[bytes] | None = None
        self.since = 0.0
        """When it was started last, in seconds since 1970."""

    @property
    def pid(self) -> int | None:
        """Its number, while it was not ended here."""
        return self._process.pid if self._process is not None else None

    async def start(self) -> None:
        """Start it; returns at once."""
        self.since = time.time()
        self._process = await asyncio.to_thread(
            subprocess.Popen, self._words, stdout=self._log, stderr=self._log, env=self._environment
        )

    @property
    def gone(self) -> bool:
        """Whether it ended by itself."""
        return self._process is not None and self._process.poll() is not None

    def check(self) -> None:
        """Raises `RuntimeError` when it ended by itself."""
        if self.gone:
            raise RuntimeError(f"it ended by itself: see {self._log.name}")

    async def end(self, how: signal.Signals) -> None:
        """End it: by SIGKILL as a power cut would (nothing is finished, nobody is told), or by SIGTERM in peace."""
        if self._process is not None:
            self._process.send_signal(how)
            await asyncio.to_thread(self._process.wait)
            self._process = None

    def close(self) -> None:
        """Let go of its log and its place."""
        self._log.close()
        if self._place is not None:
            self._place.close()
