"""Pushing updates to a bot's webhook, as Telegram's WebhookActor does.

Updates of one lane (a chat's messages, a person's buttons) go in order, one at a time; lanes go side by side on
at most `max_connections`. An answer that is not 2xx, a broken connection or none in time is tried again after 1,
2, 4 … seconds (or the answer's Retry-After), and until then that lane waits. An answer may carry one call.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import aiohttp
from aiohttp import MultipartReader

from tests.telegram_emulator.updates import Update, Updates
from tests.telegram_emulator.wire import Json, Params, read_parts

SECRET = "X-Telegram-Bot-Api-Secret-Token"
FORBIDDEN_IN_ANSWERS = ("deletewebhook", "setwebhook", "close", "logout")
LONGEST_DELAY = 60.0

Call = Callable[[str, Params], Awaitable[Json]]


class Webhook:
    """The delivery to one address. `patience` is how long an answer may take; `pace` shortens retry delays in tests.

    `doubles` are how many of the next updates are sent twice at the same time, as happens when an answer is lost
    on the way.
    """

    def __init__(self, updates: Updates, call: Call) -> None:
        self.url, self.secret, self.max_connections = "", "", 40
        self.patience, self.pace = 60.0, 1.0
        self.doubles = 0
        self.attempts: Counter[int] = Counter()
        self.answers: list[tuple[int, int | str]] = []
        self.last_error: Json = {}
        self._updates, self._call = updates, call
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._runner: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    async def set(self, url: str, secret: str, max_connections: int) -> None:
        """Begins to push to `url`; an empty one ends it."""
        await self.stop()
        self.url, self.secret, self.max_connections = url, secret, max_connections
        if url:
            self._session = aiohttp.ClientSession()
            self._runner = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends all pushing; what was not answered stays in the queue."""
        tasks = [*self._busy.values(), *([self._runner] if self._runner else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._busy.clear()
        if self._session is not None:
            await self._session.close()
        self._session, self._runner, self.url = None, None, ""

    async def _run(self) -> None:
        while True:
            self._updates.arrived.clear()
            for update in list(self._updates.fresh()):
                if len(self._busy) < self.max_connections and update.queue not in self._busy:
                    task = asyncio.create_task(self._deliver(update))
                    self._busy[update.queue] = task
            await self._updates.arrived.wait()

    async def _deliver(self, update: Update) -> None:
        delay = 1.0
        try:
            while update in self._updates.fresh():
                if self.doubles > 0:
                    self.doubles -= 1
                    first, *_ = await asyncio.gather(self._post(update), self._post(update))
                else:
                    first = await self._post(update)
                if first is None:
                    self._updates.confirm(update)
                    return
                await asyncio.sleep((first or delay) * self.pace)
                delay = min(delay * 2, LONGEST_DELAY)
        finally:
            self._busy.pop(update.queue, None)
            self._updates.arrived.set()

    async def _post(self, update: Update) -> float | None:
        """One attempt. None when it was taken, else the seconds its answer asked to wait (0: none)."""
        assert self._session is not None
        self.attempts[update.id] += 1
        self._updates.handed_out[update.id] += 1
        headers = {SECRET: self.secret} if self.secret else {}
        try:
            async with (
                asyncio.timeout(self.patience),
                self._session.post(self.url, json=update.json, headers=headers) as answer,
            ):
                self.answers.append((update.id, answer.status))
                if 200 <= answer.status <= 299:
                    await self._obey(answer)
                    return None
                self.last_error = {
                    "text": f"Wrong response from the webhook: {answer.status} {answer.reason}"
                }
                return _retry_after(answer)
        except TimeoutError:
            problem = "Read timeout expired"
        except aiohttp.ClientError:
            problem = "Webhook connection closed"
        self.answers.append((update.id, problem))
        self.last_error = {"text": problem}
        return 0.0

    async def _obey(self, answer: aiohttp.ClientResponse) -> None:
        """Carries out the call that an answer may hold; its result goes nowhere, as at Telegram."""
        params = await _call_in(answer)
        method = params.text("method").lower()
        if method and method not in FORBIDDEN_IN_ANSWERS and not method.startswith("get"):
            await self._call(method, params)


async def _call_in(answer: aiohttp.ClientResponse) -> Params:
    if answer.content_type == "multipart/form-data":
        return await read_parts(MultipartReader(answer.headers, answer.content))
    if answer.content_type == "application/json" and (body := await answer.read()):
        said = await answer.json()
        return Params(said if body.strip() and isinstance(said, dict) else {})
    return Params()


def _retry_after(answer: aiohttp.ClientResponse) -> float:
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() else 0.0
