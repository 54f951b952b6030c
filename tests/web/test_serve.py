"""`gehoord serve` as it is started: what it says, where it listens, and how it ends."""

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

SERVE = [sys.executable, "-m", "bot", "serve"]


def test_the_demonstration_prints_its_address_and_what_is_on_and_off(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*SERVE, "--demo", "--port", "0", "--data", str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        said = list(iter(running.stdout.readline, "Stop with Ctrl-C.\n"))
        address = first.removeprefix("Gehoord is open at ").strip()
        with urllib.request.urlopen(address, timeout=60) as page:
            html = page.read().decode()
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 0

    assert "Ben in de Buurt" in html
    assert said[0].startswith("a demonstration: nothing in it is real")
    assert any(line.split()[:3] == ["web", "chat", "on"] for line in said)


def test_without_a_place_to_keep_things_it_says_what_to_do() -> None:
    done = subprocess.run(SERVE, capture_output=True, text=True, timeout=110, check=False)

    assert done.returncode == 2
    assert "--data DIR" in done.stderr


def test_a_port_that_is_taken_is_told_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*SERVE, "--demo", "--port", port, "--data", str(tmp_path)],
            capture_output=True, text=True, timeout=110, check=False,
        )  # fmt: skip

    assert done.returncode == 1
    assert f"--port {port}" in done.stderr


def test_real_service_refuses_a_directory_for_practice(tmp_path: Path) -> None:
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "README").write_text("practice")
    done = subprocess.run(
        [*SERVE, "--port", "0", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )

    assert done.returncode == 1
    assert "practice" in done.stderr


def test_an_address_must_be_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [*SERVE, "--demo", "--data", str(tmp_path), "--exit-to", "buienradar"],
        capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "--exit-to" in done.stderr
