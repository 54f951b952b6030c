"""Somebody who writes on a line with a browser without script."""

import re
from html import unescape

import aiohttp
from yarl import URL

from tests.line.conftest import SCHEME


class Client:
    """Somebody with a browser without script."""

    def __init__(self, session: aiohttp.ClientSession, url: str, scheme: str = SCHEME) -> None:
        self.session = session
        self.base = f"{url}/{scheme}/praten"
        self.html = ""
        self.status = 0
        self.code = ""

    @property
    def text(self) -> str:
        """The page as it is read."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.html)).split())

    def field(self, name: str) -> str:
        """A hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.html)
        return unescape(found[1]) if found else ""

    async def get(self, query: str = "") -> str:
        """Open the page."""
        async with self.session.get(self.base + query) as answer:
            self.html, self.status = await answer.text(), answer.status
        return self.text

    async def post(self, where: str, **given: str) -> str:
        """Post a form with the page's hidden fields."""
        hidden = {name: self.field(name) for name in ("form", "once", "held", "taal") if self.field(name)}
        async with self.session.post(f"{self.base}/{where}", data=hidden | given) as answer:
            self.html, self.status = await answer.text(), answer.status
        return self.text

    async def begin(self, query: str = "", **given: str) -> str:
        """Open a line by typing its words back."""
        await self.get(query)
        await self.post("woorden", **given)
        self.code = " ".join(re.findall(r"<li>(\w+)</li>", self.html)[:8])
        await self.post("typ")
        return await self.post("open", words=self.code)

    @property
    def cookies(self) -> int:
        """How many cookies this browser holds for the line."""
        return len(self.session.cookie_jar.filter_cookies(URL(self.base)))
