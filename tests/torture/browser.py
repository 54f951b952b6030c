"""One person with a browser and a bad connection: presses again until there is an answer, and counts what they see."""

import asyncio
from collections.abc import Mapping
from html.parser import HTMLParser

import aiohttp

AGAIN = frozenset({408, 429})
"""Answers below 500 after which somebody presses again: it came too slowly (as from a machine that was put to sleep in
the midst of it), or there was too much of it."""


class Page(HTMLParser):
    """What the person sees: what they said, the groups of answers, and what can be chosen.

    `mine` are the client's texts; `said` per group the kinds of its bubbles (their classes); `options` by value the
    name under which a button or tick sends it.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.mine: list[str] = []
        self.said: list[list[str]] = []
        self.options: dict[str, str] = {}
        self.form = self.turn = ""
        self._reading = self._choosing = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag of one of the kinds that matter."""
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag == "div" and "mine" in classes:
            self.mine.append("")
            self._reading = True
        elif tag == "div" and "said" in classes:
            self.said.append([])
        elif tag == "div" and "bubble" in classes and self.said:
            self.said[-1].append(" ".join(classes[1:]))
        elif tag == "form":
            self._choosing = "options" in classes
        elif tag in ("button", "input") and given.get("name") in ("choose", "only") and given.get("value"):
            if self._choosing:
                self.options[given["value"]] = given["name"]
        elif tag == "input" and given.get("name") == "form":
            self.form = given.get("value", "")
        elif tag == "input" and given.get("name") == "turn":
            self.turn = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """The end of something."""
        if tag == "div":
            self._reading = False
        elif tag == "form":
            self._choosing = False

    def handle_data(self, data: str) -> None:
        """Text, of which only the client's own matters."""
        if self._reading:
            self.mine[-1] = f"{self.mine[-1]} {data}".strip()

    @property
    def open(self) -> bool:
        """Whether a conversation is open on this page."""
        return bool(self.turn)

    @property
    def filed(self) -> bool:
        """Whether it says that the complaint was sent."""
        return any(
            [word.removeprefix("m-") for word in kind.split()][:2] == ["done", "complaint"]
            for group in self.said
            for kind in group
        )


class Browser:
    """A browser at an address of its own (all of 127/8 is this machine), so that limits per address are per person."""

    def __init__(self, site: str, path: str, number: int, headers: Mapping[str, str] | None = None) -> None:
        local = aiohttp.TCPConnector(
            local_addr=(f"127.0.{1 + number // 250}.{1 + number % 250}", 0), force_close=True
        )
        self._session = aiohttp.ClientSession(
            connector=local, cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers
        )
        self._path = path
        self._sites = [site]
        self.again = 0
        """How often something had to be pressed again."""

    @property
    def cookies(self) -> tuple[str, ...]:
        """What the site gave it to hold."""
        return tuple(cookie.value for cookie in self._session.cookie_jar)

    def go_to(self, *sites: str) -> None:
        """From now on ask these processes of the same site: the first, and where it does not answer the next."""
        self._sites = list(sites)

    async def close(self) -> None:
        """Close the browser."""
        await self._session.close()

    async def until_answered(self, method: str, where: str, fields: dict[str, str] | None = None) -> str:
        """Press again until the site answers; the same form each time. `where`: behind the browser's path."""
        while True:
            url = f"{self._sites[0]}{self._path}{where}"
            try:
                async with self._session.request(
                    method, url, data=fields, timeout=aiohttp.ClientTimeout(total=10)
                ) as response:
                    text = await response.text()
                    if response.status < 500 and response.status not in AGAIN:
                        return text
            except (aiohttp.ClientError, TimeoutError, ConnectionError):
                pass
            self.again += 1
            self._sites.append(self._sites.pop(0))
            await asyncio.sleep(0.05)

    async def begin(self) -> Page:
        """Begin a conversation."""
        while True:
            page = Page(await self.until_answered("POST", "/begin", {"taal": "nl"}))
            if page.open:
                return page

    async def look(self) -> Page:
        """Reload the page."""
        return Page(await self.until_answered("GET", ""))

    async def say(self, page: Page, words: str) -> Page:
        """Type something and send it; the page that follows."""
        return await self._post(page, "say", words)

    async def choose(self, page: Page, option: str) -> Page:
        """Press one of the offered buttons; the page that follows."""
        return await self._post(page, page.options[option], option)

    async def _post(self, page: Page, name: str, value: str) -> Page:
        fields = {"form": page.form, "turn": page.turn, name: value}
        return Page(await self.until_answered("POST", "", fields))
