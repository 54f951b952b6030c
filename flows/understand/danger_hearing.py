"""A text as the danger patterns hear it: each word with what it may stand for, however it was typed.

Children write "hijslaatmij", "selfmoord", "slaaaat", "weg gelopen"; and Dutch itself takes words apart ("weg te
lopen"). Each becomes the word of the lists that it stands for, with the place of all that was typed.
"""

import msgspec

from flows.understand.danger_patterns import Book, Pattern, Word
from flows.understand.danger_tokens import Item, items, unstretched

_UNCLEAR_FROM = 5
_GLUED_TO = 24
_JOINED_FROM = 7
_BEFORE = ("ik", "hij", "zij", "ze", "wil", "mijn", "me", "i", "he", "she", "hes")
_BEHIND = ("mij", "me", "mn", "ons", "mijn", "dood", "haar", "hem")
_VOICED = {"s": "z", "f": "v"}
_UNKNOWN = Word(frozenset(), 0, ())


class Heard(msgspec.Struct, frozen=True, eq=False):
    """The items of a text beside the elements that each one is; `starts` are the patterns each one may begin."""

    items: list[Item]
    elements: list[frozenset[int]]
    starts: list[tuple[int, tuple[Pattern, ...]]]


def hear(book: Book, text: str) -> Heard:
    """`text` as items, misspelled, glued and parted words resolved to the words that they stand for."""
    heard: list[Item] = []
    words: list[Word] = []
    known = book.words
    for item in items(text):
        norm = item.norm
        word = known.get(norm)
        if norm[0] in _VOICED and (voiced := _VOICED[norm[0]] + norm[1:]) in known:
            heard.append(item if word else Item(voiced, item.start, item.end))
            words.append(_both(word, known[voiced]) if word else known[voiced])
        elif word is None and len(norm) >= _UNCLEAR_FROM:
            for part in _resolved(book, item):
                heard.append(part)
                words.append(known.get(part.norm, _UNKNOWN))
        else:
            heard.append(item)
            words.append(word or _UNKNOWN)
    for place, whole in _joined(book, heard):
        heard[place] = Item(heard[place].norm, whole.start, whole.end)
        words[place] = _both(words[place], known[whole.norm])
    return Heard(heard, [word.elements for word in words], _starts(words))


def _both(one: Word, other: Word) -> Word:
    return Word(one.elements | other.elements, one.mask | other.mask, one.hot + other.hot)


def _joined(book: Book, heard: list[Item]) -> list[tuple[int, Item]]:
    """Words typed apart, by the place of their second part: "weg gelopen", "uit te huwelijken"."""
    joined = []
    known, before = book.words, heard[0]
    for place, item in enumerate(heard):
        if item.norm == "te":
            after = heard[place + 1]
            whole, end = before.norm + after.norm, after.end
        else:
            whole, end = before.norm + item.norm, item.end
        if whole in known and len(whole) >= _JOINED_FROM and known[whole].hot:
            joined.append((place, Item(whole, before.start, end)))
        before = item
    return joined


def _starts(words: list[Word]) -> list[tuple[int, tuple[Pattern, ...]]]:
    """The patterns that may begin at each place: those whose every element stands somewhere in the text."""
    hot = [(place, word.hot) for place, word in enumerate(words) if word.hot]
    if not hot:
        return []
    present = 0
    for word in set(words):
        present |= word.mask
    live: dict[int, tuple[Pattern, ...]] = {}
    for _, patterns in hot:
        if id(patterns) not in live:
            live[id(patterns)] = tuple(one for one in patterns if one.needs & present == one.needs)
    return [(place, live[id(patterns)]) for place, patterns in hot if live[id(patterns)]]


def _resolved(book: Book, item: Item) -> list[Item]:
    """The word or words that an unknown one stands for; itself when nobody knows."""
    word = item.norm
    for form in (word, *unstretched(word)):
        meant = form if form in book.words else book.spelling.meant(form)
        if meant:
            return [Item(meant, item.start, item.end)]
    glued = word.startswith(_BEFORE) or word.endswith(_BEHIND)
    if glued and len(word) <= _GLUED_TO and len(word) == item.end - item.start:
        return _unglued(book, item)
    return [item]


def _unglued(book: Book, item: Item) -> list[Item]:
    """ "hijslaatmij" as three words, when a person stands at an end and all the rest is known."""
    word, start = item.norm, item.start
    for head in _BEFORE:
        rest = word[len(head) :]
        if len(rest) > 2 and word.startswith(head):
            parts = [rest] if _hot(book, rest) else _tailed(book, rest)
            if parts:
                return _cut([head, *parts], start)
    return _cut(_tailed(book, word), start) or [item]


def _tailed(book: Book, word: str) -> list[str]:
    for tail in _BEHIND:
        head = word.removesuffix(tail)
        if head != word and len(head) > 2 and _hot(book, head):
            return [head, tail]
    return []


def _hot(book: Book, word: str) -> bool:
    return word in book.words and bool(book.words[word].hot)


def _cut(parts: list[str], start: int) -> list[Item]:
    cut = []
    for part in parts:
        cut.append(Item(part, start, start + len(part)))
        start += len(part)
    return cut
