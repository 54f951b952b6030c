"""A site in a process of its own, which is killed and started again at the same address."""

import asyncio
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path

GEHOORD = ("-m", "bot", "--data", "{data}", "serve", "--demo", "--port", "{port}")
PLAIN_BOT = ("-m", "tests.torture.plain_bot", "{port}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """The process. `command` is what Python is started with; `preload` a library that comes before libc."""

    def __init__(self, data: Path, command: tuple[str, ...] = GEHOORD, preload: Path | None = None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._words = [word.format(data=data, port=self.port) for word in command]
        self._log = (data.parent / "site.log").open("ab")
        self._preload = preload
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it, and wait until it answers. Raises `RuntimeError` when it ends by itself."""
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": "."}
        if self._preload is not None:
            environment["LD_PRELOAD"] = str(self._preload)
        self._process = await asyncio.to_thread(
            subprocess.Popen,
            [sys.executable, *self._words],
            stdout=self._log,
            stderr=self._log,
            env=environment,
        )
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                if self._process.poll() is not None:
                    raise RuntimeError(f"the site ended by itself: see {self._log.name}") from None
                await asyncio.sleep(0.02)
            else:
                writer.close()
                await writer.wait_closed()
                return

    async def kill(self) -> None:
        """Kill it as a power cut would (SIGKILL): nothing is finished, nobody is told."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Stop it in peace."""
        await self._end(signal.SIGTERM)
        self._log.close()

    async def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            await asyncio.to_thread(self._process.wait)
            self._process = None

    def fill_disk(self, largest: int | None) -> None:
        """From now on no file of the process grows beyond `largest` bytes, as on a full disk; None: as before."""
        if self._process is not None:
            limit = resource.RLIM_INFINITY if largest is None else largest
            resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
