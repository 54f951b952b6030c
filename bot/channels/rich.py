"""A message that its writer gave headings, lists and tables: its words, line by line."""

from collections.abc import Iterator

TEXTS = frozenset({"text", "summary", "credit"})
"""What holds words for people (core.telegram.org/bots/api#richblock); everything else holds blocks, or no words."""


def words(message: object) -> str:
    """The words of a ``RichMessage`` as JSON has it, with a line for each block; empty when there are none."""
    return "\n".join(line for line in _lines(message) if line.strip())


def _lines(block: object) -> Iterator[str]:
    if isinstance(block, dict):
        for name, value in block.items():
            if name in TEXTS or (name == "caption" and not isinstance(value, dict)):
                yield _plain(value)
            else:
                yield from _lines(value)
    elif isinstance(block, list | tuple):
        for one in block:
            yield from _lines(one)


def _plain(text: object) -> str:
    """The words of a ``RichText``: a text, several, or a piece that looks different."""
    if isinstance(text, str):
        return text
    if isinstance(text, list | tuple):
        return "".join(map(_plain, text))
    if isinstance(text, dict):
        return _plain(text.get("text") or text.get("alternative_text") or text.get("expression") or "")
    return ""
