"""A client written as a script, over the real `gehoord chat --json`: it answers what is asked until it is done."""

import json
import subprocess
import sys
from typing import Any

import pytest

from flows import schemes

STORY = "Gisteren lachte een medewerker mij uit waar iedereen bij was. Dat vond ik heel naar."
NOW = "2026-05-20T12:00"
ANSWERS = {
    "name": "Samira",
    "phone": "06 12345678",
    "wish": "een excuus",
    "age": "30",
    "points": "dat lachen",
}


class Chat:
    """One process of `gehoord chat --json`: a line in, a line out."""

    def __init__(self, scheme: str) -> None:
        command = [sys.executable, "-m", "bot", "chat", "--json", "--scheme", scheme, "--now", NOW]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.state = self._read()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "error" not in line or line["error"] is None, line
        return line

    def send(self, what: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        self.state = self._read()

    @property
    def options(self) -> list[str]:
        return [option["id"] for message in self.state["messages"] for option in message["options"]]

    def close(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        code = self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def answer(state: dict[str, Any], options: list[str]) -> object:
    """What the script does in this state: send when it can, a known answer to what is asked, else an option."""
    if "send" in options:
        return {"choose": "send"}
    asking = state["asking"]
    if asking in ANSWERS:
        return {"say": ANSWERS[asking]}
    for id in ("not_yet", "skip", "yes"):
        if id in options:
            return {"choose": id}
    return {"choose": options[0]} if options else {"say": "sla over"}


@pytest.mark.parametrize("scheme", schemes.ids())
def test_a_script_gets_to_the_end_without_an_error(scheme: str) -> None:
    chat = Chat(scheme)
    chat.send({"say": STORY})
    told = schemes.load(scheme)
    for _ in range(20):
        if chat.state["case"] is not None or (told.recipient is None and "together" in chat.options):
            break
        chat.send(answer(chat.state, chat.options))

    assert chat.state["answers"]["story"]["value"] == STORY
    if told.recipient is None:
        assert {"confidant", "together", "message", "more"} <= set(chat.options)
    else:
        assert chat.state["state"] == "done"
        assert chat.state["case"]["number"].startswith(f"{told.prefix}-")
        due = {rule.id for rule in told.terms if rule.starts == "received" and rule.count}
        assert due <= {deadline["id"] for deadline in chat.state["case"]["deadlines"]}
        assert all(deadline["why"] for deadline in chat.state["case"]["deadlines"])
    assert chat.close() == 0
