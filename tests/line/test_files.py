"""Photos and voices on a line: only the picture is left of a photo, and nothing else is taken."""

import io
import re
from pathlib import Path

import aiohttp

from tests.line.client import Client
from tests.line.test_readers import AILEEN, at_work, inbox
from tests.web.test_files_and_copies import photo, voice

PDF = b"%PDF-1.4 author: Janneke"


async def sent(client: Client, data: bytes) -> str:
    """A file from the page that is open."""
    form = aiohttp.FormData()
    form.add_field("form", client.field("form"))
    form.add_field("once", client.field("once"))
    form.add_field("file", io.BytesIO(data), filename="Janneke.jpg", content_type="application/octet-stream")
    async with client.session.post(f"{client.base}/bestand", data=form) as answer:
        client.html, client.status = await answer.text(), answer.status
    return client.text


async def test_of_a_photo_only_the_picture_reaches_the_confidant(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, desk):
        await client.begin()
        shown = await sent(client, photo((4000, 3000)))
        (source,) = re.findall(r'<img class="photo" src="([^"]+)"', client.html)
        async with client.session.get(client.base.partition("/ik-ben")[0] + source) as answer:
            mine, policy = await answer.read(), answer.headers["Content-Security-Policy"]
        (line,) = await inbox(desk, AILEEN)
        await desk.get(line)
        (theirs,) = re.findall(r'<img class="photo" src="([^"]+)"', desk.page)
        async with desk.client.get(desk.site.url + theirs) as answer:
            seen = await answer.read()

        assert ("las je bericht nog niet" in shown, policy.split(";")[0]) == (True, "sandbox")
        assert (mine == seen, mine[:3], b"Exif" in mine, b"Kiekjesmaker" in mine) == (
            True,
            b"\xff\xd8\xff",
            False,
            False,
        )
        assert "Janneke" not in desk.page


async def test_before_a_voice_is_sent_it_is_said_that_it_can_be_known(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, desk):
        opened = await client.begin()
        await sent(client, voice())
        (line,) = await inbox(desk, AILEEN)
        await desk.get(line)

        assert "Let op: je stem is te horen. Iemand kan je stem kennen." in opened
        assert ("<audio" in client.html, "<audio" in desk.page) == (True, True)


async def test_what_is_neither_a_photo_nor_a_voice_is_not_taken(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, desk):
        await client.begin()
        refused = []
        for data in (PDF, b"", b"<html>", b"\xff\xd8\xffbroken", b"RIFF....WAVE" + bytes(2_500_000)):
            told = await sent(client, data)
            refused.append((client.status, "Dit kan hier niet." in told or "Dit is te groot." in told))

        assert refused == [(422, True)] * 5
        assert await inbox(desk, AILEEN) != []
        assert "<img" not in client.html


async def test_a_file_is_shown_to_nobody_without_the_line(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, client, _desk):
        await client.begin()
        await sent(client, photo())
        found = []
        for number in ("0", "1", "-1", "x", "999999999999"):
            async with client.session.get(f"{client.base}/stuk/{number}") as answer:
                found.append(answer.status)
        await client.post("klaar", do="out")
        async with client.session.get(f"{client.base}/stuk/0") as answer:
            found.append(answer.status)

        assert found == [200, 404, 404, 404, 404, 410]
