"""Who comes back after their three days: what they told is gone, and what they come back with is kept."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot import clock
from flows.messages import Message, Phrase
from locales import render, text
from storage.records import Address
from tests.channels.running import SCHEME, paragraphs, running
from tests.telegram_emulator import Emulator

ANSWERS = ("send", "yes", "skip", "nobody", "no")
STORY = "Een medewerker lachte mij uit waar iedereen bij was."


def label(option: str) -> str:
    """What is read on this option."""
    return text(Phrase(f"option.{option}"), "nl")


def picture(shade: int) -> bytes:
    """A small photo."""
    held = io.BytesIO()
    Image.new("RGB", (24, 24), (shade, 90, 90)).save(held, "JPEG")
    return held.getvalue()


@pytest.mark.parametrize("cleared", [False, True], ids=["before the old was cleared", "after"])
async def test_photo_that_somebody_comes_back_with_after_three_days_is_kept(
    telegram: Emulator, tmp_path: Path, cleared: bool
) -> None:
    now = clock.now()
    async with running(tmp_path / "data", telegram, now=lambda: now) as bot:
        samira = telegram.person()
        samira.start()
        samira.types(STORY)
        samira.sends("photo", data=picture(10), name="oud.jpg")
        await bot.quiet()
        now += timedelta(days=3, hours=1)
        if cleared:
            await bot.services.store.purge(now)
        before = len(samira.received())
        samira.sends("photo", data=picture(200), name="nieuw.jpg")
        await bot.quiet()
        new = paragraphs(samira, before)
        address = Address("telegram", str(samira.chat.id), SCHEME)
        kept = (await bot.services.store.load(address)).session
        assert kept is not None
        # It is there to be sent along: what is filed counts the files that could be read.
        samira.types(STORY)
        await bot.quiet()
        for _ in range(25):
            if await bot.dossiers():
                break
            here = [button for stored in samira.screen() for button in samira.buttons(stored)]
            chosen = next((one for one in ANSWERS if label(one) in here), None)
            samira.presses(label(chosen)) if chosen else samira.types("Het was gisteren.")
            await bot.quiet()
        (dossier,) = await bot.dossiers()

    assert len(kept.attachments) == 1
    assert render(Message("kept.photo"), "nl").text in new
    assert dossier.attachments == kept.attachments
    assert STORY not in kept.said
