"""How soon the first prompt comes, and what it takes, beside bare Python and beside its line editor alone.

    python -m tests.benchmarks.start [RUNS]

Each figure is the median over the runs, which are taken in turn. Exit status 1 when the aims are missed: 0.5 s from
the start of the process to the first prompt, 80 MiB at most, and nothing loaded that no first prompt needs.
"""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import msgspec

ROOT = Path(__file__).parents[2]
SECONDS, MIB = 0.5, 80
RATIO = 6
"""How many times the processor time of the line editor alone a first prompt may take.

Measured: 2.6, and 3 where our own modules may not be compiled. What is never to be loaded would make it 20 and more.
"""
PROMPT = re.compile(rb"> |\x1b\[0m>")
"""The prompt as it is written; at a terminal with colours before it and a move of the cursor behind it."""

NEVER = ("aiogram", "aiohttp", "pydantic")
NOT_YET = (
    "argon2", "babel", "cryptography", "email_validator", "importlib.resources", "jinja2", "phonenumbers",
    "prompt_toolkit", "pyrage", "rapidfuzz", "sqlite3", "sqlite_utils", "structlog", "typst", "bot.desk",
    "bot.line", "bot.reminders", "bot.serving", "bot.web", "bot.commands.serve", "storage.engine",
    "storage.lines", "storage.sqlite", "flows.checking", "flows.understand.danger",
    "flows.understand.intents", "flows.understand.reading", "flows.understand.replies",
)  # fmt: skip
"""What no first prompt needs, so what is loaded with the first text, the first date, or another command.

The line editor is one of them where the input is a pipe.
"""
CHAT = [sys.executable, "-m", "bot", "chat", "--scheme", "blijf-groep", "--now", "2026-05-20T12:00"]
LIBRARY = [
    sys.executable,
    "-c",
    "import asyncio, prompt_toolkit; print('> ', end='', flush=True); input()",
]
BARE = [sys.executable, "-c", "print('> ', end='', flush=True); input()"]


class Run(msgspec.Struct, frozen=True):
    """One start: wall and processor seconds to the prompt, and the most memory it took (MiB)."""

    seconds: float
    processor: float
    mib: float


def start(command: list[str], *, terminal: bool) -> Run:
    """Start the command, wait for its prompt, end it. `terminal`: at a terminal, with line editing; else a pipe."""
    ours, theirs = pty.openpty() if terminal else os.pipe()
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=theirs if terminal else subprocess.PIPE,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    seen = b""
    while not PROMPT.search(seen):
        ready, _, _ = select.select([ours], [], [], 30)
        if not ready:
            raise TimeoutError(f"no prompt in 30 s: {seen!r}")
        seen += os.read(ours, 4096)
    seconds = time.perf_counter() - began
    mib = _most_memory(process.pid)
    process.kill()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    os.close(ours)
    if process.stdin:
        process.stdin.close()
    return Run(seconds, usage.ru_utime + usage.ru_stime, mib)


def _most_memory(pid: int) -> float:
    """The most memory that a process has taken since it began to run its own program, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kib) / 1024


def loaded() -> set[str]:
    """Which modules are loaded when the first prompt has come."""
    code = (
        "import sys; sys.argv = ['gehoord', *sys.argv[1:]]\n"
        "from bot.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *CHAT[3:]]
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def main(runs: int = 7) -> int:
    """Print the figures; 1 when an aim is missed."""
    kinds = {
        "bare Python": (BARE, False),
        "the line editor alone": (LIBRARY, True),
        "gehoord chat, piped": (CHAT, False),
        "gehoord chat, at a terminal": (CHAT, True),
    }
    for command, terminal in kinds.values():
        start(command, terminal=terminal)  # the first run reads the disk
    taken: dict[str, list[Run]] = {name: [] for name in kinds}
    for _ in range(runs):
        for name, (command, terminal) in kinds.items():
            taken[name].append(start(command, terminal=terminal))
    print(f"{'':<30}{'to the prompt':>14}{'processor':>12}{'memory':>12}   (median of {runs})")
    missed = False
    for name, all in taken.items():
        seconds, processor, mib = (
            median(getattr(run, field) for run in all) for field in Run.__struct_fields__
        )
        missed |= seconds > SECONDS or mib > MIB
        print(f"{name:<30}{seconds:>12.3f} s{processor:>10.3f} s{mib:>8.1f} MiB")
    heavy = sorted({*NEVER, *NOT_YET} & loaded())
    print(f"aims: {SECONDS} s, {MIB} MiB, and nothing loaded of {', '.join((*NEVER, *NOT_YET))}")
    print(f"loaded of those: {', '.join(heavy) or 'none'}")
    return 1 if missed or heavy else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
