"""A site in a process of its own, which is killed and started again at the same address."""

import asyncio
import resource
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.torture.place import Place
from tests.torture.process import Process

EARNEST = ("-m", "bot", "--data", "{data}", "serve", "--port", "{port}")
GEHOORD = ("-m", "bot", "--data", "{data}", "serve", "--demo", "--port", "{port}")
PLAIN_BOT = ("-m", "tests.torture.plain_bot", "{port}")


class Site:
    """The process. `command` is what Python is started with; `preload` a library that comes before libc."""

    def __init__(
        self,
        data: Path,
        command: tuple[str, ...] = GEHOORD,
        preload: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        place = Place()
        self.port = place.port
        self.url = f"http://127.0.0.1:{self.port}"
        words = [word.format(data=data, port=self.port) for word in command]
        self.log = data.parent / f"site-{self.port}.log" if environment else data.parent / "site.log"
        self._process = Process(words, self.log, environment, preload, place)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start it, and wait until it answers. Raises `RuntimeError` when it ends by itself."""
        await self._process.start()
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                self._process.check()
                await asyncio.sleep(0.02)
            else:
                writer.close()
                await writer.wait_closed()
                return

    async def kill(self) -> None:
        """Kill it as a power cut would (SIGKILL): nothing is finished, nobody is told."""
        await self._process.end(signal.SIGKILL)

    async def stop(self) -> None:
        """Stop it in peace."""
        await self._process.end(signal.SIGTERM)
        self._process.close()

    def fill_disk(self, largest: int | None) -> None:
        """From now on no file of the process grows beyond `largest` bytes, as on a full disk; None: as before."""
        if self._process.pid is not None:
            limit = resource.RLIM_INFINITY if largest is None else largest
            resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
