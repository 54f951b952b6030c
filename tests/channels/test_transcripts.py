"""Every transcript over real HTTP: what is seen on Telegram is what the core says, button for button."""

from pathlib import Path

import pytest

from bot.transcripts import Transcript
from tests.channels.transcripts import play, transcripts


@pytest.mark.parametrize("pushed", [False, True], ids=["polling", "webhook"])
@pytest.mark.parametrize("transcript", transcripts(), ids=lambda transcript: transcript.name)
async def test_a_transcript_is_seen_on_telegram_as_the_core_says_it(
    transcript: Transcript, tmp_path: Path, pushed: bool
) -> None:
    played = await play(transcript, tmp_path / "data", pushed=pushed)

    assert played.came == played.expected
    assert played.bubbles <= sum(map(len, played.expected))
    assert played.inputs == played.of or played.onto_the_line
    assert played.onto_the_line == transcript.name.startswith("line/")
