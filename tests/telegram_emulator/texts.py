"""What a text and its buttons must be before Telegram takes them."""

import re
from html.parser import HTMLParser

from tests.telegram_emulator.wire import Json, Params, bad

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_CALLBACK_DATA = 4096, 1024, 64

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre", "a": "text_link",
    "tg-spoiler": "spoiler", "blockquote": "blockquote",
}  # fmt: skip

BUTTON_KINDS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip

COMMAND = re.compile(r"(?:^|(?<=\s))/[a-zA-Z0-9_]{1,32}(?:@\w+)?")


def units(text: str) -> int:
    """The length in UTF-16 code units, in which offsets are counted."""
    return len(text.encode("utf-16-le")) // 2


def commands(text: str) -> list[Json]:
    """The entities of the commands in a text that somebody typed."""
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": units(found.group())}
        for found in COMMAND.finditer(text)
    ]


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.entities = "", list[Json]()
        self._open: list[tuple[str, int, Json]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {len(self.text)}')
        more = {"url": dict(attrs).get("href") or ""} if tag == "a" else {}
        self._open.append((tag, units(self.text), {"type": TAGS[tag], **more}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {len(self.text)}")
        _, offset, entity = self._open.pop()
        if length := units(self.text) - offset:
            self.entities.append({**entity, "offset": offset, "length": length})

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        if self._open:
            raise bad(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self._open[-1][0]}\""
            )


def text(params: Params, name: str = "text") -> Json:
    """``text`` (or ``caption``) and its entities, as a message has them. Only parse_mode HTML is known here."""
    raw, entities = (
        params.text(name),
        params.parsed(f"{name}_entities" if name == "caption" else "entities") or [],
    )
    match params.text("parse_mode").lower():
        case "":
            pass
        case "html":
            parser = _Html()
            parser.feed(raw)
            parser.close()
            raw, entities = parser.text, parser.entities
        case other:
            raise bad(f"unsupported parse_mode: {other} (the emulator knows only HTML)")
    raw = raw.strip()
    if name == "text" and not raw:
        raise bad("message text is empty")
    if name == "text" and len(raw) > LONGEST_TEXT:
        raise bad("message is too long")
    if name == "caption" and len(raw) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    if not raw:
        return {}
    found: Json = {name: raw}
    if entities:
        found["caption_entities" if name == "caption" else "entities"] = entities
    return found


def markup(params: Params) -> Json | None:
    """The reply_markup, checked; None when there is none."""
    given = params.parsed("reply_markup")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad("object expected as reply markup")
    for row in given.get("inline_keyboard", []):
        for button in row:
            _inline_button(button)
    for row in given.get("keyboard", []):
        for button in row:
            label = button if isinstance(button, str) else button.get("text")
            if not label:
                raise bad("keyboard button text is empty")
    return given


def _inline_button(button: Json) -> None:
    if not isinstance(button, dict) or not button.get("text"):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    kinds = [kind for kind in BUTTON_KINDS if button.get(kind) is not None]
    if len(kinds) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= LONGEST_CALLBACK_DATA:
        raise bad("BUTTON_DATA_INVALID")
