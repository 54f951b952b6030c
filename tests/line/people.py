"""People who bring along words, a name, a number, an address, a browser, a network and an account of their own.

Each of these canaries occurs nowhere else. Some write on a line, some complain by name, by the web chat or by Telegram.
"""

import aiohttp
import msgspec

from bot.line.codes import heard
from tests.line.client import Client
from tests.telegram_emulator import Emulator
from tests.telegram_emulator import Person as Phone
from tests.torture.browser import Browser
from tests.torture.run import ANSWERS

NAMED = "blijf-groep"
LONG = 600.0
"""Seconds that something may take on a busy machine."""


class Person(msgspec.Struct, frozen=True):
    """Somebody, by the bird that is in all that is theirs."""

    bird: str
    number: int

    @property
    def told(self) -> dict[str, str]:
        """What they write, by kind."""
        return {
            "word": f"{self.bird}geheim",
            "name": f"Janneke {self.bird}sma",
            "phone": f"06-4827{self.number}951",
            "mail": f"{self.bird}@{self.bird}huis.example",
            "street": f"{self.bird}laan 4{self.number}7",
        }

    @property
    def headers(self) -> dict[str, str]:
        """What their browser and the proxy tell."""
        return {"User-Agent": f"{self.bird}Browser/7", "X-Forwarded-For": f"203.117.24{self.number}.199"}

    @property
    def story(self) -> str:
        """All of it in one message."""
        return (
            "Mijn begeleider lachte mij gisteren in Haarlem uit, ik ben client. Het ging over {word}. "
            "Ik heet {name}, bel {phone}, mail {mail}, ik woon op de {street}."
        ).format(**self.told)

    def phone(self, telegram: Emulator) -> Phone:
        """Their Telegram."""
        return telegram.person(f"{self.bird}voornaam", username=f"{self.bird}_op_telegram")


async def on_the_line(person: Person, url: str, way: str) -> tuple[str, ...]:
    """Write on a line and leave, come back, or wipe; returns all else that is theirs: cookies and the code."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, headers=person.headers) as session:
        client = Client(session, url)
        assert "Klopt. Schrijf maar." in await client.begin()
        assert person.told["word"] in await client.post("zeg", say=person.story)
        held = {cookie.value[:80] for cookie in jar}
        if way == "back":
            await client.post("klaar", do="out")
            assert person.told["word"] in await client.post("in", words=client.code)
            held |= {cookie.value[:80] for cookie in jar}
        elif way == "wipe":
            assert "Alles is weg." in await client.post("klaar", do="wipe")
    code = heard(client.code)
    assert code is not None
    return (*held, client.code, client.code.replace(" ", "-"), code.secret)


async def by_name(person: Person, url: str, *, sends: bool) -> tuple[str, ...]:
    """Complain with all of it, and send or leave it open; returns the cookie's secret."""
    browser = Browser(url, f"/{NAMED}", person.number, person.headers)
    page = await browser.say(await browser.begin(), person.story)
    while sends and not page.filed:
        page = await browser.choose(page, next(one for one in ANSWERS if one in page.options))
    held = browser.cookies
    await browser.close()
    return held


async def by_account(person: Person, telegram: Emulator, *, wipes: bool) -> tuple[str, ...]:
    """Complain on Telegram with all of it, and leave it open or wipe it; returns the account."""
    phone = person.phone(telegram)
    await _says(phone, person.story)
    if wipes:
        before = phone.screen()
        phone.types("/wis")
        await telegram.until(lambda: all(one.deleted for one in before), "all of it is taken away", LONG)
        await phone.reads(1, LONG)
    return account(phone)


async def from_an_account(person: Person, url: str, telegram: Emulator) -> tuple[str, ...]:
    """Ask on Telegram how to talk without a name, and write on the line; returns the account, then all else."""
    phone = person.phone(telegram)
    await _says(phone, "Kan ik anoniem praten met de vertrouwenspersoon?")
    return (*account(phone), *await on_the_line(person, url, "stay"))


async def _says(phone: Phone, words: str) -> None:
    phone.start()
    await phone.reads(1, LONG)
    phone.types(words)
    await phone.telegram.until(lambda: not phone.telegram.updates.fresh(), "it was taken", LONG)
    await phone.reads(1, LONG)


def account(phone: Phone) -> tuple[str, ...]:
    """What Telegram tells of somebody: the account's number and names."""
    return (str(phone.chat.id), phone.user["first_name"], phone.user["username"])
