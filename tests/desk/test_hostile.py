"""What clients write and send is shown as text, whatever it is made to be."""

from pathlib import Path

from bot.desk.outputs import safe_name
from tests.desk.site import desk_site, visitor

HOSTILE = (
    "<script>document.title='x'</script><img src=x onerror=alert(1)>\n{{ 7*7 }} {% raw %} #read(\"/etc/passwd\")\n"
    '=HYPERLINK("http://x")\n\u202egnp.exe\u202c ' + "regel\n" * 10_000
)


async def test_hostile_words_are_text_on_the_page_and_on_paper(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        number = await site.file("blijf-groep", "BG-1", story=HOSTILE, name="<b>Samira</b>{{ 7*7 }}")
        await officer.enter(saskia.id)
        page = await officer.open(number)
        assert ("<script>document" in page, "onerror=alert(1)&gt;" in page) == (False, True)
        assert "&lt;b&gt;Samira&lt;/b&gt;{{ 7*7 }}" in page
        assert "<b>Samira" not in page
        await officer.get(f"/bureau/zaak/{number}/pdf")
        assert (officer.status, officer.page[:5]) == (200, "%PDF-")


async def test_files_open_in_a_sandbox_under_a_name_that_does_not_deceive(tmp_path: Path) -> None:
    async with desk_site(tmp_path) as site, visitor(site) as officer:
        saskia = await site.staff("blijf-groep")
        sent = ("document", "../\u202egnp.html\n", b"<script>alert(1)</script>")
        number = await site.file("blijf-groep", "BG-1", attachment=sent)
        await officer.enter(saskia.id)
        page = await officer.open(number)
        path = page.partition(f"/bureau/zaak/{number}/bestand/")[2].partition('"')[0]
        await officer.get(f"/bureau/zaak/{number}/bestand/{path}")
        assert officer.headers["Content-Type"] == "application/octet-stream"
        assert officer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert officer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''_gnp.html"
        assert officer.headers["X-Content-Type-Options"] == "nosniff"


def test_name_of_a_file_has_nothing_that_turns_it_around() -> None:
    assert [safe_name(name) for name in ("a\u202eb.png", "../../x", "\x00", "foto 1.jpg")] == [
        "ab.png", "_.._x", "bestand", "foto 1.jpg",
    ]  # fmt: skip
