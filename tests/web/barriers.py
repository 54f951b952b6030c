"""axe-core, which finds barriers in a page: fetched once by npm, whoever asks for it first."""

import fcntl
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent

TRIES = 3
"""How often it is fetched, where the network fails for a moment."""


def axe_source() -> str:
    """The script, to be evaluated in a page. Tests that run beside each other fetch it once."""
    script = HERE / "node_modules" / "axe-core" / "axe.min.js"
    with (HERE / ".axe-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not script.exists():
            npm = shutil.which("npm")
            assert npm, "npm is needed to fetch axe-core: apt-get install npm"
            quiet = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
            command = [npm, "install", *quiet, "--prefix", str(HERE), "axe-core@4"]
            for _ in range(TRIES):
                with suppress(subprocess.TimeoutExpired):
                    subprocess.run(command, check=False, timeout=240)
                if script.exists():
                    break
    return script.read_text("utf-8")
