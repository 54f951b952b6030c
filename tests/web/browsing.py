"""A browser without script, as small as can be: pages by GET, forms as they stand on them, cookies of one site."""

import io
import re
from html import unescape
from urllib.parse import urlencode, urljoin

import aiohttp
from yarl import URL


class Browser:
    """One visitor: what they last saw, and the cookies they hold."""

    def __init__(self, session: aiohttp.ClientSession, url: str, scheme: str = "blijf-groep") -> None:
        self.session = session
        self.url = url
        self.scheme = scheme
        self.at = f"{url}/{scheme}"
        self.status = 0
        self.html = ""
        self.headers: dict[str, str] = {}

    @property
    def text(self) -> str:
        """The page as it is read."""
        bare = re.sub(r"<(script|style).*?</\1>", "", self.html, flags=re.S)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())

    @property
    def cookie(self) -> str | None:
        """The secret of the session, or None."""
        found = self.session.cookie_jar.filter_cookies(URL(self.at)).get("s")
        return found.value if found else None

    def field(self, name: str) -> str:
        """The hidden field of the page with this name, or nothing."""
        found = re.search(rf'name="{name}" value="(\w*)"', self.html)
        return found[1] if found else ""

    @property
    def options(self) -> list[str]:
        """What can be chosen under the last question."""
        reply = self.html.partition('id="reply"')[2]
        return re.findall(r'name="(?:choose|only)" value="([^"]+)"', reply)

    async def get(self, path: str = "", **headers: str) -> "Browser":
        """Opens a page."""
        to = self.at + path if path[:1] in ("", "?") else urljoin(f"{self.at}/", path)
        async with self.session.get(to, headers=headers) as answer:
            await self._read(answer)
        return self

    async def post(self, path: str, data: object, follow: bool = True, **headers: str) -> "Browser":
        """Posts to a page, as it is given."""
        to = f"{self.at}{path}"
        if isinstance(data, dict):
            data = io.BytesIO(urlencode(data).encode())
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        async with self.session.post(to, data=data, allow_redirects=follow, headers=headers) as answer:  # type: ignore[arg-type]
            await self._read(answer)
        return self

    async def _read(self, answer: aiohttp.ClientResponse) -> None:
        self.status = answer.status
        self.headers = dict(answer.headers)
        self.body = await answer.read()
        self.html = self.body.decode(errors="replace")

    async def begins(self, **more: str) -> "Browser":
        """Presses 'Begin'."""
        return await self.post("/begin", {"taal": "nl", **more})

    async def says(self, text: str) -> "Browser":
        """Types this and sends it."""
        return await self.post("", {"form": self.field("form"), "turn": self.field("turn"), "say": text})

    async def chooses(self, *ids: str) -> "Browser":
        """Presses an option, or ticks several."""
        data = aiohttp.FormData([("form", self.field("form")), ("turn", self.field("turn"))])
        for id in ids:
            data.add_field("choose", id)
        return await self.post("", data)

    async def files(self, **story: str) -> "Browser":
        """Tells a story and sends it, whatever is asked on the way."""
        await self.begins()
        await self.says(story.get("story", STORY))
        return await self.goes_on()

    async def goes_on(self) -> "Browser":
        """Answers as shortly as can be until it can be sent, and sends it."""
        for _ in range(20):
            if "send" in self.options:
                return await self.chooses("send")
            await self.chooses(
                next((id for id in ("resume", "skip", "yes", "no") if id in self.options), "none")
            )
        raise AssertionError(f"it never came to sending: {self.options}")


STORY = "Een medewerker van de opvang lachte mij gisteren uit waar iedereen bij was."
