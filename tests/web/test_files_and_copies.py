"""What clients send along, and the copy they may take home."""

import io
import re
import struct
import wave

import aiohttp
import msgspec
import pytest
from PIL import Image

from bot.web import attachments, copies
from tests.web.browsing import STORY, Browser
from tests.web.running import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


def photo(size: tuple[int, int] = (640, 480), kind: str = "JPEG", *, beside: bool = True) -> bytes:
    """A photo as a phone makes it, with place, time and camera beside the picture."""
    out = io.BytesIO()
    picture = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    if beside:
        exif[0x010F] = "Kiekjesmaker"
        exif[0x0132] = "2026:05:19 20:15:00"
        exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 48.0), 3: "E", 4: (4.0, 38.0, 12.0)})
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def voice() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(struct.pack("<h", 900) * 8000)
    return out.getvalue()


async def sends(visitor: Browser, data: bytes, name: str = "IMG_2041.jpg") -> Browser:
    form = aiohttp.FormData()
    form.add_field("form", visitor.field("form"))
    form.add_field("turn", visitor.field("turn"))
    form.add_field("file", io.BytesIO(data), filename=name, content_type="application/octet-stream")
    return await visitor.post("/bestand", form)


async def filed(site: Running, visitor: Browser) -> tuple[str, tuple[str, ...]]:
    """Goes on to the end; returns the case's number and its files."""
    await visitor.goes_on()
    number = re.search(r"Je nummer is (BG-\w{4}-\w{2})", visitor.text)
    assert number, visitor.text
    dossier = next(one for one in await site.dossiers("blijf-groep") if one.line.number == number[1])
    return dossier.line.number, dossier.attachments


async def test_a_photo_is_kept_without_what_stood_beside_the_picture(site: Running, visitor: Browser) -> None:
    original = photo()
    assert b"Kiekjesmaker" in original
    await visitor.begins()
    await visitor.says(STORY)
    await sends(visitor, original)
    assert "De plek en tijd zijn eruit gehaald" in visitor.text

    number, refs = await filed(site, visitor)
    kept = await site.attachment("blijf-groep", number, refs[0])

    assert len(refs) == 1
    assert b"Kiekjesmaker" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (640, 480)
        assert dict(picture.getexif()) == {}


async def test_a_photo_sent_twice_by_a_double_press_is_kept_once(site: Running, visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says(STORY)
    form, turn = visitor.field("form"), visitor.field("turn")
    for _ in range(2):
        visitor.html = f'name="form" value="{form}" name="turn" value="{turn}"'
        await sends(visitor, photo())

    _, refs = await filed(site, visitor)

    assert len(refs) == 1


async def test_a_voice_is_a_story(site: Running, visitor: Browser) -> None:
    await visitor.begins()
    await sends(visitor, voice(), "opname.wav")
    assert "Die telt als je verhaal" in visitor.text

    number, refs = await filed(site, visitor)

    assert await site.attachment("blijf-groep", number, refs[0]) == voice()


async def test_a_pdf_is_kept_as_it_is(site: Running, visitor: Browser) -> None:
    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
    await visitor.begins()
    await visitor.says(STORY)
    await sends(visitor, pdf, "brief.pdf")

    number, refs = await filed(site, visitor)

    assert await site.attachment("blijf-groep", number, refs[0]) == pdf


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ\x90\x00 a program", "Dit kan ik niet lezen"),
        (b"<script>alert(1)</script>", "Dit kan ik niet lezen"),
        (b"", "Er zit niets in"),
        (b"\xff\xd8\xff" + b"rubbish" * 50, "Deze foto is stuk"),
        (b"%PDF-" + b"x" * attachments.LARGEST, "te groot"),
    ],
    ids=["program", "page", "nothing", "broken", "large"],
)
async def test_a_file_that_cannot_be_taken_is_told_why(visitor: Browser, data: bytes, words: str) -> None:
    await visitor.begins()
    await sends(visitor, data)

    assert visitor.status == 422
    assert words in visitor.text
    await visitor.get()
    assert "Een foto" not in visitor.text.partition("Jouw bericht")[0]


