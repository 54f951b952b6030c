"""Pages without script: every turn by a plain form, safe against what strangers, doubles and bad lines bring."""

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest

from bot.web import guard, limits
from bot.web.visits import address_of
from flows import schemes
from tests.web.browsing import STORY, Browser
from tests.web.running import Running, running

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = (
    """<script>alert(1)</script><img src=x onerror=alert(1)>"'{{7*7}}%(x)s </p></main> \u202e\x00 ${1}"""
)


async def test_the_first_page_lists_the_organisations_and_says_that_it_is_a_demo(visitor: Browser) -> None:
    visitor.at = f"{visitor.url}/"
    await visitor.get()

    assert re.findall(r'<li><a href="/([\w-]+)"', visitor.html) == list(schemes.ids())
    assert "Dit is een demo" in visitor.text


@pytest.mark.parametrize("scheme", schemes.ids())
async def test_before_first_use_a_page_tells_the_truth_about_what_a_phone_keeps(
    visitor: Browser, scheme: str
) -> None:
    visitor.at = f"{visitor.url}/{scheme}"
    await visitor.get()

    for truth in ("meteen het weer", "weet nog dat", "privévenster"):
        assert truth in visitor.text
    assert visitor.cookie is None


async def test_a_whole_complaint_goes_by_plain_forms(site: Running, visitor: Browser) -> None:
    await visitor.files()

    assert "Je klacht is verstuurd" in visitor.text
    intakes = [dossier.intake for dossier in await site.dossiers("blijf-groep")]
    assert ((STORY,), "web") in [(intake.said, intake.platform) for intake in intakes]


async def test_after_sending_nothing_of_what_was_told_is_left_on_the_page(visitor: Browser) -> None:
    await visitor.files()
    assert "lachte mij" not in visitor.text
    await visitor.get()

    assert "lachte mij" not in visitor.text
    assert "Je nummer is" in visitor.text


async def test_a_form_that_is_posted_twice_counts_once_and_shows_the_same_page(
    site: Running, visitor: Browser
) -> None:
    await visitor.begins()
    data = {"form": visitor.field("form"), "turn": visitor.field("turn"), "say": STORY}

    first = (await visitor.post("", data)).text
    second = (await visitor.post("", data)).text

    assert second == first
    assert visitor.cookie is not None
    draft = await site.store.load(address_of(visitor.cookie, "blijf-groep"))
    assert draft.session is not None
    assert draft.session.said == (STORY,)


async def test_a_case_is_filed_once_however_often_send_is_pressed(site: Running, visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says(STORY)
    while "send" not in visitor.options:
        await visitor.chooses(next(id for id in ("skip", "yes") if id in visitor.options))
    before = len(await site.store.cases("blijf-groep"))
    data = {"form": visitor.field("form"), "turn": visitor.field("turn"), "choose": "send"}

    await asyncio.gather(*(Browser(visitor.session, site.url).post("", data) for _ in range(5)))

    assert len(await site.store.cases("blijf-groep")) == before + 1


async def test_the_session_lives_in_a_cookie_that_no_script_reads_and_never_in_an_address(
    visitor: Browser,
) -> None:
    await visitor.post("/begin", {"taal": "nl"}, follow=False)
    kept = visitor.headers["Set-Cookie"]

    assert re.fullmatch(r"s=[0-9a-f]{32}; HttpOnly; Path=/blijf-groep; SameSite=Strict", kept)
    assert visitor.headers["Location"] == "/blijf-groep"
    await visitor.get()
    assert visitor.cookie is not None
    assert visitor.cookie not in visitor.html


async def test_over_https_the_cookie_goes_over_nothing_else(tmp_path: Path) -> None:
    async with (
        running(tmp_path, origin="https://praten.example.nl") as up,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
    ):
        visitor = await Browser(session, up.url).post("/begin", {}, follow=False)

        assert "; Secure" in visitor.headers["Set-Cookie"]
        assert visitor.headers["Strict-Transport-Security"] == "max-age=63072000"


async def test_every_answer_says_what_a_browser_must_keep_to(site: Running, visitor: Browser) -> None:
    await visitor.begins()
    for path in ("", "formulier", "later", "kopie", "nergens/hier"):
        await visitor.get(path)

        assert visitor.headers["Cache-Control"] == "no-store"
        assert visitor.headers["Referrer-Policy"] == "no-referrer"
        assert visitor.headers["X-Frame-Options"] == "DENY"
        assert visitor.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        policy = visitor.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert re.findall(r"<script(?! src=)|<style| style=| on\w+=", visitor.html) == []
        assert re.findall(r'(?:src|href)="(?:https?:)?//', visitor.html.partition("<body")[0]) == []


async def test_the_title_is_neutral_on_every_page(visitor: Browser) -> None:
    await visitor.begins()
    for path in ("", "formulier", "later", "kopie", "nergens/hier"):
        await visitor.get(path)
        assert re.findall(r"<title>(.*)</title>", visitor.html) == ["Bericht"]


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.example"}, {"Sec-Fetch-Site": "same-site"}],
)
async def test_a_post_from_another_sites_page_is_refused(visitor: Browser, headers: dict[str, str]) -> None:
    await visitor.begins()
    data = {"form": visitor.field("form"), "turn": visitor.field("turn"), "say": "hallo"}

    await visitor.post("", data, **headers)

    assert visitor.status == 403
    assert "niet van onze pagina" in visitor.text


