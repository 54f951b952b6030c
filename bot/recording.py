"""Recording a conversation as a transcript, so that what was seen by hand becomes a test."""

from datetime import datetime
from pathlib import Path

from bot.talk import Exchange
from bot.transcripts import Kind, Step, shown, written
from flows.scheme import Scheme


class Recorder:
    """Writes a transcript while it happens; what was said stands in the file after every turn."""

    def __init__(self, file: Path, scheme: Scheme, now: datetime, locale: str | None) -> None:
        """Begin a new file. Raises `OSError` when it cannot be written."""
        self._file = file
        self._code = ""
        headers = [f"scheme: {scheme.id}", f"now: {now.strftime('%Y-%m-%dT%H:%M')}"]
        headers += [f"locale: {locale}"] if locale else []
        file.write_text("\n".join(headers) + "\n", encoding="utf-8")

    def did(self, kind: Kind, text: str) -> None:
        """Note what the client did, before it is answered."""
        words = text.strip()
        self._write(Step(kind, words.replace(self._code, "{code}") if self._code else words, 0))

    def came(self, exchange: Exchange) -> None:
        """Note what was answered; numbers and codes, which chance made, by name."""
        case, code = exchange.session.case, exchange.session.claim_code
        self._code = code or self._code
        for message in exchange.said:
            step = shown(message)
            text = step.text.replace(case.number, "{number}") if case and case.number else step.text
            text = text.replace(code, "{code}") if code else text
            self._write(Step("said", text, 0, step.options))

    def _write(self, step: Step) -> None:
        with self._file.open("a", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in written(step))