async def test_a_picture_that_would_swell_in_memory_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")

    with pytest.raises(attachments.Unfit) as refused:
        attachments.fit(out.getvalue())

    assert refused.value.why in ("large", "broken")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
async def test_every_kind_of_picture_becomes_a_plain_jpeg(kind: str) -> None:
    file = attachments.fit(photo((3000, 1500), kind, beside=kind != "GIF"))

    with Image.open(io.BytesIO(file.data)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (2400, 1200))
    assert file.name == "foto.jpg"


async def test_an_eleventh_file_is_refused_with_words(visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says(STORY)
    small = photo((8, 8))
    for _ in range(attachments.MOST):
        assert (await sends(visitor, small)).status == 200
    await sends(visitor, small)

    assert visitor.status == 422
    assert "Meer kan niet" in visitor.text


async def fetches(visitor: Browser, kind: str) -> Browser:
    return await visitor.post("/kopie", {"form": visitor.field("form"), "kind": kind})


async def test_a_copy_comes_only_when_it_is_asked_for_and_holds_what_was_sent(visitor: Browser) -> None:
    await visitor.files()
    await visitor.get("kopie")
    assert STORY not in visitor.text
    await fetches(visitor, "text")

    assert visitor.headers["Content-Disposition"] == 'attachment; filename="bericht.txt"'
    assert f"wat er is gebeurd: {STORY}" in visitor.html
    assert "uiterlijk donderdag 28 mei 2026" in visitor.html


async def test_the_copy_is_offered_in_the_conversation_too(visitor: Browser) -> None:
    await visitor.files()
    await visitor.chooses("copy")

    assert "Kopie als pdf" in visitor.text
    assert STORY not in visitor.text


async def test_the_copy_as_pdf_can_be_heard_by_a_screen_reader(visitor: Browser) -> None:
    await visitor.files(story="Hij zei #set text(red) *dik* @iedereen $x$ gisteren tegen mij.")
    await visitor.get("kopie")
    await fetches(visitor, "pdf")

    assert visitor.headers["Content-Type"] == "application/pdf"
    assert visitor.body.startswith(b"%PDF-1.")
    assert b"/MarkInfo" in visitor.body
    assert b"pdfuaid:part" in visitor.body


async def test_nobody_else_gets_the_copy_and_after_an_hour_nobody_does(
    site: Running, visitor: Browser
) -> None:
    await visitor.files()
    await visitor.get("kopie")
    before = site.clock.now
    site.clock.pass_by(minutes=60)
    try:
        await visitor.get("kopie")
        assert "De kopie is er niet meer" in visitor.text
        await fetches(visitor, "text")
        assert STORY not in visitor.html
    finally:
        site.clock.now = before


async def test_what_a_client_wrote_is_never_read_as_markup() -> None:
    wild = '#read("/etc/passwd") #panic() \\ *_$ <a> @b // /* "'
    copy = copies.Copy("Org", "nl", "vandaag", (("wat", wild), ("", wild)), (wild,),
                       {"heading": wild, "told": wild, "next": wild, "keep": wild})  # fmt: skip

    assert copies.pdf(copy).startswith(b"%PDF-")
    assert wild in copies.plain(copy)
    assert msgspec.json.decode(msgspec.json.encode(copy), type=copies.Copy) == copy


async def test_the_copy_lies_sealed_under_what_only_the_cookie_holds(site: Running, visitor: Browser) -> None:
    from bot.web.showing import page_of  # noqa: PLC0415
    from bot.web.visits import address_of  # noqa: PLC0415

    await visitor.files()
    assert visitor.cookie is not None
    page = page_of(await site.store.load(address_of(visitor.cookie, "blijf-groep")))

    assert page.copy != b""
    assert b"lachte mij" not in msgspec.msgpack.encode(page)