async def test_a_form_without_its_proof_is_refused_and_nothing_is_said(
    site: Running, visitor: Browser
) -> None:
    await visitor.begins()
    await visitor.post("", {"say": "hallo", "form": "0" * 32})

    assert visitor.status == 403
    await visitor.get()
    assert "hallo" not in visitor.text


@pytest.mark.parametrize(
    "forged", ["0" * 32, "x", "'; drop table cases", "../../etc/passwd", "é" * 40, "0" * 5000]
)
async def test_a_forged_cookie_is_no_cookie(visitor: Browser, forged: str) -> None:
    await visitor.get("", Cookie=f"s={forged}".encode().decode("latin-1"))

    assert visitor.status == 200
    assert "Begin" in visitor.text


async def test_what_was_typed_into_a_conversation_that_is_over_is_not_lost(visitor: Browser) -> None:
    await visitor.begins()
    form, turn = visitor.field("form"), visitor.field("turn")
    visitor.session.cookie_jar.clear()
    await visitor.post("", {"form": form, "turn": turn, "say": STORY})

    assert visitor.status == 410
    assert STORY in visitor.text
    await visitor.begins(again=STORY)
    assert STORY in visitor.text


async def test_hostile_text_is_shown_as_text(visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says(HOSTILE)

    assert "<script>alert" not in visitor.html
    assert "<img" not in visitor.html
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>" in visitor.text
    assert "{{7*7}}" in visitor.text
    await visitor.post("/formulier", {"form": visitor.field("form"), "date": HOSTILE})
    assert visitor.status == 422
    assert "<img" not in visitor.html


@pytest.mark.parametrize("path", ["", "/formulier", "/begin", "/terug"])
async def test_a_post_of_a_megabyte_is_answered_with_words(visitor: Browser, path: str) -> None:
    await visitor.begins()
    await visitor.post(path, {"form": visitor.field("form"), "say": "x" * 1_100_000})

    assert visitor.status == 413
    assert "te groot" in visitor.text


async def test_a_very_long_text_is_told_how_long_it_may_be(visitor: Browser) -> None:
    await visitor.begins()
    await visitor.says("y " * 15_000)

    assert visitor.status == 200
    assert "te lang voor één bericht" in visitor.text


async def test_who_sends_very_slowly_is_told_so(
    site: Running, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PATIENCE", 0.3)
    reader, writer = await asyncio.open_connection("127.0.0.1", int(site.url.rpartition(":")[2]))
    writer.write(
        b"POST /blijf-groep/begin HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 500\r\n\r\ntaal="
    )
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n"), 60)
    writer.close()

    assert answer == b"HTTP/1.1 408 Request Timeout\r\n"


async def test_whoever_asks_too_often_is_told_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "monotonic", lambda: 0.0)  # all within one second, on a busy machine too
    async with (
        running(tmp_path, ample=False) as up,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
    ):
        visitor = await Browser(session, up.url).begins()
        answers = [(await visitor.says("hallo")).status for _ in range(31)]

        assert answers[:30] == [200] * 30
        assert answers[30] == 429
        assert visitor.headers["Retry-After"] == "1"
        assert "Wacht even" in visitor.text


async def test_another_language_is_spoken_from_the_first_page_on(visitor: Browser) -> None:
    await visitor.get("?taal=en")
    assert '<html lang="en"' in visitor.html
    assert "Tell it here" in visitor.text
    await visitor.post("/begin", {"taal": "en"})

    assert "What happened?" in visitor.text


async def test_no_route_fails_whatever_comes(site: Running) -> None:
    """An own crawl: every route of the chat, with and without a session, with junk in every field."""
    seen: dict[int, int] = {}
    junk: tuple[dict[str, str], ...] = (
        {},
        {"say": ""},
        {"choose": "x" * 300},
        {"form": "é", "turn": "\x00", "say": "�", "choose": ""},
        {"code": "appel " * 400},
        {"kind": "exe"},
        {"taal": "xx@yy"},
        {"soort": "niets", "date": "31 februari"},
    )
    for began in (False, True):
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            visitor = Browser(session, site.url)
            if began:
                await visitor.begins()
            form = visitor.field("form")
            for route in site.app.router.routes():
                path = route.resource.canonical if route.resource else "/"
                if path.startswith("/bureau"):  # the officers' pages stand behind a password
                    continue
                for value in ("blijf-groep", "bestaat-niet", "%2e%2e", "chat.css"):
                    to = site.url + re.sub(r"\{\w+\}", value, path)
                    for data in junk:
                        body = {k: v[0] if isinstance(v, list) else v for k, v in data.items()} | {
                            "form": form
                        }
                        safe = {k: v.encode("utf-8", "replace").decode() for k, v in body.items()}
                        kind = route.method if route.method in ("GET", "POST") else "GET"
                        async with session.request(
                            kind, to, data=safe if kind == "POST" else None,
                            params=safe if kind == "GET" else None, allow_redirects=False,
                        ) as answer:  # fmt: skip
                            seen[answer.status] = seen.get(answer.status, 0) + 1
                            assert answer.status < 500, (kind, to, data)
    print("\nanswers of the crawl:", dict(sorted(seen.items())))
    assert set(seen) <= {200, 303, 400, 403, 404, 405, 409, 410, 422}
