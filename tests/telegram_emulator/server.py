"""The server: one bot's Bot API on loopback, and everything behind it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.telegram_emulator import kinds, methods_files, methods_messages, methods_profile
from tests.telegram_emulator.clock import Clock
from tests.telegram_emulator.faults import Faults
from tests.telegram_emulator.groups import Group
from tests.telegram_emulator.limits import Limits
from tests.telegram_emulator.person import PATIENCE, Person
from tests.telegram_emulator.updates import CONFLICT_SET, Update, Updates
from tests.telegram_emulator.webhook import Webhook
from tests.telegram_emulator.wire import ApiError, Json, Params, bad, read
from tests.telegram_emulator.world import World

TOKEN = "4200000001:AAE-test-token-of-the-emulator-000000001"
METHODS = {**methods_messages.METHODS, **methods_files.METHODS, **methods_profile.METHODS}
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
SECRET_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


@dataclass(frozen=True)
class Call:
    """One call that was made, and how it ended: 200, an error's code, or 0 when the connection was cut."""

    method: str
    values: Json
    code: int
    at: float


class Emulator:
    """One bot's Telegram. Use it as ``async with Emulator() as telegram:``; `url` is its address.

    People are made by `person`, groups by `group`. Time moves with `clock.advance`, trouble comes with
    `faults.next` and `limits.on`. `calls` holds every call in order.
    """

    def __init__(self, token: str = TOKEN, name: str = "Gehoord", username: str = "gehoord_bot") -> None:
        self.token = token
        self.clock = Clock()
        bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": name, "username": username}
        self.world = World(self.clock, bot)
        self.updates = Updates(self.clock)
        self.faults, self.limits = Faults(), Limits(self.clock)
        self.webhook = Webhook(self.updates, self._call)
        self.calls: list[Call] = []
        self.url = ""
        self._gone = False
        self._runner: web.AppRunner | None = None
        self._own: dict[str, Callable[[Params], Awaitable[object]]] = {
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "leavechat": self._leave_chat,
            "logout": self._log_out,
            "close": self._close,
        }

    # Running.

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.webhook.stop()
        self.updates.end_poll("Unauthorized")
        assert self._runner is not None
        await self._runner.cleanup()

    # The people's side.

    def person(self, name: str = "Samira", *, language: str = "nl", username: str | None = None) -> Person:
        """Somebody with a phone, who has not written to the bot yet."""
        user: Json = {"is_bot": False, "first_name": name, "language_code": language}
        if username:
            user["username"] = username
        chat = self.world.add_private(user)
        return Person(self, {"id": chat.id, **user}, chat)

    def group(self, title: str = "Groep", type: str = "supergroup") -> Group:
        """A group, supergroup or channel, without the bot in it."""
        return Group(self, self.world.add_group(title, type))

    def send(self, kind: str, json: Json) -> Update | None:
        """Puts an update of `kind` in the queue, on the lane that Telegram gives it."""
        return self.updates.add(kind, json, kinds.lane(kind, json))

    async def until(self, holds: Callable[[], bool], what: str, within: float = PATIENCE) -> None:
        """Waits until `holds`. Raises `AssertionError` saying `what` did not come in that many seconds."""
        try:
            async with asyncio.timeout(within):
                while not holds():  # noqa: ASYNC110
                    await asyncio.sleep(0.002)
        except TimeoutError:
            raise AssertionError(f"within {within} s: {what}") from None

    def called(self, method: str) -> list[Call]:
        """The calls of `method`, in order."""
        return [call for call in self.calls if call.method == method.lower()]

    # The bot's side.

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        if request.match_info["token"] != self.token:
            return _json(ApiError(401, "Unauthorized").json())
        try:
            params = await read(request)
        except ApiError as error:
            return _json(error.json())
        fault = self.faults.strike(method, params.text("chat_id"))
        if fault is not None and fault.what == "slow":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.what == "cut_before":
            return self._cut(request, method, params)
        refusal = fault.error() if fault is not None else None
        body = refusal.json() if refusal else await self._call(method, params)
        if refusal:
            self._note(method, params, refusal.code)
        if fault is not None and fault.what == "cut_after":
            return self._cut(request, method, params)
        return _json(body)

    def _cut(self, request: web.Request, method: str, params: Params) -> web.Response:
        self._note(method, params, 0)
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def _call(self, method: str, params: Params) -> Json:
        """Carries out one call and says what the Bot API would answer."""
        try:
            if self._gone:
                raise bad("Logged out")
            if method in self._own:
                result = await self._own[method](params)
            elif method in METHODS:
                self.limits.check(method, params.text("chat_id"))
                result = await METHODS[method](self.world, params)
            else:
                raise ApiError(404, "Not Found: method not found")
        except ApiError as error:
            self._note(method, params, error.code)
            return error.json()
        self._note(method, params, 200)
        return {"ok": True, "result": result}

    def _note(self, method: str, params: Params, code: int) -> None:
        self.calls.append(Call(method, params.values, code, self.clock.now()))

    async def _get_updates(self, params: Params) -> object:
        if self.webhook.url:
            raise ApiError(409, WEBHOOK_ACTIVE)
        self.updates.allow(params.parsed("allowed_updates"))
        limit = min(max(params.number("limit", 100), 1), 100)
        timeout = min(max(params.number("timeout"), 0), 50)
        return await self.updates.poll(params.number("offset"), limit, timeout)

    async def _set_webhook(self, params: Params) -> bool:
        secret, url = params.text("secret_token"), params.text("url")
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not set(secret) <= SECRET_LETTERS:
            raise bad("secret token contains unallowed characters")
        # Telegram wants HTTPS; on loopback plain HTTP is the point.
        if url and not url.startswith(("http://127.0.0.1:", "http://localhost:", "https://")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self.updates.allow(params.parsed("allowed_updates"))
        if params.flag("drop_pending_updates"):
            self.updates.drop_all()
        self.updates.end_poll(CONFLICT_SET)
        await self.webhook.set(url, secret, params.number("max_connections", 40))
        return True

    async def _delete_webhook(self, params: Params) -> bool:
        if params.flag("drop_pending_updates"):
            self.updates.drop_all()
        await self.webhook.stop()
        return True

    async def _get_webhook_info(self, params: Params) -> Json:
        return {
            "url": self.webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.fresh()),
            "max_connections": self.webhook.max_connections,
        }

    async def _leave_chat(self, params: Params) -> bool:
        chat = self.world.chat(params.text("chat_id"))
        old = chat.bot
        await methods_messages.leave_chat(self.world, params)
        self.send(
            "my_chat_member",
            {
                "chat": dict(chat.json),
                "from": self.world.bot,
                "date": self.clock.date(),
                "old_chat_member": methods_profile.member(self.world.bot, old),
                "new_chat_member": methods_profile.member(self.world.bot, "left"),
            },
        )
        return True

    async def _log_out(self, params: Params) -> bool:
        self._gone = True
        return True

    async def _close(self, params: Params) -> bool:
        return True

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return _json(ApiError(401, "Unauthorized").json())
        wanted = request.match_info["path"]
        for file in self.world.files.values():
            if file.path == wanted:
                return web.Response(body=file.data, content_type="application/octet-stream")
        return _json(ApiError(404, "Not Found").json())


def _json(body: Json) -> web.Response:
    return web.json_response(body, status=200 if body["ok"] else body["error_code"])
