"""Every transcript in this folder goes as it is written, the session saved and reloaded between every two turns."""

from pathlib import Path

import pytest

from bot import clock
from bot.chance import seeded
from bot.commands.play import NOON
from bot.playing import Player
from bot.transcripts import Transcript, read
from tests.schemes import scheme

FOLDER = Path(__file__).parent


def _cases() -> list[object]:
    cases = []
    for file in sorted(FOLDER.rglob("*.txt")):
        name = str(file.relative_to(FOLDER))
        transcript = read(file.read_text("utf-8"), name)
        marks = [pytest.mark.clause(clause) for clause in transcript.clauses]
        cases.append(pytest.param(transcript, id=name.removesuffix(".txt"), marks=marks))
    return cases


@pytest.mark.parametrize("transcript", _cases())
async def test_a_conversation_goes_as_it_is_written(transcript: Transcript) -> None:
    player = Player(
        transcript,
        scheme(transcript.headers["scheme"]),
        clock.instant(transcript.headers.get("now", NOON)),
        seeded(transcript.name),
        platform=transcript.headers.get("platform", "terminal"),
        locale=transcript.headers.get("locale"),
    )

    differences = await player.play()

    assert "\n".join(map(str, differences)) == ""
